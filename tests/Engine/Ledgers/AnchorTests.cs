using System.Security.Cryptography;
using Fulfillment.Composition;
using Fulfillment.Engine;
using Fulfillment.Inventory;
using Fulfillment.Ordering;
using Fulfillment.Tests.Support;
using Fulfillment.Warehousing;
using Microsoft.Data.Sqlite;

namespace Fulfillment.Tests.Engine;

/// <summary>Whoever has a signed head finds every change of what was before it, and a tail that was cut off.</summary>
public sealed class AnchorTests : IDisposable
{
    readonly TempFolder _folder = new();

    DataPlace Place => new(_folder.Path);

    string Heads => Path.Combine(_folder.Path, "heads.jsonl");

    [Fact]
    public async Task A_journal_that_only_grew_is_what_its_heads_say()
    {
        await Live("a");
        Anchor();
        await Live("b");
        Anchor();

        Assert.Empty(Verify().Flaws);
        Assert.Equal(2, Anchors.Read(Heads).Count);
    }

    /// <summary>Every column of a stored event, one bit or one step of it.</summary>
    [Theory]
    [InlineData("payload = cast(replace(cast(payload as text), '10', '11') as blob)", "hash")]
    [InlineData("type = 'stock-adjusted'", "hash")]
    [InlineData("at = at + 1", "hash")]
    [InlineData("actor = 'tesT'", "hash")]
    [InlineData("cause = 'Test'", "hash")]
    [InlineData("hash = cast(x'00' || substr(hash, 2) as blob)", "hash")]
    [InlineData("version = version + 90", "version")]
    [InlineData("entity = (select id from entities where kind = 'node'), version = 2", "hash")]
    [InlineData("position = position + 90", "position")]
    [InlineData("sends = cast('[]' as blob)", "sends")]
    public async Task A_change_of_any_field_of_an_event_is_found_and_named(string change, string rule)
    {
        var inHash = change.StartsWith("hash", StringComparison.Ordinal)
            || change.StartsWith("entity", StringComparison.Ordinal);
        await Live("a");
        Anchor();
        await Live("b");
        Anchor();
        var receipt = Number("select max(position) from events where type = 'stock-received'");
        Run($"update events set {change} where position = {receipt}");

        var flaws = Verify().Flaws;

        Assert.Contains(flaws, f => f.Rule == rule && (f.Position == receipt || rule == "version"));
        // Content that its hash does not fit leaves the tree, which is over the hashes, as it is.
        Assert.Equal(rule == "hash" && !inHash ? [] : [Anchors.Read(Heads)[0].Position + 1],
            flaws.Where(f => f.Rule == "rewritten").Select(f => f.Position));
    }

    [Fact]
    public async Task Two_events_that_changed_places_are_found_between_two_heads()
    {
        await Live("a");
        Anchor();
        await Live("b");
        Anchor();
        // Whoever changes the order of two entities' events leaves every chain whole.
        var node = Number("select position from events where type = 'node-defined' order by position desc limit 1");
        Run($"update events set position = -1 where position = {node}");
        Run($"update events set position = {node} where position = {node + 1}");
        Run($"update events set position = {node + 1} where position = -1");

        var flaw = Assert.Single(Verify().Flaws);

        Assert.Equal(("rewritten", Anchors.Read(Heads)[0].Position + 1), (flaw.Rule, flaw.Position));
    }

    [Fact]
    public async Task A_chain_that_was_made_anew_after_a_change_is_found()
    {
        await Live("a");
        Anchor();
        Run("update events set actor = 'nobody'");
        Rechain();

        Assert.Empty(Verify(anchored: false).Flaws);
        Assert.Equal(("rewritten", 1), Assert.Single(
            Verify().Flaws.Select(f => (f.Rule, f.Position)), f => f.Rule == "rewritten"));
    }

    [Fact]
    public async Task A_tail_that_was_cut_off_is_found_although_what_is_left_is_whole()
    {
        await Live("a");
        Anchor();
        var last = Number("select max(position) from events");
        Run($"delete from events where position > {last - 2}");
        Run("delete from snapshots");

        Assert.DoesNotContain(Verify(anchored: false).Flaws, f => f.Rule != "agreement");
        var flaw = Assert.Single(Verify().Flaws);
        Assert.Equal(("cut", last - 1), (flaw.Rule, flaw.Position));
        Assert.Contains($"it had {last}", flaw.What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_head_that_another_key_signed_is_not_believed()
    {
        await Live("a");
        Anchor();
        using (var mine = LedgerKey.At(Place))
            Assert.Matches("^[0-9a-f]{16}$", mine.Id);
        var head = Anchors.Read(Heads)[0];
        File.WriteAllText(Heads, "");
        Anchors.Append(Heads, head with { Time = "2020-01-01T00:00:00.000Z" });

        Assert.Equal("signature", Assert.Single(Verify().Flaws).Rule);
    }

    [Fact]
    public void The_key_is_made_once_and_only_its_owner_reads_it()
    {
        using var first = LedgerKey.At(Place);
        using var again = LedgerKey.At(Place);
        Assert.Equal(first.Id, again.Id);
        var path = Path.Combine(_folder.Path, LedgerKey.FileName);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        using var shown = LedgerKey.ReadPublic(Path.Combine(_folder.Path, LedgerKey.PublicFileName));
        Assert.Equal(first.Id, LedgerKey.IdOf(shown));
        Assert.Equal([LedgerKey.FileName, LedgerKey.PublicFileName],
            Directory.GetFiles(_folder.Path).Select(Path.GetFileName).Order());
        Assert.Throws<StoreUnavailableException>(
            () => LedgerKey.Read(Path.Combine(_folder.Path, LedgerKey.PublicFileName)));
    }

    [Theory]
    [InlineData("oops")]
    [InlineData("{}")]
    [InlineData("null")]
    public void A_file_that_has_no_heads_is_refused_with_the_line(string line)
    {
        File.WriteAllText(Heads, "\n" + line + "\n");
        var refused = Assert.Throws<StoreUnavailableException>(() => Anchors.Read(Heads));
        Assert.Contains("line", refused.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    async Task Live(string name)
    {
        await using var server = EmbeddedServer.Open(Place, new(), TimeProvider.System);
        Seat seat = new(server.Cluster, "default", new("test", "test"));
        await seat.Node($"N{name}").Define(new("Node", NodeType.Warehouse, 1, "AT", "1010", null, null, null));
        await seat.Sku(name).Define(new("Article", null, false, null, [], []));
        await seat.Sku(name).Receive("r1", $"N{name}", 10, "delivery");
        await seat.Order($"o-{name}").Place(new(
            "test", null, null, null, [new("1", name, 2, null)], PaymentPolicy.None, AllocationPolicy.AllOrNothing));
        while ((await seat.Order($"o-{name}").Get())?.Status != OrderStatus.Allocated) await Task.Yield();
    }

    void Anchor()
    {
        using var store = EmbeddedServer.Store(Place);
        var upTo = store.OpenToRead();
        using var key = LedgerKey.At(Place);
        Ledger ledger = new(store);
        Assert.True(ledger.Advance(upTo));
        Anchors.Append(Heads, key.Sign(ledger.Now, DateTimeOffset.UnixEpoch));
    }

    Verified Verify(bool anchored = true)
    {
        using var store = EmbeddedServer.Store(Place);
        var upTo = store.OpenToRead();
        using ECDsa key = LedgerKey.ReadPublic(Path.Combine(_folder.Path, LedgerKey.PublicFileName));
        return new Audit(store, Everything.Kinds((_, _, _) => throw new InvalidOperationException()))
        {
            Heads = anchored ? Anchors.Read(Heads) : [],
            Signer = key,
        }.Run(upTo);
    }

    /// <summary>What a forger does: every hash is made anew.</summary>
    void Rechain()
    {
        using Encoder encoder = new();
        using var connection = Connect();
        List<(long Row, StoredEvent Event)> events;
        using (var store = EmbeddedServer.Store(Place))
        {
            store.OpenToRead();
            events = [.. store.ReadByEntity(0, 0, 10_000)];
        }

        byte[] head = [];
        foreach (var (_, e) in events)
        {
            head = encoder.Hash(e.Version == 1 ? [] : head, e.Entity, e.Version, e.Type, e.At, e.Origin, e.Payload);
            using var command = connection.CreateCommand();
            command.CommandText = $"update events set hash = $hash where position = {e.Position}";
            command.Parameters.AddWithValue("$hash", head);
            Assert.Equal(1, command.ExecuteNonQuery());
        }

        Run("delete from snapshots");
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
        var changed = command.ExecuteNonQuery();
        Assert.True(changed > 0 || sql.StartsWith("delete from snapshots", StringComparison.Ordinal));
    }

    long Number(string sql)
    {
        using var connection = Connect();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }
}
