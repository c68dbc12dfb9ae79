using System.IO.Compression;

namespace Fulfillment.Client.Import;

/// <summary>
/// The text of a gzip file, which knows a file that breaks off. The decompressor takes the end of its input for the end
/// of the text, wherever it comes. So a small gzip member of our own is read after the file: after a whole file its
/// text comes out, after one that breaks off it does not. Throws <see cref="InvalidDataException"/> then, once
/// everything that can be read was read.
/// </summary>
sealed class CheckedGzip : ForwardStream
{
    static readonly byte[] Mark = "\0the file was whole\0"u8.ToArray();
    static readonly byte[] Member = Compress(Mark);

    readonly Marked _file;
    readonly GZipStream _text;
    bool _ended;

    public CheckedGzip(Stream file)
    {
        _file = new(file);
        _text = new(_file, CompressionMode.Decompress);
    }

    /// <summary>Whether a file begins as gzip does (RFC 1952, section 2.3.1).</summary>
    public static bool IsBeginning(ReadOnlySpan<byte> bytes) => bytes is [0x1f, 0x8b, ..];

    public override int Read(Span<byte> buffer)
    {
        if (_ended || buffer.IsEmpty) return 0;
        // The decompressor reads more input only when the input it has gave nothing: what comes out after the member
        // was read is of the member.
        var read = _text.Read(buffer);
        if (!_file.IsAtMember) return read;
        if (!IsMark(buffer[..read])) throw new InvalidDataException("The file breaks off.");
        _ended = true;
        return 0;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _text.Dispose();
        base.Dispose(disposing);
    }

    bool IsMark(ReadOnlySpan<byte> first)
    {
        var text = new byte[Mark.Length + 1];
        if (first.Length >= text.Length) return false;
        first.CopyTo(text);
        var length = first.Length;
        while (length < text.Length && _text.Read(text.AsSpan(length)) is > 0 and var more) length += more;
        return text.AsSpan(0, length).SequenceEqual(Mark);
    }

    static byte[] Compress(byte[] text)
    {
        using MemoryStream bytes = new();
        using (GZipStream gzip = new(bytes, CompressionLevel.Fastest)) gzip.Write(text);
        return bytes.ToArray();
    }

    /// <summary>The file, and the member after it; never both in one read.</summary>
    sealed class Marked(Stream file) : ForwardStream
    {
        int _given;

        public bool IsAtMember { get; private set; }

        public override int Read(Span<byte> buffer)
        {
            if (!IsAtMember && file.Read(buffer) is > 0 and var read) return read;
            IsAtMember = true;
            var rest = Member.AsSpan(_given);
            var give = Math.Min(rest.Length, buffer.Length);
            rest[..give].CopyTo(buffer);
            _given += give;
            return give;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing) file.Dispose();
            base.Dispose(disposing);
        }
    }
}
