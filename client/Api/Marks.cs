using System.Collections.Immutable;
using Fulfillment.Inventory;

namespace Fulfillment.Client.Api;

/// <summary>Which units a request means, and where they lie.</summary>
static class Marks
{
    /// <summary>The bin, lot, LPN, serials and last day that are told; null when nothing is.</summary>
    public static Particulars? Read(
        Fields fields, string? bin, string? lot, string? lpn, IReadOnlyList<string?>? serials, string? expiresOn,
        long units, string at = "")
    {
        if (serials?.Count > Particulars.MaxSerials)
            fields.Add($"{at}/serials", "too-many", $"at most {Particulars.MaxSerials}");
        ImmutableArray<string> read = serials is { Count: > 0 and <= Particulars.MaxSerials }
            ? [.. serials.Select((s, i) => fields.Id($"{at}/serials/{i}", s))] : default;
        if (!read.IsDefault && read.Distinct(StringComparer.Ordinal).Count() < read.Length)
            fields.Add($"{at}/serials", "duplicate", "names a serial twice");
        else if (!read.IsDefault && read.Length != units)
            fields.Add($"{at}/serials", "wrong-count", $"must name {units} serials, one for each unit");
        Particulars what = new(
            Id("bin", bin), Id("lot", lot), Id("lpn", lpn), read, fields.Date($"{at}/expiresOn", expiresOn));
        if (what is { Expires: not null, Lot: null })
            fields.Add($"{at}/lot", "required", "is missing, and the day is that of a lot");
        return what.IsNothing ? null : what;

        string? Id(string name, string? value) => value is null ? null : fields.Id($"{at}/{name}", value);
    }
}
