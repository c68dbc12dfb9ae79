using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Fulfillment.Engine;

/// <summary>
/// Turns what happened into bytes: payloads, sends and the hash chain. Reuses its buffers, so it belongs to one thread
/// at a time.
/// </summary>
public sealed class Encoder : IDisposable
{
    readonly ArrayBufferWriter<byte> _buffer = new(1024);
    readonly Utf8JsonWriter _json;
    readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>With buffers of its own.</summary>
    public Encoder() => _json = new(_buffer, new JsonWriterOptions { SkipValidation = true });

    /// <summary>The permanent name of an event, and its payload.</summary>
    public (string Type, byte[] Payload) Event(FamilyCodec codec, object happened)
    {
        Start();
        var type = codec.Write(_json, happened);
        _json.Flush();
        return (type, _buffer.WrittenSpan.ToArray());
    }

    /// <summary>The sends of one event as a JSON array: receiver, type, due time (ms since 1970), body.</summary>
    public byte[] Sends(Kinds kinds, ReadOnlySpan<Send> sends)
    {
        Start();
        _json.WriteStartArray();
        foreach (var send in sends)
        {
            _json.WriteStartObject();
            _json.WriteString("kind", send.To.Kind);
            _json.WriteString("key", send.To.Key);
            if (send.Due is { } due) _json.WriteNumber("due", due.ToUnixTimeMilliseconds());
            var codec = kinds.MessagesTo(send.To.Kind);
            _json.WriteString("type", codec.NameOf(send.Command));
            _json.WritePropertyName("body");
            codec.Write(_json, send.Command);
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
        _json.Flush();
        return _buffer.WrittenSpan.ToArray();
    }

    /// <summary>The sends of one event again.</summary>
    public static Send[] ReadSends(Kinds kinds, ReadOnlySpan<byte> payload)
    {
        using var document = JsonDocument.Parse(payload.ToArray());
        return [.. document.RootElement.EnumerateArray().Select(e =>
        {
            EntityId to = new(e.GetProperty("kind").GetString()!, e.GetProperty("key").GetString()!);
            var body = Encoding.UTF8.GetBytes(e.GetProperty("body").GetRawText());
            var command = kinds.MessagesTo(to.Kind).Read(e.GetProperty("type").GetString()!, body);
            DateTimeOffset? due = e.TryGetProperty("due", out var ms)
                ? DateTimeOffset.FromUnixTimeMilliseconds(ms.GetInt64()) : null;
            return new Send(to, command, due);
        })];
    }

    /// <summary>
    /// The hash of an event in its entity's chain: SHA-256 over the previous hash (empty for the first) and, each with
    /// its length before it, kind, key, type, actor, cause and payload, then version and time (ms since 1970), all
    /// integers big-endian.
    /// </summary>
    public byte[] Hash(
        ReadOnlySpan<byte> previous, EntityId entity, long version, string type, DateTimeOffset at, Origin origin,
        ReadOnlySpan<byte> payload)
    {
        _buffer.ResetWrittenCount();
        _buffer.Write(previous);
        Text(entity.Kind);
        Text(entity.Key);
        Text(type);
        Text(origin.Actor);
        Text(origin.Cause);
        Number(payload.Length);
        _buffer.Write(payload);
        Number(version);
        Number(at.ToUnixTimeMilliseconds());
        _hash.AppendData(_buffer.WrittenSpan);
        return _hash.GetHashAndReset();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _json.Dispose();
        _hash.Dispose();
    }

    void Start()
    {
        _buffer.ResetWrittenCount();
        _json.Reset();
    }

    void Text(string text)
    {
        var count = Encoding.UTF8.GetByteCount(text);
        Number(count);
        Encoding.UTF8.GetBytes(text, _buffer.GetSpan(count));
        _buffer.Advance(count);
    }

    void Number(long number)
    {
        BinaryPrimitives.WriteInt64BigEndian(_buffer.GetSpan(8), number);
        _buffer.Advance(8);
    }
}
