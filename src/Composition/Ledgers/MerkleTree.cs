using System.Numerics;

namespace Fulfillment.Composition;

/// <summary>
/// A Merkle tree that grows leaf by leaf. Of the leaves it keeps only those of the last, incomplete block; of complete
/// blocks of <paramref name="blockSize"/> leaves, and of the pairs above them, one hash each: some 64 bytes for a
/// thousand leaves. Roots and proofs of any earlier size are made from these and, for at most one block each, from
/// leaves that <paramref name="readBlock"/> reads again.
/// </summary>
/// <param name="blockSize">Leaves per block: a power of two.</param>
/// <param name="readBlock">The leaf hashes of a complete block, by its number from 0.</param>
public sealed class MerkleTree(int blockSize, Func<long, IReadOnlyList<byte[]>> readBlock)
{
    /// <summary>By level: roots of blocks, of pairs of blocks, of pairs of these, and so on.</summary>
    readonly List<List<byte[]>> _levels = [[]];

    readonly List<byte[]> _tail = [];
    (long Number, IReadOnlyList<byte[]> Leaves) _read = (-1, []);

    /// <summary>Leaves so far.</summary>
    public long Size => (_levels[0].Count * (long)blockSize) + _tail.Count;

    /// <summary>The root over all leaves.</summary>
    public byte[] Root => RootAt(Size);

    /// <summary>Adds the hash of the next leaf.</summary>
    public void Append(byte[] leaf)
    {
        _tail.Add(leaf);
        if (_tail.Count < blockSize) return;
        var root = Over(_tail, 0, _tail.Count);
        _tail.Clear();
        for (var level = 0; ; level++)
        {
            if (level == _levels.Count) _levels.Add([]);
            var hashes = _levels[level];
            hashes.Add(root);
            if (hashes.Count % 2 == 1) return;
            root = Merkle.Node(hashes[^2], hashes[^1]);
        }
    }

    /// <summary>The root when there were so many leaves.</summary>
    public byte[] RootAt(long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, Size);
        return size == 0 ? Merkle.Empty : Hash(0, size);
    }

    /// <summary>
    /// That the leaf is in the tree of so many leaves (RFC 9162, section 2.1.3.1): siblings from the leaf upwards.
    /// </summary>
    public IReadOnlyList<byte[]> Inclusion(long index, long size)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, Size);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        List<byte[]> path = [];
        for (var (from, to) = (0L, size); to - from > 1;)
        {
            var middle = from + Split(to - from);
            if (index < middle)
            {
                path.Add(Hash(middle, to));
                to = middle;
            }
            else
            {
                path.Add(Hash(from, middle));
                from = middle;
            }
        }

        path.Reverse();
        return path;
    }

    /// <summary>
    /// That the tree of <paramref name="to"/> leaves only adds to the one of <paramref name="from"/> (RFC 9162, section
    /// 2.1.4.1); without nodes when they are the same.
    /// </summary>
    public IReadOnlyList<byte[]> Consistency(long from, long to)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(from);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(from, to);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(to, Size);
        List<byte[]> nodes = [];
        long start = 0;
        // Whether the old tree's root is a node of the new one, which the checker knows then.
        var whole = true;
        while (from != to)
        {
            var middle = start + Split(to - start);
            if (from <= middle)
            {
                nodes.Add(Hash(middle, to));
                to = middle;
            }
            else
            {
                nodes.Add(Hash(start, middle));
                start = middle;
                whole = false;
            }
        }

        if (!whole) nodes.Add(Hash(start, to));
        nodes.Reverse();
        return nodes;
    }

    /// <summary>The largest power of two below <paramref name="count"/>, which is at least 2.</summary>
    static long Split(long count) => 1L << BitOperations.Log2((ulong)count - 1);

    byte[] Hash(long from, long to)
    {
        var count = to - from;
        var number = from / blockSize;
        if (count >= blockSize && BitOperations.IsPow2(count) && from % count == 0)
        {
            var level = BitOperations.Log2((ulong)(count / blockSize));
            return _levels[level][(int)(from / count)];
        }

        if (count <= blockSize && (to - 1) / blockSize == number)
        {
            var first = number * blockSize;
            return Over(LeavesOf(number), (int)(from - first), (int)(to - first));
        }

        var middle = from + Split(count);
        return Merkle.Node(Hash(from, middle), Hash(middle, to));
    }

    IReadOnlyList<byte[]> LeavesOf(long number)
    {
        if (number == _levels[0].Count) return _tail;
        if (_read.Number == number) return _read.Leaves;
        var leaves = readBlock(number);
        if (leaves.Count != blockSize || !Over(leaves, 0, blockSize).AsSpan().SequenceEqual(_levels[0][(int)number]))
            throw new Fulfillment.Engine.JournalException($"Block {number} of the journal is not what it was.");
        _read = (number, leaves);
        return leaves;
    }

    static byte[] Over(IReadOnlyList<byte[]> leaves, int from, int to)
    {
        if (to - from == 1) return leaves[from];
        var middle = from + (int)Split(to - from);
        return Merkle.Node(Over(leaves, from, middle), Over(leaves, middle, to));
    }
}
