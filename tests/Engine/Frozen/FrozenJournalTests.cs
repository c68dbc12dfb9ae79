using System.Security.Cryptography;
using System.Text;
using Fulfillment.Composition;
using Fulfillment.Engine;
using Fulfillment.Ordering;
using Fulfillment.Tests.Support;

namespace Fulfillment.Tests.Engine;

/// <summary>
/// A journal that an old build wrote, and what was in it. Today's build must read every event of it, come to the same
/// states, and go on working with it. The journal is never written again; a change that breaks it needs an upgrade of
/// the old shapes instead. A state that gained a field on purpose needs a new list of states: delete the text file, and
/// run these tests with FULFILLMENT_ACCEPT_GOLDEN=1.
/// </summary>
public sealed class FrozenJournalTests
{
    const string Journal = "journal-1.db", States = "journal-1.txt";
    static readonly DateTimeOffset Begun = new(2026, 11, 27, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task It_is_written_once_when_accepted()
    {
        if (Environment.GetEnvironmentVariable("FULFILLMENT_ACCEPT_GOLDEN") != "1") return;
        var folder = Path.Combine(Fixtures.Repository(), "tests", "Engine", "Frozen");
        var journal = Path.Combine(folder, Journal);
        if (!File.Exists(journal))
        {
            using TempFolder written = new();
            var file = Path.Combine(written.Path, Journal);
            await using (Host host = new(new SqliteStore(file), new FakeTime(Begun), kinds: Story.Kinds()))
                await new Story(host).Happen();
            File.Copy(file, journal);
        }

        if (File.Exists(Path.Combine(folder, States))) return;
        using Copy copy = new(journal);
        await File.WriteAllTextAsync(Path.Combine(folder, States), copy.Describe());
    }

    [Fact]
    public async Task Every_event_is_read_and_every_state_is_what_it_was()
    {
        using Copy copy = new(Frozen(Journal));
        Assert.Equal(await File.ReadAllTextAsync(Frozen(States)), copy.Describe());
    }

    [Fact]
    public void It_has_every_type_of_event_that_there_was()
    {
        using Copy copy = new(Frozen(Journal));
        var types = copy.Store.Read(0, int.MaxValue).Select(e => e.Type).ToHashSet();
        Assert.Equal(32, types.Count);
        // Types that came later are not in it, and need a frozen journal of their own.
        var known = Story.Kinds().Entities.SelectMany(k => k.Events.Names).ToHashSet();
        Assert.Subset(known, types);
    }

    [Fact]
    public void It_is_whole()
    {
        using Copy copy = new(Frozen(Journal));
        var verified = new Audit(copy.Store, copy.Kinds).Run(copy.Store.SettledHead());
        Assert.Empty(verified.Flaws);
        // Two are in it, of an order and of a SKU; both are of older formats, which only their events stand for.
        Assert.Equal(0, verified.Snapshots);
    }

    [Fact]
    public async Task A_state_from_its_snapshot_is_the_state_of_its_events()
    {
        using Copy copy = new(Frozen(Journal));
        foreach (var (id, _) in copy.Store.Entities(0, 1_000))
        {
            var loaded = await copy.Kinds.Load(id, copy.Store);
            Assert.Equal(copy.Replay(id).WriteState(), loaded.WriteState());
            Assert.Null(loaded.Check());
        }
    }

    [Fact]
    public async Task It_can_be_read_as_it_is()
    {
        using TempFolder folder = new();
        var file = Path.Combine(folder.Path, Journal);
        File.Copy(Frozen(Journal), file);
        using SqliteStore store = new(file);
        var position = store.OpenToRead();
        var snapshots = 0;
        foreach (var (id, _) in store.Entities(0, 1_000))
        {
            Assert.Equivalent(store.Snapshot(id), (await store.Load(id)).Recovered.Snapshot, strict: true);
            if (store.Snapshot(id) is not null) snapshots++;
        }

        Assert.Equal(2, snapshots);
        Assert.Empty(new Audit(store, Story.Kinds()).Run(position).Flaws);
    }

    [Fact]
    public async Task Work_goes_on_where_it_ended()
    {
        using TempFolder folder = new();
        var file = Path.Combine(folder.Path, Journal);
        File.Copy(Frozen(Journal), file);
        await using Host host = new(new SqliteStore(file), new FakeTime(Begun.AddDays(16)), kinds: Story.Kinds());
        Seat seat = new(host.Cluster, "default", new("clerk", "a test"));
        var buyer = (await seat.Order("shipped").Get())!.Placed.Buyer!;
        Assert.Equal(Story.Buyer, Encoding.UTF8.GetString((await host.Cluster.Keyring.Open(buyer))!));

        var order = seat.Order("after");
        foreach (var fulfilment in (await order.Get())!.Fulfilments)
        {
            var number = fulfilment.Number;
            Assert.Equal(FulfilStatus.Done, (await order.Ship(new($"s{number}", number, [], null, null))).Status);
            Assert.Equal(FulfilStatus.Done, (await order.Deliver($"d{number}", number)).Status);
        }

        Assert.Equal(OrderStatus.Delivered, (await order.Get())!.Status);
        host.Time.Advance(TimeSpan.FromDays(15));
        await host.Time.RunUntil(host.Until<OrderEvent.OrderClosed>("after"));
        Assert.Equal(OrderStatus.Closed, (await order.Get())!.Status);
        Assert.Empty(new Audit(host.Store.Inner, host.Kinds).Run(host.Store.Inner.SettledHead()).Flaws);
    }

    static string Frozen(string name) => Path.Combine(AppContext.BaseDirectory, "Frozen", name);

    /// <summary>A copy of the journal, open.</summary>
    sealed class Copy : IDisposable
    {
        readonly TempFolder _folder = new();

        public Copy(string journal)
        {
            var file = Path.Combine(_folder.Path, Journal);
            File.Copy(journal, file);
            Store = new SqliteStore(file);
            Store.Open();
        }

        public SqliteStore Store { get; }

        public Kinds Kinds { get; } = Story.Kinds();

        public Activation Replay(EntityId id)
        {
            var activation = Kinds.Of(id).Open(id, Kinds);
            activation.Restore(new(null, Store.ReadEntity(id, 0, int.MaxValue)));
            return activation;
        }

        /// <summary>
        /// Every type of event with its count, and every entity with its version and a hash of its state.
        /// </summary>
        public string Describe()
        {
            StringBuilder text = new();
            var facts = Store.Read(0, int.MaxValue).Select(Kinds.Read).ToList();
            text.Append($"{facts.Count} events\n");
            foreach (var type in facts.GroupBy(f => f.Type).OrderBy(g => g.Key, StringComparer.Ordinal))
                text.Append($"{type.Key} {type.Count()}\n");
            foreach (var (id, _) in Store.Entities(0, 1_000).OrderBy(e => e.Entity.ToString(), StringComparer.Ordinal))
            {
                var entity = Replay(id);
                var hash = Convert.ToHexStringLower(SHA256.HashData(entity.WriteState()));
                text.Append($"{id} {entity.Version} {hash}\n");
            }

            return text.ToString();
        }

        public void Dispose()
        {
            Store.Dispose();
            _folder.Dispose();
        }
    }
}
