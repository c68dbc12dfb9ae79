using System.Collections.Immutable;
using Fulfillment.Purchasing;
using Fulfillment.Warehousing;

namespace Fulfillment.Client.Api;

/// <summary>
/// Packages that were announced with a number: what is counted of one lies on it, and it is registered where it was
/// counted.
/// </summary>
static class PackagesAtDock
{
    /// <summary>The lines, on their packages where these have a number and the line names no other carrier.</summary>
    public static ImmutableArray<CountedLine> On(Purchase purchase, string receipt, ImmutableArray<CountedLine> lines)
    {
        var made = purchase.Receipts.FirstOrDefault(r => r.Id == receipt);
        return
        [
            .. lines.Select((line, i) => SsccOf(purchase, line) is not { } sscc || line.What?.Lpn is not null
                // A repeat says what it said the first time, which may have been before packages were registered.
                || (made is not null && made.Lines.ElementAtOrDefault(i)?.Counted.What?.Lpn != sscc)
                    ? line : line with { What = (line.What ?? new()) with { Lpn = sscc } }),
        ];
    }

    /// <summary>
    /// Why units cannot be put on the carriers that the lines name: they are closed, under way or elsewhere. Null when
    /// they can.
    /// </summary>
    public static async ValueTask<Problem?> Refused(
        HttpContext http, Seat seat, Purchase purchase, ImmutableArray<CountedLine> lines)
    {
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].What?.Lpn is not { } lpn || purchase.Line(lines[i].Line)?.Ordered.Sku is not { } sku) continue;
            var bin = lines[i].What!.Bin;
            var gate = await BinGate.Onto(
                http, seat, sku, purchase.Terms.Node, ($"/lines/{i}/bin", bin), lpn, anyBin: bin is null);
            if (gate.Refusal is { } refusal) return refusal;
        }

        return null;
    }

    /// <summary>Registers the packages, and lets the SKUs on. Repeatable.</summary>
    public static async ValueTask Register(
        Seat seat, Purchase purchase, ImmutableArray<CountedLine> lines, CancellationToken cancel)
    {
        foreach (var line in lines)
        {
            if (line.What?.Lpn is not { } lpn || purchase.Line(line.Line)?.Ordered.Sku is not { } sku) continue;
            var (plate, node) = (seat.Plate(lpn), purchase.Terms.Node);
            if (lpn == SsccOf(purchase, line))
            {
                PlateCard card = new(PlateKind.Pallet, default, node, line.What.Bin);
                await plate.Change(new LicensePlateCommand.Register(card, [sku]), cancel);
            }

            await plate.Admit(new(sku, node, line.What.Bin, AnyBin: true), cancel);
        }
    }

    static string? SsccOf(Purchase purchase, CountedLine line) => line.Package is null ? null
        : purchase.Shipments.FirstOrDefault(s => s.Announced.Id == line.Shipment)?.Announced.Packages
            .FirstOrDefault(p => p.Id == line.Package)?.Sscc;
}
