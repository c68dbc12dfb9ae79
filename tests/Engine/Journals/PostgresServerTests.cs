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
        Execute("update fulfillment.settings set value = '5' where name = 'schema'");
        using var newer = _place.Connect();
        var refused = Assert.Throws<StoreUnavailableException>(newer.Open);
        Assert.Equal(
            "The database has journal schema 5; this version knows schemas up to 4. Use a newer version.",
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

    /// <summary>Ends every connection to the database but its own, as a restart of the server would.</summary>
    void Terminate() => Execute(
        "select pg_terminate_backend(pid) from pg_stat_activity "
        + "where datname = current_database() and pid <> pg_backend_pid()");

    void Execute(string sql)
    {
        using NpgsqlConnection connection = new(_place.Connection + ";Pooling=false");
        connection.Open();
        using NpgsqlCommand command = new(sql, connection);
        command.ExecuteNonQuery();
    }
}
