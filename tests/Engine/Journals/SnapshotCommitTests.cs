using Fulfillment.Engine;

namespace Fulfillment.Tests.Engine;

/// <summary>How much of the snapshots that wait goes with each commit.</summary>
public sealed class SnapshotCommitTests : IDisposable
{
    const int AtOnce = 80;

    readonly Pen _pen = new();
    readonly MemoryStore _memory = new();
    readonly GatedStore _store;
    readonly GroupCommit _journal;
    readonly List<int> _bytes = [];

    public SnapshotCommitTests()
    {
        _store = new(_memory);
        _journal = new(_store, _store.Open(), new() { SnapshotBytes = AtOnce }, new(), new Weigher(_bytes));
    }

    [Fact]
    public void A_commit_takes_only_so_many_bytes_and_all_come_to_the_journal()
    {
        List<Activation> all = [];
        foreach (var events in new[] { 1, 40, 2, 3, 70, 1, 1, 1, 30 })
        {
            var written = Written($"c{all.Count}", events);
            _journal.Submit(written, written.TakeSnapshot()());
            all.Add(written);
        }

        Assert.Contains(all, a => a.WriteState().Length < AtOnce);
        Assert.Contains(all, a => a.WriteState().Length > 4 * AtOnce);
        while (_bytes.LastOrDefault(1) > 0) _journal.Step();
        Assert.All(_bytes, b => Assert.InRange(b, 0, AtOnce));
        var total = all.Sum(a => a.WriteState().Length);
        Assert.Equal(total, _bytes.Sum());
        Assert.InRange(_bytes.Count(b => b > 0), total / AtOnce, 2 * total / AtOnce);
        foreach (var written in all) Assert.Equal(written.WriteState(), _memory.Snapshot(written.Id)!.State);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task They_are_written_though_nothing_else_is_and_before_the_journal_ends(bool ends)
    {
        Activation[] all = [Written("a", 70), Written("b", 2), Written("c", 2), Written("d", 70)];
        _journal.Start();
        foreach (var written in all) _journal.Submit(written, written.TakeSnapshot()());
        if (ends) _journal.Dispose();
        while (!ends && all.Any(a => _memory.Snapshot(a.Id) is null)) await Task.Delay(1);
        foreach (var written in all) Assert.Equal(written.WriteState(), _memory.Snapshot(written.Id)!.State);
    }

    [Fact]
    public void The_later_one_of_an_entity_takes_the_place_of_one_that_still_waits()
    {
        var (first, second) = (Written("a", 40), Written("b", 40));
        _journal.Submit(first, first.TakeSnapshot()());
        _journal.Submit(second, second.TakeSnapshot()());
        Pen.Commit(_memory, _pen.Write(second, new CounterCommand.Add("more", 1)));
        _journal.Submit(second, second.TakeSnapshot()());
        while (_bytes.LastOrDefault(1) > 0) _journal.Step();
        Assert.Equal(first.WriteState().Length + second.WriteState().Length, _bytes.Sum());
        Assert.Equal(second.WriteState(), _memory.Snapshot(second.Id)!.State);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_may_have_lost_a_part_is_given_up_and_what_comes_after_it_is_not(bool known)
    {
        var (first, second) = (Written("a", 40), Written("b", 40));
        _journal.Submit(first, first.TakeSnapshot()());
        _journal.Submit(second, second.TakeSnapshot()());
        _journal.Step();
        _store.Next(known ? Fate.Failed : Fate.LostAfter);
        for (var i = 0; i < 20; i++) _journal.Step();
        Assert.Null(_memory.Snapshot(first.Id));
        Assert.Equal(second.WriteState(), _memory.Snapshot(second.Id)!.State);
    }

    [Fact]
    public void One_whose_owner_is_obsolete_is_given_up_though_it_is_under_way()
    {
        var (first, second) = (Written("a", 40), Written("b", 40));
        _journal.Submit(first, first.TakeSnapshot()());
        _journal.Submit(second, second.TakeSnapshot()());
        _journal.Step();
        first.MarkObsolete();
        for (var i = 0; i < 20; i++) _journal.Step();
        Assert.Null(_memory.Snapshot(first.Id));
        Assert.Equal(second.WriteState(), _memory.Snapshot(second.Id)!.State);
    }

    public void Dispose()
    {
        _journal.Dispose();
        _store.Dispose();
        _pen.Dispose();
    }

    Activation Written(string name, int events) =>
        _pen.Begin(_memory, name, [.. Enumerable.Range(1, events).Select(i => new CounterCommand.Add($"{i}", i))]);

    /// <summary>Tells how many bytes of snapshots each commit takes.</summary>
    sealed class Weigher(List<int> bytes) : ICommitSide
    {
        public void Join(CommitGroup group) => bytes.Add(
            group.Snapshots.Sum(s => s.Snapshot.State.Length) + group.SnapshotParts.Sum(p => p.Part.Length));

        public void Committed(CommitGroup group)
        {
        }

        public void Failed(CommitGroup group)
        {
        }

        public void Found(IReadOnlyList<StoredEvent> events)
        {
        }
    }
}
