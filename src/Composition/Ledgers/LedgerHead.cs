using System.Text;
using System.Text.Json.Serialization;

namespace Fulfillment.Composition;

/// <summary>
/// What the journal was at a moment, signed. Kept where the journal's keeper cannot change it, it proves that nothing
/// before it was changed or cut off since.
/// </summary>
/// <param name="Size">Events.</param>
/// <param name="Position">Position of the last one; 0 for none.</param>
/// <param name="Root">Root of the Merkle tree over them, in lower-case hex.</param>
/// <param name="Time">When it was signed, UTC, as <c>2026-11-27T08:00:00.000Z</c>.</param>
/// <param name="Key">Id of the key: the first 16 hex digits of the SHA-256 of its SubjectPublicKeyInfo.</param>
/// <param name="Signature">ECDSA with P-256 and SHA-256 over <see cref="ToSign"/>, DER (RFC 3279), in Base64.</param>
public sealed record LedgerHead(long Size, long Position, string Root, string Time, string Key, string Signature)
{
    /// <summary>
    /// What is signed, in UTF-8: the lines <c>fulfillment-head/1</c>, size, position, root, time and key id, each with
    /// a line feed after it.
    /// </summary>
    public byte[] ToSign() => Encoding.UTF8.GetBytes(string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"fulfillment-head/1\n{Size}\n{Position}\n{Root}\n{Time}\n{Key}\n"));
}

/// <summary>
/// One event as the journal has it, in a proof. <c>At</c>: milliseconds since 1970. <c>Payload</c>: its bytes in
/// Base64. <c>PreviousHash</c>: of its entity's event before it, in hex, empty for the first. <c>SendsHash</c>: SHA-256
/// of what it caused to be sent, in hex.
/// </summary>
public sealed record ProvenEvent(
    long Position, string Kind, string Key, long Version, string Type, long At, string Actor, string Cause,
    string Payload, string PreviousHash, string SendsHash);

/// <summary>
/// That one event stands in the journal: the event, its leaf's index, the siblings from the leaf up to the root in hex,
/// and the head that was signed over this root. Says nothing of any other event.
/// </summary>
public sealed record LedgerProof(
    string Format, ProvenEvent Event, long Index, IReadOnlyList<string> Path, LedgerHead Head)
{
    /// <summary>The format written.</summary>
    public const string Format1 = "fulfillment-proof/1";
}

/// <summary>How heads and proofs are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(LedgerHead))]
[JsonSerializable(typeof(LedgerProof))]
public sealed partial class LedgerJson : JsonSerializerContext;
