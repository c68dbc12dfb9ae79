using System.Text;
using Fulfillment.Engine;

namespace Fulfillment.Tests.Engine;

/// <summary>What every journal promises, wherever it keeps its events.</summary>
public abstract partial class JournalContract : IDisposable
{
    readonly Place _place;
    readonly Pen _pen = new();
    IJournalStore _store;

    protected JournalContract(Place place)
    {
        Skip.If(place.Missing is not null, place.Missing);
        _place = place;
        _store = place.Connect();
        Head = _store.Open();
    }

    StoreHead Head { get; set; }

    [SkippableFact]
    public async Task An_empty_journal_has_nothing()
    {
        Assert.Equal(new(0, 0), Head);
        Assert.Equal(0, _store.SettledHead());
        Assert.Empty(_store.Read(0, 10));
        Assert.Empty(_store.Read(7, 10));
        Assert.Empty(_store.ReadEntity(Counter.Id("a"), 0, 10));
        Assert.Empty(_store.Entities(0, 10));
        Assert.Null(_store.At(0));
        Assert.Null(_store.At(1));
        Assert.Null(_store.Snapshot(Counter.Id("a")));
        Assert.Empty(_store.DeferredUntil(DateTimeOffset.MaxValue, 10));
        Assert.Empty(_store.DeferredAfter(0));
        Assert.Null(await _store.Key("nobody"));
        var (recovered, row) = await _store.Load(Counter.Id("a"));
        Assert.Null(recovered.Snapshot);
        Assert.Empty(recovered.Events);
        Assert.Equal(0, row);
    }

    [SkippableFact]
    public void Positions_follow_each_other_over_all_entities_of_a_group()
    {
        var (a, b) = (_pen.Fresh("a"), _pen.Fresh("b"));
        var first = _pen.Write(a, new CounterCommand.Add("1", 1), new CounterCommand.Add("2", 2));
        var second = _pen.Write(b, new CounterCommand.Add("1", 3));
        var third = _pen.Write(a, new CounterCommand.Add("3", 4));
        Assert.Empty(Pen.Commit(_store, first, second, third));
        Assert.Empty(Pen.Commit(_store, _pen.Write(b, new CounterCommand.Add("2", 5))));

        Assert.Equal(
            [1, 2, 3, 4], from batch in new[] { first, second, third } from e in batch.Entries select e.Position);
        var all = _store.Read(0, 100);
        Assert.Equal([1, 2, 3, 4, 5], all.Select(e => e.Position));
        Assert.Equal(["a", "a", "b", "a", "b"], all.Select(e => e.Entity.Name));
        Assert.Equal([1, 2, 1, 3, 2], all.Select(e => e.Version));
    }

    [SkippableFact]
    public void What_is_read_is_what_was_written()
    {
        _pen.Origin = new("warehouse-7", "request 42");
        _pen.Now = new(2026, 11, 27, 8, 15, 30, 123, TimeSpan.Zero);
        var batch = _pen.Write(
            _pen.Fresh("a"), new CounterCommand.Pass("1", "b", 3), new CounterCommand.Add("2", 7, "text"));
        Pen.Commit(_store, batch);

        var read = _store.Read(0, 10);
        Assert.Equal(2, read.Count);
        for (var i = 0; i < 2; i++)
        {
            var (written, stored) = (batch.Entries[i], read[i]);
            Assert.Equal(written.Position, stored.Position);
            Assert.Equal(Counter.Id("a"), stored.Entity);
            Assert.Equal(written.Version, stored.Version);
            Assert.Equal(written.Type, stored.Type);
            Assert.Equal(_pen.Now, stored.At);
            Assert.Equal(_pen.Origin, stored.Origin);
            Assert.Equal(written.Hash, stored.Hash);
            Assert.Equal(written.Payload, stored.Payload);
            Assert.Equal(written.SendsPayload, stored.Sends);
            Assert.Equivalent(stored, _store.At(stored.Position), strict: true);
        }

        Assert.NotNull(read[0].Sends);
        Assert.Null(read[1].Sends);
    }

    [SkippableFact]
    public void A_batch_whose_versions_are_taken_is_refused_and_its_neighbours_are_written()
    {
        var (late, before, after) = (_pen.Fresh("a"), _pen.Fresh("b"), _pen.Fresh("c"));
        _pen.Begin(_store, "a");
        var refused = Pen.Commit(
            _store,
            _pen.Write(before, new CounterCommand.Add("1", 1)),
            _pen.Write(late, new CounterCommand.Add("2", 9)),
            _pen.Write(after, new CounterCommand.Add("1", 1)));

        Assert.Equal([1], refused);
        Assert.Equal(["a", "b", "c"], _store.Read(0, 10).Select(e => e.Entity.Name));
        Assert.Equal([1, 2, 3], _store.Read(0, 10).Select(e => e.Position));
        Assert.Equal(1, Value("a"));
    }

    [SkippableFact]
    public async Task A_batch_on_an_old_version_of_a_long_history_is_refused()
    {
        var ahead = _pen.Begin(_store, "a");
        var behind = await _pen.Load(_store, "a");
        Assert.Empty(Pen.Commit(
            _store, _pen.Write(ahead, new CounterCommand.Add("2", 1), new CounterCommand.Add("3", 1))));

        Assert.Equal([0], Pen.Commit(_store, _pen.Write(behind, new CounterCommand.Add("4", 100))));
        Assert.Equal(3, Value("a"));
    }

    [SkippableFact]
    public void Of_two_activations_in_one_group_the_first_is_written()
    {
        var (first, second, neighbour) = (_pen.Fresh("a"), _pen.Fresh("a"), _pen.Fresh("b"));
        var refused = Pen.Commit(
            _store,
            _pen.Write(first, new CounterCommand.Add("1", 1)),
            _pen.Write(second, new CounterCommand.Add("2", 50)),
            _pen.Write(neighbour, new CounterCommand.Add("1", 7)));

        Assert.Equal([1], refused);
        Assert.Equal(1, Value("a"));
        Assert.Equal(7, Value("b"));
    }

    [SkippableFact]
    public void Whatever_a_refused_activation_decided_after_that_is_refused_too()
    {
        var late = _pen.Fresh("a");
        _pen.Begin(_store, "a");
        var refused = Pen.Commit(
            _store, _pen.Write(late, new CounterCommand.Add("2", 9)), _pen.Write(late, new CounterCommand.Add("3", 9)));

        Assert.Equal([0, 1], refused.Order());
        Assert.Equal(1, _store.SettledHead());
    }

    [SkippableFact]
    public void A_refused_batch_leaves_no_timer_and_no_snapshot()
    {
        var late = _pen.Fresh("a");
        _pen.Begin(_store, "a");
        CommitGroup group = new();
        group.Batches.Add(_pen.Write(late, new CounterCommand.Remind("2", _pen.Now.AddHours(1))));
        group.Snapshots.Add((late, late.TakeSnapshot()()));

        Assert.Equal([0], Pen.Commit(_store, group));
        Assert.Empty(_store.DeferredUntil(DateTimeOffset.MaxValue, 10));
        Assert.Null(_store.Snapshot(Counter.Id("a")));
    }

    [SkippableFact]
    public async Task A_batch_without_events_tells_whether_the_entity_has_moved_on()
    {
        var ahead = _pen.Begin(_store, "a");
        var behind = await _pen.Load(_store, "a");
        Assert.Empty(Pen.Commit(_store, Pen.Confirm(behind)));
        Assert.Empty(Pen.Commit(_store, Pen.Confirm(_pen.Fresh("unknown"))));
        Pen.Commit(_store, _pen.Write(ahead, new CounterCommand.Add("2", 1)));

        Assert.Equal([0], Pen.Commit(_store, Pen.Confirm(behind), Pen.Confirm(ahead)));
        Assert.Equal([0], Pen.Commit(_store, Pen.Confirm(_pen.Fresh("a"))));
        Assert.Equal(2, _store.SettledHead());
        Assert.Single(_store.Entities(0, 10));
    }

    [SkippableFact]
    public void Two_thousand_entries_of_two_hundred_entities_fit_into_one_group()
    {
        CommitGroup group = new();
        for (var n = 0; n < 200; n++)
        {
            var commands = Enumerable.Range(1, 10).Select(i => new CounterCommand.Add($"{i}", i)).ToArray();
            group.Batches.Add(_pen.Write(_pen.Fresh($"counter-{n}"), commands));
        }

        Assert.Empty(Pen.Commit(_store, group));
        Assert.Equal(Enumerable.Range(1, 2_000).Select(i => (long)i), _store.Read(0, 5_000).Select(e => e.Position));
        for (var n = 0; n < 200; n += 33) Assert.Equal(55, Value($"counter-{n}"));
    }

    [SkippableFact]
    public void A_megabyte_of_payload_comes_back_as_it_was()
    {
        var text = string.Concat(Enumerable.Range(0, 1 << 17).Select(i => $"{i % 97:00} äß…"));
        _pen.Begin(_store, "a", new CounterCommand.Add("1", 1, text), new CounterCommand.Add("2", 1, "small"));
        Pen.Commit(_store, _pen.Write(_pen.Fresh("b"), new CounterCommand.Add("1", 1, text)));

        foreach (var stored in _store.Read(0, 10).Where(e => e.Payload.Length > 1_000))
        {
            Assert.True(stored.Payload.Length > 1 << 20);
            var added = (CounterEvent.Added)Counter.Kinds().Read(stored).Event;
            Assert.Equal(text, added.Text);
        }
    }

    [SkippableFact]
    public async Task Ids_may_be_any_text_and_differ_when_their_text_does()
    {
        string[] names =
        [
            "plain", "PLAIN", "trailing ", " leading", "o'Brien\"; drop table events; --", "a/b/c", "100%_\\",
            "ümläut ß", "東京", "🙂🙃", "e\u0301", "\u00e9", "", "tab\tand\nline",
            new string('x', 200), new string('界', 200),
        ];
        CommitGroup group = new();
        foreach (var name in names)
            group.Batches.Add(_pen.Write(_pen.Fresh(name), new CounterCommand.Add(name, name.Length + 1)));
        Assert.Empty(Pen.Commit(_store, group));

        Reopen();
        Assert.Equal(names, _store.Entities(0, 100).Select(e => e.Entity.Name));
        foreach (var name in names)
        {
            var loaded = await _pen.Load(_store, name);
            Assert.Equal(1, loaded.Version);
            Assert.Equal(name.Length + 1, Value(name));
            Assert.Equal([0], Pen.Commit(_store, _pen.Write(_pen.Fresh(name), new CounterCommand.Add("again", 1))));
        }
    }

    [SkippableFact]
    public void Who_reads_while_commits_go_on_sees_whole_groups_in_order()
    {
        var activation = _pen.Fresh("a");
        using CancellationTokenSource stop = new();
        var readers = Enumerable.Range(0, 2).Select(_ => Task.Run(() =>
        {
            List<long> heads = [];
            while (!stop.IsCancellationRequested)
            {
                var read = _store.Read(0, 10_000);
                Assert.Equal(Enumerable.Range(1, read.Count).Select(i => (long)i), read.Select(e => e.Position));
                heads.Add(read.Count);
            }

            return heads;
        })).ToArray();
        for (var i = 0; i < 60; i++)
            Pen.Commit(_store, _pen.Write(
                activation, [.. Enumerable.Range(0, 7).Select(k => new CounterCommand.Add($"{i} {k}", 1))]));
        stop.Cancel();

        foreach (var heads in readers.Select(r => r.Result))
        {
            Assert.All(heads, head => Assert.Equal(0, head % 7));
            Assert.Equal(heads.Order(), heads);
        }
    }

    public void Dispose()
    {
        _pen.Dispose();
        _store.Dispose();
        _place.Dispose();
        GC.SuppressFinalize(this);
    }

    long Value(string name) => CountOf(_pen.Replay(_store, name));

    static long CountOf(Activation activation) =>
        ((Activation<Counter, CounterCommand, CounterEvent>)activation).State.Value;

    void Reopen()
    {
        _store.Dispose();
        _store = _place.Connect();
        Head = _store.Open();
    }

    static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}

public sealed class MemoryJournalTests() : JournalContract(new MemoryPlace());

public sealed class SqliteJournalTests() : JournalContract(new SqlitePlace());

public sealed class PostgresJournalTests() : JournalContract(new PostgresPlace());
