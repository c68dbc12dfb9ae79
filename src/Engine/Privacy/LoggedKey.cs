using System.Buffers.Binary;
using System.Text;

namespace Fulfillment.Engine;

/// <summary>
/// A subject and its key where they stand in a row of the log, each with its length before it (two bytes, big-endian).
/// It is no object of its own: there are a hundred thousand, and the garbage collector looks at each. Equal for equal
/// subjects.
/// </summary>
readonly struct LoggedKey(byte[] row, int at) : IEquatable<LoggedKey>
{
    /// <summary>To look for a subject with.</summary>
    public static LoggedKey Of(string subject) => new(Row([(subject, [])]), 0);

    /// <summary>All keys of a commit in one row.</summary>
    public static byte[] Row(ReadOnlySpan<(string Subject, byte[] Key)> keys)
    {
        using MemoryStream row = new(keys.Length * 64);
        foreach (var (subject, key) in keys)
        {
            Write(row, Encoding.UTF8.GetBytes(subject));
            Write(row, key);
        }

        return row.ToArray();
    }

    /// <summary>The keys of a row.</summary>
    public static IEnumerable<LoggedKey> Of(byte[] row)
    {
        for (var at = 0; at < row.Length;)
        {
            LoggedKey key = new(row, at);
            yield return key;
            at = key.End;
        }
    }

    /// <summary>Whose it is.</summary>
    public string Subject => Encoding.UTF8.GetString(SubjectBytes);

    /// <summary>The key.</summary>
    public byte[] Key => Part(at + sizeof(ushort) + SubjectBytes.Length).ToArray();

    /// <summary>Orders subjects as the store does, by their first eight bytes.</summary>
    public ulong Order
    {
        get
        {
            Span<byte> first = stackalloc byte[sizeof(ulong)];
            first.Clear();
            SubjectBytes[..Math.Min(first.Length, SubjectBytes.Length)].CopyTo(first);
            return BinaryPrimitives.ReadUInt64BigEndian(first);
        }
    }

    /// <inheritdoc/>
    public bool Equals(LoggedKey other) => SubjectBytes.SequenceEqual(other.SubjectBytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is LoggedKey other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = new();
        hash.AddBytes(SubjectBytes);
        return hash.ToHashCode();
    }

    ReadOnlySpan<byte> SubjectBytes => Part(at);

    int End => at + (2 * sizeof(ushort)) + SubjectBytes.Length + Part(at + sizeof(ushort) + SubjectBytes.Length).Length;

    ReadOnlySpan<byte> Part(int from) =>
        row.AsSpan(from + sizeof(ushort), BinaryPrimitives.ReadUInt16BigEndian(row.AsSpan(from)));

    static void Write(MemoryStream row, byte[] part)
    {
        Span<byte> length = stackalloc byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16BigEndian(length, checked((ushort)part.Length));
        row.Write(length);
        row.Write(part);
    }
}
