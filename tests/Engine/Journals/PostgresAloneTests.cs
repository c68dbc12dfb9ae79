using Fulfillment.Engine;
using Npgsql;

namespace Fulfillment.Tests.Engine;

/// <summary>
/// The short way of the only writer: it is taken whenever it may be, and whatever it cannot tell apart the checked way
/// does.
/// </summary>
public sealed class PostgresAloneTests : IDisposable
{
    static readonly string[] Makers = ["one", "two", "alone", "checked", "later"];

    readonly PostgresPlace _place = new();
    readonly Pen _pen = new();
    readonly PostgresStore? _store;

    public PostgresAloneTests()
    {
        Skip.If(_place.Missing is not null, _place.Missing);
        _store = Alone();
        _store.Open();
    }

    PostgresStore Store => _store!;

    [SkippableFact]
    public async Task What_one_process_writes_needs_no_check()
    {
        ForbidChecks();
        var a = _pen.Begin(Store, "a");
        Assert.Empty(Pen.Commit(
            Store, Add(a, 2), _pen.Write(_pen.Fresh("b"), new CounterCommand.Remind("1", _pen.Now.AddHours(1))),
            Add(a, 3)));
        Assert.Empty(Pen.Commit(Store, Add(await _pen.Load(Store, "b"), 4), Add(_pen.Fresh("c"), 1)));

        Assert.Equal(["a", "a", "b", "a", "b", "c"], Names());
        Assert.Equal([1, 2, 3, 4, 5, 6], Store.Read(0, 10).Select(e => e.Position));
        Assert.Equal([3], Store.DeferredUntil(DateTimeOffset.MaxValue, 10).Select(d => d.Position));
        Assert.Equal(["a", "b", "c"], Store.Entities(0, 10).Select(e => e.Entity.Name));
    }

    [SkippableFact]
    public async Task Only_what_is_taken_is_refused_and_then_no_check_is_needed_again()
    {
        var ahead = _pen.Begin(Store, "a");
        var behind = await _pen.Load(Store, "a");
        Pen.Commit(Store, Add(ahead, 2));
        CommitGroup group = new();
        group.Batches.AddRange([
            Add(_pen.Fresh("b"), 1),
            Add(behind, 50),
            Add(_pen.Fresh("a"), 50),
            _pen.Write(_pen.Fresh("c"), new CounterCommand.Remind("1", _pen.Now.AddHours(1))),
            Add(behind, 51),
            Add(ahead, 3),
        ]);
        group.Keys.Add(("somebody", [7]));
        group.Watermark = 2;

        Assert.Equal([1, 2, 4, 5], Pen.Commit(Store, group).Order());
        Assert.Equal(["a", "a", "b", "c"], Names());
        Assert.Equal([4], Store.DeferredUntil(DateTimeOffset.MaxValue, 10).Select(d => d.Position));
        Assert.Equal([7], await Store.Key("somebody"));
        ForbidChecks();
        Assert.Empty(Pen.Commit(Store, Add(group.Batches[0].Owner, 2), Add(_pen.Fresh("d"), 1)));
        Assert.Equal([1, 2, 3, 4, 5, 6], Store.Read(0, 10).Select(e => e.Position));
        Assert.Equal(["a", "b", "c", "d"], Store.Entities(0, 10).Select(e => e.Entity.Name));
    }

    [SkippableFact]
    public async Task Of_two_activations_of_an_entity_in_one_group_the_first_is_written()
    {
        _pen.Begin(Store, "a");
        var (first, second) = (await _pen.Load(Store, "a"), await _pen.Load(Store, "a"));
        Assert.Equal([1], Pen.Commit(Store, Add(first, 2), Add(second, 50), Add(_pen.Fresh("b"), 1)));
        Assert.Equal([0], Pen.Commit(Store, Add(second, 51)));
        Assert.Equal(["a", "a", "b"], Names());
        Assert.Equal(2, _pen.Replay(Store, "a").Version);
    }

    [SkippableFact]
    public async Task Nothing_is_written_after_an_event_that_the_server_has_lost()
    {
        var (lost, old) = (_pen.Begin(Store, "a"), _pen.Begin(Store, "b"));
        Pen.Commit(Store, Add(lost, 2));
        // What is left when a stand-in takes over that was not told of the last commit.
        Run("delete from fulfillment.events where position = 3; update fulfillment.head set position = 2");
        Terminate();
        Assert.ThrowsAny<CommitException>(() => Pen.Commit(Store, Add(_pen.Fresh("c"), 1)));
        Assert.Equal(2, Store.SettledHead());
        Pen.Commit(Store, Add(_pen.Fresh("d"), 1));

        Assert.Equal([0], Pen.Commit(Store, Add(lost, 3), Add(old, 2), Add(_pen.Fresh("e"), 1)));
        Assert.Equal(["a", "b", "d", "b", "e"], Names());
        Assert.Equal([1, 2, 3, 4, 5], Store.Read(0, 10).Select(e => e.Position));
        Assert.Empty(Pen.Commit(Store, Add(await _pen.Load(Store, "a"), 2)));
    }

    [SkippableFact]
    public void A_head_that_is_elsewhere_is_found()
    {
        var a = _pen.Begin(Store, "a");
        Run("update fulfillment.head set position = 40");
        Assert.Empty(Pen.Commit(Store, Add(a, 2)));
        ForbidChecks();
        Assert.Empty(Pen.Commit(Store, Add(a, 3)));
        Assert.Equal([1, 41, 42], Store.Read(0, 10).Select(e => e.Position));
    }

    [SkippableFact]
    public void A_writer_that_was_taken_over_is_refused()
    {
        var a = _pen.Begin(Store, "a");
        var told = 0;
        Store.Deposed = () => told++;
        Run("delete from fulfillment.outbox");
        Assert.True(Assert.Throws<CommitException>(() => Pen.Commit(Store, Add(a, 2))).Known);
        Assert.Equal(1, told);
        Assert.Equal(1, Store.SettledHead());
        Assert.Single(Store.Read(0, 10));
    }

    [SkippableFact]
    public async Task Entities_have_numbers_of_their_own_whoever_made_them()
    {
        _pen.Begin(Store, "a");
        Store.Dispose();
        for (var round = 0; round < 3; round++)
        {
            using (var one = Shared())
            using (var two = Shared())
            {
                _pen.Begin(one, $"one {round}");
                _pen.Begin(two, $"two {round}");
                Assert.Empty(Pen.Commit(one, Add(await _pen.Load(one, "a"), 5 + round)));
            }

            using var alone = Alone();
            alone.Open();
            _pen.Begin(alone, $"alone {round}");
            // A group that has to be checked has the sequence number its entity.
            Assert.Equal([0], Pen.Commit(alone, Add(_pen.Fresh("a"), 1), Add(_pen.Fresh($"checked {round}"), 1)));
            _pen.Begin(alone, $"later {round}");
        }

        using var last = Alone();
        last.Open();
        var entities = last.Entities(0, 100);
        Assert.Equal(
            ["a", .. from round in Enumerable.Range(0, 3) from who in Makers select $"{who} {round}"],
            entities.Select(e => e.Entity.Name));
        foreach (var (entity, row) in entities) Assert.Equal(row, (await _pen.Load(last, entity.Name)).Row);
    }

    [SkippableFact]
    public void More_new_entities_than_a_range_has_fit_into_one_group()
    {
        ForbidChecks();
        for (var round = 0; round < 3; round++)
        {
            CommitGroup group = new();
            for (var i = 0; i < 7_000; i++) group.Batches.Add(Add(_pen.Fresh($"{round} {i}"), 1));
            Assert.Empty(Pen.Commit(Store, group));
        }

        CommitGroup most = new();
        for (var i = 0; i < 10_500; i++) most.Batches.Add(Add(_pen.Fresh($"most {i}"), 1));
        Assert.Empty(Pen.Commit(Store, most));
        Assert.Equal(31_500, Store.Entities(0, 50_000).Select(e => e.Row).Distinct().Count());
        Assert.Equal(31_500, Store.SettledHead());
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task After_a_commit_of_which_nobody_knows_the_journal_is_looked_at(bool others)
    {
        var (a, b) = (_pen.Begin(Store, "a"), _pen.Begin(Store, "b"));
        Assert.False((await Lose(Add(a, 2), Add(_pen.Fresh("c"), 1))).Known);
        // Where it is this process's own commit that was made after all, the journal looks the same.
        if (others)
        {
            using var other = Shared();
            Assert.Empty(Pen.Commit(other, Add(await _pen.Load(other, "a"), 2), Add(_pen.Fresh("c"), 1)));
        }

        Assert.Equal(others ? 4 : 2, Store.SettledHead());
        Assert.Equal(
            others ? [1] : [], Pen.Commit(Store, Add(b, 2), Add(_pen.Fresh("c"), 1), Add(_pen.Fresh("d"), 1)));
        Assert.Equal(others ? ["a", "b", "a", "c", "b", "d"] : ["a", "b", "b", "c", "d"], Names());
        ForbidChecks();
        Assert.Empty(Pen.Commit(Store, Add(b, 3), Add(await _pen.Load(Store, "a"), 3), Add(_pen.Fresh("e"), 1)));
        Assert.Equal(
            Enumerable.Range(1, others ? 9 : 8).Select(i => (long)i), Store.Read(0, 20).Select(e => e.Position));
    }

    public void Dispose()
    {
        _pen.Dispose();
        _store?.Dispose();
        _place.Dispose();
    }

    Batch Add(Activation activation, int id) => _pen.Write(activation, new CounterCommand.Add($"{id}", 1));

    IEnumerable<string> Names() => Store.Read(0, 100).Select(e => e.Entity.Name);

    PostgresStore Alone() => (PostgresStore)_place.Connect();

    PostgresStore Shared()
    {
        var store = (PostgresStore)_place.Share();
        store.Open();
        return store;
    }

    /// <summary>The checked way fails from now on.</summary>
    void ForbidChecks() => Run("drop function fulfillment.append");

    /// <summary>The server ends the connection while the commit is at it.</summary>
    async Task<CommitException> Lose(params Batch[] batches)
    {
        using NpgsqlConnection connection = new(_place.Connection + ";Pooling=false");
        connection.Open();
        using var holding = connection.BeginTransaction();
        Execute(connection, "select position from fulfillment.head for update");
        var committing = Task.Run(() => Assert.Throws<CommitException>(() => Pen.Commit(Store, batches)));
        while (!Equals(1L, Execute(connection, "select count(*) from pg_stat_activity "
            + "where datname = current_database() and wait_event_type = 'Lock'")))
        {
            await Task.Delay(10);
            // Activity is what it was at the first look of a transaction, unless one asks anew.
            Execute(connection, "select pg_stat_clear_snapshot()");
        }

        Terminate(connection);
        return await committing;
    }

    /// <summary>Ends every connection to the database but its own.</summary>
    void Terminate()
    {
        using NpgsqlConnection connection = new(_place.Connection + ";Pooling=false");
        connection.Open();
        Terminate(connection);
    }

    static void Terminate(NpgsqlConnection connection) => Execute(
        connection,
        "select count(pg_terminate_backend(pid, 5000)) from pg_stat_activity "
        + "where datname = current_database() and pid <> pg_backend_pid()");

    void Run(string sql)
    {
        using NpgsqlConnection connection = new(_place.Connection + ";Pooling=false");
        connection.Open();
        Execute(connection, sql);
    }

    static object Execute(NpgsqlConnection connection, string sql)
    {
        using NpgsqlCommand command = new(sql, connection);
        return command.ExecuteScalar() ?? "";
    }
}
