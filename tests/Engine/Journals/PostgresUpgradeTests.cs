using Fulfillment.Engine;
using Npgsql;

namespace Fulfillment.Tests.Engine;

/// <summary>A journal that an earlier version made is brought up to date, and goes on.</summary>
public sealed class PostgresUpgradeTests : IDisposable
{
    readonly PostgresPlace _place = new();
    readonly Pen _pen = new();

    public PostgresUpgradeTests() => Skip.If(_place.Missing is not null, _place.Missing);

    [SkippableTheory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task It_has_what_it_had_and_takes_more(int schema)
    {
        string[] names = ["b", "A", "ä", "a", "B"];
        using (var connection = Old(schema))
        {
            for (var i = 0; i < names.Length; i++) Insert(connection, i + 1, names[i]);
            Run(connection, $"update head set position = {names.Length}");
            Run(connection, "insert into outbox(writer, watermark) values (1, 3)");
            foreach (var name in names) Run(connection, $"insert into subjects values('{name}', 'key')");
        }

        using (var store = _place.Connect())
        {
            Assert.Equal(new(5, 3), store.Open());
            Assert.Equal(names, store.Entities(0, 10).Select(e => e.Entity.Name));
            Assert.Equal(["A", "B", "a", "b", "ä"], store.Subjects("", 10));
            Assert.Equal(["a", "b"], store.Subjects("B", 2));
            Assert.Equal("key"u8.ToArray(), await store.Key("ä"));
            Assert.Equal([1], Pen.Commit(store, Add(await _pen.Load(store, "A"), 2), Add(_pen.Fresh("B"), 9),
                Add(await _pen.Load(store, "ä"), 2), Add(_pen.Fresh("C"), 1)));
            Assert.Empty(Pen.Commit(store, Add(_pen.Fresh("D"), 1)));
        }

        using var shared = (PostgresStore)_place.Share();
        Assert.Equal(9, shared.Open().Position);
        Assert.Empty(Pen.Commit(shared, Add(await _pen.Load(shared, "D"), 2), Add(_pen.Fresh("E"), 1)));
        Assert.Equal(
            [.. names, "A", "ä", "C", "D", "D", "E"], shared.Read(0, 20).Select(e => e.Entity.Name));
    }

    [SkippableTheory]
    [InlineData(2)]
    [InlineData(3)]
    public async Task It_can_be_read_as_it_is(int schema)
    {
        using (var connection = Old(schema))
        {
            Insert(connection, 1, "a");
            Run(connection, "update head set position = 1");
            Run(
                connection,
                "insert into snapshots(entity, version, format, hash, state) "
                + "select entity, version, 1, hash, 'state' from events");
        }

        using var store = _place.Connect();
        Assert.Equal(1, store.OpenToRead());
        var snapshot = store.Snapshot(Counter.Id("a"))!;
        Assert.Equal("state"u8.ToArray(), snapshot.State);
        Assert.Equivalent(snapshot, (await store.Load(Counter.Id("a"))).Recovered.Snapshot, strict: true);
    }

    [SkippableFact]
    public void Its_tables_are_those_of_a_new_one()
    {
        Old(2).Dispose();
        using (var store = _place.Connect()) store.Open();
        using PostgresPlace other = new();
        using (var store = other.Connect()) store.Open();
        Assert.Equal(Shape(other), Shape(_place));
    }

    public void Dispose()
    {
        _pen.Dispose();
        _place.Dispose();
    }

    Batch Add(Activation activation, int id) => _pen.Write(activation, new CounterCommand.Add($"{id}", 1));

    /// <summary>The journal as that schema had it, empty.</summary>
    NpgsqlConnection Old(int schema)
    {
        NpgsqlConnection connection = new(_place.Connection + ";Pooling=false;Search Path=fulfillment");
        connection.Open();
        if (schema == 3)
        {
            using (var store = _place.Connect()) store.Open();
            Run(
                connection,
                """
                drop table snapshot_parts;
                drop table large_snapshots;
                delete from outbox;
                """);
            return connection;
        }

        Run(connection, "create schema fulfillment");
        Run(connection, File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Frozen", "journal-postgres-2.sql")));
        if (schema == 2) return connection;
        Run(
            connection,
            """
            drop index deferred_due;
            alter table events drop column writer;
            alter table deferred drop column writer;
            create index deferred_due on deferred(due, position, idx);
            alter table outbox drop column owner;
            drop sequence writers;
            drop function fence;
            drop function take_over;
            update settings set value = '1' where name = 'schema';
            """);
        return connection;
    }

    void Insert(NpgsqlConnection connection, long position, string name)
    {
        var activation = _pen.Fresh(name);
        var entry = Add(activation, 1).Entries.Single();
        using NpgsqlCommand insert = new(
            "with n as (insert into entities(kind, key) values ($1, $2) returning id) "
            + "insert into events(position, entity, version, type, at, actor, cause, hash, payload, sends) "
            + "select $3, id, 1, $4, $5, $6, $7, $8, $9, null from n", connection);
        object[] arguments =
        [
            activation.Id.Kind, activation.Id.Key, position, entry.Type, entry.At.ToUnixTimeMilliseconds(),
            entry.Origin.Actor, entry.Origin.Cause, entry.Hash, entry.Payload,
        ];
        foreach (var argument in arguments) insert.Parameters.Add(new() { Value = argument });
        insert.ExecuteNonQuery();
    }

    /// <summary>Columns, keys and functions, in words.</summary>
    static List<string> Shape(PostgresPlace place)
    {
        using NpgsqlConnection connection = new(place.Connection + ";Pooling=false");
        connection.Open();
        using NpgsqlCommand command = new(
            """
            select concat_ws(' ', table_name, column_name, data_type, is_nullable, collation_name)
            from information_schema.columns where table_schema = 'fulfillment'
            union all
            select indexdef from pg_indexes where schemaname = 'fulfillment'
            union all
            select pg_get_functiondef(oid) from pg_proc where pronamespace = 'fulfillment'::regnamespace
            order by 1
            """, connection);
        using var rows = command.ExecuteReader();
        List<string> found = [];
        while (rows.Read()) found.Add(rows.GetString(0));
        return found;
    }

    static void Run(NpgsqlConnection connection, string sql)
    {
        using NpgsqlCommand command = new(sql, connection);
        command.ExecuteNonQuery();
    }
}
