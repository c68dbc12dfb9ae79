using System.Collections.Immutable;
using Fulfillment.Inventory;
using Fulfillment.Purchasing;

namespace Fulfillment.Client.Api;

/// <summary>What goods cost with freight, duty and insurance.</summary>
public static class LandedCostApi
{
    const string Path = "/v1/purchase-orders/{id}";

    /// <summary>Adds the routes.</summary>
    public static void MapLandedCost(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(Path + "/charges", Charge)
            .Describe("chargePurchase", "Freight, duty, insurance or another charge", "purchasing")
            .Accepts<ChargeRequest>("application/json").Answers<ChargeBody>(201, 200).Refuses(400, 404, 409, 422);
        routes.MapGet(Path + "/landed-cost", Get)
            .Describe("getLandedCost", "What the units received cost with all charges", "purchasing")
            .Answers<LandedCostBody>(200).Refuses(400, 404, 409);
    }

    static async Task<IResult> Charge(HttpContext http, Backend backend, string id)
    {
        PurchaseReader.PathId(id);
        var seat = http.Seat(backend);
        var body = await http.Body();
        var request = Requests.Parse(body.Span, ApiJson.Wire.ChargeRequest);
        Fields fields = new();
        var kind = fields.Word<ChargeKind>("/type", request.Type);
        var amount = fields.Money("/amount", request.Amount, required: true) ?? default;
        if (request.Amount is { Amount: 0 }) fields.Add("/amount/amount", "out-of-range", "must be positive");
        var basis = fields.Word<ChargeBasis>("/splitBy", request.SplitBy, ChargeBasis.Value);
        var note = fields.OptionalText("/note", request.Note, 200);
        fields.Check();
        var operation = await http.Operation(backend, seat, request.Id, body);
        var order = seat.PurchaseOrder(id);
        if ((await order.Get(http.RequestAborted)).Purchase is not { } p) return PurchaseAnswers.Unknown(id);
        if (p.Terms.Currency != amount.Currency)
            return Problem.Invalid("/amount/currency", "mixed-currencies", "must be the order's currency");
        PurchaseCharge charge = new(operation, kind, amount.AmountMinor, basis, note);
        var reply = await order.Change(new PurchaseCommand.Charge(charge), http.RequestAborted);
        if (PurchaseAnswers.Refused(reply, id, operation) is { } refused) return refused;
        return reply.Status == PurchaseStatus.AlreadyDone
            ? Answer.Ok(Body(charge, amount.Currency), ApiJson.Wire.ChargeBody)
            : Answer.Created(
                Body(charge, amount.Currency), ApiJson.Wire.ChargeBody, $"/v1/purchase-orders/{id}/landed-cost");
    }

    static async Task<IResult> Get(HttpContext http, Backend backend, string id)
    {
        PurchaseReader.PathId(id);
        var seat = http.Seat(backend);
        if ((await seat.PurchaseOrder(id).Get(http.RequestAborted)).Purchase is not { } p)
            return PurchaseAnswers.Unknown(id);
        var lines = ImmutableArray.CreateBuilder<CostedLine>(p.Lines.Length);
        foreach (var line in p.Lines)
        {
            var facts = line.Received == 0 ? null
                : (await seat.Sku(line.Ordered.Sku).Stock(http.RequestAborted)).Card?.Product;
            CostedLine costed = new(
                line.Ordered.Id, line.Received, line.Ordered.CostMinor, facts?.Grams ?? 0,
                (long)(facts?.LengthMm ?? 0) * (facts?.WidthMm ?? 0) * (facts?.HeightMm ?? 0));
            foreach (var charge in p.Charges)
            {
                if (costed.Units > 0 && charge.Basis is (ChargeBasis.Weight or ChargeBasis.Volume)
                    && LandedCost.Measure(costed, charge.Basis).IsZero)
                    return Problem.Conflict(
                        $"no-{Words<ChargeBasis>.Of(charge.Basis)}",
                        $"Charge {charge.Id} is split by {Words<ChargeBasis>.Of(charge.Basis)}, which the card of "
                        + $"{line.Ordered.Sku} does not tell.");
            }

            lines.Add(costed);
        }

        return Answer.Ok(Body(id, p, LandedCost.Of(lines.ToImmutable(), p.Charges)), ApiJson.Wire.LandedCostBody);
    }

    static LandedCostBody Body(string id, Purchase p, ImmutableArray<LandedLine> lines)
    {
        var (goods, landed) = (lines.Sum(l => l.GoodsMinor), lines.Sum(l => l.LandedMinor));
        return new(
            id, [.. p.Charges.Select(c => Body(c, p.Terms.Currency))],
            [
                .. lines.Select(l => new LandedLineBody(
                    l.Line, p.Line(l.Line)!.Ordered.Sku, l.Units, Money(l.GoodsMinor),
                    [.. l.Shares.Select(s => new ChargeShareBody(s.Charge, Money(s.AmountMinor)))],
                    Money(l.LandedMinor), Money(l.UnitMinor), l.DearerUnits)),
            ],
            Money(goods), Money(landed), Money(goods + p.Charges.Sum(c => c.AmountMinor) - landed));

        MoneyBody Money(long minor) => new(minor, p.Terms.Currency);
    }

    static ChargeBody Body(PurchaseCharge c, string currency) => new(
        c.Id, Words<ChargeKind>.Of(c.Kind), new(c.AmountMinor, currency), Words<ChargeBasis>.Of(c.Basis), c.Note);
}
