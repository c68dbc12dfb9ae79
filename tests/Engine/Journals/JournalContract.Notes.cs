using Fulfillment.Engine;

namespace Fulfillment.Tests.Engine;

// What is kept beside the events: sends that wait, keys, settings; and reading a part of it all.
public abstract partial class JournalContract
{
    [SkippableFact]
    public void Up_to_where_sends_were_answered_is_kept_and_up_to_where_all_but_the_held_ones()
    {
        CommitGroup group = new() { Watermark = 3, Front = 7 };
        Pen.Commit(_store, group);
        Pen.Commit(_store, new CommitGroup { Front = 9 });
        Reopen();
        Assert.Equal((3, 9), (Head.Watermark, Head.Front));
        Pen.Commit(_store, new CommitGroup { Watermark = 12 });
        Reopen();
        Assert.Equal((12, 9), (Head.Watermark, Head.Front));
    }

    [SkippableFact]
    public void The_subjects_that_have_keys_are_read_in_pages()
    {
        CommitGroup group = new();
        foreach (var subject in new[] { "c", "a", "b", "e", "d" }) group.Keys.Add((subject, [1, 2]));
        Pen.Commit(_store, group);

        List<string> found = [];
        for (var after = ""; _store.Subjects(after, 2) is { Count: > 0 } page; after = page[^1])
        {
            Assert.InRange(page.Count, 1, 2);
            found.AddRange(page);
        }

        Assert.Equal(["a", "b", "c", "d", "e"], found);
    }

    [SkippableFact]
    public void Logged_keys_stay_in_the_log_until_all_of_their_row_are_filed()
    {
        Assert.Empty(_store.KeyLog());
        for (var row = 1; row <= 3; row++) Pen.Commit(_store, new CommitGroup { LoggedKeys = new(row, [(byte)row]) });
        Pen.Commit(_store, new CommitGroup { LoggedKeys = new(3, [9, 9]) });
        CommitGroup group = new() { LogFiledUpTo = 1 };
        group.Keys.Add(("a", [7]));
        Pen.Commit(_store, group);
        Reopen();

        Assert.Equal([2, 3], _store.KeyLog().Select(l => l.Row));
        Assert.Equal([[2], [9, 9]], _store.KeyLog().Select(l => l.Keys));
        Assert.Equal(["a"], _store.Subjects("", 10));
    }

    [SkippableFact]
    public void The_journal_is_read_in_pages()
    {
        foreach (var name in new[] { "a", "b", "c" })
            _pen.Begin(_store, name, [.. Enumerable.Range(1, 5).Select(i => new CounterCommand.Add($"{i}", i))]);

        Assert.Equal([1, 2, 3, 4], _store.Read(0, 4).Select(e => e.Position));
        Assert.Equal([13, 14, 15], _store.Read(12, 100).Select(e => e.Position));
        Assert.Empty(_store.Read(15, 100));
        Assert.Equal([3, 4], _store.ReadEntity(Counter.Id("b"), 2, 2).Select(e => e.Version));
        Assert.Equal([8, 9], _store.ReadEntity(Counter.Id("b"), 2, 2).Select(e => e.Position));
        Assert.Empty(_store.ReadEntity(Counter.Id("b"), 5, 10));
        Assert.Equal(("c", 2), (_store.At(12)!.Entity.Name, _store.At(12)!.Version));
        Assert.Null(_store.At(16));
    }

    [SkippableFact]
    public void The_entities_are_read_in_pages_in_the_order_they_came()
    {
        for (var i = 0; i < 7; i++) _pen.Begin(_store, $"c{i}");
        List<string> names = [];
        for (long after = 0; _store.Entities(after, 3) is { Count: > 0 } page; after = page[^1].Row)
        {
            Assert.True(page.Count <= 3);
            names.AddRange(page.Select(e => e.Entity.Name));
        }

        Assert.Equal(["c0", "c1", "c2", "c3", "c4", "c5", "c6"], names);
    }

    [SkippableFact]
    public void A_timer_is_written_with_its_event()
    {
        _pen.Begin(
            _store, "a", new CounterCommand.Add("1", 1), new CounterCommand.Remind("2", _pen.Now.AddHours(2)),
            new CounterCommand.Remind("3", _pen.Now.AddHours(1)));

        Deferred[] rows = [new(3, 0, _pen.Now.AddHours(1), 0), new(2, 0, _pen.Now.AddHours(2), 0)];
        Assert.Equal(rows, _store.DeferredUntil(DateTimeOffset.MaxValue, 10));
        Assert.Equal(rows[..1], _store.DeferredUntil(DateTimeOffset.MaxValue, 1));
        Assert.Equal(rows[..1], _store.DeferredUntil(_pen.Now.AddHours(1), 10));
        Assert.Empty(_store.DeferredUntil(_pen.Now.AddHours(1).AddMilliseconds(-1), 10));
        Assert.Equal(rows[..1], _store.DeferredAfter(2));
        Assert.Equal(2, _store.DeferredAfter(0).Count);
        Reopen();
        Assert.Equal(rows, _store.DeferredUntil(DateTimeOffset.MaxValue, 10));
    }

    [SkippableFact]
    public void A_send_that_waits_is_rewritten_by_its_next_attempt_and_gone_when_answered()
    {
        _pen.Begin(_store, "a", new CounterCommand.Pass("1", "b", 1), new CounterCommand.Pass("2", "b", 1));
        CommitGroup first = new();
        first.Deferred.AddRange([new(1, 0, _pen.Now.AddSeconds(1), 1), new(2, 0, _pen.Now.AddSeconds(2), 1)]);
        Pen.Commit(_store, first);
        CommitGroup second = new();
        second.Deferred.AddRange([new(1, 0, _pen.Now.AddSeconds(3), 2), new(1, 0, _pen.Now.AddSeconds(9), 3)]);
        Pen.Commit(_store, second);
        Deferred[] both = [new(2, 0, _pen.Now.AddSeconds(2), 1), new(1, 0, _pen.Now.AddSeconds(9), 3)];
        Assert.Equal(both, _store.DeferredUntil(DateTimeOffset.MaxValue, 10));

        CommitGroup third = new();
        third.Answered.Add(new(2, 0, default, 0));
        Pen.Commit(_store, third);
        Reopen();
        Assert.Equal(both[1..], _store.DeferredUntil(DateTimeOffset.MaxValue, 10));
    }

    [SkippableFact]
    public void The_watermark_stays_until_it_is_moved()
    {
        _pen.Begin(_store, "a");
        Pen.Commit(_store, new CommitGroup { Watermark = 1 });
        _pen.Begin(_store, "b");
        Reopen();
        Assert.Equal(new(2, 1), Head);
        Pen.Commit(_store, new CommitGroup { Watermark = 2 });
        Reopen();
        Assert.Equal(new(2, 2), Head);
    }

    [SkippableFact]
    public async Task The_first_key_of_a_subject_is_its_key()
    {
        CommitGroup group = new();
        group.Keys.AddRange([("o'Neil 東", Bytes("first")), ("other", [0, 255, 0])]);
        Pen.Commit(_store, group);
        CommitGroup again = new();
        again.Keys.Add(("o'Neil 東", Bytes("second")));
        Pen.Commit(_store, again);

        Reopen();
        Assert.Equal(Bytes("first"), await _store.Key("o'Neil 東"));
        Assert.Equal([0, 255, 0], await _store.Key("other"));
        Assert.Null(await _store.Key("nobody"));
    }

    [SkippableFact]
    public void A_setting_is_made_once()
    {
        Assert.Equal(Bytes("first"), _store.Setting("secret", () => Bytes("first")));
        Assert.Equal(Bytes("first"), _store.Setting("secret", () => Bytes("second")));
        Reopen();
        Assert.Equal(Bytes("first"), _store.Setting("secret", () => Bytes("third")));
        Assert.Equal(Bytes("other"), _store.Setting("another", () => Bytes("other")));
    }

    [SkippableFact]
    public async Task All_is_the_same_when_it_is_opened_again()
    {
        var written = _pen.Begin(
            _store, "a", new CounterCommand.Add("1", 1), new CounterCommand.Pass("2", "b", 1),
            new CounterCommand.Remind("3", _pen.Now.AddDays(1)));
        CommitGroup group = new() { Watermark = 3 };
        group.Batches.Add(_pen.Write(_pen.Fresh("b"), new CounterCommand.Add("2", 1)));
        group.Snapshots.Add((written, written.TakeSnapshot()()));
        group.Deferred.Add(new(2, 0, _pen.Now.AddSeconds(5), 1));
        group.Keys.Add(("subject", [1, 2, 3]));
        Pen.Commit(_store, group);
        var (events, entities, waiting) = (_store.Read(0, 100), _store.Entities(0, 100), _store.DeferredAfter(0));
        var (before, row) = await _store.Load(written.Id);

        Reopen();
        Assert.Equal(new(4, 3), Head);
        Assert.Equal(4, _store.SettledHead());
        Assert.Equivalent(events, _store.Read(0, 100), strict: true);
        Assert.Equal(entities, _store.Entities(0, 100));
        Assert.Equal(waiting.OrderBy(w => w.Position), _store.DeferredAfter(0).OrderBy(w => w.Position));
        var (after, sameRow) = await _store.Load(written.Id);
        Assert.Equivalent(before, after, strict: true);
        Assert.Equal(row, sameRow);
        Assert.Equal([1, 2, 3], await _store.Key("subject"));
        Assert.Empty(Pen.Commit(_store, _pen.Write(await _pen.Load(_store, "b"), new CounterCommand.Add("3", 1))));
        Assert.Equal(5, _store.SettledHead());
    }
}
