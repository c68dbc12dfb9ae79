using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Fulfillment.Intake;

namespace Fulfillment.Warehousing;

/// <summary>What goods are carried on or in; each stands on a later one only, so none can be on itself.</summary>
public enum PlateKind
{
    /// <summary>A box of the house that is used again and again.</summary>
    [JsonStringEnumMemberName("tote")] Tote,

    /// <summary>A box of cardboard.</summary>
    [JsonStringEnumMemberName("carton")] Carton,

    /// <summary>A pallet.</summary>
    [JsonStringEnumMemberName("pallet")] Pallet,
}

/// <summary>Whether units may be put on.</summary>
public enum PlateStatus
{
    /// <summary>They may.</summary>
    [JsonStringEnumMemberName("open")] Open,

    /// <summary>It is full, or sealed: units may leave, and it may be moved.</summary>
    [JsonStringEnumMemberName("closed")] Closed,

    /// <summary>It left the house.</summary>
    [JsonStringEnumMemberName("shipped")] Shipped,

    /// <summary>It is used no more.</summary>
    [JsonStringEnumMemberName("void")] Void,
}

/// <summary>
/// Sizes of a carrier, 0 where not told: outside in millimetres, its own weight, and how much it may carry, in grams.
/// </summary>
public readonly record struct PlateSize(
    int LengthMm = 0, int WidthMm = 0, int HeightMm = 0, int TareGrams = 0, long MaxGrams = 0);

/// <summary>
/// What is told when a carrier comes. <c>Bin</c>: where it stands; null: on the floor. <c>Issue</c>: the operation
/// under which its number was issued; null for one that had its own.
/// </summary>
public sealed record PlateCard(PlateKind Kind, PlateSize Size, string Node, string? Bin, string? Issue = null);

/// <summary>
/// What stands on a carrier. <c>Load</c>: how often it was loaded, so that what is late does no harm; <c>Gone</c>: it
/// stands there no more.
/// </summary>
public readonly record struct PlateChild(string Lpn, long Load, bool Gone = false);

/// <summary>
/// A carrier as it stands. <c>Bin</c>: where it is, or is being brought. <c>Parent</c>: what it stands on;
/// <c>Loading</c>: what it is to stand on, which has not answered. <c>Skus</c>: what may be on it, ordinal.
/// <c>Loads</c>: how often it was loaded. <c>Step</c>: how often its place was told;
/// <c>WaitsFor</c>: SKUs, and <c>WaitsForChildren</c>, that have not followed. <c>ParentStep</c>: the last one of its
/// parent that it heard of. <c>NotTaken</c>: why it could not be loaded the last time; null when it could.
/// </summary>
public sealed record Plate(
    PlateCard Card, PlateStatus Status, string? Bin, string? Parent, string? Loading,
    ImmutableArray<PlateChild> Children,
    ImmutableArray<string> Skus, long Step, ImmutableArray<string> WaitsFor, ImmutableArray<string> WaitsForChildren,
    long ParentStep = 0, TakeStatus? NotTaken = null, long Loads = 0)
{
    /// <summary>What stands on it.</summary>
    [JsonIgnore]
    public IEnumerable<string> Carries => Children.Where(c => !c.Gone).Select(c => c.Lpn);

    /// <summary>All that is on it is where it is.</summary>
    [JsonIgnore]
    public bool IsSettled => Loading is null && WaitsFor.IsEmpty && WaitsForChildren.IsEmpty;
}

/// <summary>
/// Outcome of a change of a carrier, in the order tested. Only <see cref="Done"/> changed anything.
/// </summary>
public enum PlateReplyStatus
{
    /// <summary>Nobody registered it.</summary>
    Unknown,

    /// <summary>The same was done before.</summary>
    AlreadyDone,

    /// <summary>Something else was done under this id, or it was registered as something else.</summary>
    DifferentContent,

    /// <summary>It was to be done earlier or not at all: the bin may take nothing any more.</summary>
    TooLate,

    /// <summary>It left the house, or is used no more.</summary>
    Gone,

    /// <summary>What is on it has not followed yet: ask again soon.</summary>
    Moving,

    /// <summary>It stands on another: move that one, or take it down.</summary>
    OnParent,

    /// <summary>It does not stand on another.</summary>
    NotLoaded,

    /// <summary>It is there, or so, already.</summary>
    Unchanged,

    /// <summary>Something may still be on it.</summary>
    NotEmpty,

    /// <summary>Done.</summary>
    Done,
}

/// <summary>Whether units of a SKU may be put on, in the order tested.</summary>
public enum PlateAdmission
{
    /// <summary>Nobody registered it: any name will do.</summary>
    Unregistered,

    /// <summary>It takes no units.</summary>
    NotOpen,

    /// <summary>It is being moved: ask again soon.</summary>
    Moving,

    /// <summary>It is not there.</summary>
    Elsewhere,

    /// <summary>As many SKUs are on it as may be.</summary>
    TooMany,

    /// <summary>They may.</summary>
    Admitted,
}

/// <summary>Whether a carrier may stand on another, in the order tested.</summary>
public enum TakeStatus
{
    /// <summary>Nobody registered the other.</summary>
    UnknownParent,

    /// <summary>The other takes nothing.</summary>
    NotOpen,

    /// <summary>The other is at another node.</summary>
    OtherNode,

    /// <summary>Such a carrier does not carry such a one.</summary>
    WrongKind,

    /// <summary>As many are on it as may be.</summary>
    TooMany,

    /// <summary>It stands there.</summary>
    Taken,
}

/// <summary>The answer to every change and question; <c>Plate</c>: null for one that nobody registered.</summary>
public sealed record PlateReply(PlateReplyStatus Status, Plate? Plate, long Version);

/// <summary>
/// <c>Node</c> and <c>Bin</c>: where it stands, so where the units are then. <c>Step</c> goes with the movement: a SKU
/// that was told of a later place refuses it.
/// </summary>
public sealed record PlateAdmitReply(PlateAdmission Status, string? Node, string? Bin, long Step);

/// <summary>The answer of a carrier to one that is to stand on it, and where it is at its <c>Step</c>.</summary>
public sealed record TakeReply(TakeStatus Status, string? Bin, long Step);

/// <summary>The answer of a carrier to its parent. <c>Follows</c>: it does, and says when all is there.</summary>
public sealed record FollowReply(bool Follows);

/// <summary>What a carrier can be asked.</summary>
[JsonDerivedType(typeof(Register), "register")]
[JsonDerivedType(typeof(Admit), "admit")]
[JsonDerivedType(typeof(Move), "move")]
[JsonDerivedType(typeof(Load), "load")]
[JsonDerivedType(typeof(Unload), "unload")]
[JsonDerivedType(typeof(Turn), "turn")]
[JsonDerivedType(typeof(NoteCarried), "note-carried")]
[JsonDerivedType(typeof(Take), "take")]
[JsonDerivedType(typeof(NoteTaken), "note-taken")]
[JsonDerivedType(typeof(Follow), "follow")]
[JsonDerivedType(typeof(NoteFollowed), "note-followed")]
[JsonDerivedType(typeof(LetGo), "let-go")]
[JsonDerivedType(typeof(NoteUnits), "note-units")]
[JsonDerivedType(typeof(Get), "get")]
[JsonDerivedType(typeof(GetSettled), "get-settled")]
public abstract record LicensePlateCommand
{
    /// <summary>It is here. Repeatable. <c>Skus</c>: what is on it when it comes.</summary>
    public sealed record Register(PlateCard Card, ImmutableArray<string> Skus)
        : LicensePlateCommand, ICommand<PlateReply>;

    /// <summary>
    /// Asks whether units of the SKU may be put on where it is said to be; those that may are on it then.
    /// <c>AnyBin</c>: wherever it is at its node.
    /// </summary>
    public sealed record Admit(string Sku, string Node, string? Bin, bool AnyBin = false)
        : LicensePlateCommand, ICommand<PlateAdmitReply>;

    /// <summary>
    /// Brings it, and all that is on it, to another bin of its node; null: to the floor. <c>Until</c>: not later, when
    /// the bin may take nothing any more. <c>Over</c>: limits of the bin that somebody passes knowingly; null: none.
    /// </summary>
    public sealed record Move(string Id, string? ToBin, DateTimeOffset? Until = null, string? Over = null)
        : LicensePlateCommand, ICommand<PlateReply>;

    /// <summary>Puts it on another, and where that one is.</summary>
    public sealed record Load(string Id, string Parent) : LicensePlateCommand, ICommand<PlateReply>;

    /// <summary>Takes it from what it stands on; it stays in that bin.</summary>
    public sealed record Unload(string Id) : LicensePlateCommand, ICommand<PlateReply>;

    /// <summary>It is open, closed, shipped or void from now on; the last two once it is empty.</summary>
    public sealed record Turn(string Id, PlateStatus Status) : LicensePlateCommand, ICommand<PlateReply>;

    /// <summary>The answer of a SKU that was told of its place: so many units followed.</summary>
    public sealed record NoteCarried(string Sku, long Step, long Units) : LicensePlateCommand, ICommand<Done>;

    /// <summary>Another wants to stand on it.</summary>
    public sealed record Take(string Child, PlateKind Kind, string Node, long Loads)
        : LicensePlateCommand, ICommand<TakeReply>;

    /// <summary>The answer of what it is to stand on.</summary>
    public sealed record NoteTaken(string Parent, TakeStatus Status, string? Bin, long Step, long Loads)
        : LicensePlateCommand, ICommand<Done>;

    /// <summary>What it stands on is brought to another bin.</summary>
    public sealed record Follow(string Parent, string? Bin, long Step) : LicensePlateCommand, ICommand<FollowReply>;

    /// <summary>One that stands on it has followed with all that is on it.</summary>
    public sealed record NoteFollowed(string Child, long Step) : LicensePlateCommand, ICommand<Done>;

    /// <summary>One that stood on it does so no more.</summary>
    public sealed record LetGo(string Child, long Loads) : LicensePlateCommand, ICommand<Done>;

    /// <summary>
    /// A SKU booked units on it that may have been counted before it was moved: it is told again where they are.
    /// </summary>
    public sealed record NoteUnits(string Sku, string Node) : LicensePlateCommand, ICommand<Done>;

    /// <summary>Asks for it.</summary>
    public sealed record Get : LicensePlateCommand, ICommand<PlateReply>;

    /// <summary>Asks for it, once all that is on it is where it is.</summary>
    public sealed record GetSettled : LicensePlateCommand, ICommand<PlateReply>;
}

/// <summary>What happened to a carrier.</summary>
[JsonDerivedType(typeof(PlateRegistered), "plate-registered")]
[JsonDerivedType(typeof(SkuAdmitted), "sku-admitted")]
[JsonDerivedType(typeof(PlateMoved), "plate-moved")]
[JsonDerivedType(typeof(UnitsCame), "units-came")]
[JsonDerivedType(typeof(LoadAsked), "load-asked")]
[JsonDerivedType(typeof(LoadAnswered), "load-answered")]
[JsonDerivedType(typeof(LoadForgone), "load-forgone")]
[JsonDerivedType(typeof(PlateUnloaded), "plate-unloaded")]
[JsonDerivedType(typeof(PlateTurned), "plate-turned")]
[JsonDerivedType(typeof(UnitsFollowed), "units-followed")]
[JsonDerivedType(typeof(ChildTaken), "child-taken")]
[JsonDerivedType(typeof(ParentMoved), "parent-moved")]
[JsonDerivedType(typeof(ChildFollowed), "child-followed")]
[JsonDerivedType(typeof(ChildLeft), "child-left")]
public abstract record LicensePlateEvent
{
    /// <summary>It is here.</summary>
    public sealed record PlateRegistered(PlateCard Card, ImmutableArray<string> Skus) : LicensePlateEvent;

    /// <summary>Units of the SKU may be on it.</summary>
    public sealed record SkuAdmitted(string Sku) : LicensePlateEvent;

    /// <summary>
    /// It is brought to this bin; SKUs and carriers on it are told. <c>Over</c>: limits of the bin that were knowingly
    /// passed; null: none.
    /// </summary>
    public sealed record PlateMoved(Operation By, string? ToBin, string? Over = null) : LicensePlateEvent;

    /// <summary>It is to stand on another, which is asked.</summary>
    public sealed record LoadAsked(Operation By, string Parent) : LicensePlateEvent;

    /// <summary>The other answered; if it takes it, it is where that one is.</summary>
    public sealed record LoadAnswered(string Parent, TakeStatus Status, string? Bin, long Step) : LicensePlateEvent;

    /// <summary>The other took it when it did not ask for that any more.</summary>
    public sealed record LoadForgone(string Parent, long Loads) : LicensePlateEvent;

    /// <summary>It stands on its own.</summary>
    public sealed record PlateUnloaded(Operation By, string Parent) : LicensePlateEvent;

    /// <summary>It has another status.</summary>
    public sealed record PlateTurned(Operation By, PlateStatus Status) : LicensePlateEvent;

    /// <summary>So many units of the SKU are where it is; none: the SKU is not on it.</summary>
    public sealed record UnitsFollowed(string Sku, long Step, long Units) : LicensePlateEvent;

    /// <summary>Another stands on it.</summary>
    public sealed record ChildTaken(string Child, long Load) : LicensePlateEvent;

    /// <summary>Units of the SKU came after it was told where it is; all that is on it is told again.</summary>
    public sealed record UnitsCame(string Sku) : LicensePlateEvent;

    /// <summary>What it stands on is brought to this bin.</summary>
    public sealed record ParentMoved(string? Bin, long Step) : LicensePlateEvent;

    /// <summary>One that stands on it has followed.</summary>
    public sealed record ChildFollowed(string Child, long Step) : LicensePlateEvent;

    /// <summary>Another stands on it no more.</summary>
    public sealed record ChildLeft(string Child) : LicensePlateEvent;
}
