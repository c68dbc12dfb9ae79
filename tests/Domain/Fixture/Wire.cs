using System.Text;
using System.Text.Json;
using Fulfillment.Engine;

namespace Fulfillment.Tests.Domain;

/// <summary>Messages as the journal and the outbox have them.</summary>
static class Wire
{
    /// <summary>A message as it is written.</summary>
    public static byte[] Write(FamilyCodec codec, object message)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream)) codec.Write(writer, message);
        return stream.ToArray();
    }

    /// <summary>A message that was written and read.</summary>
    public static T Through<T>(FamilyCodec codec, T message)
        where T : class => (T)codec.Read(codec.NameOf(message), Write(codec, message));

    /// <summary>Sends that were written and read.</summary>
    public static List<Send> Through(List<Send> sends)
    {
        if (sends.Count == 0) return sends;
        using Engine.Encoder encoder = new();
        return [.. Engine.Encoder.ReadSends(Product.Kinds, encoder.Sends(Product.Kinds, [.. sends]))];
    }

    /// <summary>Bytes for who reads a failure.</summary>
    public static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes);
}
