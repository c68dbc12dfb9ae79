using Fulfillment.Engine;

namespace Fulfillment.Tests.Engine;

// States that are kept, so that not all events have to be read.
public abstract partial class JournalContract
{
    [SkippableFact]
    public async Task An_entity_is_loaded_from_its_snapshot_and_the_events_after_it()
    {
        var written = _pen.Begin(_store, "a", new CounterCommand.Add("1", 1), new CounterCommand.Add("2", 2));
        CommitGroup group = new();
        group.Batches.Add(_pen.Write(written, new CounterCommand.Add("3", 3)));
        group.Snapshots.Add((written, written.TakeSnapshot()()));
        Pen.Commit(_store, group);
        Pen.Commit(_store, _pen.Write(written, new CounterCommand.Add("4", 4), new CounterCommand.Add("5", 5)));

        var (recovered, row) = await _store.Load(written.Id);
        Assert.NotEqual(0, row);
        Assert.Equal(3, recovered.Snapshot!.Version);
        Assert.Equal([4, 5], recovered.Events.Select(e => e.Version));
        Assert.Equal(_store.ReadEntity(written.Id, 2, 1)[0].Hash, recovered.Snapshot.Hash);
        Assert.Equivalent(recovered.Snapshot, _store.Snapshot(written.Id), strict: true);
        var loaded = await _pen.Load(_store, "a");
        Assert.Equal(written.WriteState(), loaded.WriteState());
        Assert.Equal(written.Head, loaded.Head);
        Assert.Equal(written.LastAt, loaded.LastAt);
    }

    [SkippableFact]
    public async Task A_later_snapshot_takes_the_place_of_the_one_before()
    {
        var written = _pen.Begin(_store, "a");
        for (var i = 2; i < 5; i++)
        {
            CommitGroup group = new();
            group.Batches.Add(_pen.Write(written, new CounterCommand.Add($"{i}", 1)));
            group.Snapshots.Add((written, written.TakeSnapshot()()));
            Pen.Commit(_store, group);
        }

        var (recovered, _) = await _store.Load(written.Id);
        Assert.Equal(4, recovered.Snapshot!.Version);
        Assert.Empty(recovered.Events);
        Assert.Equal(written.WriteState(), (await _pen.Load(_store, "a")).WriteState());
    }

    [SkippableFact]
    public async Task A_snapshot_in_parts_counts_from_its_last_part_on_and_is_whole()
    {
        var written = _pen.Begin(_store, "a", new CounterCommand.Add("1", 1));
        Pen.Commit(_store, With(written, "2", small: true));
        var kept = _store.Snapshot(written.Id);
        for (var i = 3; i < 6; i++)
        {
            // One that nobody ended.
            foreach (var part in Parts(Taken(written, $"{i}"), 5)[..^1]) Commit(part);
            Assert.Equivalent(kept, _store.Snapshot(written.Id), strict: true);
            var snapshot = Taken(written, $"{i} again");
            foreach (var part in Parts(snapshot, 7))
            {
                Assert.NotEqual(written.Version, _store.Snapshot(written.Id)!.Version);
                Commit(part);
            }

            kept = _store.Snapshot(written.Id);
            Assert.Equivalent(snapshot, kept, strict: true);
            Assert.Equivalent(snapshot, (await _store.Load(written.Id)).Recovered.Snapshot, strict: true);
        }

        Reopen();
        Assert.Equal(written.WriteState(), (await _pen.Load(_store, "a")).WriteState());
        Pen.Commit(_store, With(written, "last", small: true));
        Assert.Equal(written.Version, _store.Snapshot(written.Id)!.Version);
        Assert.Equal(written.WriteState(), (await _store.Load(written.Id)).Recovered.Snapshot!.State);
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_snapshot_with_a_part_missing_does_not_count(bool hasEarlier)
    {
        var written = _pen.Begin(_store, "a", new CounterCommand.Add("1", 1));
        Pen.Commit(_store, With(written, "2", small: hasEarlier));
        var earlier = _store.Snapshot(written.Id);
        Assert.Equal(hasEarlier, earlier is not null);
        for (var missing = 0; missing < 3; missing++)
        {
            var parts = Parts(Taken(written, $"missing {missing}"), 9);
            for (var i = 0; i < parts.Count; i++)
                if (i != missing) Commit(parts[i]);
            Assert.Equivalent(earlier, _store.Snapshot(written.Id), strict: true);
            var (recovered, _) = await _store.Load(written.Id);
            Assert.Equivalent(earlier, recovered.Snapshot, strict: true);
            Assert.Equal(written.Version, recovered.Events[^1].Version);
            Assert.Equal(written.WriteState(), (await _pen.Load(_store, "a")).WriteState());
        }
    }

    [SkippableFact]
    public void Parts_of_one_state_fit_together_however_they_were_cut()
    {
        var written = _pen.Begin(_store, "a", new CounterCommand.Add("1", 1));
        var snapshot = Taken(written, "2");
        foreach (var part in Parts(snapshot, 11)[..2]) Commit(part);
        foreach (var part in Parts(snapshot, 4)) Commit(part);
        Assert.Equivalent(snapshot, _store.Snapshot(written.Id), strict: true);
        foreach (var part in Parts(snapshot, 5)) Commit(part);
        Assert.Equivalent(snapshot, _store.Snapshot(written.Id), strict: true);
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void Parts_of_a_state_that_was_written_down_otherwise_are_not_mixed_in(bool theyAreLast)
    {
        var written = _pen.Begin(_store, "a", new CounterCommand.Add("1", 1));
        var snapshot = Taken(written, "2");
        // As by a build that orders the properties otherwise.
        var other = snapshot with { State = [.. snapshot.State.Reverse()] };
        foreach (var part in Parts(other, 7)[..^1]) Commit(part);
        foreach (var part in Parts(snapshot, 7)) Commit(part);
        Assert.Equivalent(snapshot, _store.Snapshot(written.Id), strict: true);
        if (theyAreLast) Commit(Parts(other, 7)[^1]);
        Assert.Equivalent(theyAreLast ? other : snapshot, _store.Snapshot(written.Id), strict: true);
    }

    [SkippableFact]
    public async Task What_the_journal_refused_leaves_no_part_that_counts()
    {
        var ahead = _pen.Begin(_store, "a");
        var behind = await _pen.Load(_store, "a");
        var snapshot = Taken(ahead, "2");
        CommitGroup group = new();
        group.Batches.Add(_pen.Write(behind, new CounterCommand.Add("of another", 5)));
        var refused = behind.TakeSnapshot()();
        group.SnapshotParts.AddRange(Parts(refused, 6).Select(p => (behind, p)));
        Assert.Equal(snapshot.Version, refused.Version);
        Assert.Equal([0], Pen.Commit(_store, group));
        Assert.Null(_store.Snapshot(ahead.Id));

        foreach (var part in Parts(refused, 6)) Commit(part);
        Assert.Null(_store.Snapshot(ahead.Id));
        foreach (var part in Parts(snapshot, 6)) Commit(part);
        Assert.Equivalent(snapshot, _store.Snapshot(ahead.Id), strict: true);
        foreach (var part in Parts(refused, 3)) Commit(part);
        Assert.Equivalent(snapshot, _store.Snapshot(ahead.Id), strict: true);
    }

    [SkippableTheory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void An_earlier_snapshot_that_comes_late_does_not_take_the_place_of_a_later_one(bool early, bool late)
    {
        var written = _pen.Begin(_store, "a", new CounterCommand.Add("1", 1));
        var (first, second) = (Taken(written, "2"), Taken(written, "3"));
        Commit(second, small: late);
        Assert.Equivalent(second, _store.Snapshot(written.Id), strict: true);
        Commit(first, small: early);
        Assert.Equivalent(second, _store.Snapshot(written.Id), strict: true);
    }

    [SkippableFact]
    public void A_new_entity_and_the_parts_of_its_state_may_be_one_commit()
    {
        var written = _pen.Fresh("a");
        CommitGroup group = new();
        group.Batches.Add(_pen.Write(written, new CounterCommand.Add("1", 1)));
        var snapshot = written.TakeSnapshot()();
        group.SnapshotParts.AddRange(Parts(snapshot, 5).Select(p => (written, p)));
        Assert.Empty(Pen.Commit(_store, group));
        Assert.Equivalent(snapshot, _store.Snapshot(written.Id), strict: true);
    }

    /// <summary>One event more, and a snapshot after it.</summary>
    CommitGroup With(Activation of, string id, bool small)
    {
        CommitGroup group = new();
        group.Batches.Add(_pen.Write(of, new CounterCommand.Add(id, 1)));
        if (small) group.Snapshots.Add((of, of.TakeSnapshot()()));
        return group;
    }

    /// <summary>The state after one event more, that is written.</summary>
    StoredSnapshot Taken(Activation of, string id)
    {
        Assert.Empty(Pen.Commit(_store, With(of, id, small: false)));
        return of.TakeSnapshot()();
    }

    static List<SnapshotPart> Parts(StoredSnapshot snapshot, int size) => LargeSnapshots.Cut(snapshot, size);

    /// <summary>One commit with the part, by somebody who has just loaded the entity.</summary>
    void Commit(SnapshotPart part)
    {
        CommitGroup group = new();
        group.SnapshotParts.Add((Loaded(part.Of), part));
        Pen.Commit(_store, group);
    }

    void Commit(StoredSnapshot snapshot, bool small)
    {
        if (small)
        {
            CommitGroup group = new();
            group.Snapshots.Add((Loaded(snapshot), snapshot));
            Pen.Commit(_store, group);
        }
        else
        {
            foreach (var part in Parts(snapshot, 8)) Commit(part);
        }
    }

    Activation Loaded(StoredSnapshot snapshot)
    {
        var owner = _pen.Fresh(snapshot.Entity.Name);
        owner.Row = _store.Entities(0, 10).Single(e => e.Entity == snapshot.Entity).Row;
        return owner;
    }
}
