using System.Collections.Immutable;
using Fulfillment.Inventory;
using Fulfillment.Ordering;

namespace Fulfillment.Client.Api;

/// <summary>The units of a shipment, some of them by lot or serial.</summary>
static class ShippedUnits
{
    /// <summary>A line, its units, and which they are; null when nothing is told.</summary>
    public sealed record Line(LineUnits Units, Particulars? What);

    /// <summary>The lines of a request.</summary>
    public static List<Line> Read(Fields fields, IReadOnlyList<ShipLineRequest?>? lines)
    {
        List<Line> read = [];
        for (var i = 0; i < (lines?.Count ?? 0); i++)
        {
            if (lines![i] is not { } line)
            {
                fields.Add($"/lines/{i}", "wrong-type", "must be an object");
                continue;
            }

            var units = fields.Number($"/lines/{i}/quantity", line.Quantity, 1, int.MaxValue);
            read.Add(new(
                new(fields.Id($"/lines/{i}/line", line.Line), units),
                Marks.Read(fields, line.Bin, line.Lot, line.Lpn, line.Serials, null, units, $"/lines/{i}")));
        }

        return read;
    }

    /// <summary>
    /// Picks the units that are told apart, and says what the order holds then; or why one of them cannot be. A repeat
    /// picks nothing again.
    /// </summary>
    public static async ValueTask<(ImmutableArray<SkuStanding> Seen, Problem? Refused)> Pick(
        Seat seat, string order, int number, string operation, List<Line> lines, CancellationToken cancel)
    {
        if (lines.All(l => l.What is null)) return (default, null);
        var reply = await seat.Order(order).Get(cancel);
        if (reply is null || number > reply.Fulfilments.Length)
            return (default, FulfilmentsApi.Unknown($"{order}-{number}"));
        var fulfilment = reply.Fulfilments[number - 1];
        Dictionary<string, Standing> seen = [];
        for (var i = 0; i < lines.Count; i++)
        {
            if (lines[i] is not { What: { } what, Units: var units }) continue;
            if (fulfilment.Lines.FirstOrDefault(l => l.Line == units.Line) is not { } line)
                return (default, Problem.Invalid($"/lines/{i}/line", "unknown-line", "is no line of it"));
            var picked = await seat.Cluster.Ask(
                EntityId.Of(InventoryCalls.Kind, seat.Seller, line.Sku),
                new SkuCommand.Pick($"ship:{order}:{operation}:{i}", order, fulfilment.Node, units.Units, what),
                seat.Origin, cancel);
            if (PickAnswers.Refusal(picked.Status, line.Sku, fulfilment.Node, $"/lines/{i}") is { } refused)
                return (default, refused);
            if (picked.Standing.Version >= (seen.GetValueOrDefault(line.Sku)?.Version ?? 0))
                seen[line.Sku] = picked.Standing;
        }

        return ([.. seen.Select(s => new SkuStanding(s.Key, s.Value))], null);
    }
}
