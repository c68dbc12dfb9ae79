using Fulfillment.Composition;
using Fulfillment.Engine;
using Fulfillment.Tests.Support;
using Npgsql;

namespace Fulfillment.Tests.Engine;

/// <summary>What can be wrong with the database of a journal, and the way to it.</summary>
public sealed class PostgresServerTests : IDisposable
{
    readonly PostgresPlace _place = new();
    readonly Pen _pen = new();

    public PostgresServerTests() => Skip.If(_place.Missing is not null, _place.Missing);

    [SkippableFact]
    public void A_second_process_on_a_database_is_refused_and_may_come_when_the_first_is_gone()
    {
        using (var first = _place.Connect())
        {
            first.Open();
            _pen.Begin(first, "a");
            using var second = _place.Connect();
            var refused = Assert.Throws<StoreUnavailableException>(second.Open);
            Assert.Equal("Another process uses the journal in schema 'fulfillment' of this database.", refused.Message);
            Assert.Empty(Pen.Commit(first, _pen.Write(_pen.Fresh("b"), new CounterCommand.Add("1", 1))));
        }

        using var later = _place.Connect();
        Assert.Equal(2, later.Open().Position);
    }

    [SkippableFact]
    public void A_journal_of_a_newer_version_is_refused()
    {
        using (var store = _place.Connect()) store.Open();
        Execute("update fulfillment.settings set value = '4' where name = 'schema'");
        using var newer = _place.Connect();
        var refused = Assert.Throws<StoreUnavailableException>(newer.Open);
        Assert.Equal(
            "The database has journal schema 4; this version knows schemas up to 3. Use a newer version.",
            refused.Message);
    }

    [SkippableFact]
    public void A_server_that_does_not_answer_and_a_database_that_is_not_there_are_refused()
    {
        using PostgresStore nowhere = new("Host=127.0.0.1;Port=1;Username=test;Timeout=5");
        Assert.StartsWith(
            "The PostgreSQL database cannot be used: ", Assert.Throws<StoreUnavailableException>(nowhere.Open).Message,
            StringComparison.Ordinal);
        NpgsqlConnectionStringBuilder builder = new(_place.Connection) { Database = "not_there" };
        using PostgresStore missing = new(builder.ConnectionString);
        Assert.Contains("not_there", Assert.Throws<StoreUnavailableException>(missing.Open).Message);
    }

    [SkippableFact]
    public void An_unreadable_connection_string_is_refused()
    {
        using TempFolder folder = new();
        var refused = Assert.Throws<StoreUnavailableException>(
            () => EmbeddedServer.Open(
                new(folder.Path, "not a connection string"), new EngineOptions(), TimeProvider.System));
        Assert.Contains("connection string", refused.Message);
    }

    [SkippableFact]
    public async Task When_the_connections_break_callers_are_told_and_work_goes_on()
    {
        await using Host host = new(_place.Connect());
        await host.Ask("a", new CounterCommand.Add("1", 1));
        for (var round = 0; round < 5; round++)
        {
            Terminate();
            var fault = await Record.ExceptionAsync(() => host.Ask("a", new CounterCommand.Add($"lost {round}", 1)));
            Assert.IsType<ClusterException>(fault);
            AddReply? reply = null;
            for (var i = 0; reply is null; i++)
            {
                Assert.True(i < 20, "it never went on");
                reply = await Try(host.Ask("a", new CounterCommand.Add($"lost {round}", 1)));
            }

            Assert.Equal(round + 2, reply.Value);
        }

        Assert.Equal(6, host.Facts.Count);
    }

    [SkippableFact]
    public async Task When_the_connections_broke_while_nothing_was_done_work_goes_on()
    {
        await using Host host = new(new PostgresStore(_place.Connection + ";Keepalive=1"));
        await host.Ask("a", new CounterCommand.Add("1", 1));
        Terminate();
        // The driver finds out by a keep-alive, which nobody sees from outside: only time tells that it has.
        await Task.Delay(TimeSpan.FromSeconds(3));
        foreach (var counter in new[] { "a", "b" })
        {
            AddReply? reply = null;
            for (var i = 0; reply is null; i++)
            {
                Assert.True(i < 20, "it never went on");
                reply = await Try(host.Ask(counter, new CounterCommand.Add("2", 1)));
            }
        }

        Assert.Equal((2L, 1L), (await host.Value("a"), await host.Value("b")));
    }

    [SkippableFact]
    public async Task A_thousand_loads_at_once_are_answered_each_with_its_own()
    {
        using var store = _place.Connect();
        store.Open();
        CommitGroup group = new();
        for (var i = 0; i < 500; i++)
            group.Batches.Add(_pen.Write(_pen.Fresh($"c{i}"), new CounterCommand.Add("1", i)));
        group.Keys.AddRange(Enumerable.Range(0, 500).Select(i => ($"s{i}", new[] { (byte)i })));
        Pen.Commit(store, group);

        var loads = Enumerable.Range(0, 1_000).Select(i => store.Load(Counter.Id($"c{i}")).AsTask()).ToList();
        var keys = Enumerable.Range(0, 1_000).Select(i => store.Key($"s{i}").AsTask()).ToList();
        for (var i = 0; i < 1_000; i++)
        {
            var (recovered, _) = await loads[i];
            Assert.Equal(i < 500 ? [Counter.Id($"c{i}")] : [], recovered.Events.Select(e => e.Entity));
            Assert.Equal(i < 500 ? [(byte)i] : null, await keys[i]);
        }
    }

    public void Dispose()
    {
        _pen.Dispose();
        _place.Dispose();
    }

    static async Task<AddReply?> Try(Task<AddReply> asked)
    {
        try
        {
            return await asked;
        }
        catch (ClusterException)
        {
            return null;
        }
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void Parts_of_older_snapshots_go_as_those_of_later_ones_come(bool end)
    {
        using var store = _place.Connect();
        store.Open();
        var written = LargeSnapshots.Write(_pen, [store], 10, end);
        var count = "select count(*) from fulfillment.snapshot_parts";
        Assert.InRange(Number(count), 1, 2 * LargeSnapshots.Parts);
        CommitGroup group = new();
        group.Batches.Add(_pen.Write(written, new CounterCommand.Add("last", 1)));
        group.Snapshots.Add((written, written.TakeSnapshot()()));
        Pen.Commit(store, group);
        Assert.Equal(0, Number(count));
    }

    [SkippableFact]
    public async Task Two_that_write_the_same_large_snapshot_part_by_part_write_one_that_is_whole()
    {
        using IJournalStore first = _place.Share(), second = _place.Share();
        first.Open();
        second.Open();
        var written = LargeSnapshots.Write(_pen, [first, second, first], 5);
        Assert.Equal(written.WriteState(), second.Snapshot(written.Id)!.State);
        Assert.Equal(written.WriteState(), (await second.Load(written.Id)).Recovered.Snapshot!.State);
    }

    [SkippableFact]
    public async Task What_cannot_be_read_is_an_error_for_who_asks_and_not_for_the_others()
    {
        using var store = _place.Connect();
        store.Open();
        string[] names = ["damaged", "b", "c", "d"];
        bool[] read = [false, true, true, true];
        foreach (var name in names) _pen.Begin(store, name);
        Execute("alter table fulfillment.events alter column hash drop not null");
        Execute("update fulfillment.events set hash = null where position = 1");
        for (var i = 0; i < 20; i++)
        {
            var loads = names.Select(n => store.Load(Counter.Id(n)).AsTask()).ToList();
            await Assert.ThrowsAnyAsync<InvalidCastException>(() => Task.WhenAll(loads));
            Assert.Equal(read, loads.Select(l => l.IsCompletedSuccessfully));
        }
    }

    [SkippableFact]
    public async Task An_entity_of_many_events_is_loaded_from_its_snapshot_without_looking_through_them_all()
    {
        using var store = _place.Connect();
        store.Open();
        _pen.Begin(store, "hot");
        for (var i = 0; i < 20; i++) _pen.Begin(store, $"of one {i}");
        Execute(
            """
            set search_path = fulfillment;
            insert into entities(kind, key) select 'counter', 'default/other ' || i from generate_series(1, 20000) i;
            insert into events(position, entity, version, type, at, actor, cause, hash, payload)
                select 1000 + i, entity, i, type, at, actor, cause, hash, payload
                from events, generate_series(2, 150000) i where position = 1;
            insert into events(position, entity, version, type, at, actor, cause, hash, payload)
                select 1000000 + id * 4 + i, id, i, e.type, e.at, e.actor, e.cause, e.hash, e.payload
                from events e, entities n, generate_series(1, 4) i
                where e.position = 1 and n.key like 'default/other %';
            insert into snapshots select entity, 100000, 1, hash, 'small' from events where position = 1;
            insert into large_snapshots select entity, 149990, 1, hash, 5, 'd' from events where position = 1;
            insert into snapshot_parts select entity, version, digest, 0, 'large' from large_snapshots;
            analyze;
            """);
        for (var i = 0; i < 10; i++)
        {
            var (recovered, _) = await store.Load(Counter.Id("hot"));
            Assert.Equal("large"u8.ToArray(), recovered.Snapshot!.State);
            Assert.Equal(10, recovered.Events.Count);
        }

        var looked = "select idx_tup_fetch + seq_tup_read from pg_stat_user_tables where relname = 'events'";
        var before = Number(looked);
        for (var i = 0; i < 10; i++) await store.Load(Counter.Id("hot"));
        store.Dispose();
        Assert.InRange(Number(looked) - before, 0, 100_000);
    }

    /// <summary>Ends every connection to the database but its own, as a restart of the server would.</summary>
    void Terminate() => Execute(
        "select pg_terminate_backend(pid) from pg_stat_activity "
        + "where datname = current_database() and pid <> pg_backend_pid()");

    long Number(string sql)
    {
        using NpgsqlConnection connection = new(_place.Connection + ";Pooling=false");
        connection.Open();
        using NpgsqlCommand command = new(sql, connection);
        return (long)command.ExecuteScalar()!;
    }

    void Execute(string sql)
    {
        using NpgsqlConnection connection = new(_place.Connection + ";Pooling=false");
        connection.Open();
        using NpgsqlCommand command = new(sql, connection);
        command.ExecuteNonQuery();
    }
}
