using Fulfillment.Connectors;
using Fulfillment.Shipping;

namespace Fulfillment.Client.Api;

/// <summary>
/// Labels bought ahead of a peak: many parcels in one request, one result each. A batch is nothing but its parcels:
/// repeated under its id it buys none twice. What is not used is voided by itself.
/// </summary>
static class LabelBatchesApi
{
    /// <summary>The most parcels of one request.</summary>
    public const int MaxParcels = 500;

    const int AtOnce = 8;

    /// <summary>Adds the route.</summary>
    public static void MapLabelBatches(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/label-batches", Buy)
            .Describe("buyLabels", "Buys labels of up to 500 parcels, and tells what came of each", "shipping")
            .Accepts<LabelBatchRequest>("application/json").Answers<LabelBatchBody>(200).Refuses(400, 422);

    static async Task<IResult> Buy(HttpContext http, Backend backend, RateShop shop, TimeProvider time)
    {
        var (seat, operation, (asked, parcels)) = await http.Change(
            backend, ApiJson.Wire.LabelBatchRequest, (fields, r) => (
                ParcelLabelsApi.Read(fields, new(
                    r.Id, r.Carrier, r.Service, r.Format, r.ShipOn, r.Override, r.VoidAfterDays, r.By)),
                Parcels(fields, r.Parcels)));
        var results = new LabelResultBody[parcels.Count];
        var begun = new ParcelReply?[parcels.Count];
        ParallelOptions bounded = new() { MaxDegreeOfParallelism = AtOnce, CancellationToken = http.RequestAborted };
        await Parallel.ForAsync(0, parcels.Count, bounded, async (i, _) =>
        {
            try
            {
                var (now, refused) = await ParcelLabelsApi.Begin(
                    http, backend, seat, shop, time, parcels[i], operation, asked);
                (begun[i], results[i]) = (now, refused is null ? null! : Failed(parcels[i], refused));
            }
            catch (ProblemException e)
            {
                results[i] = Failed(parcels[i], e.Problem);
            }
            catch (ClusterException e)
            {
                results[i] = Failed(parcels[i], Problem.Of(e));
            }
        });
        // All are under way: they are waited for together, as long as the caller waits for one.
        var late = Deadline.In(http.Wait());
        await Parallel.ForAsync(0, parcels.Count, bounded, async (i, _) =>
        {
            if (results[i] is null) results[i] = await Settled(seat.Parcel(parcels[i]), parcels[i], begun[i]!, late);
        });
        return Answer.Ok(new(operation, results), ApiJson.Wire.LabelBatchBody);
    }

    static IReadOnlyList<string> Parcels(Fields fields, IReadOnlyList<string?>? parcels)
    {
        if (parcels is null or { Count: 0 })
        {
            fields.Add("/parcels", "required", "is missing or empty");
            return [];
        }

        if (parcels.Count > MaxParcels)
        {
            fields.Add("/parcels", "too-many", $"are {parcels.Count}: at most {MaxParcels}");
            return [];
        }

        HashSet<string> told = new(StringComparer.Ordinal);
        for (var i = 0; i < parcels.Count; i++)
            if (!told.Add(fields.Id($"/parcels/{i}", parcels[i])) && Fields.IsId(parcels[i]))
                fields.Add($"/parcels/{i}", "duplicate", "is there already");
        return [.. parcels.Select(p => p ?? "")];
    }

    static async ValueTask<LabelResultBody> Settled(
        IParcel at, string parcel, ParcelReply begun, CancellationToken late)
    {
        var now = begun;
        if (!now.Parcel!.IsSettled && !late.IsCancellationRequested)
        {
            try
            {
                now = await at.Settled(late);
            }
            catch (Exception e) when (e is OperationCanceledException or ClusterException)
            {
                // It is under way; who repeats the batch is told what came of it.
            }
        }

        var label = now.Parcel!.Labels[begun.Number!.Value - 1];
        return label.State == LabelState.Refused ? Failed(parcel, ParcelLabelsApi.NotBought(label, parcel))
            : new(
                parcel, Words<LabelState>.Of(label.State), label.Terms.Carrier, label.Terms.Service,
                label.TrackingNumber, OrderBodies.Body(label.Price), null, null);
    }

    static LabelResultBody Failed(string parcel, Problem problem) =>
        new(parcel, "failed", null, null, null, null, problem.Code, problem.Body.Detail);
}
