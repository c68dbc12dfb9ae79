using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Fulfillment.Client.Commands;

/// <summary>
/// Checks a proof with nothing but the proof, a public key and what .NET brings: this file uses none of the product's
/// types, so that it can be read, or written anew, by whoever does not trust us. What it does, byte by byte:
/// <list type="number">
/// <item>An integer is 8 bytes, big-endian. A text is its length in bytes as an integer, then its UTF-8. <c>+</c> puts
/// bytes after each other; hex is lower-case.</item>
/// <item><c>hash = SHA-256(previousHash + text(kind) + text(key) + text(type) + text(actor) + text(cause) +
/// integer(length of payload) + payload + integer(version) + integer(at))</c>, payload decoded from Base64,
/// previousHash from hex (nothing for an entity's first event): the event's link in its entity's chain.</item>
/// <item><c>leaf = SHA-256(0x00 + integer(position) + text(kind) + text(key) + integer(version) + hash +
/// sendsHash)</c>.</item>
/// <item>From the leaf to the root (RFC 9162, section 2.1.3.2): <c>fn = index, sn = size - 1, r = leaf</c>; for each
/// node p of the path: fail if sn = 0; if fn is odd or fn = sn: <c>r = SHA-256(0x01 + p + r)</c>, then shift fn and sn
/// right until fn is odd or 0; else <c>r = SHA-256(0x01 + r + p)</c>; then shift both right once more. At the end sn
/// must be 0 and r the head's root.</item>
/// <item>The signature is ECDSA over P-256 with SHA-256, in DER, of the UTF-8 of <c>fulfillment-head/1</c>, size,
/// position, root, time and key, each with a line feed (0x0A) after it.</item>
/// </list>
/// </summary>
public static class ProofCheck
{
    const string Format = "fulfillment-proof/1";

    /// <summary>
    /// What is wrong with the proof, in words; null when it holds for the key, a PEM text. Of a proof that holds,
    /// <paramref name="shown"/> says what it proves.
    /// </summary>
    public static string? Flaw(ReadOnlySpan<byte> proof, string publicKey, out string shown)
    {
        shown = "";
        try
        {
            using var json = JsonDocument.Parse(proof.ToArray());
            return Flaw(json.RootElement, publicKey, out shown);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException
            or FormatException or ArgumentException or CryptographicException)
        {
            return $"it cannot be read: {e.Message}";
        }
    }

    static string? Flaw(JsonElement proof, string publicKey, out string shown)
    {
        shown = "";
        if (Text(proof, "format") != Format) return $"it is not a {Format}";
        var happened = proof.GetProperty("event");
        var head = proof.GetProperty("head");
        var (index, size) = (Number(proof, "index"), Number(head, "size"));
        if (index < 0 || index >= size) return $"leaf {index} is not in a tree of {size}";
        if (Number(happened, "position") > Number(head, "position")) return "the event is after the head";
        List<byte[]> path = [];
        foreach (var node in proof.GetProperty("path").EnumerateArray())
            path.Add(Convert.FromHexString(node.GetString()!));
        var root = RootOf(LeafOf(happened), index, size, path);
        if (root is null) return "the path has not the length that the tree's size asks for";
        if (Convert.ToHexStringLower(root) != Text(head, "root"))
            return "the event does not lead to the head's root: it, its place or the path was changed";

        using var key = ECDsa.Create();
        key.ImportFromPem(publicKey);
        var id = Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()))[..16];
        if (Text(head, "key") != id) return $"the head is signed with key {Text(head, "key")}, this is key {id}";
        var signed = string.Concat(
            new[]
            {
                "fulfillment-head/1", $"{size}", $"{Number(head, "position")}", Text(head, "root"), Text(head, "time"),
                id,
            }.Select(line => line + "\n"));
        var signature = Convert.FromBase64String(Text(head, "signature"));
        if (!key.VerifyData(
            Encoding.UTF8.GetBytes(signed), signature, HashAlgorithmName.SHA256,
            DSASignatureFormat.Rfc3279DerSequence)) return "the head's signature is not of this key";

        shown = $"{Text(happened, "type")} of {Text(happened, "kind")} {Text(happened, "key")}, version "
            + $"{Number(happened, "version")}, at position {Number(happened, "position")}, event {index + 1} of {size} "
            + $"signed at {Text(head, "time")} by key {id}:\n"
            + Encoding.UTF8.GetString(Convert.FromBase64String(Text(happened, "payload")));
        return null;
    }

    static byte[] LeafOf(JsonElement e)
    {
        using MemoryStream link = new(), leaf = new();
        link.Write(Convert.FromHexString(Text(e, "previousHash")));
        foreach (var name in new[] { "kind", "key", "type", "actor", "cause" }) Put(link, Text(e, name));
        var payload = Convert.FromBase64String(Text(e, "payload"));
        Put(link, payload.Length);
        link.Write(payload);
        Put(link, Number(e, "version"));
        Put(link, Number(e, "at"));

        leaf.WriteByte(0x00);
        Put(leaf, Number(e, "position"));
        Put(leaf, Text(e, "kind"));
        Put(leaf, Text(e, "key"));
        Put(leaf, Number(e, "version"));
        leaf.Write(SHA256.HashData(link.ToArray()));
        leaf.Write(Convert.FromHexString(Text(e, "sendsHash")));
        return SHA256.HashData(leaf.ToArray());
    }

    static byte[]? RootOf(byte[] leaf, long index, long size, List<byte[]> path)
    {
        var (fn, sn, r) = (index, size - 1, leaf);
        foreach (var p in path)
        {
            if (sn == 0) return null;
            if (fn % 2 == 1 || fn == sn)
            {
                r = SHA256.HashData([0x01, .. p, .. r]);
                while (fn % 2 == 0 && fn != 0) (fn, sn) = (fn >> 1, sn >> 1);
            }
            else
            {
                r = SHA256.HashData([0x01, .. r, .. p]);
            }

            (fn, sn) = (fn >> 1, sn >> 1);
        }

        return sn == 0 ? r : null;
    }

    static string Text(JsonElement of, string name) => of.GetProperty(name).GetString()
        ?? throw new FormatException($"{name} is null");

    static long Number(JsonElement of, string name) => of.GetProperty(name).GetInt64();

    static void Put(MemoryStream into, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Put(into, bytes.Length);
        into.Write(bytes);
    }

    static void Put(MemoryStream into, long number)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        into.Write(bytes);
    }
}
