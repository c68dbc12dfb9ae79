using System.Text.Json.Serialization;

namespace Fulfillment.Inventory;

/// <summary>
/// An order whose claim is closed: the last step applied, and when the order had asked for the units.
/// </summary>
public readonly record struct Closed(int Step, long Version, DateTimeOffset Asked);

/// <summary>
/// All claims on a SKU, and the indexes a decision needs. Edited in place by Evolve only: a SKU of a flash sale has
/// hundreds of thousands of claims, and each event touches one.
/// </summary>
[JsonConverter(typeof(ClaimBookConverter))]
public sealed class ClaimBook
{
    /// <summary>How many closed claims are remembered.</summary>
    public const int MaxClosed = 20_000;

    static readonly Comparer<(DateTimeOffset Until, string Order)> ByTime =
        Comparer<(DateTimeOffset Until, string Order)>
        .Create((a, b) => a.Until != b.Until ? a.Until.CompareTo(b.Until) : string.CompareOrdinal(a.Order, b.Order));

    static readonly Comparer<(int Priority, long Queue, string Order)> ByRank =
        Comparer<(int Priority, long Queue, string Order)>.Create((a, b) =>
            a.Priority != b.Priority ? a.Priority.CompareTo(b.Priority) : a.Queue.CompareTo(b.Queue));

    readonly Dictionary<string, Claim> _open;
    readonly SortedDictionary<long, string> _queue;
    readonly SortedSet<(int Priority, long Queue, string Order)> _ranked;
    readonly SortedSet<(DateTimeOffset Until, string Order)> _holds;
    readonly SortedSet<(DateTimeOffset Until, string Order)> _tentative;
    readonly BoundedMap<Closed> _closed;

    /// <summary>An empty one.</summary>
    public ClaimBook() =>
        (_open, _queue, _ranked, _holds, _tentative, _closed) =
            ([], [], new(ByRank), new(ByTime), new(ByTime), new(MaxClosed));

    ClaimBook(ClaimBook other)
    {
        (_open, _queue, _ranked, _closed) =
            (new(other._open), new(other._queue), new(other._ranked, ByRank), other._closed.Copy());
        (_holds, _tentative) = (new(other._holds, ByTime), new(other._tentative, ByTime));
        (Held, Backordered, ForgottenUntil) = (other.Held, other.Backordered, other.ForgottenUntil);
    }

    /// <summary>Units promised and not yet committed at a node.</summary>
    public long Held { get; private set; }

    /// <summary>Units promised from stock that will come.</summary>
    public long Backordered { get; private set; }

    /// <summary>A claim that asked at or before this, and is unknown, may have been closed and forgotten.</summary>
    public DateTimeOffset ForgottenUntil { get; private set; } = DateTimeOffset.MinValue;

    /// <summary>Open claims, in no order.</summary>
    public IReadOnlyCollection<Claim> Open => _open.Values;

    /// <summary>Remembered closed claims, oldest first.</summary>
    public IEnumerable<Remembered<Closed>> Remembered => _closed.Oldest;

    /// <summary>The claims that wait for stock, the one to be filled first first.</summary>
    public IEnumerable<Claim> Waiting => _queue.Values.Select(order => _open[order]);

    /// <summary>The claims that wait for stock by priority; of equal ones, the one promised first first.</summary>
    public IEnumerable<Claim> Ranked => _ranked.Select(r => _open[r.Order]);

    /// <summary>The priority that is filled last of all; null when nobody waits.</summary>
    public int? LastRank => _ranked.Count == 0 ? null : _ranked.Max.Priority;

    /// <summary>When the next hold ends by itself; null when none does.</summary>
    public DateTimeOffset? NextExpiry => _holds.Count == 0 ? null : _holds.Min.Until;

    /// <summary>The open claim of the order, or null.</summary>
    public Claim? Find(string order) => _open.GetValueOrDefault(order);

    /// <summary>The closed claim of the order, if it is remembered.</summary>
    public bool TryGetClosed(string order, out Closed closed) => _closed.TryGet(order, out closed);

    /// <summary>The holds that end by themselves at or before <paramref name="now"/>, soonest first.</summary>
    public IEnumerable<Claim> Expired(DateTimeOffset now) =>
        _holds.TakeWhile(h => h.Until <= now).Select(h => _open[h.Order]);

    /// <summary>When the first hold after <paramref name="now"/> ends; null when none does.</summary>
    public DateTimeOffset? Later(DateTimeOffset now) =>
        _holds.SkipWhile(h => h.Until <= now).Select(h => (DateTimeOffset?)h.Until).FirstOrDefault();

    /// <summary>Units held by orders that may yet give them back.</summary>
    public long TentativeUnits(DateTimeOffset now, string except) =>
        _tentative.Reverse().TakeWhile(t => t.Until > now).Where(t => t.Order != except).Sum(t => _open[t.Order].Held);

    /// <summary>A copy with a life of its own.</summary>
    public ClaimBook Copy() => new(this);

    /// <summary>Replaces the claim of an order; an empty one is closed.</summary>
    internal void Put(Claim claim)
    {
        if (_open.Remove(claim.Order, out var old)) Index(old, add: false);
        if (claim.IsEmpty)
        {
            var forgotten = _closed.Add(claim.Order, new(claim.Step, claim.Version, claim.Asked));
            if (forgotten is { } f && f.Value.Asked > ForgottenUntil) ForgottenUntil = f.Value.Asked;
            return;
        }

        _closed.Remove(claim.Order);
        _open.Add(claim.Order, claim);
        Index(claim, add: true);
    }

    /// <summary>The book of a snapshot.</summary>
    internal static ClaimBook Of(
        IEnumerable<Claim> open, IEnumerable<Remembered<Closed>> closed, DateTimeOffset forgottenUntil)
    {
        var book = new ClaimBook { ForgottenUntil = forgottenUntil };
        foreach (var (order, value) in closed) book._closed.Add(order, value);
        foreach (var claim in open)
        {
            book._open.Add(claim.Order, claim);
            book.Index(claim, add: true);
        }

        return book;
    }

    void Index(Claim claim, bool add)
    {
        var sign = add ? 1 : -1;
        Held += sign * claim.Held;
        Backordered += sign * claim.Backordered;
        if (claim.Queue > 0 && add)
        {
            _queue.Add(claim.Queue, claim.Order);
            _ranked.Add((claim.Priority, claim.Queue, claim.Order));
        }

        if (claim.Queue > 0 && !add)
        {
            _queue.Remove(claim.Queue);
            _ranked.Remove((claim.Priority, claim.Queue, claim.Order));
        }

        if (claim.Until is { } until && add) _holds.Add((until, claim.Order));
        if (claim.Until is { } ended && !add) _holds.Remove((ended, claim.Order));
        if (claim.Tentative is { } by && claim.Held > 0 && add) _tentative.Add((by, claim.Order));
        if (claim.Tentative is { } was && claim.Held > 0 && !add) _tentative.Remove((was, claim.Order));
    }
}
