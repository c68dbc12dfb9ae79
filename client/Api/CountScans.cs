using System.Collections.Immutable;
using Fulfillment.Counting;
using Fulfillment.Inventory;

namespace Fulfillment.Client.Api;

/// <summary>What a scan of a count says, and what there is besides the scans.</summary>
sealed record CountScans(
    string By, string Sku, string? Bin, string? Lot, StockState? State, long Units, ImmutableArray<string> Serials)
{
    public Tally Tally(string node) => new(node, Bin, Lot, State, Units, Serials);

    /// <summary>
    /// Reads a scan. A barcode names the SKU and how many eaches one scan counts, perhaps the lot and the serial too.
    /// </summary>
    public static async ValueTask<CountScans> Read(Seat seat, CountScanRequest request, CancellationToken cancel)
    {
        Fields fields = new();
        var by = fields.Id("/by", request.By);
        var bin = request.Bin is null ? null : fields.Id("/bin", request.Bin);
        StockState? state = request.State is null ? null : fields.Word<StockState>("/state", request.State);
        if (state == StockState.InTransit) fields.Add("/state", "not-here", "is on its way: nobody can count it");
        if (request.Sku is null && request.Barcode is null)
            fields.Add("/sku", "required", "is missing; name it, or send a barcode");
        var sku = request.Sku is null ? "" : fields.Id("/sku", request.Sku);
        long units = request is { Quantity: null, Barcode: not null } ? 1
            : fields.Number("/quantity", request.Quantity, 0, int.MaxValue);
        var (lot, serials) = (request.Lot, request.Serials);
        if (request.Barcode is not null && Scans.Read(fields, "/barcode", request.Barcode) is { } barcode)
        {
            if (await BarcodesApi.Item(seat, barcode, cancel) is not { } item)
                fields.Add("/barcode", "unknown-barcode", "is on no SKU");
            else if (request.Sku is not null && request.Sku != item.Sku)
                fields.Add("/barcode", "other-sku", $"is no barcode of {request.Sku}");
            else (sku, units) = (item.Sku, units * item.Eaches);
            lot ??= barcode.Lot;
            if (serials is null && barcode.Serial is { } serial && sku.Length > 0
                && (await seat.Sku(sku).Stock(cancel)).Card?.Tracking?.Serials == true) serials = [serial];
        }

        if (units > int.MaxValue) fields.Add("/quantity", "out-of-range", $"is {units} eaches: at most {int.MaxValue}");
        var what = Marks.Read(fields, null, lot, null, serials, null, units);
        fields.Check();
        return new(by, sku, bin, what?.Lot, state, units, what?.Serials ?? default);
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
