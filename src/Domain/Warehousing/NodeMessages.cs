using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Fulfillment.Warehousing;

/// <summary>What kind of place a node is.</summary>
public enum NodeType
{
    /// <summary>An own warehouse.</summary>
    [JsonStringEnumMemberName("warehouse")] Warehouse,

    /// <summary>A shop that also ships.</summary>
    [JsonStringEnumMemberName("store")] Store,

    /// <summary>A logistics provider's warehouse.</summary>
    [JsonStringEnumMemberName("3pl")] ThirdParty,

    /// <summary>A supplier who ships for us.</summary>
    [JsonStringEnumMemberName("supplier")] Supplier,
}

/// <summary>Days of the week.</summary>
[Flags]
public enum Weekdays
{
    /// <summary>None.</summary>
    [JsonStringEnumMemberName("none")] None = 0,

    /// <summary>Monday.</summary>
    [JsonStringEnumMemberName("monday")] Monday = 1,

    /// <summary>Tuesday.</summary>
    [JsonStringEnumMemberName("tuesday")] Tuesday = 2,

    /// <summary>Wednesday.</summary>
    [JsonStringEnumMemberName("wednesday")] Wednesday = 4,

    /// <summary>Thursday.</summary>
    [JsonStringEnumMemberName("thursday")] Thursday = 8,

    /// <summary>Friday.</summary>
    [JsonStringEnumMemberName("friday")] Friday = 16,

    /// <summary>Saturday.</summary>
    [JsonStringEnumMemberName("saturday")] Saturday = 32,

    /// <summary>Sunday.</summary>
    [JsonStringEnumMemberName("sunday")] Sunday = 64,

    /// <summary>Monday to Friday.</summary>
    [JsonStringEnumMemberName("working-days")] WorkingDays = Monday | Tuesday | Wednesday | Thursday | Friday,
}

/// <summary>A box that a node packs into; inner sizes in millimetres. <c>MaxGrams</c>: of what is in it.</summary>
public sealed record NodeBox(string Id, int LengthMm, int WidthMm, int HeightMm, int MaxGrams);

/// <summary>
/// How a node works. What is not told is as in <see cref="Ordinary"/>.
/// </summary>
/// <param name="TimeZone">IANA name: the days and times below are in it.</param>
/// <param name="Days">On which days it works.</param>
/// <param name="Holidays">On which it does not, by date.</param>
/// <param name="Cutoff">What comes before it is worked on from that day on.</param>
/// <param name="ProcessingDays">Working days from then until the goods leave: 0 for the same day.</param>
/// <param name="LeadDays">Days until a supplier has the goods ready to be worked on; 0 for others.</param>
/// <param name="Handles">Handling classes it can work with beside ordinary goods.</param>
/// <param name="Boxes">What it packs into, none when empty: everything fits.</param>
/// <param name="PerOrder">What a fulfilment order costs there.</param>
/// <param name="PerUnit">What each unit costs there on top: labour.</param>
public sealed record NodeFacts(
    string TimeZone, Weekdays Days, ImmutableArray<DateOnly> Holidays, TimeOnly Cutoff, int ProcessingDays,
    int LeadDays, ImmutableArray<string> Handles, ImmutableArray<NodeBox> Boxes, Money? PerOrder, Money? PerUnit)
{
    /// <summary>Works Monday to Friday, UTC; what comes before 14:00 leaves on that day.</summary>
    public static NodeFacts Ordinary { get; } =
        new("Etc/UTC", Weekdays.WorkingDays, [], new(14, 0), 0, 0, [], [], null, null);

    /// <summary>Whether the other says the same.</summary>
    public bool Says(NodeFacts other) =>
        this with { Holidays = other.Holidays, Handles = other.Handles, Boxes = other.Boxes } == other
        && Holidays.SequenceEqual(other.Holidays) && Handles.SequenceEqual(other.Handles)
        && Boxes.SequenceEqual(other.Boxes);
}

/// <summary>
/// Where a node is, as it stands on labels and customs papers: of a firm, and of no person. <c>Region</c>: the
/// country's own code of the state or province.
/// </summary>
public sealed record NodeAddress(
    string Company, string Line1, string? Line2, string City, string? Region = null, string? Phone = null,
    string? Email = null);

/// <summary>
/// What is known of a node. <c>Priority</c>: the lower is preferred. <c>Country</c>: ISO 3166-1 alpha-2.
/// <c>Latitude</c>, <c>Longitude</c>: degrees, WGS 84. <c>CapacityPerDay</c>: fulfilment orders, null for no limit.
/// <c>Facts</c>: how it works, null for <see cref="NodeFacts.Ordinary"/>. <c>Address</c>: null where nobody told it: no
/// carrier fetches anything there.
/// </summary>
public sealed record NodeCard(
    string Name, NodeType Type, int Priority, string? Country, string? Postcode, double? Latitude, double? Longitude,
    int? CapacityPerDay, NodeFacts? Facts = null, NodeAddress? Address = null)
{
    /// <summary>Whether the other says the same.</summary>
    public bool Says(NodeCard other) => this with { Facts = other.Facts } == other
        && (Facts is null ? other.Facts is null : other.Facts is { } facts && Facts.Says(facts));
}

/// <summary>
/// A node as a router sees it: <c>Used</c>: fulfilment orders on its days that have any. <c>Offline</c>: it takes no
/// work now.
/// </summary>
public sealed record NodeNow(NodeCard Card, bool Offline, IReadOnlyDictionary<DateOnly, int> Used);

/// <summary>Outcome of <see cref="NodeCommand.Define"/>, in the order tested.</summary>
public enum NodeStatus
{
    /// <summary>The caller expected another revision. Nothing changed.</summary>
    Stale,

    /// <summary>The card says that already.</summary>
    Unchanged,

    /// <summary>The node is new.</summary>
    Created,

    /// <summary>The card was replaced.</summary>
    Changed,
}

/// <summary>Outcome of taking a node offline or bringing it back, in the order tested.</summary>
public enum OfflineStatus
{
    /// <summary>Nobody defined the node.</summary>
    UnknownNode,

    /// <summary>It is so already.</summary>
    Unchanged,

    /// <summary>Done.</summary>
    Done,
}

/// <summary>Outcome of <see cref="NodeCommand.ClaimRoom"/>, in the order tested.</summary>
public enum RoomStatus
{
    /// <summary>A later step of the order was applied.</summary>
    Superseded,

    /// <summary>More room is wanted, and the node takes no work now. Nothing changed.</summary>
    Offline,

    /// <summary>More room is wanted than the day has left. Nothing changed.</summary>
    Full,

    /// <summary>The room is the order's; so it was if the step was applied before.</summary>
    Granted,
}

/// <summary><c>Revision</c> counts the changes.</summary>
public sealed record DefineNodeReply(NodeStatus Status, long Revision);

/// <summary>The node after it was taken offline or brought back.</summary>
public sealed record OfflineReply(OfflineStatus Status, NodeReply Node);

/// <summary>Since when, why and by whom a node takes no work.</summary>
public sealed record Offline(DateTimeOffset At, string Reason, string By);

/// <summary>
/// A node now; <c>Card</c> is null for one that nobody defined, <c>Offline</c> for one that takes work.
/// </summary>
public sealed record NodeReply(NodeCard? Card, long Revision, Offline? Offline = null);

/// <summary>Fulfilment orders of one order on one day of a node.</summary>
public readonly record struct DayRoom(DateOnly Day, int Count);

/// <summary>The answer to an order that claims room; <c>Step</c> is the one asked.</summary>
public sealed record RoomReply(RoomStatus Status, int Step);

/// <summary>
/// Orders with work at a node, by key: what they have open there, or (<c>Waiting</c>) all that wait for any node to
/// serve them. <c>Next</c>: where the next page begins, null after the last.
/// </summary>
public sealed record WorkPage(ImmutableArray<string> Orders, bool Waiting, string? Next);

/// <summary>What the board of all work is asked; it reads the lists, which are never far behind.</summary>
[JsonDerivedType(typeof(FindWork), "find-work")]
public abstract record BoardMessage
{
    /// <summary>
    /// Asks for a page of orders. <c>After</c>: the <c>Next</c> of the page before, null for the first.
    /// </summary>
    public sealed record FindWork(string Node, bool Waiting, string? After) : BoardMessage, ICommand<WorkPage>;
}

/// <summary>What a node can be asked.</summary>
[JsonDerivedType(typeof(Define), "define")]
[JsonDerivedType(typeof(Get), "get")]
[JsonDerivedType(typeof(TakeOffline), "take-offline")]
[JsonDerivedType(typeof(BringOnline), "bring-online")]
[JsonDerivedType(typeof(ClaimRoom), "claim-room")]
[JsonDerivedType(typeof(SeekWork), "seek-work")]
[JsonDerivedType(typeof(TakeWork), "take-work")]
public abstract record NodeCommand
{
    /// <summary>
    /// Sets the card. Repeatable. <c>IfRevision</c>: refused as stale when the node has another revision.
    /// </summary>
    public sealed record Define(NodeCard Card, long? IfRevision = null) : NodeCommand, ICommand<DefineNodeReply>;

    /// <summary>Asks for the card.</summary>
    public sealed record Get : NodeCommand, ICommand<NodeReply>;

    /// <summary>
    /// The node takes no work from now on; what nobody works on there is given to others. Repeatable.
    /// </summary>
    public sealed record TakeOffline(string Reason, string By) : NodeCommand, ICommand<OfflineReply>;

    /// <summary>The node takes work again; orders that wait for a node are told. Repeatable.</summary>
    public sealed record BringOnline(string Reason, string By) : NodeCommand, ICommand<OfflineReply>;

    /// <summary>
    /// All the room that an order wants on the node's days, in place of what it had. <c>Order</c>: its key.
    /// <c>Step</c> numbers the claims of the order on this node; an older one than the last changes nothing.
    /// </summary>
    public sealed record ClaimRoom(string Order, int Step, ImmutableArray<DayRoom> Days)
        : NodeCommand, ICommand<RoomReply>;

    /// <summary>
    /// Timer: looks again whether work was given to the node that went offline, or who waits for one that came back,
    /// then.
    /// </summary>
    public sealed record SeekWork(DateTimeOffset Since) : NodeCommand, ICommand<Done>;

    /// <summary>The board's answer.</summary>
    public sealed record TakeWork(WorkPage Page) : NodeCommand, ICommand<Done>;
}

/// <summary>What happened to a node.</summary>
[JsonDerivedType(typeof(NodeDefined), "node-defined")]
[JsonDerivedType(typeof(NodeTakenOffline), "node-taken-offline")]
[JsonDerivedType(typeof(NodeBroughtOnline), "node-brought-online")]
[JsonDerivedType(typeof(RoomClaimed), "room-claimed")]
[JsonDerivedType(typeof(WorkSought), "work-sought")]
[JsonDerivedType(typeof(WorkFound), "work-found")]
public abstract record NodeEvent
{
    /// <summary>The card was set.</summary>
    public sealed record NodeDefined(NodeCard Card, long Revision) : NodeEvent;

    /// <summary>It takes no work from now on.</summary>
    public sealed record NodeTakenOffline(Offline Offline) : NodeEvent;

    /// <summary>It takes work again.</summary>
    public sealed record NodeBroughtOnline(DateTimeOffset At, string Reason, string By) : NodeEvent;

    /// <summary>
    /// An order has this room, and no other. <c>Used</c>: of the days that this changed, what all orders have on them
    /// now. <c>Today</c>: UTC; what is long over is forgotten.
    /// </summary>
    public sealed record RoomClaimed(
        string Order, int Step, ImmutableArray<DayRoom> Days, ImmutableArray<DayRoom> Used, DateOnly Today) : NodeEvent;

    /// <summary>The board is asked for what is open at the node.</summary>
    public sealed record WorkSought : NodeEvent;

    /// <summary>
    /// These orders were told to go elsewhere, or (<c>Waiting</c>) to try again. <c>Next</c>: a further page is asked.
    /// </summary>
    public sealed record WorkFound(ImmutableArray<string> Orders, bool Waiting, string? Next) : NodeEvent;
}
