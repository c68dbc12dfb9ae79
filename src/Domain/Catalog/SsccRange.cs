using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json.Serialization;

namespace Fulfillment.Catalog;

/// <summary>
/// The serial shipping container codes of a seller: each is issued once. Source: GS1 General Specifications, sections
/// 2.2.1 and 3.3.1.
/// </summary>
/// <param name="Prefixes">All that were used; the last one is used now.</param>
/// <param name="Issued">The last numbers, so that a repeat gets the same; the oldest are forgotten first.</param>
public sealed record SsccRange(ImmutableArray<SsccPrefix> Prefixes, ImmutableArray<IssuedSscc> Issued)
    : IEntity<SsccRange, SsccRangeCommand, SsccRangeEvent>
{
    /// <summary>Prefixes that a seller may have used.</summary>
    public const int MaxPrefixes = 20;

    /// <summary>Numbers that are remembered with the operations that got them.</summary>
    public const int MaxIssued = 1_000;

    /// <summary>Digits of the prefix and of the serial number after it.</summary>
    internal const int SerialAndPrefix = 16;

    /// <inheritdoc/>
    public static SsccRange Initial { get; } = new([], []);

    [JsonIgnore]
    SsccPrefix? Now => Prefixes.IsEmpty ? null : Prefixes[^1];

    /// <inheritdoc/>
    public static Decision<SsccRangeEvent> Decide(SsccRange range, SsccRangeCommand command, Turn turn) =>
        command switch
        {
            SsccRangeCommand.UsePrefix c => range.UsePrefix(c),
            SsccRangeCommand.Issue c => range.Issue(c.Id),
            SsccRangeCommand.Get => new(new SsccReply(SsccStatus.Done, range.Now)),
            _ => throw new UnreachableException(),
        };

    Decision<SsccRangeEvent> UsePrefix(SsccRangeCommand.UsePrefix c)
    {
        if (c.Extension.Length != 1 || c.Prefix.Length is < 7 or > 10
            || !(c.Extension + c.Prefix).All(char.IsAsciiDigit))
            return new(new SsccReply(SsccStatus.NotValid, Now));
        if (Now?.Extension == c.Extension && Now.Prefix == c.Prefix)
            return new(new SsccReply(SsccStatus.AlreadyDone, Now));
        var others = Prefixes.Where(p => p.Extension == c.Extension && p.Prefix != c.Prefix);
        if (others.Any(p => p.Prefix.StartsWith(c.Prefix, StringComparison.Ordinal)
            || c.Prefix.StartsWith(p.Prefix, StringComparison.Ordinal)))
            return new(new SsccReply(SsccStatus.Overlaps, Now));
        if (Prefixes.Length >= MaxPrefixes && Known(c.Extension, c.Prefix) is null)
            return new(new SsccReply(SsccStatus.TooMany, Now));

        SsccRangeEvent.PrefixUsed used = new(c.Extension, c.Prefix);
        return new(new SsccReply(SsccStatus.Done, Evolve(this, used).Now), used);
    }

    Decision<SsccRangeEvent> Issue(string id)
    {
        foreach (var (known, sscc) in Issued)
            if (known == id) return new(new SsccReply(SsccStatus.AlreadyDone, Now, sscc));
        if (Now is not { } now) return new(new SsccReply(SsccStatus.NoPrefix, null));
        if (now.Next >= now.Count) return new(new SsccReply(SsccStatus.Exhausted, now));

        SsccRangeEvent.SsccIssued issued = new(id, Sscc.Of(now.Extension[0], now.Prefix, now.Next));
        return new(new SsccReply(SsccStatus.Done, Evolve(this, issued).Now, issued.Sscc), issued);
    }

    SsccPrefix? Known(string extension, string prefix) =>
        Prefixes.FirstOrDefault(p => p.Extension == extension && p.Prefix == prefix);

    /// <inheritdoc/>
    public static SsccRange Evolve(SsccRange range, SsccRangeEvent happened) => happened switch
    {
        SsccRangeEvent.PrefixUsed e => range.Known(e.Extension, e.Prefix) is { } known
            ? range with { Prefixes = range.Prefixes.Remove(known).Add(known) }
            : range with { Prefixes = range.Prefixes.Add(new(e.Extension, e.Prefix)) },
        SsccRangeEvent.SsccIssued e => range with
        {
            Prefixes = range.Prefixes.SetItem(
                range.Prefixes.Length - 1, range.Prefixes[^1] with { Next = range.Prefixes[^1].Next + 1 }),
            Issued = (range.Issued.Length < MaxIssued ? range.Issued : range.Issued.RemoveAt(0))
                .Add(new(e.Id, e.Sscc)),
        },
        _ => throw new UnreachableException(),
    };

    /// <inheritdoc/>
    public static string? Check(SsccRange range, SsccRangeEvent? last) =>
        range.Prefixes.Length > MaxPrefixes || range.Issued.Length > MaxIssued
            ? $"{range.Prefixes.Length} prefixes, {range.Issued.Length} numbers are remembered"
        : range.Issued.FirstOrDefault(i => !Sscc.IsOne(i.Sscc)) is { Sscc: not null } wrong
            ? $"{wrong.Sscc} is no SSCC"
        : range.Issued.Select(i => i.Sscc).Distinct().Count() < range.Issued.Length
            ? "a number was issued twice" : null;
}
