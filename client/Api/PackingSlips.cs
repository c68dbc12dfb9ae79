using System.Collections.Immutable;
using System.Text.Json;
using Fulfillment.Client.Papers;
using Fulfillment.Ordering;
using Fulfillment.Warehousing;

namespace Fulfillment.Client.Api;

/// <summary>
/// What a packing slip says: the units of one fulfilment order, or of one shipment of it, that left or may leave, or
/// that are in one box of it, and where the others of the order are.
/// </summary>
sealed class PackingSlips(
    Seat seat, Backend backend, string id, OrderReply order, Fulfilment fulfilment, string? shipment,
    PackingSlips.InBox? box = null)
{
    /// <summary>What is in a box. <c>Before</c>: in boxes with lower numbers; <c>After</c>: with higher ones.</summary>
    public sealed record InBox(
        ImmutableArray<LineUnits> Lines, ImmutableArray<LineUnits> Before, ImmutableArray<LineUnits> After,
        ImmutableArray<PaperFact> Facts);

    readonly string _reference = OrderBodies.FulfilmentId(id, fulfilment.Number);

    /// <summary>Nothing of it leaves, or has left.</summary>
    public bool IsEmpty => order.Lines.All(l => Here(l.Line.Id) == 0);

    /// <summary>The slip, with what is known of buyer, node and goods.</summary>
    public async ValueTask<PackingSlip> Read(CancellationToken cancel)
    {
        var buyer = await OrderIntake.Open(order.Placed.Buyer, backend);
        var node = (await seat.Node(fulfilment.Node).Get(cancel)).Card;
        var cards = await PapersApi.Cards(
            seat, order.Lines.Select(l => l.Line.Sku).Concat(KitSkus()), cancel);
        // Of a buyer who was erased nobody knows any more whether it was one: no prices are safe.
        var isGift = buyer.Gift is not null || (order.Placed.Buyer is not null && buyer.IsNothing);
        var lines = ImmutableArray.CreateBuilder<SlipLine>();
        var absent = ImmutableArray.CreateBuilder<SlipAbsent>();
        UnitMoney sum = default;
        long tax = 0;
        foreach (var line in order.Lines)
        {
            var units = Here(line.Line.Id);
            var note = units > 0 ? await Note(line.Line.Id) : null;
            if (units > 0)
            {
                var (money, contained) = Money(line, units);
                (sum, tax) = (sum + money, tax + contained);
                lines.Add(new(
                    PapersApi.Item(line.Line.Sku, cards, note), units,
                    isGift || !HasPrice(line) ? null : new(
                        line.Line.UnitPrice?.AmountMinor, money.Discount, contained, money.Price - money.Discount)));
            }

            absent.AddRange(Absent(line, units).Select(a => new SlipAbsent(
                new(line.Line.Sku, cards.GetValueOrDefault(line.Line.Sku)?.Title ?? line.Line.Sku), a.Units, a.Why)));
        }

        return new(
            PapersApi.Brand(seat, node?.Name), id, _reference, Sent.LastOrDefault()?.At ?? order.Placed.PlacedAt,
            From(node), To(buyer), Facts(lines.Sum(l => (long)l.Units)), lines.DrainToImmutable(),
            absent.DrainToImmutable(), buyer.Gift?.Message,
            isGift || !order.Lines.Any(HasPrice) ? null : new(
                Currency, sum.Price - sum.Discount, sum.Shipping, tax, IsTaxIncluded, sum.Total));
    }

    bool IsTaxIncluded => order.Placed.Charges?.TaxIncluded == true;

    string Currency => order.Placed.Total?.Currency
        ?? order.Lines.First(l => l.Line.UnitPrice is not null).Line.UnitPrice!.Value.Currency;

    static bool HasPrice(LineReply line) => line.Line.UnitPrice is not null || line.Charges?.Kit is not null;

    /// <summary>The shipments that it tells of.</summary>
    IEnumerable<Shipment> Sent =>
        box is not null ? [] : fulfilment.Shipments.Where(s => shipment is null || s.Id == shipment);

    /// <summary>Units of a line in it: that left, and, but for the slip of one shipment, that may.</summary>
    int Here(string line) => box is not null ? Units(box.Lines, line)
        : shipment is not null ? Sent.Sum(s => In(s, line))
        : fulfilment.Lines.FirstOrDefault(l => l.Line == line) is { } f ? f.Shipped + f.MayLeave : 0;

    static int In(Shipment s, string line) => Units(s.Lines, line);

    static int Units(ImmutableArray<LineUnits> units, string line) =>
        units.Where(l => l.Line == line).Sum(l => l.Units);

    /// <summary>Units that left in no box, before a bench began.</summary>
    static int Loose(Fulfilment f, string line) =>
        f.Shipments.Where(s => s.Boxes.IsDefaultOrEmpty).Sum(s => In(s, line));

    static int Live(Fulfilment f, string line) =>
        f.Lines.Where(l => l.Line == line).Sum(l => l.Shipped + l.Open);

    /// <summary>
    /// What the units cost, and the tax that is to be shown with them. They come behind those of fulfilment orders with
    /// lower numbers, so that the slips of an order add up to it.
    /// </summary>
    (UnitMoney Money, long Tax) Money(LineReply l, int units)
    {
        var before = order.Fulfilments.Where(f => f.Number < fulfilment.Number).Sum(f => Live(f, l.Line.Id));
        if (box is not null) before += Units(box.Before, l.Line.Id) + Loose(fulfilment, l.Line.Id);
        if (shipment is not null)
            before += fulfilment.Shipments.TakeWhile(s => s.Id != shipment).Sum(s => In(s, l.Line.Id));
        Line line = new(l.Line, l.Cancelled, 0, l.Shipped, l.Delivered, l.Charges);
        var money = line.Money(before + units) - line.Money(before);
        if (!IsTaxIncluded) return (money, money.Tax);
        return (money, Shares.OfFirst(l.Line.TaxMinor, l.Line.Quantity, before + units)
            - Shares.OfFirst(l.Line.TaxMinor, l.Line.Quantity, before));
    }

    IEnumerable<string> KitSkus() => order.Kits.IsDefaultOrEmpty ? [] : order.Kits.Select(k => k.Ordered.Sku);

    /// <summary>Of which kit it is, and as what it was sold.</summary>
    async ValueTask<string?> Note(string line) =>
        (Kit(line), await SoldLines.Note(SoldLines.Of(order, line), backend)) switch
        {
            ({ } kit, { } sold) => $"{kit} · {sold}",
            var (kit, sold) => kit ?? sold,
        };

    string? Kit(string line) =>
        order.Kits.IsDefaultOrEmpty ? null
            : order.Kits.FirstOrDefault(k => k.Lines.Contains(line)) is { } kit ? $"Part of {kit.Ordered.Sku}" : null;

    /// <summary>Units of a line that are not in it, and where they are.</summary>
    IEnumerable<(int Units, string Why)> Absent(LineReply l, int here)
    {
        var left = l.Line.Quantity - here;
        foreach (var f in order.Fulfilments)
        {
            var own = f.Number == fulfilment.Number;
            var reference = OrderBodies.FulfilmentId(id, f.Number);
            if (f.Lines.FirstOrDefault(x => x.Line == l.Line.Id) is not { } line) continue;
            var isBoxed = own && box is not null;
            foreach (var s in f.Shipments)
            {
                if (own && (isBoxed ? !s.Boxes.IsDefaultOrEmpty : shipment is null || s.Id == shipment)) continue;
                if (In(s, l.Line.Id) is > 0 and var n)
                    yield return Taken(n, $"Shipped on {PaperParts.Day(s.At)} in another parcel ({reference})");
            }

            if (isBoxed)
            {
                var others = Units(box!.Before, l.Line.Id) + Units(box.After, l.Line.Id);
                if (others > 0) yield return Taken(others, $"In another box ({reference})");
                if (line.Shipped + line.MayLeave - Loose(f, l.Line.Id) - others - here is > 0 and var rest)
                    yield return Taken(rest, $"Not packed yet ({reference})");
                if (line.Stopping > 0) yield return Taken(line.Stopping, "Stopped before it left");
                continue;
            }

            var open = own && shipment is null ? 0 : line.MayLeave;
            if (open > 0) yield return Taken(open, $"Follows in another parcel ({reference})");
            if (line.Stopping > 0) yield return Taken(line.Stopping, "Stopped before it left");
        }

        if (l.Cancelled > 0) yield return Taken(l.Cancelled, "Cancelled");
        if (Math.Min(l.Backordered, left) is > 0 and var late)
            yield return Taken((int)late, l.Expected is { } at
                ? $"Backordered, expected {PaperParts.Day(at)}" : "Backordered, no date yet");
        if (left > 0) yield return (left, "Follows in another parcel");

        (int, string) Taken(int units, string why)
        {
            left -= units;
            return (units, why);
        }
    }

    ImmutableArray<PaperFact> Facts(long units)
    {
        List<PaperFact> facts =
        [
            new("Order", id), new("Ordered", PaperParts.Day(order.Placed.OrderedAt ?? order.Placed.PlacedAt)),
        ];
        var sent = Sent.ToList();
        if (sent.Count == 0 && fulfilment.ShipBy is { } by) facts.Add(new("Ship by", PaperParts.Day(by)));
        Add("Shipped", sent.Select(s => PaperParts.Day(s.At)));
        Add("Carrier", sent.Select(s => s.Carrier));
        Add("Tracking", sent.Select(s => s.TrackingNumber));
        if (box is not null) facts.AddRange(box.Facts);
        facts.Add(new("Units", PaperParts.Count(units)));
        return [.. facts];

        void Add(string label, IEnumerable<string?> says)
        {
            var told = says.Where(s => !string.IsNullOrWhiteSpace(s)).Distinct().ToList();
            if (told.Count > 0) facts.Add(new(label, string.Join(", ", told)));
        }
    }

    ImmutableArray<string> From(NodeCard? node) =>
        node is null ? [fulfilment.Node]
            : [node.Name, $"{node.Country} {node.Postcode} · {fulfilment.Node}".TrimStart(' ', '·')];

    /// <summary>
    /// The address, line by line. What cannot be read any more was erased; then the country is what is left.
    /// </summary>
    ImmutableArray<string> To(OrderIntake.Opened buyer)
    {
        var country = order.Placed.ShipTo?.Country;
        if (buyer.ShipTo is not { } to)
        {
            var isErased = order.Placed.Buyer is not null && buyer.IsNothing;
            return [isErased ? "The address was erased" : "No address was told", country ?? ""];
        }

        string?[] lines =
        [
            Of("name"), Of("line1"), Of("line2"), $"{Of("postcode")} {Of("city")}".Trim(), Of("region"),
            Of("country") ?? country,
        ];
        return [.. lines.Where(l => !string.IsNullOrWhiteSpace(l)).Select(l => l!)];

        string? Of(string name) =>
            to.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
                ? value.GetString() : null;
    }
}
