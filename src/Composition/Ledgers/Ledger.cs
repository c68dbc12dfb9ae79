using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Fulfillment.Engine;

namespace Fulfillment.Composition;

/// <summary>
/// The journal as a Merkle tree. Its leaves are the events in the order of their positions: leaf <c>i</c> is the event
/// before which there are <c>i</c> others, whatever their positions are, so that a gap between positions moves nothing.
/// Follows the journal when told to; may be used by many threads.
/// </summary>
public sealed class Ledger
{
    /// <summary>Events per block of the tree.</summary>
    public const int BlockSize = 1_024;

    const int PageSize = 2_000;

    readonly Lock _lock = new();
    readonly IJournalStore _store;
    readonly MerkleTree _tree;

    /// <summary>The last position of each complete block.</summary>
    readonly List<long> _ends = [];

    long _position;

    /// <summary>Over a journal that is open at least to be read.</summary>
    public Ledger(IJournalStore store)
    {
        _store = store;
        _tree = new(BlockSize, number => [.. EventsOf(number).Select(LeafOf)]);
    }

    /// <summary>How many events it has taken in, the last one's position, and the root over them.</summary>
    public (long Size, long Position, byte[] Root) Now
    {
        get
        {
            lock (_lock) return (_tree.Size, _position, _tree.Root);
        }
    }

    /// <summary>
    /// The hash of an event's leaf. The leaf: position (64 bits, big-endian, as all integers), length and UTF-8 of the
    /// entity's kind, length and UTF-8 of its key (lengths as 64 bits), version, the event's hash in its entity's chain
    /// (32 bytes), and the SHA-256 of what it caused to be sent (32 bytes; of nothing when it sent nothing).
    /// </summary>
    public static byte[] LeafOf(StoredEvent stored)
    {
        ArrayBufferWriter<byte> leaf = new(256);
        Number(leaf, stored.Position);
        Text(leaf, stored.Entity.Kind);
        Text(leaf, stored.Entity.Key);
        Number(leaf, stored.Version);
        leaf.Write(stored.Hash);
        leaf.Write(SHA256.HashData(stored.Sends ?? []));
        return Merkle.Leaf(leaf.WrittenSpan);
    }

    /// <summary>
    /// Takes in at most <paramref name="most"/> further events, up to position <paramref name="upTo"/>; true when there
    /// are no more.
    /// </summary>
    public bool Advance(long upTo, long most = long.MaxValue, CancellationToken cancel = default)
    {
        for (var left = most; left > 0;)
        {
            cancel.ThrowIfCancellationRequested();
            lock (_lock)
            {
                if (_position >= upTo) return true;
                var page = _store.Read(_position, (int)Math.Min(left, PageSize));
                foreach (var stored in page)
                {
                    if (stored.Position > upTo) return true;
                    _tree.Append(LeafOf(stored));
                    _position = stored.Position;
                    if (_tree.Size % BlockSize == 0) _ends.Add(_position);
                }

                if (page.Count == 0) return true;
                left -= page.Count;
            }
        }

        lock (_lock) return _position >= upTo;
    }

    /// <summary>The root when it had so many events.</summary>
    public byte[] RootAt(long size)
    {
        lock (_lock) return _tree.RootAt(size);
    }

    /// <summary>The event's leaf; null when none of its leaves is at the position.</summary>
    public long? IndexOf(long position)
    {
        lock (_lock)
        {
            if (position > _position) return null;
            var found = _ends.BinarySearch(position);
            var number = found >= 0 ? found : ~found;
            var events = EventsOf(number);
            for (var i = 0; i < events.Count; i++)
                if (events[i].Position == position) return (number * (long)BlockSize) + i;
            return null;
        }
    }

    /// <summary>Siblings of the leaf from the bottom up, in the tree of so many events.</summary>
    public IReadOnlyList<byte[]> Inclusion(long index, long size)
    {
        lock (_lock) return _tree.Inclusion(index, size);
    }

    /// <summary>That the tree of <paramref name="to"/> events only adds to that of <paramref name="from"/>.</summary>
    public IReadOnlyList<byte[]> Consistency(long from, long to)
    {
        lock (_lock) return _tree.Consistency(from, to);
    }

    IReadOnlyList<StoredEvent> EventsOf(long number) =>
        _store.Read(number == 0 ? 0 : _ends[(int)number - 1], BlockSize);

    static void Text(ArrayBufferWriter<byte> leaf, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Number(leaf, bytes.Length);
        leaf.Write(bytes);
    }

    static void Number(ArrayBufferWriter<byte> leaf, long number)
    {
        BinaryPrimitives.WriteInt64BigEndian(leaf.GetSpan(8), number);
        leaf.Advance(8);
    }
}
