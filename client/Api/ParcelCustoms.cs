using System.Collections.Immutable;
using Fulfillment.Client.Papers;
using Fulfillment.Composition;
using Fulfillment.Shipping;

namespace Fulfillment.Client.Api;

/// <summary>What customs are told of a parcel: with its label, and on its papers.</summary>
static class ParcelCustoms
{
    /// <summary>Adds the routes.</summary>
    public static void MapParcelCustoms(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/parcels/{parcel}/commercial-invoice", Invoice)
            .Describe("printCommercialInvoice", "The invoice of a parcel, as its label declares it", "customs")
            .AnswersPaper().Refuses(400, 404, 409, 410);
        routes.MapGet("/v1/parcels/{parcel}/certificate-of-origin", Certificate)
            .Describe("printCertificateOfOrigin", "Where a parcel's goods were made, as PDF", "customs")
            .AnswersPaper().Refuses(400, 404, 409, 410);
    }

    /// <summary>
    /// What its label declares; null inside a customs area. Throws where the cards of its goods lack what customs ask
    /// for, each field told with its line.
    /// </summary>
    public static async ValueTask<CustomsDeclaration?> Of(
        HttpContext http, Backend backend, Seat seat, DutyTable table, ParcelWay way, ParcelTerms terms, string parcel,
        DateOnly on)
    {
        if (!way.CrossesBorder) return null;
        var policy = await backend.Compliance.Customs(seat, http.RequestAborted) ?? new();
        var content = CustomsContent.Of(await Goods(http, seat, way, terms));
        if (content.Gaps.Length > 0)
        {
            FieldError[] missing =
            [
                .. content.Gaps.Select(g => new FieldError(
                    $"/lines/{g.Line}", "customs-data-missing",
                    $"{g.Sku} lacks {g.Field} from {way.From.Country} to {way.To.Country}")),
            ];
            throw new ProblemException(new(
                409, "customs-data-missing", "The state does not allow it.",
                $"{string.Join("; ", missing.Select(m => m.Detail))}: add them to the cards.", missing));
        }

        DutyAsk ask = new(
            way.Leaves, way.Arrives, on,
            [
                .. content.Lines.Select((l, i) => new DutyLine(
                    $"{i}", l.HsCode, l.Origin, l.Quantity, l.Value with
                    {
                        AmountMinor = l.Value.AmountMinor * l.Quantity,
                    })),
            ],
            Schemes: policy.Schemes);
        var reckoned = Duties.Of(table, ask);
        if (CustomsContent.IsInDoubt(policy, way.Arrives, reckoned)) throw Unreckoned(way, content, reckoned);
        return CustomsContent.Declare(
            policy, way.Leaves, way.Arrives, content.Lines, parcel, on, reckoned, way.Order.Placed.Customs?.Terms);
    }

    /// <summary>The buyer would pay again what he has paid with the price.</summary>
    static ProblemException Unreckoned(ParcelWay way, CustomsContentReply content, DutyReply reckoned)
    {
        var currency = content.Lines[0].Value.Currency;
        FieldError[] why = reckoned.Status switch
        {
            DutyStatus.UnknownCurrency =>
                [new("/lines/0/unitPrice/currency", "no-exchange-rate", $"The duty table has no rate of {currency}.")],
            DutyStatus.UnknownPlace => [new("/shipTo/country", "unknown-place", "The duty table does not know it.")],
            _ =>
            [
                .. content.Lines.Select(l => l.HsCode).Distinct().Select(h => new FieldError(
                    "/product/hsCode", "no-tax-rule", $"The duty table has no tax rule for {h}.")),
            ],
        };
        return new(new(
            409, "customs-tax-unknown", "The state does not allow it.",
            $"Whether tax to {way.To.Country} is collected with the price cannot be reckoned, so it is not known "
            + "whether the number that stands for it is told: complete the duty table, or take the number out of the "
            + "rules.", why));
    }

    static async ValueTask<ImmutableArray<CustomsGoods>> Goods(
        HttpContext http, Seat seat, ParcelWay way, ParcelTerms terms)
    {
        var skus = way.Order.Lines.ToDictionary(l => l.Line.Id, l => l.Line.Sku);
        var cards = await LiveStock.Of(
            seat, terms.Lines.Select(l => skus[l.Line]).Distinct(), http.RequestAborted);
        var goods = ImmutableArray.CreateBuilder<CustomsGoods>();
        foreach (var line in terms.Lines.GroupBy(l => l.Line))
        {
            var units = line.Sum(l => l.Units);
            var card = cards.GetValueOrDefault(skus[line.Key])?.Card;
            goods.Add(new(
                line.Key, skus[line.Key], card?.Title ?? skus[line.Key], card?.Product, units,
                terms.Value is { Currency: var currency }
                    ? new Money(ParcelReader.Worth(way.Order, line.Key, units), currency) : null));
        }

        return goods.DrainToImmutable();
    }

    static async Task<IResult> Invoice(HttpContext http, Backend backend, string parcel)
    {
        var (paper, refused) = await Paper(http, backend, parcel);
        return paper is null ? refused!
            : PaperAnswer.Of(http, $"commercial-invoice-{parcel}", CommercialInvoicePaper.Draw(paper));
    }

    static async Task<IResult> Certificate(HttpContext http, Backend backend, string parcel)
    {
        var (paper, refused) = await Paper(http, backend, parcel);
        return paper is null ? refused!
            : PaperAnswer.Of(http, $"certificate-of-origin-{parcel}", OriginCertificatePaper.Draw(paper));
    }

    /// <summary>As the label that is on the parcel declares it: the same whenever it is printed.</summary>
    static async ValueTask<(CustomsPaper? Paper, IResult? Refused)> Paper(
        HttpContext http, Backend backend, string parcel)
    {
        Requests.PathId("parcel", parcel);
        if ((await http.Seat(backend).Parcel(parcel).Get(http.RequestAborted)).Parcel is not { } sheet)
            return (null, ParcelsApi.Unknown(parcel));
        if (sheet.Label is not { } label)
            return (null, Problem.Conflict("no-label", $"Parcel {parcel} has no label: it declares the goods."));
        if (label.Terms.Customs is not { } customs)
            return (null, Problem.Conflict("no-customs", $"Parcel {parcel} crosses no customs border."));
        if (await new LabelSafe(backend.Keyring, backend.Files).Open(label.Terms.To) is not { } to)
            return (null, ParcelLabelsApi.Erased());
        return (new(
            customs.Invoice, customs.InvoicedOn, Party(label.Terms.From, customs.Eori), Party(to, null), null,
            customs.Terms, to.City ?? to.Country, customs.Reason, customs.Lines[0].Value.Currency, customs.Lines, 0, 0,
            sheet.Terms.Spec.Grams, 1,
            [
                new("ORDER", sheet.Terms.Order), new("CARRIER", label.Terms.Carrier),
                new("TRACKING NUMBER", label.TrackingNumber!),
            ],
            label.Terms.From.Company ?? ""), null);
    }

    static TradeParty Party(ShipAddress a, string? eori) => new(
        [
            .. ((string?[])[a.Company, a.Name]).OfType<string>(), .. a.Lines.IsDefault ? [] : a.Lines,
            $"{a.Postcode} {a.City}".Trim(), .. a.State is { } state ? [state] : (string[])[], a.Country,
        ],
        eori is null ? [] : [new("EORI", eori)]);
}
