namespace Fulfillment.Engine;

/// <summary>
/// Tells of most names that are new that they are, without asking the store: a flash sale makes ten thousand new orders
/// a second, each for a new person, and each would be looked for in vain. Bloom filters (Bloom, CACM 13(7), 1970), one
/// after the other, each twice as large as the one before; one in a thousand new names is looked for all the same. Only
/// for a process that is the journal's only writer.
/// </summary>
sealed class NameFilter
{
    const int FirstCapacity = 1 << 18, BitsPerName = 15, Hashes = 10;

    readonly Lock _lock = new();
    readonly List<Layer> _layers = [new(FirstCapacity)];
    Thread? _reads;
    volatile bool _complete, _stopping;

    /// <summary>
    /// Has all names added by <paramref name="readPage"/>, on another thread, until it says that there are no more; up
    /// to then, everything may exist.
    /// </summary>
    public void Start(Func<bool> readPage)
    {
        _reads = new(() => Read(readPage)) { IsBackground = true, Name = "names" };
        _reads.Start();
    }

    /// <summary>Reads no more names: the store may be closed.</summary>
    public void Stop()
    {
        _stopping = true;
        _reads?.Join();
    }

    void Read(Func<bool> readPage)
    {
        try
        {
            while (!_stopping && !_complete) _complete = !readPage();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Never complete then: everything is looked for, which is slower and no less right.
        }
    }

    /// <summary>False when there certainly is no such name.</summary>
    public bool MayExist(long fingerprint)
    {
        if (!_complete) return true;
        var (a, b) = Hash(fingerprint);
        lock (_lock)
        {
            foreach (var layer in _layers)
                if (layer.Contains(a, b)) return true;
        }

        return false;
    }

    /// <summary>There is such a name now.</summary>
    public void Add(long fingerprint)
    {
        var (a, b) = Hash(fingerprint);
        lock (_lock)
        {
            if (_layers[^1].IsFull) _layers.Add(new(_layers[^1].Capacity * 2));
            _layers[^1].Add(a, b);
        }
    }

    /// <summary>Two independent hashes, from which the others follow (Kirsch and Mitzenmacher, ESA 2006).</summary>
    static (ulong A, ulong B) Hash(long fingerprint)
    {
        var a = (ulong)fingerprint;
        var b = (a ^ (a >> 32)) * 0x9E3779B97F4A7C15UL;
        return (a, (b ^ (b >> 29)) | 1);
    }

    sealed class Layer(int capacity)
    {
        readonly ulong[] _bits = new ulong[(capacity * (long)BitsPerName / 64) + 1];
        int _count;

        public int Capacity => capacity;

        public bool IsFull => _count >= capacity;

        public void Add(ulong a, ulong b)
        {
            for (var i = 0; i < Hashes; i++)
            {
                var bit = At(a, b, i);
                _bits[bit >> 6] |= 1UL << (int)(bit & 63);
            }

            _count++;
        }

        public bool Contains(ulong a, ulong b)
        {
            for (var i = 0; i < Hashes; i++)
            {
                var bit = At(a, b, i);
                if ((_bits[bit >> 6] & (1UL << (int)(bit & 63))) == 0) return false;
            }

            return true;
        }

        ulong At(ulong a, ulong b, int i) => (a + ((ulong)i * b)) % ((ulong)_bits.Length * 64);
    }
}
