using System.Collections.Immutable;
using Fulfillment.Inventory;

namespace Fulfillment.Shipping;

/// <summary>What is declared of goods, and what is missing to declare them.</summary>
public static class CustomsContent
{
    /// <summary>
    /// The lines of a declaration. What was paid for the units of a line is split to the minor unit: where it does not
    /// divide, the line is two, of which one is a minor unit dearer, and the sum is what was paid. All are in one
    /// currency, that of the first worth told; a card's value in another one is a gap. A net weight that is not told is
    /// the unit's own weight: packing of the parcel is in neither.
    /// </summary>
    public static CustomsContentReply Of(ImmutableArray<CustomsGoods> goods)
    {
        var currency = goods.Select(g => g.Worth?.Currency ?? g.Facts?.Currency).FirstOrDefault(c => c is not null);
        var lines = ImmutableArray.CreateBuilder<CustomsLine>();
        var gaps = ImmutableArray.CreateBuilder<CustomsGap>();
        foreach (var g in goods)
        {
            var before = gaps.Count;
            foreach (var field in Missing(g.Facts, g.Worth is { AmountMinor: > 0 })) Lack(field);
            var facts = g.Facts ?? new();
            if (facts.Grams == 0 && facts.NetGrams == 0) Lack("/product/grams");
            if (gaps.Count > before) continue;
            var total = g.Worth is { AmountMinor: > 0 } paid ? paid.AmountMinor : facts.ValueMinor * g.Quantity;
            var of = g.Worth is { AmountMinor: > 0 } ? g.Worth.Value.Currency : facts.Currency;
            if (of != currency)
            {
                Lack("/product/value/currency");
                continue;
            }

            var (each, dearer) = Math.DivRem(total, g.Quantity);
            Add(each, g.Quantity - (int)dearer);
            Add(each + 1, (int)dearer);

            void Add(long minor, int quantity)
            {
                if (quantity == 0) return;
                lines.Add(new(
                    facts.CustomsDescription ?? g.Title, quantity, new(minor, currency!),
                    facts.NetGrams > 0 ? facts.NetGrams : facts.Grams, facts.HsCode!, facts.Origin!));
            }

            void Lack(string field) => gaps.Add(new(g.Line, g.Sku, field));
        }

        return gaps.Count > 0 ? new([], gaps.ToImmutable()) : new(lines.ToImmutable(), []);
    }

    /// <summary>
    /// What is told to customs of those lines; null where no border is crossed. <paramref name="chosen"/>: the order's
    /// own terms. <paramref name="asked"/>: what was reckoned for the same goods: only where it says that tax is
    /// collected with the price is a number told that stands for it, the IOSS number in the EU, the VAT number in
    /// Britain.
    /// </summary>
    public static CustomsDeclaration? Declare(
        CustomsPolicy policy, CustomsPlace from, CustomsPlace to, ImmutableArray<CustomsLine> lines, string invoice,
        DateOnly on, DutyReply asked, Incoterm? chosen = null, ExportReason reason = ExportReason.Sale)
    {
        if (!CustomsArea.IsLeft(from, to)) return null;
        var isCollected = asked.Lines.Any(l => l.Charges.Any(c => c.At == ChargeAt.Sale));
        return new(
            policy.TermsOf(from.Country, to.Country, chosen), invoice, on, lines, reason, policy.EoriOf(from),
            isCollected && CustomsArea.IsUnionTax(to) ? policy.Ioss : null,
            isCollected && to.Tax == "GB" ? policy.GbVat : null);
    }

    /// <summary>
    /// Whether a number of the seller stands for tax there, and it could not be reckoned whether it is told of these
    /// goods: without it the buyer may pay again what he has paid with the price.
    /// </summary>
    public static bool IsInDoubt(CustomsPolicy policy, CustomsPlace to, DutyReply asked)
    {
        var number = CustomsArea.IsUnionTax(to) ? policy.Ioss : to.Tax == "GB" ? policy.GbVat : null;
        return number is not null && (asked.Status is DutyStatus.UnknownPlace or DutyStatus.UnknownCurrency
            || (asked.Gaps.Any(g => g.Kind == ChargeKind.Tax)
                && !asked.Lines.Any(l => l.Charges.Any(c => c.Kind == ChargeKind.Tax))));
    }

    /// <summary>
    /// The fields of a card, as JSON pointers, that customs ask for and it does not say.
    /// <paramref name="isPriced"/>: whether what is paid tells what a unit is worth.
    /// </summary>
    public static IEnumerable<string> Missing(ProductFacts? facts, bool isPriced)
    {
        if (facts?.HsCode is null) yield return "/product/hsCode";
        if (facts?.Origin is null) yield return "/product/origin";
        if (!isPriced && facts is not { ValueMinor: > 0, Currency: not null }) yield return "/product/value";
    }
}
