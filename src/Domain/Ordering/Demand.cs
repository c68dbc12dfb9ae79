using System.Collections.Immutable;
using Fulfillment.Inventory;

namespace Fulfillment.Ordering;

/// <summary>What an order may ask a SKU to do.</summary>
public enum StockOpKind
{
    /// <summary>Promise units.</summary>
    Reserve,

    /// <summary>Commit held units at nodes.</summary>
    Allocate,

    /// <summary>Take units back.</summary>
    Release,

    /// <summary>Take units from nodes, and keep holding them.</summary>
    Return,

    /// <summary>Note that units have left.</summary>
    Ship,

    /// <summary>Tell where units are free now.</summary>
    Look,
}

/// <summary>
/// One step under way at a SKU. <c>Units</c>: to reserve, to take anywhere (<c>Among</c> these nodes, all when
/// default), or to release unallocated.
/// </summary>
public sealed record StockOp(
    StockOpKind Kind, int Step, long Units, ImmutableArray<NodeUnits> Picks, ImmutableArray<string> Among = default);

/// <summary>What stock said to the reservation.</summary>
public enum Grant
{
    /// <summary>Nothing yet.</summary>
    Unanswered,

    /// <summary>The units are held, or backordered, as far as the policy asks.</summary>
    Granted,

    /// <summary>There are not enough.</summary>
    Short,

    /// <summary>Undecided orders hold them.</summary>
    Contended,

    /// <summary>Undecided orders held them; a timer asks again.</summary>
    Deferred,

    /// <summary>There is no such SKU.</summary>
    UnknownSku,

    /// <summary>It is a kit of too many units, or part of another kit.</summary>
    KitTooLarge,

    /// <summary>The SKU is not sold yet, or not any more.</summary>
    NotOrderable,
}

/// <summary>
/// What an order needs of one SKU, summed over its lines. At most one step is under way per SKU, so that answers never
/// cross; what the SKU said last (the standing with the highest version) is what the order believes.
/// </summary>
/// <param name="Sku">The SKU.</param>
/// <param name="Lines">The indexes of the order's lines for it, ascending.</param>
/// <param name="Step">The last step begun.</param>
/// <param name="Pending">The step under way; null when none is.</param>
/// <param name="Grant">What stock said to the reservation.</param>
/// <param name="Standing">What the SKU says the order holds.</param>
/// <param name="Free">Units that nodes had free when the SKU last told.</param>
/// <param name="Available">Units the SKU could promise when it last told.</param>
/// <param name="Plan">Units to be committed at nodes, not yet asked.</param>
/// <param name="Anywhere">Units to be committed wherever the SKU likes, not yet asked.</param>
/// <param name="Refused">Allocations refused in a row: other orders were faster at the node.</param>
/// <param name="Placed">Units committed at nodes that fulfilment orders account for, until the SKU knows they
/// left.</param>
/// <param name="ToShip">Those of them that left, and the SKU does not know it yet.</param>
public sealed record Demand(
    string Sku, ImmutableArray<int> Lines, int Step, StockOp? Pending, Grant Grant, Standing Standing,
    ImmutableArray<NodeUnits> Free, long Available, ImmutableArray<NodeUnits> Plan, long Anywhere, int Refused,
    ImmutableArray<NodeUnits> Placed, ImmutableArray<NodeUnits> ToShip)
{
    /// <summary>Units committed at nodes that shall not ship them any more, and the SKU does not know it yet.</summary>
    public ImmutableArray<NodeUnits> ToReturn { get; init; } = [];

    /// <summary>
    /// Units that somebody gave to nodes by hand, and that are in no fulfilment order yet: no rule gives them to
    /// others.
    /// </summary>
    public ImmutableArray<NodeUnits> Pinned { get; init; } = [];

    /// <summary>Where <see cref="Anywhere"/> may be; default: at all nodes.</summary>
    public ImmutableArray<string> Among { get; init; }

    /// <summary>
    /// Its units found no node with what <see cref="Free"/> says; the SKU tells that anew before the router is asked.
    /// </summary>
    public bool Looks { get; init; }

    /// <summary>More is needed than the reservation under way asks for.</summary>
    public bool AskAgain { get; init; }

    /// <summary>What carrying it asks for; null for ordinary goods.</summary>
    public ProductFacts? Product { get; init; }

    /// <summary>Of an order that has not asked yet.</summary>
    public static Demand Of(string sku, ImmutableArray<int> lines) =>
        new(sku, lines, 0, null, Grant.Unanswered, Standing.None, [], 0, [], 0, 0, [], []);

    /// <summary>Units are being committed, or are about to be.</summary>
    public bool IsAllocating => !Plan.IsEmpty || Anywhere > 0 || Pending?.Kind == StockOpKind.Allocate;

    /// <summary>
    /// Units committed at nodes that no fulfilment order accounts for, and that are not on their way back.
    /// </summary>
    public ImmutableArray<NodeUnits> Leftover => Units.Minus(
        Units.Minus(Units.Minus(Standing.Allocated, Placed), ToReturn),
        Pending is { Kind: StockOpKind.Release } back ? back.Picks : []);

    /// <summary>The demand after the SKU's answer; an old or repeated one changes nothing.</summary>
    public Demand After(StockAnswer answer)
    {
        var isNewer = answer.Standing.Version > Standing.Version;
        if (Pending is null || answer.Step != Pending.Step)
            return isNewer ? this with { Standing = answer.Standing, Free = answer.Free } : this;
        var done = answer.Status is ClaimStatus.Done or ClaimStatus.AlreadyDone;
        var left = Pending.Kind == StockOpKind.Ship ? Pending.Picks : [];
        var back = Pending.Kind == StockOpKind.Return ? Pending.Picks : [];
        return this with
        {
            Standing = isNewer ? answer.Standing : Standing,
            Pending = null,
            Looks = false,
            Free = answer.Standing.Version < Standing.Version ? Free : answer.Free,
            Available = answer.Available,
            Grant = Pending.Kind != StockOpKind.Reserve ? Grant
                : AskAgain && done ? Grant.Unanswered : GrantOf(answer.Status),
            AskAgain = AskAgain && Pending.Kind != StockOpKind.Reserve,
            Refused = Pending.Kind != StockOpKind.Allocate ? Refused : done ? 0 : Refused + 1,
            ToShip = Units.Minus(ToShip, left),
            Placed = Units.Minus(Placed, left),
            ToReturn = Units.Minus(ToReturn, back),
            Product = answer.Product,
        };
    }

    /// <summary>Whether the answer tells something new.</summary>
    public bool Learns(StockAnswer answer) =>
        answer.Standing.Version > Standing.Version || (Pending is not null && Pending.Step == answer.Step);

    static Grant GrantOf(ClaimStatus status) => status switch
    {
        ClaimStatus.Done or ClaimStatus.AlreadyDone => Grant.Granted,
        ClaimStatus.Insufficient => Grant.Short,
        ClaimStatus.Contended => Grant.Contended,
        ClaimStatus.UnknownSku => Grant.UnknownSku,
        ClaimStatus.IsKit => Grant.KitTooLarge,
        ClaimStatus.NotOrderable => Grant.NotOrderable,
        // The step was not taken as new: ask again with the next one.
        ClaimStatus.OrderClosed or ClaimStatus.TooOld or ClaimStatus.DifferentContent => Grant.Unanswered,
        ClaimStatus.QuantityNotPositive or ClaimStatus.NothingHeld or ClaimStatus.MoreThanHeld
            or ClaimStatus.NodeShort => throw new InvalidOperationException($"a reservation was answered {status}"),
    };
}
