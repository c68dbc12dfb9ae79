using System.Buffers;
using System.Text;
using Orleans;
using Orleans.Serialization.Buffers;
using Orleans.Serialization.Cloning;
using Orleans.Serialization.Codecs;
using Orleans.Serialization.Serializers;
using Orleans.Serialization.WireProtocol;

namespace Fulfillment.Access;

/// <summary>A letter as one run of bytes: version, inside, kind, actor, cause, body.</summary>
[RegisterSerializer]
public sealed class LetterCodec : IFieldCodec<Letter>
{
    /// <inheritdoc/>
    public void WriteField<TBufferWriter>(
        ref Writer<TBufferWriter> writer, uint fieldIdDelta, Type? expectedType, Letter? value)
        where TBufferWriter : IBufferWriter<byte>
    {
        ReferenceCodec.MarkValueField(writer.Session);
        writer.WriteFieldHeader(fieldIdDelta, expectedType, typeof(Letter), WireType.LengthPrefixed);
        Parts.Write(
            ref writer, value!.Version, value.Inside ? 1 : 0, Parts.Of(value.Kind), Parts.Of(value.Origin.Actor),
            Parts.Of(value.Origin.Cause), value.Body);
    }

    /// <inheritdoc/>
    public Letter ReadValue<TInput>(ref Reader<TInput> reader, Field field)
    {
        ReferenceCodec.MarkValueField(reader.Session);
        field.EnsureWireType(WireType.LengthPrefixed);
        var (version, inside, parts) = Parts.Read(ref reader);
        return new(
            Encoding.UTF8.GetString(parts[0]), parts[3],
            new(Encoding.UTF8.GetString(parts[1]), Encoding.UTF8.GetString(parts[2])), inside == 1, version);
    }
}

/// <summary>An answer as one run of bytes: fault, why, body.</summary>
[RegisterSerializer]
public sealed class AnswerCodec : IFieldCodec<Answer>
{
    /// <inheritdoc/>
    public void WriteField<TBufferWriter>(
        ref Writer<TBufferWriter> writer, uint fieldIdDelta, Type? expectedType, Answer? value)
        where TBufferWriter : IBufferWriter<byte>
    {
        ReferenceCodec.MarkValueField(writer.Session);
        writer.WriteFieldHeader(fieldIdDelta, expectedType, typeof(Answer), WireType.LengthPrefixed);
        // Fault: 0 none, -1 not yet, else one more than the fault.
        var fault = value!.IsNotYet ? -1 : value.Fault is { } f ? (int)f + 1 : 0;
        Parts.Write(ref writer, Wire.Version, fault, Parts.Of(value.Why), value.Body);
    }

    /// <inheritdoc/>
    public Answer ReadValue<TInput>(ref Reader<TInput> reader, Field field)
    {
        ReferenceCodec.MarkValueField(reader.Session);
        field.EnsureWireType(WireType.LengthPrefixed);
        var (_, fault, parts) = Parts.Read(ref reader);
        if (fault < 0) return Answer.NotYet;
        return new(fault == 0 ? null : (Fault)(fault - 1), Encoding.UTF8.GetString(parts[0]), parts[1]);
    }
}

/// <summary>Letters are handed over as they are.</summary>
[RegisterCopier]
public sealed class LetterCopier : IDeepCopier<Letter>
{
    /// <inheritdoc/>
    public Letter? DeepCopy(Letter? input, CopyContext context) => input;
}

/// <summary>Answers are handed over as they are.</summary>
[RegisterCopier]
public sealed class AnswerCopier : IDeepCopier<Answer>
{
    /// <inheritdoc/>
    public Answer? DeepCopy(Answer? input, CopyContext context) => input;
}

/// <summary>Two small numbers and a few runs of bytes, each with its length before it.</summary>
static class Parts
{
    public static byte[] Of(string text) => Encoding.UTF8.GetBytes(text);

    public static void Write<TBufferWriter>(
        ref Writer<TBufferWriter> writer, int first, int second, params ReadOnlySpan<byte[]> parts)
        where TBufferWriter : IBufferWriter<byte>
    {
        var length = 12;
        foreach (var part in parts) length += 4 + part.Length;
        writer.WriteVarUInt32((uint)length);
        writer.WriteInt32(first);
        writer.WriteInt32(second);
        writer.WriteInt32(parts.Length);
        foreach (var part in parts)
        {
            writer.WriteInt32(part.Length);
            writer.Write(part);
        }
    }

    public static (int First, int Second, byte[][] Parts) Read<TInput>(ref Reader<TInput> reader)
    {
        reader.ReadVarUInt32();
        var (first, second) = (reader.ReadInt32(), reader.ReadInt32());
        var parts = new byte[reader.ReadInt32()][];
        for (var i = 0; i < parts.Length; i++) parts[i] = reader.ReadBytes((uint)reader.ReadInt32());
        return (first, second, parts);
    }
}
