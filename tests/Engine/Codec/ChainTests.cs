using Fulfillment.Engine;

namespace Fulfillment.Tests.Engine;

/// <summary>Each event's hash covers all that it says and, by the hash before it, all of its entity's past.</summary>
public sealed class ChainTests : IDisposable
{
    static readonly DateTimeOffset At = new(2026, 11, 27, 8, 0, 0, TimeSpan.Zero);
    readonly Encoder _encoder = new();

    [Fact]
    public void Every_byte_of_a_payload_and_of_the_hash_before_counts()
    {
        var payload = """{"id":"1","units":1,"text":"some text"}"""u8.ToArray();
        HashSet<string> hashes = [Hash(payload: payload)];
        for (var i = 0; i < payload.Length; i++)
        {
            var changed = (byte[])payload.Clone();
            changed[i] ^= 1;
            Assert.True(hashes.Add(Hash(payload: changed)));
        }

        for (var i = 0; i < 32; i++)
        {
            var previous = new byte[32];
            previous[i] = 1;
            Assert.True(hashes.Add(Hash(previous: previous, payload: payload)));
        }
    }

    [Fact]
    public void Every_part_counts_and_so_does_where_one_ends()
    {
        HashSet<string> hashes =
        [
            Hash(), Hash(previous: [1]), Hash(kind: "x"), Hash(key: "x"), Hash(kind: "kindk", key: "ey"),
            Hash(version: 2), Hash(type: "x"), Hash(key: "keyt", type: "ype"), Hash(at: At.AddMilliseconds(1)),
            Hash(actor: "x"), Hash(cause: "x"), Hash(type: "typea", actor: "ctor"),
            Hash(actor: "actorc", cause: "ause"), Hash(actor: "", cause: "actorcause"), Hash(payload: [1, 2]),
            Hash(payload: []), Hash(kind: "ĸind"),
        ];
        Assert.Equal(17, hashes.Count);
        Assert.Equal(Hash(), Hash());
    }

    [Fact]
    public void The_hash_is_the_documented_one()
    {
        // Frozen: journals were written with it. SHA-256 over the parts as Encoder.Hash documents them.
        Assert.Equal("081036e55dd438b83d829d78665ab028900ee7671757efef8494a103a79cf2f6", Hash());
    }

    public void Dispose() => _encoder.Dispose();

    string Hash(
        byte[]? previous = null, string kind = "kind", string key = "key", long version = 1, string type = "type",
        DateTimeOffset? at = null, string actor = "actor", string cause = "cause", byte[]? payload = null) =>
        Convert.ToHexStringLower(_encoder.Hash(
            previous ?? [], new(kind, key), version, type, at ?? At, new(actor, cause), payload ?? [1, 2, 3]));
}
