using System.Collections.Immutable;
using Fulfillment.Client.Papers;
using Fulfillment.Inventory;
using Fulfillment.Shipping;

namespace Fulfillment.Client.Api;

/// <summary>Reads what papers for customs tell, gathering what is wrong with it.</summary>
static class CustomsPaperReader
{
    /// <summary>Lines of one paper, lines of an address, pieces, the heaviest consignment, packages.</summary>
    public const int MostLines = 1_000, MostAddressLines = 4, MostQuantity = 1_000_000, MostGrams = 1_000_000_000,
        MostPackages = 10_000;

    const int MostName = 100, MostNumber = 35, MostText = 200;

    /// <summary>
    /// The paper. <paramref name="cards"/>: of the SKUs that are named; null for one that there is not.
    /// </summary>
    public static CustomsPaper Read(
        CustomsPaperRequest request, IReadOnlyDictionary<string, SkuCard?> cards, CustomsPolicy policy)
    {
        Fields fields = new();
        var seller = Party(fields, "/seller", request.Seller, required: true);
        var buyer = Party(fields, "/buyer", request.Buyer, required: true);
        var importer = Party(fields, "/importer", request.Importer, required: false);
        Incoterm? terms = request.Terms is null ? null : fields.Word<Incoterm>("/terms", request.Terms);
        var lines = Lines(fields, request.Lines, cards);
        var currency = lines.IsEmpty ? "" : lines[0].Value.Currency;
        var carriage = Charge("/carriage", request.Carriage);
        var insurance = Charge("/insurance", request.Insurance);
        CustomsPaper paper = new(
            Number(fields, request.Number), fields.Date("/date", request.Date, required: true) ?? default,
            seller ?? new([]), buyer ?? new([]), importer,
            policy.TermsOf(request.Seller?.Country ?? "", request.Buyer?.Country ?? "", terms),
            fields.OptionalText("/place", request.Place, MostName) ?? request.Buyer?.City ?? "",
            fields.Word<ExportReason>("/reason", request.Reason, ExportReason.Sale), currency, lines, carriage,
            insurance, fields.Number("/grossGrams", request.GrossGrams, 1, MostGrams),
            fields.Number("/packages", request.Packages ?? 1, 1, MostPackages), References(fields, request.References),
            fields.Text("/signedBy", request.SignedBy, MostName));
        if (fields.Errors.Count == 0 && paper.NetGrams > paper.GrossGrams)
            fields.Add("/grossGrams", "out-of-range", $"must be at least the net weight, {paper.NetGrams}");
        var worth = lines.Aggregate((Int128)0, (sum, l) => sum + ((Int128)l.Value.AmountMinor * l.Quantity));
        if (fields.Errors.Count == 0 && worth > Fields.MostMinor)
            fields.Add("/lines", "out-of-range", $"must be worth at most {Fields.MostMinor} together");
        fields.Check();
        return paper;

        long Charge(string at, MoneyBody? value)
        {
            var money = fields.Money(at, value);
            if (money is { } told && currency.Length > 0 && told.Currency != currency)
                fields.Add($"{at}/currency", "mixed-currencies", $"must be {currency}, as the goods");
            return money?.AmountMinor ?? 0;
        }
    }

    /// <summary>It stands in a barcode.</summary>
    static string Number(Fields fields, string? number)
    {
        var told = fields.Id("/number", number);
        if (told.Length > MostNumber) fields.Add("/number", "too-long", $"must have at most {MostNumber} characters");
        return told;
    }

    static TradeParty? Party(Fields fields, string at, TradePartyRequest? party, bool required)
    {
        if (party is null && required) fields.Add(at, "required", "is missing");
        if (party is null) return null;
        var name = fields.Text($"{at}/name", party.Name, MostName);
        if (party.Lines?.Count > MostAddressLines)
            fields.Add($"{at}/lines", "too-many", $"must have at most {MostAddressLines} lines");
        var street = (party.Lines ?? []).Take(MostAddressLines)
            .Select((l, i) => fields.Text($"{at}/lines/{i}", l, MostText)).ToList();
        var city = fields.Text($"{at}/city", party.City, MostName);
        var country = fields.Country($"{at}/country", party.Country, required: true);
        var postcode = fields.Postcode($"{at}/postcode", country, party.Postcode, isAddress: true);
        var state = fields.OptionalText($"{at}/state", party.State, MostName);
        var phone = fields.OptionalText($"{at}/phone", party.Phone, MostName);
        CustomsPolicies.Eori(fields, $"{at}/eori", party.Eori);
        var vat = fields.OptionalText($"{at}/vatNumber", party.VatNumber, MostNumber);
        if (vat is not null && CustomsNumbers.IsIoss(vat))
            fields.Add($"{at}/vatNumber", "ioss-on-paper",
                "is an IOSS number: carriers are told it electronically, and it stands on no paper");
        (string Label, string? Says)[] numbers = [("EORI", party.Eori), ("VAT", vat), ("Tel.", phone)];
        string?[] lines = [name, .. street, $"{postcode} {city}".Trim(), state, country];
        return new(
            [.. lines.Where(l => !string.IsNullOrWhiteSpace(l)).Select(l => l!)],
            [.. numbers.Where(n => n.Says is not null).Select(n => new PaperFact(n.Label, n.Says!))]);
    }

    static ImmutableArray<PaperFact> References(Fields fields, CustomsReferencesRequest? references)
    {
        (string Label, string At, string? Says)[] told =
        [
            ("ORDER", "order", references?.Order), ("CARRIER", "carrier", references?.Carrier),
            ("TRACKING NUMBER", "trackingNumber", references?.TrackingNumber),
        ];
        return
        [
            .. told.Where(r => r.Says is not null)
                .Select(r => new PaperFact(r.Label, fields.Text($"/references/{r.At}", r.Says, MostName))),
        ];
    }

    static ImmutableArray<CustomsLine> Lines(
        Fields fields, IReadOnlyList<CustomsPaperLineRequest?>? lines, IReadOnlyDictionary<string, SkuCard?> cards)
    {
        if (lines is null or { Count: 0 }) fields.Add("/lines", "required", "there must be a line");
        if (lines?.Count > MostLines) fields.Add("/lines", "too-many", $"at most {MostLines}");
        var goods = ImmutableArray.CreateBuilder<CustomsGoods>();
        for (var i = 0; i < Math.Min(lines?.Count ?? 0, MostLines); i++)
        {
            if (lines![i] is { } line) goods.Add(Line(fields, $"/lines/{i}", line, cards));
            else fields.Add($"/lines/{i}", "wrong-type", "must be an object");
        }

        if (fields.Errors.Count > 0 || goods.Count == 0) return [];
        var content = CustomsContent.Of(goods.ToImmutable());
        foreach (var gap in content.Gaps)
        {
            var lacks = gap.Sku.Length > 0 ? $", and the card of {gap.Sku} lacks {gap.Field}" : "";
            if (gap.Field.EndsWith("/currency", StringComparison.Ordinal))
                fields.Add($"{gap.Line}/unitValue/currency", "mixed-currencies", "is another than on lines before");
            else fields.Add($"{gap.Line}/{FieldOf(gap.Field)}", "customs-data-missing", $"is missing{lacks}");
        }

        return content.Lines;
    }

    static string FieldOf(string ofCard) => ofCard switch
    {
        "/product/hsCode" => "hsCode",
        "/product/origin" => "origin",
        "/product/grams" => "netGrams",
        _ => "unitValue",
    };

    static CustomsGoods Line(
        Fields fields, string at, CustomsPaperLineRequest line, IReadOnlyDictionary<string, SkuCard?> cards)
    {
        SkuCard? card = null;
        if (line.Sku is { } sku && !cards.TryGetValue(sku, out card)) fields.Id($"{at}/sku", sku);
        else if (line.Sku is not null && card is null) fields.Add($"{at}/sku", "unknown-sku", "there is none");
        var facts = card?.Product ?? new();
        var description = fields.OptionalText(
            $"{at}/description", line.Description, ProductFacts.MaxCustomsDescription);
        if (string.IsNullOrWhiteSpace(description) && card is null)
            fields.Add($"{at}/description", "required", "is missing");
        var quantity = fields.Number($"{at}/quantity", line.Quantity, 1, MostQuantity);
        var value = fields.Money($"{at}/unitValue", line.UnitValue) ?? card?.Price;
        if ((Int128)(value?.AmountMinor ?? 0) * quantity > Fields.MostMinor)
        {
            fields.Add($"{at}/unitValue", "out-of-range", $"must be at most {Fields.MostMinor} for all pieces");
            value = null;
        }

        var net = line.NetGrams is null ? facts.NetGrams
            : fields.Number($"{at}/netGrams", line.NetGrams, 1, MostGrams);
        return new(
            at, line.Sku ?? "", description ?? card?.Title ?? "", facts with
            {
                HsCode = SkuCards.HsCode(fields, $"{at}/hsCode", line.HsCode) ?? facts.HsCode,
                Origin = fields.Country($"{at}/origin", line.Origin, required: false) ?? facts.Origin,
                NetGrams = net,
                CustomsDescription = description ?? facts.CustomsDescription,
            },
            Math.Max(1, quantity),
            value is { } each ? new Money(each.AmountMinor * Math.Max(1, quantity), each.Currency) : null);
    }
}
