using Fulfillment.Inventory;

namespace Fulfillment.Client.Api;

/// <summary>
/// What somebody says that he scanned: a SKU, or its barcode. <c>Least</c>: how few units may be told. <c>Quantity</c>:
/// of eaches; with a barcode of what was scanned.
/// </summary>
readonly record struct ToldGoods(
    string? Sku, string? Barcode, long? Quantity, long Least, string? Lot, IReadOnlyList<string?>? Serials);

/// <summary>The goods of a scan: how many eaches of which SKU, and which.</summary>
sealed record ScannedGoods(string Sku, long Units, Particulars? What)
{
    /// <summary>
    /// Reads a scan. A barcode names the SKU and how many eaches one scan counts, perhaps the lot and the serial too.
    /// </summary>
    public static async ValueTask<ScannedGoods> Read(
        Fields fields, Seat seat, ToldGoods told, CancellationToken cancel)
    {
        if (told.Sku is null && told.Barcode is null)
            fields.Add("/sku", "required", "is missing; name it, or send a barcode");
        var sku = told.Sku is null ? "" : fields.Id("/sku", told.Sku);
        long units = told is { Quantity: null, Barcode: not null } ? 1
            : fields.Number("/quantity", told.Quantity, told.Least, int.MaxValue);
        var (lot, serials) = (told.Lot, told.Serials);
        if (told.Barcode is not null && Scans.Read(fields, "/barcode", told.Barcode) is { } barcode)
        {
            if (await BarcodesApi.Item(seat, barcode, cancel) is not { } item)
                fields.Add("/barcode", "unknown-barcode", "is on no SKU");
            else if (told.Sku is not null && told.Sku != item.Sku)
                fields.Add("/barcode", "other-sku", $"is no barcode of {told.Sku}");
            else (sku, units) = (item.Sku, units * item.Eaches);
            if (sku.Length > 0 && (barcode.Lot is not null || barcode.Serial is not null))
            {
                var tracking = (await seat.Sku(sku).Stock(cancel)).Card?.Tracking;
                if (tracking?.Lots == true) lot ??= barcode.Lot;
                if (tracking?.Serials == true && barcode.Serial is { } serial) serials ??= [serial];
            }
        }

        if (units > int.MaxValue) fields.Add("/quantity", "out-of-range", $"is {units} eaches: at most {int.MaxValue}");
        return new(sku, units, Marks.Read(fields, null, lot, null, serials, null, units));
    }
}
