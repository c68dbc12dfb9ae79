using System.Collections.Immutable;
using Fulfillment.Inventory;

namespace Fulfillment.Ordering;

/// <summary>
/// A line of a kit as the buyer ordered it. <c>Lines</c>: the ids of the lines for its components, in the order of
/// <c>Parts</c>; they stand in its place.
/// </summary>
public sealed record KitLine(OrderLine Ordered, ImmutableArray<KitPart> Parts, ImmutableArray<string> Lines);

/// <summary>What one kit's units of a component cost: its share of the kit's price.</summary>
public readonly record struct KitShare(long Minor, int Units)
{
    /// <summary>Of the first units, kit by kit, so that whole kits cost what the buyer was told.</summary>
    public long OfFirst(int units) => Minor * (units / Units) + Shares.OfFirst(Minor, Units, units % Units);
}

// Kits: a SKU that says it is one has its line replaced by lines for its components. From then on a component is like
// any other SKU: demand is summed per SKU, so two lines that share one cannot oversell it, and all are held or none.
public sealed partial record Order
{
    /// <summary>Opens the kit, unless it is too large or part of another.</summary>
    OrderEvent.KitOpened? Open(StockAnswer answer)
    {
        if (answer is not { Status: ClaimStatus.IsKit, Kit: { } parts }) return null;
        long units = 0, ordered = 0, cancelled = 0;
        var perKit = parts.Sum(p => (long)p.Units);
        foreach (var index in Demands[Find(answer.Sku)].Lines)
        {
            var line = Lines[index];
            if (line.Ordered.Quantity * (long)parts.Max(p => p.Units) > int.MaxValue || IsPart(line.Ordered.Id))
                return null;
            ordered += line.Ordered.Quantity * (perKit - 1);
            cancelled += line.Cancelled * (perKit - 1);
            units += parts.Length - 1;
        }

        return Lines.Length + units > MaxLines ? null : new OrderEvent.KitOpened(answer, ordered, cancelled);
    }

    bool IsPart(string line) => Kits.Any(k => k.Lines.Contains(line));

    Order OpenKit(StockAnswer answer)
    {
        var (sku, parts) = (answer.Sku, answer.Kit!.Value);
        var lines = ImmutableArray.CreateBuilder<Line>(Lines.Length);
        var kits = Kits;
        var ids = Lines.Select(l => l.Ordered.Id).ToHashSet();
        foreach (var line in Lines)
        {
            if (line.Ordered.Sku != sku)
            {
                lines.Add(line);
                continue;
            }

            KitLine kit = new(
                line.Ordered, parts, [.. parts.Select((_, i) => Unused($"{line.Ordered.Id}:{i + 1}", ids))]);
            kits = kits.Add(kit);
            lines.AddRange(PartsOf(line, kit));
        }

        var known = Demands.ToDictionary(d => d.Sku);
        var opened = lines.DrainToImmutable();
        var demands = opened.Select((l, i) => (l.Ordered.Sku, Index: i)).GroupBy(l => l.Sku)
            .OrderBy(g => g.Key, StringComparer.Ordinal).Select(g =>
            {
                var indexes = g.Select(l => l.Index).ToImmutableArray();
                if (!known.TryGetValue(g.Key, out var had)) return Demand.Of(g.Key, indexes);
                return had.Lines.Length == indexes.Length ? had with { Lines = indexes } : had with
                {
                    Lines = indexes,
                    Grant = Grant.Unanswered,
                    AskAgain = had.Pending?.Kind == StockOpKind.Reserve,
                };
            });
        return this with { Lines = opened, Kits = kits, Demands = [.. demands] };
    }

    /// <summary>An edit of this order may have made a line of that name.</summary>
    static string Unused(string id, HashSet<string> ids)
    {
        while (!ids.Add(id)) id += ":kit";
        return id;
    }

    /// <summary>
    /// The lines of the components, with their shares of what the kit costs in proportion to their units.
    /// </summary>
    static IEnumerable<Line> PartsOf(Line line, KitLine kit)
    {
        var weights = kit.Parts.Select(p => (long)p.Units).ToArray();
        var price = Shares.Of(line.Ordered.UnitPrice?.AmountMinor ?? 0, weights);
        var discount = Shares.Of(line.Charges?.Discount ?? 0, weights);
        var tax = Shares.Of(line.Charges?.Tax ?? 0, weights);
        var shipping = Shares.Of(line.Charges?.Shipping ?? 0, weights);
        for (var i = 0; i < kit.Parts.Length; i++)
        {
            var (sku, units) = kit.Parts[i];
            yield return new(
                new(kit.Lines[i], sku, line.Ordered.Quantity * units, null), line.Cancelled * units, 0, 0, 0,
                line.Ordered.UnitPrice is null ? null
                    : new(discount[i], tax[i], shipping[i]) { Kit = new(price[i], units) });
        }
    }

    /// <summary>Lines of kits as the lines of their components.</summary>
    ImmutableArray<LineUnits> Parts(ImmutableArray<LineUnits> named)
    {
        if (Kits.IsEmpty || !named.Any(n => Kits.Any(k => k.Ordered.Id == n.Line))) return named;
        List<LineUnits> parts = [];
        foreach (var n in named)
        {
            if (Kits.FirstOrDefault(k => k.Ordered.Id == n.Line) is not { } kit) parts.Add(n);
            else
            {
                parts.AddRange(kit.Parts.Select((p, i) => new LineUnits(
                    kit.Lines[i], (int)Math.Clamp((long)n.Units * p.Units, int.MinValue, int.MaxValue))));
            }
        }

        return [.. parts];
    }

    /// <summary>
    /// The lines that the supply does not cover, kits only as wholes: in the buyer's order a line takes what there is.
    /// </summary>
    ImmutableArray<ShortLine> MissingKits()
    {
        var supply = Demands.ToDictionary(d => d.Sku, d => d.Standing.Held + d.Standing.Backordered);
        var kits = Kits.SelectMany(k => k.Lines.Select(line => (line, k))).ToDictionary(k => k.line, k => k.k);
        Dictionary<string, int> granted = [];
        foreach (var line in Lines)
        {
            var kit = kits.GetValueOrDefault(line.Ordered.Id);
            if (kit is null) granted[line.Ordered.Id] = (int)Math.Min(line.Unplaced, supply[line.Ordered.Sku]);
            else if (kit.Lines[0] == line.Ordered.Id) Grant(kit);
            else continue;
            if (kit is null) supply[line.Ordered.Sku] -= granted[line.Ordered.Id];
        }

        return [.. from line in Lines
            let missing = line.Unplaced - granted[line.Ordered.Id]
            where missing > 0
            select new ShortLine(line.Ordered.Id, line.Ordered.Sku, line.Ordered.Quantity, missing,
                Demands[Find(line.Ordered.Sku)].Available)];

        void Grant(KitLine kit)
        {
            // Its lines stand together, in the order of its components.
            var first = Lines.TakeWhile(l => l.Ordered.Id != kit.Lines[0]).Count();
            var whole = kit.Parts.Select((p, i) => Math.Min(Lines[first + i].Unplaced, supply[p.Sku]) / p.Units).Min();
            for (var i = 0; i < kit.Parts.Length; i++)
            {
                granted[kit.Lines[i]] = (int)whole * kit.Parts[i].Units;
                supply[kit.Parts[i].Sku] -= granted[kit.Lines[i]];
            }
        }
    }
}
