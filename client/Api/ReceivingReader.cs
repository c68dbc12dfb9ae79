using System.Collections.Immutable;
using Fulfillment.Catalog;
using Fulfillment.Inventory;
using Fulfillment.Purchasing;

namespace Fulfillment.Client.Api;

/// <summary>Reads shipments and what was counted at the dock.</summary>
static class ReceivingReader
{
    /// <summary>Lines that may be counted in one receipt.</summary>
    public const int MaxCounted = 500;

    public static ImmutableArray<AnnouncedPackage> Packages(Fields fields, IReadOnlyList<PackageRequest?>? packages)
    {
        var read = PurchaseReader.Each(
            fields, packages, PurchaseOrder.MaxPackages, required: true, (package, at, i) => new AnnouncedPackage(
                package.Id is null ? $"{i + 1}" : PurchaseReader.Id(fields, $"{at}/id", package.Id),
                Licence(fields, $"{at}/sscc", package.Sscc),
                PurchaseReader.Each(
                    fields, package.Lines, PurchaseOrder.MaxPackedLines, required: true, (line, where, _) =>
                        new PackedUnits(
                            PurchaseReader.Id(fields, $"{where}/line", line.Line),
                            fields.Number($"{where}/quantity", line.Quantity, 1, int.MaxValue)),
                    $"{at}/lines")),
            "/packages");
        PurchaseReader.Distinct(fields, read.Select(p => p.Id), i => $"/packages/{i}/id");
        PurchaseReader.Distinct(fields, read.Select(p => p.Sscc ?? ""), i => $"/packages/{i}/sscc");
        if (read.Sum(p => (long)p.Lines.Length) > PurchaseOrder.MaxPackedLines)
            fields.Add("/packages", "too-many", $"must have at most {PurchaseOrder.MaxPackedLines} lines in all");
        return read;
    }

    static string? Licence(Fields fields, string field, string? sscc)
    {
        if (sscc is not null && !Sscc.IsOne(sscc))
            fields.Add(field, "bad-sscc", "must be an SSCC: 18 digits, the last one a check digit");
        return sscc;
    }

    public static ImmutableArray<CountedLine> Counted(Fields fields, IReadOnlyList<CountedLineRequest?>? lines) =>
        PurchaseReader.Each(fields, lines, MaxCounted, required: true, (line, at, _) =>
        {
            var quantity = fields.Number($"{at}/quantity", line.Quantity, 1, int.MaxValue);
            var damaged = line.Damaged is null ? 0 : fields.Number($"{at}/damaged", line.Damaged, 0, int.MaxValue);
            if (damaged > quantity && quantity > 0)
                fields.Add($"{at}/damaged", "out-of-range", "must be at most the quantity");
            var state = fields.Word<StockState>($"{at}/state", line.State, StockState.Quarantine);
            if (line.State is not null && state is not (StockState.Quarantine or StockState.Damaged))
                fields.Add($"{at}/state", "unknown-value", "must be quarantine or damaged");
            if (line.Package is not null && line.Shipment is null)
                fields.Add($"{at}/shipment", "required", "is missing: a package is of a shipment");
            var what = Marks.Read(
                fields, line.Bin, line.Lot, line.Lpn, line.Serials, line.ExpiresOn, quantity, at);
            if (what is { Serials.IsDefaultOrEmpty: false } && damaged > 0 && damaged < quantity)
                fields.Add($"{at}/damaged", "all-or-none", "with serials: count damaged units on a line of their own");
            return new CountedLine(
                PurchaseReader.Id(fields, $"{at}/line", line.Line), quantity, damaged, state,
                line.Shipment is null ? null : PurchaseReader.Id(fields, $"{at}/shipment", line.Shipment),
                line.Package is null ? null : PurchaseReader.Id(fields, $"{at}/package", line.Package), what);
        });
}
