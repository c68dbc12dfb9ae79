using System.Collections.Immutable;
using Fulfillment.Counting;
using Fulfillment.Inventory;

namespace Fulfillment.Client.Api;

/// <summary>What a scan of a count says, and what there is besides the scans.</summary>
sealed record CountScans(
    string By, string Sku, string? Bin, string? Lot, StockState? State, long Units, ImmutableArray<string> Serials)
{
    public Tally Tally(string node) => new(node, Bin, Lot, State, Units, Serials);

    /// <summary>Reads a scan.</summary>
    public static async ValueTask<CountScans> Read(Seat seat, CountScanRequest request, CancellationToken cancel)
    {
        Fields fields = new();
        var by = fields.Id("/by", request.By);
        var bin = request.Bin is null ? null : fields.Id("/bin", request.Bin);
        StockState? state = request.State is null ? null : fields.Word<StockState>("/state", request.State);
        if (state == StockState.InTransit) fields.Add("/state", "not-here", "is on its way: nobody can count it");
        var goods = await ScannedGoods.Read(
            fields, seat, new(request.Sku, request.Barcode, request.Quantity, 0, request.Lot, request.Serials), cancel);
        fields.Check();
        return new(by, goods.Sku, bin, goods.What?.Lot, state, goods.Units, goods.What?.Serials ?? default);
    }

    /// <summary>
    /// What the books have in a place besides the lines, each judged as none; and lines that are to be counted again.
    /// </summary>
    public static async ValueTask<ImmutableArray<Judgement>> Absent(
        Backend backend, Seat seat, ICycleCount count, CountSheet sheet, string? bin, CancellationToken cancel)
    {
        if (!sheet.Terms.HasPlace(bin)) return [];
        var (node, lines) = (sheet.Terms.Node, sheet.Lines.Where(l => l.Judged.Tally.Bin == bin).ToList());
        IEnumerable<string> skus = sheet.Terms.Skus;
        if (sheet.Terms.Skus.IsEmpty)
            skus = backend.Views.Counts.In(seat.Seller, node, bin!, CycleCount.MaxLines + 1);
        var absent = ImmutableArray.CreateBuilder<Judgement>();
        foreach (var sku in skus.Union(lines.Select(l => l.Judged.Sku), StringComparer.Ordinal))
        {
            foreach (var tally in await Tallies(seat, sku, node, bin, lines, cancel))
                if ((await count.Judge(sku, tally, cancel)).Judged is { } judged) absent.Add(judged);
        }

        return absent.ToImmutable();
    }

    /// <summary>Units of a SKU in the place that no line is of, told apart as its lines are.</summary>
    static async ValueTask<IEnumerable<Tally>> Tallies(
        Seat seat, string sku, string node, string? bin, List<CountLine> lines, CancellationToken cancel)
    {
        var at = EntityId.Of(InventoryCalls.Kind, seat.Seller, sku);
        var slots = await seat.Cluster.Ask(at, new SkuCommand.GetSlots(node), seat.Origin, cancel);
        var own = lines.Where(l => l.Judged.Sku == sku).ToList();
        var lying = slots.Slots.Where(
            s => s.Order is null && s.State != StockState.InTransit && (bin ?? s.Bin) == s.Bin);
        IEnumerable<string?> lots = slots.Card?.Tracking?.Lots == true
            ? lying.Select(s => s.Lot).Union(own.Select(l => l.Judged.Lot)).Where(lot => lot is not null) : [null];
        return from lot in lots
               from state in own.Any(l => l.Judged.Lot == lot && l.Judged.Tally.State is not null)
                   ? Enum.GetValues<StockState>().Where(s => s != StockState.InTransit).Select(s => (StockState?)s)
                   : [null]
               let line = own.FirstOrDefault(l => l.Judged.Lot == lot && l.Judged.Tally.State == state)
               where line is null or { State: LineState.Recount }
               select new Tally(node, bin, lot, state, 0);
    }
}
