using System.Collections.Immutable;
using Fulfillment.Inventory;
using Fulfillment.Shipping;
using Fulfillment.Warehousing;

namespace Fulfillment.Client.Api;

/// <summary>Reads a question for duty and tax, gathering what is wrong with it.</summary>
static class DutyReader
{
    /// <summary>Lines of one question, schemes that a seller is registered for, days from today, pieces.</summary>
    public const int MostLines = 500, MostSchemes = 10, MostDays = 730, MostQuantity = 1_000_000;

    /// <summary>
    /// What is asked. <paramref name="node"/>: where it is sent from, null for an address. <paramref name="cards"/>: of
    /// the SKUs that are named; null for one that there is not.
    /// </summary>
    public static (DutyAsk Ask, Incoterm Terms) Read(
        DutiesRequest request, NodeCard? node, IReadOnlyDictionary<string, SkuCard?> cards, CustomsPolicy policy,
        DateTimeOffset now)
    {
        Fields fields = new();
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var on = fields.Date("/on", request.On) ?? today;
        if (Math.Abs(on.DayNumber - today.DayNumber) > MostDays)
            fields.Add("/on", "out-of-range", $"must be within {MostDays} days of today");
        var from = From(fields, request.From, node);
        var to = To(fields, request.To);
        Incoterm? chosen = request.Terms is null ? null : fields.Word<Incoterm>("/terms", request.Terms);
        var schemes = Schemes(fields, request.Schemes) ?? policy.Schemes;
        var lines = Lines(fields, request.Lines, cards, from, to);
        var carriage = fields.Money("/carriage", request.Carriage);
        var insurance = fields.Money("/insurance", request.Insurance);
        var currency = lines.IsEmpty ? null : lines[0].Value.Currency;
        foreach (var (field, told) in (ReadOnlySpan<(string, string?)>)
            [("/carriage", carriage?.Currency), ("/insurance", insurance?.Currency)])
            if (told is not null && currency is not null && told != currency)
                fields.Add($"{field}/currency", "mixed-currencies", $"must be {currency}, as the goods");
        if (lines.Aggregate((Int128)0, (sum, l) => sum + l.Value.AmountMinor) > Fields.MostMinor)
            fields.Add("/lines", "out-of-range", $"must be worth at most {Fields.MostMinor} together");
        fields.Check();
        return (new(from, to, on, lines, carriage?.AmountMinor ?? 0, insurance?.AmountMinor ?? 0, schemes),
            policy.TermsOf(from.Country, to.Country, chosen));
    }

    static CustomsPlace From(Fields fields, DutyFromRequest? from, NodeCard? node)
    {
        if (from is null) fields.Add("/from", "required", "is missing");
        if (from is null) return default;
        if (from.Node is null)
        {
            var country = fields.Country("/from/country", from.Country, required: true);
            fields.Postcode("/from/postcode", country, from.Postcode, isAddress: false);
            return CustomsArea.Of(country ?? "", from.Postcode);
        }

        if (from.Country is not null || from.Postcode is not null)
            fields.Add("/from", "node-or-address", "names a node and an address: one of them");
        if (node is { Country: null })
            fields.Add("/from/node", "node-without-country", "is in no country that we know: PUT it with one");
        return CustomsArea.Of(node?.Country ?? "", node?.Postcode);
    }

    static CustomsPlace To(Fields fields, DutyToRequest? to)
    {
        if (to is null) fields.Add("/to", "required", "is missing");
        if (to is null) return default;
        var country = fields.Country("/to/country", to.Country, required: true);
        fields.Postcode("/to/postcode", country, to.Postcode, isAddress: false);
        return CustomsArea.Of(country ?? "", to.Postcode);
    }

    static ImmutableArray<string>? Schemes(Fields fields, IReadOnlyList<string?>? schemes)
    {
        if (schemes is null) return null;
        if (schemes.Count > MostSchemes) fields.Add("/schemes", "too-many", $"at most {MostSchemes}");
        return [.. schemes.Take(MostSchemes).Select((s, i) => fields.Id($"/schemes/{i}", s))];
    }

    static ImmutableArray<DutyLine> Lines(
        Fields fields, IReadOnlyList<DutyLineRequest?>? lines, IReadOnlyDictionary<string, SkuCard?> cards,
        CustomsPlace from, CustomsPlace to)
    {
        if (lines is null or { Count: 0 }) fields.Add("/lines", "required", "there must be a line");
        if (lines?.Count > MostLines) fields.Add("/lines", "too-many", $"at most {MostLines}");
        var read = ImmutableArray.CreateBuilder<DutyLine>();
        for (var i = 0; i < Math.Min(lines?.Count ?? 0, MostLines); i++)
        {
            if (lines![i] is not { } line) fields.Add($"/lines/{i}", "wrong-type", "must be an object");
            else read.Add(Line(fields, $"/lines/{i}", $"{i + 1}", line, cards, $"{from.Country} to {to.Country}"));
        }

        if (read.Select(l => l.Id).Distinct().Count() < read.Count)
            fields.Add("/lines", "duplicate", "two lines have one id");
        for (var i = 1; i < read.Count; i++)
            if (read[i].Value.Currency != read[0].Value.Currency && read[0].Value.Currency.Length > 0
                && read[i].Value.Currency.Length > 0)
                fields.Add($"/lines/{i}/unitValue/currency", "mixed-currencies",
                    $"must be {read[0].Value.Currency}, as on the lines before");
        return read.ToImmutable();
    }

    static DutyLine Line(
        Fields fields, string at, string number, DutyLineRequest line, IReadOnlyDictionary<string, SkuCard?> cards,
        string lane)
    {
        SkuCard? card = null;
        if (line.Sku is { } sku && !cards.TryGetValue(sku, out card)) fields.Id($"{at}/sku", sku);
        else if (line.Sku is not null && card is null) fields.Add($"{at}/sku", "unknown-sku", "there is none");
        var facts = card?.Product;
        var quantity = fields.Number($"{at}/quantity", line.Quantity, 1, MostQuantity);
        var value = fields.Money($"{at}/unitValue", line.UnitValue) ?? card?.Price
            ?? (facts is { Currency: { } currency } ? new Money(facts.ValueMinor, currency) : (Money?)null);
        var code = SkuCards.HsCode(fields, $"{at}/hsCode", line.HsCode) ?? facts?.HsCode;
        var origin = fields.Country($"{at}/origin", line.Origin, required: false) ?? facts?.Origin;
        if (code is null) Lacks("hsCode", "/product/hsCode");
        if (origin is null) Lacks("origin", "/product/origin");
        if (value is null) Lacks("unitValue", "/product/value");
        var worth = (Int128)(value?.AmountMinor ?? 0) * quantity;
        if (worth > Fields.MostMinor)
            fields.Add($"{at}/unitValue", "out-of-range", $"must be at most {Fields.MostMinor} for all pieces");
        return new(
            line.Id is null ? number : fields.Id($"{at}/id", line.Id), code ?? "", origin ?? "", quantity,
            new(worth > Fields.MostMinor ? 0 : (long)worth, value?.Currency ?? ""), line.Preferential == true);

        void Lacks(string field, string ofCard)
        {
            // Of a SKU that there is not, that is what is wrong.
            if (line.Sku is not null && card is null) return;
            fields.Add($"{at}/{field}", "customs-data-missing", card is null
                ? $"is missing: customs ask for it from {lane}"
                : $"is missing, and the card of {line.Sku} lacks {ofCard}: customs ask for it from {lane}");
        }
    }
}
