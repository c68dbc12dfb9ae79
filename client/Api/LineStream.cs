using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Threading.Channels;

namespace Fulfillment.Client.Api;

/// <summary>Streams of any length, a line for each thing: what comes in, and what is answered.</summary>
static class LineStream
{
    /// <summary>Writes every result as soon as it and all before it are there.</summary>
    public static async Task Write<T>(PipeWriter writer, ChannelReader<Task<T>> results, JsonTypeInfo<T> type)
    {
        while (await results.WaitToReadAsync())
        {
            while (results.TryRead(out var next))
            {
                if (!next.IsCompleted || writer.UnflushedBytes > 16_384) await writer.FlushAsync();
                writer.Write(JsonSerializer.SerializeToUtf8Bytes(await next, type));
                writer.Write("\n"u8);
            }

            await writer.FlushAsync();
        }
    }

    /// <summary>The lines of the body; null for one that is too long.</summary>
    public static async IAsyncEnumerable<byte[]?> Lines(
        PipeReader reader, int most, [EnumeratorCancellation] CancellationToken cancel)
    {
        var skipping = false;
        while (true)
        {
            var read = await reader.ReadAsync(cancel);
            var buffer = read.Buffer;
            while (buffer.PositionOf((byte)'\n') is { } end)
            {
                var line = buffer.Slice(0, end);
                if (!skipping) yield return line.Length > most ? null : line.ToArray();
                skipping = false;
                buffer = buffer.Slice(buffer.GetPosition(1, end));
            }

            if (!skipping && buffer.Length > most)
            {
                yield return null;
                skipping = true;
            }

            if (skipping) buffer = buffer.Slice(buffer.End);
            if (read.IsCompleted)
            {
                if (buffer.Length > 0) yield return buffer.ToArray();
                reader.AdvanceTo(read.Buffer.End);
                yield break;
            }

            reader.AdvanceTo(buffer.Start, read.Buffer.End);
        }
    }

    /// <summary>Whether there is nothing on it.</summary>
    public static bool IsBlank(byte[]? line) =>
        line is not null && line.All(b => b is (byte)' ' or (byte)'\r' or (byte)'\t');
}
