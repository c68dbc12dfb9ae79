using System.Globalization;
using Fulfillment.Catalog;

namespace Fulfillment.Client.Api;

/// <summary>Scans as requests tell them.</summary>
static class Scans
{
    /// <summary>What the scan says; null, and the flaw is added to the fields, when it is no barcode.</summary>
    public static Barcode? Read(Fields fields, string field, string scan)
    {
        var barcode = Barcode.Read(scan, out var flaw);
        if (barcode is null) fields.Add(field, Words<Gs1Fault>.Of(flaw!.Value.Fault), Said(flaw.Value));
        return barcode;
    }

    /// <summary>How many pieces one scan of the pack stands for: one pack, or as many as the symbol says.</summary>
    public static int Eaches(Barcode scan, Pack pack) => scan.Content["02"] is null ? pack.Eaches
        : (int)Math.Min((long)pack.Eaches * Math.Max(1, scan.Count ?? 1), int.MaxValue);

    static string Said(Gs1Flaw flaw)
    {
        var what = flaw.Ai is { } ai ? $" in the value of ({ai})" : "";
        return flaw.Length == 0
            ? string.Create(CultureInfo.InvariantCulture, $"at character {flaw.At + 1}{what}")
            : string.Create(
                CultureInfo.InvariantCulture, $"characters {flaw.At + 1} to {flaw.At + flaw.Length}{what}");
    }
}
