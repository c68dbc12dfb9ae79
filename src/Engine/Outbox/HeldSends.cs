namespace Fulfillment.Engine;

/// <summary>
/// The sends to patient connectors that are left in the journal during a rush: from a position on, all of them, and
/// nothing of them is in memory. Later they are read from there, in order, a page at a time. While it
/// <see cref="IsOpen"/> all new ones are held; it closes when the journal is read to its end.
/// </summary>
sealed class HeldSends(IJournalStore store, Kinds kinds)
{
    const int Page = 256;

    HashSet<(long, int)> _rows = [];
    IReadOnlyList<StoredEvent>? _page;
    long _count;

    /// <summary>Those that were read and are under way.</summary>
    public OutboxWindow Window { get; } = new();

    /// <summary>New ones are held.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Up to here they are in memory or were answered.</summary>
    public long ReadTo { get; private set; }

    /// <summary>About how many wait in the journal.</summary>
    public int Count => IsOpen ? (int)Math.Clamp(_count, 1, int.MaxValue) : 0;

    /// <summary>The position up to which none waits; <paramref name="otherwise"/> when none is held at all.</summary>
    public long Watermark(long otherwise) => Window.Advance(IsOpen ? ReadTo : otherwise);

    /// <summary>
    /// Holds what comes after the position. Of what is in the journal already, those with
    /// <paramref name="rows"/> of their own go their own way.
    /// </summary>
    public void Open(long position, HashSet<(long, int)>? rows = null)
    {
        (IsOpen, ReadTo, _count, _page, _rows) = (true, Math.Max(position, ReadTo), 0, null, rows ?? []);
    }

    /// <summary>Leaves the send in the journal; true too when it was read from there already.</summary>
    public bool TryHold(long position, Send send)
    {
        if (!kinds.IsPatient(send.To.Kind) || !(IsOpen || position <= ReadTo)) return false;
        _count++;
        return true;
    }

    /// <summary>Whether the send is one of those that are read from the journal.</summary>
    public bool Takes(long position, int index, Send send) =>
        send.Due is null && kinds.IsPatient(send.To.Kind) && !_rows.Contains((position, index));

    /// <summary>
    /// The next events, the same again until they are <see cref="Took"/>; none at the end. Not to be called by two at
    /// once.
    /// </summary>
    public IReadOnlyList<StoredEvent> Next() =>
        _page is { Count: > 0 } page ? page : _page = store.ReadOwn(ReadTo, Page);

    /// <summary>
    /// The page's sends are under way. An empty one is the end, unless <paramref name="head"/> is beyond it.
    /// </summary>
    public void Took(IReadOnlyList<StoredEvent> page, int sends, long head)
    {
        _page = null;
        _count -= sends;
        if (page.Count > 0) ReadTo = page[^1].Position;
        else if (ReadTo >= head) (IsOpen, _rows) = (false, []);
    }
}
