using Fulfillment.Engine;

namespace Fulfillment.Tests.Engine;

/// <summary>Each event's hash covers all that it says and, by the hash before it, all of the entity's past.</summary>
public sealed class ChainTests : IDisposable
{
    static readonly DateTimeOffset At = new(2026, 11, 27, 8, 0, 0, TimeSpan.Zero);
    readonly SqliteJournal _journal = new();
    readonly Pen _pen = new();
    readonly Encoder _encoder = new();

    public ChainTests() => _journal.Write(store =>
    {
        var (a, b) = (_pen.Fresh("a"), _pen.Fresh("b"));
        for (var i = 1; i < 5; i++)
        {
            _pen.Now = _pen.Now.AddMilliseconds(1);
            CounterCommand.Add add = new($"{i}", i, "some text");
            Pen.Commit(store, _pen.Write(a, add), _pen.Write(b, add));
        }
    });

    [Fact]
    public void A_journal_as_it_was_written_is_whole() => Assert.Null(_journal.Read(ChainOf.FirstBroken));

    [Theory]
    [InlineData("update events set payload = cast(replace(payload, 'some', 'sOme') as blob) where position = 5", 5)]
    [InlineData("update events set payload = cast(payload || ' ' as blob) where position = 5", 5)]
    [InlineData("update events set type = 'addee' where position = 4", 4)]
    [InlineData("update events set at = at + 1 where position = 3", 3)]
    [InlineData("update events set actor = 'somebody' where position = 8", 8)]
    [InlineData(
        "update events set actor = actor || substr(cause, 1, 1), cause = substr(cause, 2) where position = 8", 8)]
    [InlineData("update events set cause = 'nothing' where position = 1", 1)]
    [InlineData("update events set hash = zeroblob(32) where position = 2", 2)]
    [InlineData("update entities set key = 'default/c' where key = 'default/a'", 1)]
    [InlineData("update events set version = 9 where position = 7", 7)]
    public void A_change_behind_its_back_is_found_where_it_was_made(string change, long position)
    {
        Assert.NotEqual(0, _journal.Execute(change));
        Assert.Equal(position, _journal.Read(ChainOf.FirstBroken));
    }

    [Fact]
    public void An_event_taken_out_and_the_gap_closed_is_found()
    {
        _journal.Execute("delete from events where position = 3");
        _journal.Execute(
            "update events set version = version - 1 "
            + "where entity = (select id from entities where key = 'default/a') and version > 2");
        for (var p = 4; p <= 8; p++) _journal.Execute("update events set position = $1 where position = $2", p - 1, p);

        // What follows in the other entity is whole; the next event of this one is not.
        Assert.Equal(4, _journal.Read(ChainOf.FirstBroken));
    }

    [Fact]
    public void Every_byte_of_a_payload_counts()
    {
        var payload = _journal.Read(s => s.At(1)!.Payload);
        var hash = Hash(payload: payload);
        for (var i = 0; i < payload.Length; i++)
        {
            var changed = (byte[])payload.Clone();
            changed[i] ^= 1;
            Assert.NotEqual(hash, Hash(payload: changed));
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
            Hash(actor: "actorc", cause: "ause"), Hash(payload: [1, 2]), Hash(payload: []),
            Hash(actor: "", cause: "actorcause"), Hash(kind: "ĸind"),
        ];
        Assert.Equal(17, hashes.Count);
        Assert.Equal(Hash(), Hash());
    }

    [Fact]
    public void The_hash_is_the_documented_one()
    {
        // Frozen: journals out there were written with it. SHA-256 over the parts as Encoder.Hash documents them.
        Assert.Equal("081036e55dd438b83d829d78665ab028900ee7671757efef8494a103a79cf2f6", Hash());
    }

    public void Dispose()
    {
        _encoder.Dispose();
        _pen.Dispose();
        _journal.Dispose();
    }

    string Hash(
        byte[]? previous = null, string kind = "kind", string key = "key", long version = 1, string type = "type",
        DateTimeOffset? at = null, string actor = "actor", string cause = "cause", byte[]? payload = null) =>
        Convert.ToHexStringLower(_encoder.Hash(
            previous ?? [], new(kind, key), version, type, at ?? At, new(actor, cause), payload ?? [1, 2, 3]));
}
