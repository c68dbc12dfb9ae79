using Fulfillment.Catalog;
using Fulfillment.Connectors;
using Fulfillment.Inventory;
using Fulfillment.Shipping;
using Fulfillment.Warehousing;

namespace Fulfillment.Client.Api;

/// <summary>What customs will ask for goods that cross a border: computed, nothing is kept.</summary>
public static class DutiesApi
{
    /// <summary>Adds the routes.</summary>
    public static void MapDuties(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/duties", Estimate)
            .Describe("estimateDuties", "Duty and tax of goods over a customs border, and who pays them", "customs")
            .Accepts<DutiesRequest>("application/json").Answers<DutiesBody>(200).Refuses(400);

    static async Task<IResult> Estimate(HttpContext http, Backend backend, DutyTable table, TimeProvider time)
    {
        var seat = http.Seat(backend);
        var body = await http.Body();
        var request = Requests.Parse(body.Span, ApiJson.Wire.DutiesRequest);
        var node = await NodesApi.Named(seat, "/from/node", request.From?.Node, http.RequestAborted);
        var skus = (request.Lines ?? []).Take(DutyReader.MostLines).Select(l => l?.Sku).Where(Fields.IsId).Distinct();
        var stock = await LiveStock.Of(seat, skus.Select(s => s!), http.RequestAborted);
        Dictionary<string, SkuCard?> cards = stock.ToDictionary(s => s.Key, s => s.Value.Card);
        var policy = (await seat.ComplianceBook().Get(cancel: http.RequestAborted)).Customs ?? new();
        var (ask, terms) = DutyReader.Read(request, node, cards, policy, time.GetUtcNow());
        var told = Duties.Of(table, ask);
        if (told.Status == DutyStatus.UnknownCurrency)
            return Problem.Invalid(
                "/lines/0/unitValue/currency", "no-exchange-rate",
                $"has no rate in the table of duties {table.Version} to the currency of {ask.To.Country}");
        return Answer.Ok(Body(table, ask, terms, told), ApiJson.Wire.DutiesBody);
    }

    static DutiesBody Body(DutyTable table, DutyAsk ask, Incoterm terms, DutyReply told)
    {
        var price = ask.Lines[0].Value.Currency;
        var totals = told.Currency is null ? null : Totals(told, m => new(m, told.Currency));
        return new(
            new(table.Version, table.AsOf, table.Example, table.Source), CustomsArea.Version, ask.On,
            told.Status != DutyStatus.NoBorder, told.Status is DutyStatus.NoBorder or DutyStatus.Estimated,
            Words<Incoterm>.Of(terms), terms == Incoterm.Ddp ? "sender" : "receiver",
            ask.Schemes.IsDefault ? [] : ask.Schemes,
            [
                .. ask.Lines.Select((l, i) => new DutyLineBody(
                    l.Id, l.HsCode, l.Origin, l.Quantity, new(l.Value.AmountMinor, price),
                    told.Lines.IsEmpty ? [] : [.. told.Lines[i].Charges.Select(c => Body(c, told.Currency!))])),
            ],
            totals,
            totals is null || told.Currency == price ? null
                : Totals(told, m => new(Exchange.Convert(table, m, told.Currency!, price), price)),
            [
                .. told.Status == DutyStatus.UnknownPlace
                    ? [new("/to", "unknown-place", $"The table knows nothing of {ask.To.Tax}.")]
                    : told.Gaps.Select(g => Body(ask, g)),
            ]);
    }

    static DutyGapBody Body(DutyAsk ask, DutyGap gap)
    {
        var index = ask.Lines.TakeWhile(l => l.Id != gap.Line).Count();
        return new(
            $"/lines/{index}/hsCode", gap.Kind == ChargeKind.Tax ? "no-tax-rule" : "no-duty-rule",
            $"The table has no {(gap.Kind == ChargeKind.Tax ? "tax" : "duty")} for {ask.Lines[index].HsCode} in "
                + $"{(gap.Kind == ChargeKind.Tax ? ask.To.Tax : ask.To.Customs)}: more may be asked for.");
    }

    static DutyChargeBody Body(DutyCharge c, string currency) => new(
        Words<ChargeKind>.Of(c.Kind), c.Rule, c.BasisPoints, new(c.BaseMinor, currency), new(c.AmountMinor, currency),
        Words<ChargeAt>.Of(c.At));

    static DutyTotalsBody Totals(DutyReply t, Func<long, MoneyBody> money) => new(
        money(t.GoodsMinor), money(t.CarriageMinor), money(t.DutyMinor), money(t.TaxMinor), money(t.SaleTaxMinor),
        money(t.DutyMinor + t.TaxMinor));
}
