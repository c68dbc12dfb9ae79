using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Fulfillment.Warehousing;

/// <summary>What a zone is for.</summary>
public enum ZoneKind
{
    /// <summary>Units are picked for orders there.</summary>
    [JsonStringEnumMemberName("pick")] Pick,

    /// <summary>What does not fit into the pick faces waits there.</summary>
    [JsonStringEnumMemberName("reserve")] Reserve,

    /// <summary>Goods that arrive are counted there.</summary>
    [JsonStringEnumMemberName("receiving")] Receiving,

    /// <summary>Orders are packed there; routes of pickers begin and end at it.</summary>
    [JsonStringEnumMemberName("packing")] Packing,

    /// <summary>Parcels wait there for their carrier.</summary>
    [JsonStringEnumMemberName("staging")] Staging,

    /// <summary>What may not be sold lies there.</summary>
    [JsonStringEnumMemberName("quarantine")] Quarantine,

    /// <summary>What came back is looked at there.</summary>
    [JsonStringEnumMemberName("returns")] Returns,
}

/// <summary>What a bin is for.</summary>
public enum BinRole
{
    /// <summary>It holds stock from which pick faces are filled.</summary>
    [JsonStringEnumMemberName("reserve")] Reserve,

    /// <summary>Units are picked for orders there.</summary>
    [JsonStringEnumMemberName("pick-face")] PickFace,
}

/// <summary>Whether a bin takes units.</summary>
public enum BinStatus
{
    /// <summary>It does.</summary>
    [JsonStringEnumMemberName("open")] Open,

    /// <summary>It takes none for now; what lies there may leave.</summary>
    [JsonStringEnumMemberName("blocked")] Blocked,

    /// <summary>It takes none any more, and may be removed once it is empty.</summary>
    [JsonStringEnumMemberName("closed")] Closed,
}

/// <summary>A place in the building, in millimetres from its origin; <c>Z</c> upwards from the floor.</summary>
public readonly record struct Spot(int X, int Y, int Z = 0)
{
    /// <summary>The way on the floor along walls and racks: the sum of both directions, in millimetres.</summary>
    public long WalkTo(Spot other) => Math.Abs((long)X - other.X) + Math.Abs((long)Y - other.Y);
}

/// <summary>
/// A part of the building. <c>Handles</c>: handling classes that it is made for, such as <c>cold-chain</c>; with any,
/// nothing else is stored there. <c>At</c>: where one enters it, of a packing zone the bench; null: not told.
/// </summary>
public sealed record Zone(string Id, ZoneKind Kind, ImmutableArray<string> Handles, Spot? At = null)
{
    /// <summary>Whether the other says the same.</summary>
    public bool Says(Zone other) => this with { Handles = other.Handles } == other
        && Handles.SequenceEqual(other.Handles);
}

/// <summary>
/// A way that pickers walk, as the line in its middle. <c>Cross</c>: it joins others, and no bins are along it.
/// <c>OneWay</c>: from <c>From</c> to <c>To</c> only. Aisles are joined where their lines meet.
/// </summary>
public sealed record Aisle(string Id, Spot From, Spot To, bool Cross = false, bool OneWay = false);

/// <summary>
/// How much fits into a bin, 0 where it is not told. <c>MaxSkus</c>: 1 for a bin that is never mixed. <c>OneLot</c>:
/// units of a SKU there are of one lot. <c>MaxUnits</c>: of all SKUs together.
/// </summary>
public readonly record struct BinRoom(
    long VolumeMm3 = 0, long Grams = 0, int MaxSkus = 0, bool OneLot = false, int MaxUnits = 0)
{
    /// <summary>So much fits in and no more.</summary>
    [JsonIgnore]
    public bool IsLimited => VolumeMm3 > 0 || Grams > 0 || MaxUnits > 0;
}

/// <summary>
/// The SKU of a seller that a pick face is kept for: filled up to <c>Max</c> units when fewer than <c>Min</c> are left.
/// </summary>
public sealed record Face(string Seller, string Sku, int Min, int Max);

/// <summary>
/// A place for goods, by the id that is scanned. <c>At</c>: its corner nearest to the origin. <c>Stand</c>: where the
/// picker stands, on the line of the aisle.
/// </summary>
public sealed record Bin(
    string Id, string Zone, BinRole Role, string? Aisle, int Bay, int Level, int Position, Spot At, Spot Stand,
    BinRoom Room, Face? Face = null);

/// <summary>A bin as it is now. <c>Revision</c>: of the layout when it last changed. <c>Reason</c>: of its status, and
/// <c>Since</c> when.</summary>
public sealed record BinNow(
    Bin Bin, long Revision, BinStatus Status = BinStatus.Open, string? Reason = null, DateTimeOffset? Since = null);

/// <summary>
/// Outcome of a change of a layout, in the order tested. Only <see cref="Created"/> and <see cref="Changed"/> changed
/// anything.
/// </summary>
public enum LayoutStatus
{
    /// <summary>The caller expected another revision.</summary>
    Stale,

    /// <summary>There is no such zone.</summary>
    UnknownZone,

    /// <summary>There is no such aisle.</summary>
    UnknownAisle,

    /// <summary>It is a face that is kept for another seller's SKU, which only he changes.</summary>
    FaceOfOther,

    /// <summary>There is no such bin.</summary>
    UnknownBin,

    /// <summary>There would be more zones, aisles or bins than there may be.</summary>
    TooMany,

    /// <summary>Bins are in it.</summary>
    InUse,

    /// <summary>Only a closed bin is removed.</summary>
    NotClosed,

    /// <summary>Units that were let in before it closed may still be on their way: ask again a little later.</summary>
    TooSoon,

    /// <summary>It is so already.</summary>
    Unchanged,

    /// <summary>It is new, or some are.</summary>
    Created,

    /// <summary>It was changed.</summary>
    Changed,
}

/// <summary>Whether units may be put into bins, in the order tested.</summary>
public enum BinAdmission
{
    /// <summary>The node has no bins on record: any name will do.</summary>
    NoLayout,

    /// <summary>There is no such bin.</summary>
    UnknownBin,

    /// <summary>The bin takes no units.</summary>
    Blocked,

    /// <summary>They may.</summary>
    Admitted,
}

/// <summary>
/// The answer to every change. <c>Subject</c>: what a refusal is about. <c>Bin</c>: as it is then, of commands about
/// one. <c>Created</c>, <c>Changed</c>: how many.
/// </summary>
public sealed record LayoutReply(
    LayoutStatus Status, long Revision, string? Subject = null, BinNow? Bin = null, int Created = 0, int Changed = 0);

/// <summary>
/// <c>Bin</c>: the one that is not admitted, and <c>Reason</c> why it is not. <c>Until</c>: how long it holds; a
/// movement that is made on the strength of it may not be made later. <c>Limited</c>: those of the bins into which only
/// so much fits; default for none.
/// </summary>
public sealed record AdmitReply(
    BinAdmission Status, DateTimeOffset Until, string? Bin = null, string? Reason = null,
    ImmutableArray<Bin> Limited = default);

/// <summary>Zones and aisles in ordinal order, and how many bins there are.</summary>
public sealed record LayoutPlan(ImmutableArray<Zone> Zones, ImmutableArray<Aisle> Aisles, int Bins, long Revision);

/// <summary>
/// Zones and aisles in ordinal order, and the bins that were asked for, in that order. <c>Missing</c>: those of them
/// that are not there.
/// </summary>
public sealed record LayoutFloor(
    ImmutableArray<Zone> Zones, ImmutableArray<Aisle> Aisles, ImmutableArray<Bin> Bins,
    ImmutableArray<string> Missing);

/// <summary>What a layout can be asked.</summary>
[JsonDerivedType(typeof(PutZone), "put-zone")]
[JsonDerivedType(typeof(RemoveZone), "remove-zone")]
[JsonDerivedType(typeof(PutAisles), "put-aisles")]
[JsonDerivedType(typeof(RemoveAisle), "remove-aisle")]
[JsonDerivedType(typeof(PutBins), "put-bins")]
[JsonDerivedType(typeof(Block), "block-bin")]
[JsonDerivedType(typeof(Open), "open-bin")]
[JsonDerivedType(typeof(Close), "close-bin")]
[JsonDerivedType(typeof(Remove), "remove-bin")]
[JsonDerivedType(typeof(Admit), "admit")]
[JsonDerivedType(typeof(GetPlan), "get-plan")]
[JsonDerivedType(typeof(GetBin), "get-bin")]
[JsonDerivedType(typeof(GetFloor), "get-floor")]
public abstract record LayoutCommand
{
    /// <summary>Adds a zone, or changes it. Repeatable.</summary>
    public sealed record PutZone(Zone Zone) : LayoutCommand, ICommand<LayoutReply>;

    /// <summary>Takes away a zone that no bin is in.</summary>
    public sealed record RemoveZone(string Zone) : LayoutCommand, ICommand<LayoutReply>;

    /// <summary>Adds aisles, or changes them. Repeatable.</summary>
    public sealed record PutAisles(ImmutableArray<Aisle> Aisles) : LayoutCommand, ICommand<LayoutReply>;

    /// <summary>Takes away an aisle that no bin is along.</summary>
    public sealed record RemoveAisle(string Aisle) : LayoutCommand, ICommand<LayoutReply>;

    /// <summary>
    /// Adds bins, or changes them, all or none, at most <see cref="Layout.MaxPutAtOnce"/>. Repeatable.
    /// <c>IfRevision</c>: refused as stale when the first has another. <c>Seller</c>: who asks, and changes no face of
    /// another; null for the operator.
    /// </summary>
    public sealed record PutBins(ImmutableArray<Bin> Bins, long? IfRevision = null, string? Seller = null)
        : LayoutCommand, ICommand<LayoutReply>;

    /// <summary>The bin takes no units for now. Repeatable.</summary>
    public sealed record Block(string Bin, string Reason) : LayoutCommand, ICommand<LayoutReply>;

    /// <summary>The bin takes units again. Repeatable.</summary>
    public sealed record Open(string Bin, string? Reason = null) : LayoutCommand, ICommand<LayoutReply>;

    /// <summary>The bin takes no units any more. Repeatable.</summary>
    public sealed record Close(string Bin, string Reason) : LayoutCommand, ICommand<LayoutReply>;

    /// <summary>
    /// Takes away a bin that was seen to be empty <see cref="Layout.RemovableAfter"/> after it closed, while it had
    /// the <c>Revision</c>.
    /// </summary>
    public sealed record Remove(string Bin, long Revision) : LayoutCommand, ICommand<LayoutReply>;

    /// <summary>Asks whether units may be put into all these bins.</summary>
    public sealed record Admit(ImmutableArray<string> Bins) : LayoutCommand, ICommand<AdmitReply>;

    /// <summary>Asks for zones and aisles.</summary>
    public sealed record GetPlan : LayoutCommand, ICommand<LayoutPlan>;

    /// <summary>Asks for a bin.</summary>
    public sealed record GetBin(string Bin) : LayoutCommand, ICommand<LayoutReply>;

    /// <summary>Asks for the ways, and where some bins are.</summary>
    public sealed record GetFloor(ImmutableArray<string> Bins) : LayoutCommand, ICommand<LayoutFloor>;
}

/// <summary>What happened to a layout.</summary>
[JsonDerivedType(typeof(ZonePut), "zone-put")]
[JsonDerivedType(typeof(ZoneRemoved), "zone-removed")]
[JsonDerivedType(typeof(AislesPut), "aisles-put")]
[JsonDerivedType(typeof(AisleRemoved), "aisle-removed")]
[JsonDerivedType(typeof(BinsPut), "bins-put")]
[JsonDerivedType(typeof(BinTurned), "bin-turned")]
[JsonDerivedType(typeof(BinRemoved), "bin-removed")]
public abstract record LayoutEvent
{
    /// <summary>A zone is there, and like this.</summary>
    public sealed record ZonePut(Zone Zone) : LayoutEvent;

    /// <summary>A zone is gone.</summary>
    public sealed record ZoneRemoved(string Zone) : LayoutEvent;

    /// <summary>These aisles are there, and like this.</summary>
    public sealed record AislesPut(ImmutableArray<Aisle> Aisles) : LayoutEvent;

    /// <summary>An aisle is gone.</summary>
    public sealed record AisleRemoved(string Aisle) : LayoutEvent;

    /// <summary>These bins are there, and like this; only those that were not so before.</summary>
    public sealed record BinsPut(ImmutableArray<Bin> Bins) : LayoutEvent;

    /// <summary>A bin has this status from then on. <c>Reason</c>: why; null: not told.</summary>
    public sealed record BinTurned(string Bin, BinStatus Status, string? Reason, DateTimeOffset At) : LayoutEvent;

    /// <summary>A bin is gone.</summary>
    public sealed record BinRemoved(string Bin) : LayoutEvent;
}
