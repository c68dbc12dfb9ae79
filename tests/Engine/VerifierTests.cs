using Fulfillment.Composition;
using Fulfillment.Engine;
using Fulfillment.Inventory;
using Fulfillment.Ordering;
using Fulfillment.Tests.Support;
using Fulfillment.Warehousing;
using Microsoft.Data.Sqlite;

namespace Fulfillment.Tests.Engine;

/// <summary>A journal that is whole is found whole, and any damage is found where it is.</summary>
public sealed class VerifierTests : IDisposable
{
    readonly TempFolder _folder = new();

    DataPlace Place => new(_folder.Path);

    [Fact]
    public async Task A_whole_journal_is_whole_and_has_the_same_state_hash_each_time()
    {
        var events = await Live();

        var first = Verify();
        var second = Verify();

        Assert.Empty(first.Flaws);
        Assert.Equal(events, first.Events);
        Assert.Equal(events, first.Position);
        Assert.Equal(first.StateHash, second.StateHash);
    }

    [Fact]
    public async Task Another_history_has_another_state_hash()
    {
        await Live();
        var before = Verify();
        await using (var server = EmbeddedServer.Open(Place, new(), TimeProvider.System))
            await new Seat(server.Cluster, "default", new("test", "test")).Sku("A").Adjust("more", "N1", 1, "found");

        Assert.NotEqual(before.StateHash, Verify().StateHash);
    }

    [Theory]
    [InlineData("update events set payload = cast(replace(cast(payload as text), '10', '11') as blob)", "hash")]
    [InlineData("update events set payload = cast(cast(payload as text) || ' ' as blob)", "hash")]
    [InlineData("update events set actor = 'somebody'", "hash")]
    [InlineData("update events set cause = 'something'", "hash")]
    [InlineData("update events set at = at + 1", "hash")]
    [InlineData("update events set at = at - 86400000", "time")]
    [InlineData("update events set hash = zeroblob(32)", "hash")]
    [InlineData("update events set type = 'stock-adjusted'", "hash")]
    public async Task A_changed_event_is_found_where_it_is(string damage, string rule)
    {
        await Live();
        var receipt = Number("select position from events where type = 'stock-received'");
        Run($"{damage} where position = {receipt}");

        var flaw = Assert.Single(Verify().Flaws);

        Assert.Equal((rule, receipt, EntityId.Of("sku", "default", "A")), (flaw.Rule, flaw.Position, flaw.Entity));
    }

    [Fact]
    public async Task A_version_that_is_missing_is_found_at_the_event_after_it()
    {
        await Live();
        var reserved = Number("select min(position) from events where type = 'stock-reserved'");
        Run("update events set version = 99 where type = 'stock-received'");

        Assert.Equal([("version", reserved)], Verify().Flaws.Select(f => (f.Rule, f.Position)));
    }

    [Fact]
    public async Task A_removed_event_is_found_by_its_place()
    {
        await Live();
        var last = Number("select max(position) from events");
        var receipt = Number("select position from events where type = 'stock-received'");
        Run($"delete from events where position = {receipt}");

        var flaws = Verify().Flaws;

        Assert.Contains(flaws, f => f.Rule == "position" && f.Position == receipt);
        Assert.Contains(flaws, f => f.Rule == "version" && f.Entity == EntityId.Of("sku", "default", "A"));
        Assert.True(receipt < last);
    }

    [Fact]
    public async Task The_removed_last_event_of_an_entity_is_found_by_its_place()
    {
        await Live();
        var placed = Number("select max(position) from events where type = 'node-defined'");
        Run($"delete from events where position = {placed}");

        Assert.Equal([("position", placed)], Verify().Flaws.Select(f => (f.Rule, f.Position)));
    }

    [Fact]
    public async Task A_snapshot_that_is_not_what_the_events_say_is_found()
    {
        await Live();
        using (var store = new SqliteStore(Path.Combine(_folder.Path, "journal.db")))
        {
            store.Open();
            var kinds = Everything.Kinds((_, _, _) => throw new InvalidOperationException());
            var id = EntityId.Of("sku", "default", "A");
            var sku = kinds.Of(id).Open(id, kinds);
            var (recovered, row) = await store.Load(id);
            sku.Restore(recovered);
            sku.Row = row;
            CommitGroup group = new();
            group.Snapshots.Add((sku, sku.TakeSnapshot()()));
            store.Commit(group, []);
        }

        Assert.Equal((0, 1L), (Verify().Flaws.Count, Verify().Snapshots));
        Run("""
            update snapshots set state = cast(replace(cast(state as text), '"received":10', '"received":11') as blob)
            """);
        Assert.Equal(["snapshot"], Verify().Flaws.Select(f => f.Rule));
    }

    [Fact]
    public async Task Parts_of_whole_entities_see_together_what_a_run_sees_and_a_flaw_in_the_middle_stops_none()
    {
        await Live();
        var whole = Verify();
        Assert.True(whole.Entities > 2);
        var parts = InParts(events: 1);
        Assert.Equal(whole.Entities, parts.Count);
        Assert.All(parts, p => Assert.Equal((1, 0), (p.Entities, p.Flaws.Count)));
        Assert.Equal((whole.Events, whole.Snapshots), (parts.Sum(p => p.Events), parts.Sum(p => p.Snapshots)));
        Assert.Equal(whole.StateHash, Assert.Single(InParts(events: long.MaxValue)).StateHash);

        Run("update events set actor = 'somebody' where position = 3");
        var flaw = Assert.Single(InParts(events: 1).SelectMany(p => p.Flaws));
        Assert.Equal(("hash", 3), (flaw.Rule, flaw.Position));
    }

    [Fact]
    public async Task What_is_written_after_it_began_is_left_alone()
    {
        await Live();
        using var store = new SqliteStore(Path.Combine(_folder.Path, "journal.db"));
        var upTo = store.OpenToRead() - 2;

        var verified = new Audit(store, Everything.Kinds((_, _, _) => throw new InvalidOperationException())).Run(upTo);

        Assert.Empty(verified.Flaws);
        Assert.Equal(upTo, verified.Events);
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>A node, a SKU, an order that is allocated; how many events that made.</summary>
    async Task<long> Live()
    {
        await using var server = EmbeddedServer.Open(Place, new(), TimeProvider.System);
        Seat seat = new(server.Cluster, "default", new("test", "test"));
        await seat.Node("N1").Define(new("Node", NodeType.Warehouse, 1, "AT", "1010", null, null, null));
        await seat.Sku("A").Define(new("Article", null, false, null, [], []));
        await seat.Sku("A").Receive("r1", "N1", 10, "delivery");
        await seat.Order("o1").Place(new(
            "test", null, null, null, [new("1", "A", 2, null)], PaymentPolicy.None, AllocationPolicy.AllOrNothing));
        while ((await seat.Order("o1").Get())?.Status != OrderStatus.Allocated) await Task.Yield();
        return server.Cluster.Feed.Head;
    }

    List<Verified> InParts(long events)
    {
        using var store = EmbeddedServer.Store(Place);
        var upTo = store.OpenToRead();
        List<Verified> parts = [];
        for (long? row = 0; row is { } from;)
        {
            Verifier verifier = new(store, Everything.Kinds((_, _, _) => throw new InvalidOperationException()));
            (var seen, row) = verifier.RunPart(from, events, upTo);
            parts.Add(seen);
        }

        return parts;
    }

    Verified Verify()
    {
        using var store = EmbeddedServer.Store(Place);
        var upTo = store.OpenToRead();
        return new Audit(store, Everything.Kinds((_, _, _) => throw new InvalidOperationException())).Run(upTo);
    }

    SqliteConnection Connect()
    {
        SqliteConnection connection = new($"Data Source={Path.Combine(_folder.Path, "journal.db")};Pooling=False");
        connection.Open();
        return connection;
    }

    void Run(string sql)
    {
        using var connection = Connect();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        Assert.True(command.ExecuteNonQuery() > 0);
    }

    long Number(string sql)
    {
        using var connection = Connect();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }
}
