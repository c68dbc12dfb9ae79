using System.Text.Json;
using System.Text.Json.Nodes;
using Fulfillment.Composition;
using Fulfillment.Engine;

namespace Fulfillment.Tests.Engine;

/// <summary>Messages are written under permanent names, and what was ever written can be read.</summary>
public sealed class CodecTests : IDisposable
{
    static readonly Dictionary<string, Upgrade> Upgrades = new()
    {
        // Once an increment was without an id, then it had one under another name.
        ["incremented"] = old => ("increased", new JsonObject
        {
            ["by"] = old["by"]!.GetValue<long>(),
            ["key"] = "unknown",
        }),
        ["increased"] = old => ("added", new JsonObject
        {
            ["id"] = old["key"]!.GetValue<string>(),
            ["units"] = old["by"]!.GetValue<long>(),
            ["text"] = "from of old",
        }),
    };

    readonly Pen _pen = new();
    readonly Encoder _encoder = new();

    [Theory]
    [InlineData("sku", "sku-defined stock-received stock-adjusted stock-moved stock-reserved stock-allocated "
        + "stock-released stock-shipped backorder-filled hold-expired holds-swept")]
    [InlineData("order", "order-placed stock-answered claim-changed reservation-deferred reservation-retried "
        + "reservations-yielded payment-awaited payment-confirmed order-accepted order-rejected order-routed "
        + "fulfilment-opened order-cancelled goods-shipped goods-delivered order-closed")]
    [InlineData("node", "node-defined")]
    [InlineData("request", "key-claimed")]
    [InlineData("quarantine", "message-quarantined message-replayed message-discarded")]
    [InlineData("trace", "order-sighted decline-noted fraud-confirmed order-cleared")]
    [InlineData("fraud-policy", "policy-set")]
    public void Names_that_are_in_journals_stay(string kind, string names)
    {
        // Names are added here, never changed and never taken away.
        var events = Everything.Kinds((_, _, _) => default).Entities.Single(k => k.Name == kind).Events;
        Assert.Empty(names.Split(' ').Except(events.Names));
    }

    [Fact]
    public void What_is_written_is_read_again()
    {
        CounterEvent[] events =
        [
            new CounterEvent.Added("1", long.MaxValue, "Text mit \"Zeichen\" \u0001 🙂 \\ </script>"),
            new CounterEvent.Passed("2", "b/c", -1), new CounterEvent.Confirmed(""),
            new CounterEvent.Reminded("4", new(2026, 2, 28, 23, 59, 59, 999, TimeSpan.Zero)),
            new CounterEvent.Rang("5"), new CounterEvent.Consulted("6"), new CounterEvent.Heard("7", "yes"),
            new CounterEvent.Spun(8),
        ];
        FamilyCodec codec = new(CounterJson.Default.CounterEvent);
        foreach (var happened in events)
        {
            var (type, payload) = _encoder.Event(codec, happened);
            Assert.Equal(happened, codec.Read(type, payload));
            Assert.Equal(type, codec.NameOf(happened));
            Assert.Equal(happened.GetType(), codec.TypeOf(type));
            Assert.DoesNotContain("$type", System.Text.Encoding.UTF8.GetString(payload));
        }

        Assert.Equal(events.Length, codec.Names.Count());
    }

    [Fact]
    public void Sends_are_read_again_with_their_receivers_and_due_times()
    {
        Send[] sends =
        [
            new(Counter.Id("b"), new CounterCommand.Add("1", 2, "x")),
            new(new(Counter.Oracle, ""), new OracleMessage.Question("q")),
            new(Counter.Id("self"), new CounterCommand.Ring("r"), new(2026, 11, 27, 8, 0, 0, 123, TimeSpan.Zero)),
        ];
        var kinds = Counter.Kinds();
        Assert.Equal(sends, Encoder.ReadSends(kinds, _encoder.Sends(kinds, sends)));
    }

    [Fact]
    public void A_name_that_nobody_knows_is_refused_with_the_name()
    {
        FamilyCodec codec = new(CounterJson.Default.CounterEvent);
        var refused = Assert.Throws<JournalException>(() => codec.Read("teleported", "{}"u8));
        Assert.Equal("The journal has a 'teleported', which this version does not know.", refused.Message);
    }

    [Fact]
    public void A_message_without_a_name_cannot_be_written()
    {
        FamilyCodec codec = new(CounterJson.Default.CounterCommand);
        var refused = Assert.Throws<JournalException>(() => codec.NameOf(new CounterCommand.Get()));
        Assert.Equal("Get has no permanent name.", refused.Message);
    }

    [Fact]
    public async Task An_event_that_nobody_knows_keeps_its_entity_from_being_loaded_and_no_other()
    {
        using SqliteJournal journal = new();
        journal.Write(store =>
        {
            _pen.Begin(store, "a");
            _pen.Begin(store, "b");
        });
        journal.Execute("update events set type = 'teleported' where position = 1");
        await using Host host = new(journal.Connect());
        var told = await Assert.ThrowsAsync<ClusterException>(() => host.Value("a"));
        Assert.Contains("The journal has a 'teleported', which this version does not know.", told.Message);
        Assert.Equal(1, await host.Value("b"));
    }

    [Fact]
    public async Task An_old_shape_is_read_as_todays_and_its_hash_stays()
    {
        using SqliteJournal journal = new();
        journal.Write(store => _pen.Begin(store, "a"));
        var old = """{"by":41}"""u8.ToArray();
        var hash = _encoder.Hash([], Counter.Id("a"), 1, "incremented", _pen.Now, _pen.Origin, old);
        journal.Execute("update events set type = 'incremented', payload = $1, hash = $2", old, hash);

        await using (Host host = new(journal.Connect(), kinds: Counter.Kinds(upgrades: Upgrades)))
        {
            Assert.Equal(41, await host.Value("a"));
            Assert.Equal(new(AddStatus.AlreadyDone, 41), await host.Ask("a", new CounterCommand.Add("unknown", 5)));
            Assert.Equal(new(AddStatus.Done, 42), await host.Ask("a", new CounterCommand.Add("new", 1)));
            var facts = await host.Until<CounterEvent.Added>("a");
            Assert.Equal(new CounterEvent.Added("unknown", 41, "from of old"), facts[0].Event);
            Assert.Equal("incremented", facts[0].Type);
        }

        journal.AssertWhole(Counter.Kinds(upgrades: Upgrades));
        Assert.Equal(old, journal.Read(s => s.At(1)!.Payload));
    }

    [Fact]
    public void A_snapshot_of_another_format_is_no_flaw_for_it_is_not_used()
    {
        using SqliteJournal journal = new();
        journal.Write(store =>
        {
            var written = _pen.Fresh("a");
            CommitGroup group = new();
            group.Batches.Add(_pen.Write(written, new CounterCommand.Add("1", 1)));
            group.Snapshots.Add((written, written.TakeSnapshot()()));
            Pen.Commit(store, group);
        });

        var today = journal.Read(s => new Verifier(s, Counter.Kinds()).Run(1));
        var later = journal.Read(s => new Verifier(s, Counter.Kinds(format: 2)).Run(1));
        Assert.Equal((1, 0), (today.Snapshots, later.Snapshots));
        Assert.Empty(later.Flaws);
        Assert.Equal(today.StateHash, later.StateHash);
    }

    [Fact]
    public void Equal_states_are_equal_bytes_however_they_came_about()
    {
        var kinds = Counter.Kinds();
        var (one, two) = (_pen.Fresh("a"), _pen.Fresh("a"));
        _pen.Write(one, new CounterCommand.Add("x", 1), new CounterCommand.Add("y", 2));
        _pen.Write(two, new CounterCommand.Add("y", 2), new CounterCommand.Add("x", 1));
        Assert.Equal(one.WriteState(), two.WriteState());

        var kind = (EntityKind<Counter, CounterCommand, CounterEvent>)kinds.Of(one.Id);
        Assert.Equal(one.WriteState(), kind.Write(kind.Read(one.WriteState())));
    }

    [Fact]
    public void A_damaged_payload_is_refused()
    {
        FamilyCodec codec = new(CounterJson.Default.CounterEvent);
        Assert.Throws<JsonException>(() => codec.Read("added", """{"id":"""u8));
        Assert.Throws<JournalException>(() => codec.Read("added", "null"u8));
    }

    public void Dispose()
    {
        _encoder.Dispose();
        _pen.Dispose();
    }
}
