using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Fulfillment.Inventory;

/// <summary>
/// A level that somebody wants to know of: told once when no more than <c>At</c> units can be promised, and once when
/// there are more again. <c>Node</c>: units there that are committed to no order; null: on all nodes, less those held.
/// </summary>
public sealed record StockLevel(string Name, long At, string? Node = null);

/// <summary>
/// What a channel may offer: what can be promised less <c>Buffer</c>, at most <c>Cap</c>, at most the <c>Lease</c> that
/// was given to it; null: no such limit. A listing paused at 0 is resumed at <c>ResumeAt</c> units.
/// </summary>
public sealed record ChannelRule(
    string Channel, long Buffer = 0, long? Cap = null, long? Lease = null, long ResumeAt = 1)
{
    /// <summary>A listing that may offer no more than its cap is not paused for ever because of it.</summary>
    [JsonIgnore]
    public long ResumesAt => Math.Max(1, Math.Min(ResumeAt, Math.Min(Cap ?? ResumeAt, Lease ?? ResumeAt)));
}

/// <summary>
/// When to order more: as soon as what can be promised and what is expected, less what is backordered, is no more than
/// <c>Point</c>; so much that it is <c>UpTo</c> again, in multiples of <c>Multiple</c>. An (s, S) policy: Silver, Pyke
/// and Thomas, Inventory and Production Management in Supply Chains, 4th ed., section 6.4.
/// </summary>
public sealed record ReorderRule(
    long Point, long UpTo, string Supplier, string Node, long CostMinor, string Currency, int LeadDays,
    int Multiple = 1);

/// <summary>
/// What is kept back of a SKU, and of what somebody is to be told. <c>Buffer</c>: units that no channel offers.
/// <c>Kept</c>: units of a node that no channel offers, as far as they are free there.
/// </summary>
public sealed record StockRules(
    ImmutableArray<StockLevel> Levels = default, long Buffer = 0, ImmutableArray<NodeUnits> Kept = default,
    ImmutableArray<ChannelRule> Channels = default, ReorderRule? Reorder = null)
{
    /// <summary>The most levels, nodes with units kept back, and channels.</summary>
    public const int MaxLevels = 20, MaxKept = 100, MaxChannels = 50;

    /// <summary>The largest number of units that a rule names.</summary>
    public const long MaxUnits = 1_000_000_000;

    /// <summary>Whether the other says the same.</summary>
    public bool Says(StockRules other) =>
        Buffer == other.Buffer && Reorder == other.Reorder && Told(Levels).SequenceEqual(Told(other.Levels))
        && Told(Kept).SequenceEqual(Told(other.Kept)) && Told(Channels).SequenceEqual(Told(other.Channels));

    /// <summary>
    /// Whether the rules can be: names, nodes and channels each once, few enough, all units from 0 to
    /// <see cref="MaxUnits"/>, and what is ordered ends above the point at which it is.
    /// </summary>
    [JsonIgnore]
    public bool IsValid =>
        Each(Told(Levels), MaxLevels, l => l.Name, l => Fits(l.At)) && Fits(Buffer)
        && Each(Told(Kept), MaxKept, k => k.Node, k => Fits(k.Units))
        && Each(Told(Channels), MaxChannels, c => c.Channel,
            c => Fits(c.Buffer) && Fits(c.Cap ?? 0) && Fits(c.Lease ?? 0) && Fits(c.ResumeAt) && c.ResumeAt > 0)
        && Reorder is null or { Point: >= 0, CostMinor: >= 0, LeadDays: >= 0, Multiple: > 0 }
        && (Reorder is not { } r || (r.UpTo > r.Point && Fits(r.UpTo)));

    internal static ImmutableArray<T> Told<T>(ImmutableArray<T> list) => list.IsDefault ? [] : list;

    static bool Fits(long units) => units is >= 0 and <= MaxUnits;

    static bool Each<T>(ImmutableArray<T> list, int most, Func<T, string> name, Func<T, bool> fits) =>
        list.Length <= most && list.All(fits) && list.DistinctBy(name).Count() == list.Length;
}

/// <summary>
/// The rules, and what was told of them. <c>Crossed</c>: levels at or below which the SKU is. <c>Paused</c>: channels
/// whose listing is. <c>Reorder</c>: the purchase order that was written and is not over; <c>Reorders</c>: how many
/// were. <c>Declined</c>: somebody cancelled the last one; none is written until there is more than the point asks for.
/// <c>Due</c>: the version since which something is to be told; null when all is.
/// </summary>
public sealed record StockWatch(
    StockRules Rules, long Revision, ImmutableArray<string> Crossed = default, ImmutableArray<string> Paused = default,
    string? Reorder = null, int Reorders = 0, bool Declined = false, long? Due = null);

/// <summary>What a channel may offer now, and whether its listing is paused.</summary>
public sealed record PublishedUnits(ChannelRule Rule, long Units, bool Paused);

/// <summary>Outcome of setting rules, in the order tested. Only <see cref="Set"/> changed anything.</summary>
public enum RulesStatus
{
    /// <summary>Nobody defined the SKU.</summary>
    UnknownSku,

    /// <summary>The SKU is a kit: its components have stock.</summary>
    IsKit,

    /// <summary>The caller expected another revision.</summary>
    Stale,

    /// <summary>The rules contradict themselves.</summary>
    NotValid,

    /// <summary>They hold already.</summary>
    Unchanged,

    /// <summary>They hold from now on.</summary>
    Set,
}

/// <summary>
/// The rules as they hold, and what follows from them. <c>Kept</c>: units that no channel offers for their node's sake.
/// <c>Position</c>: what can be promised and is expected, less what is backordered.
/// </summary>
public sealed record StockRulesReply(
    RulesStatus Status, StockWatch? Watch, long Available, long Kept, long Position,
    ImmutableArray<PublishedUnits> Published);
