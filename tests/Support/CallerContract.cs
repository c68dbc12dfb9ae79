using Fulfillment.Composition;
using Fulfillment.Engine;
using Fulfillment.Inventory;
using Fulfillment.Ordering;
using Fulfillment.Tests.Support;
using Fulfillment.Warehousing;

namespace Fulfillment.Tests.Silo;

/// <summary>What every caller may rely on, whoever hosts the entities.</summary>
public abstract class CallerContract
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>The entities.</summary>
    protected abstract ICluster Cluster { get; }

    Seat Seat => new(Cluster, "default", new("tester", "a test"));

    [SkippableFact]
    public async Task An_order_goes_from_its_taking_in_to_the_door()
    {
        await Stock("a", 5);
        var placed = await Place("a-1", ("a", 3));
        Assert.Equal(PlaceStatus.Placed, placed.Status);
        var accepted = await Seat.Order("a-1").Outcome().AsTask().WaitAsync(Patience);
        Assert.Contains(accepted!.Status, (OrderStatus[])[OrderStatus.Accepted, OrderStatus.Allocated]);
        Assert.Equal(2, (await Seat.Sku("a").Stock()).Available);

        await Until("a-1", o => o.Status == OrderStatus.Allocated);
        await Seat.Order("a-1").Ship(new("s-1", 1, [], "UPS", "1Z"));
        await Seat.Order("a-1").Deliver("d-1", 1);
        var delivered = await Until("a-1", o => o.Status == OrderStatus.Delivered);
        Assert.Equal(3, delivered.Lines.Single().Delivered);
        await Eventually(async () => (await Seat.Sku("a").Stock()).OnHand == 2);
    }

    [SkippableFact]
    public async Task A_repeat_gets_the_same_answer_and_other_content_is_refused()
    {
        await Stock("b", 10);
        Assert.Equal(PlaceStatus.Placed, (await Place("b-1", ("b", 1))).Status);
        Assert.Equal(PlaceStatus.AlreadyPlaced, (await Place("b-1", ("b", 1))).Status);
        Assert.Equal(PlaceStatus.DifferentContent, (await Place("b-1", ("b", 2))).Status);
        await Until("b-1", o => o.Status == OrderStatus.Allocated);
        Assert.Equal(9, (await Seat.Sku("b").Stock()).Available);
    }

    [SkippableFact]
    public async Task Of_400_buyers_at_once_as_many_get_a_unit_as_there_are()
    {
        await Stock("c", 50);
        var outcomes = await Task.WhenAll(Enumerable.Range(1, 400).Select(async i =>
        {
            await Place($"c-{i}", ("c", 1));
            return (await Decided($"c-{i}")).Status;
        }));
        Assert.Equal(350, outcomes.Count(s => s == OrderStatus.Rejected));
        Assert.Equal(0, (await Seat.Sku("c").Stock()).Available);
        await Eventually(async () => (await Seat.Sku("c").Stock()).Committed == 50);
    }

    [SkippableFact]
    public async Task An_order_over_many_SKUs_gets_all_or_nothing()
    {
        foreach (var i in Enumerable.Range(0, 20)) await Stock($"d{i}", i == 19 ? 1 : 10);
        var lines = Enumerable.Range(0, 20).Select(i => ($"d{i}", 2)).ToArray();
        await Place("d-1", lines);
        Assert.Equal(OrderStatus.Rejected, (await Decided("d-1")).Status);
        foreach (var i in Enumerable.Range(0, 20))
            await Eventually(async () => (await Seat.Sku($"d{i}").Stock()).Available == (i == 19 ? 1 : 10));
    }

    [SkippableFact]
    public async Task A_hold_ends_when_its_time_is_over()
    {
        await Stock("e", 3);
        Assert.Equal(ClaimStatus.Done, (await Seat.Sku("e").Reserve("cart", 3, TimeSpan.FromSeconds(1))).Status);
        Assert.Equal(0, (await Seat.Sku("e").Stock()).Available);
        await Eventually(async () => (await Seat.Sku("e").Stock()).Available == 3);
    }

    [SkippableFact]
    public async Task A_cancelled_order_gives_its_units_back()
    {
        await Stock("f", 4);
        await Place("f-1", ("f", 4));
        await Until("f-1", o => o.Status == OrderStatus.Allocated);
        await Seat.Order("f-1").Cancel(new("x-1", [], "changed his mind"));
        Assert.Equal(OrderStatus.Cancelled, (await Until("f-1", o => o.Status == OrderStatus.Cancelled)).Status);
        await Eventually(async () => (await Seat.Sku("f").Stock()).Available == 4);
    }

    [SkippableFact]
    public async Task Who_asks_for_the_outcome_before_stock_has_decided_waits_for_it()
    {
        await Stock("g", 1);
        var placing = Enumerable.Range(0, 50).Select(async i =>
        {
            await Place($"g-{i}", ("g", 1));
            return (await Seat.Order($"g-{i}").Outcome().AsTask().WaitAsync(Patience))!.Status;
        });
        var outcomes = await Task.WhenAll(placing);
        Assert.DoesNotContain(OrderStatus.Received, outcomes);
        Assert.Equal(49, outcomes.Count(s => s == OrderStatus.Rejected));
    }

    [SkippableFact]
    public async Task A_payment_of_part_is_told_as_such_and_the_rest_accepts_the_order()
    {
        await Stock("i", 1);
        await Place("i-1", [("i", 1)], PaymentPolicy.Prepaid, new Money(100, "EUR"));
        await Until("i-1", o => o.PayBy is not null);
        Assert.Equal(PaymentStatus.PartlyPaid,
            (await Seat.Order("i-1").ConfirmPayment("p-1", new Money(40, "EUR"))).Status);
        Assert.Equal(PaymentStatus.Paid, (await Seat.Order("i-1").ConfirmPayment("p-2", new Money(60, "EUR"))).Status);
        var paid = await Until("i-1", o => o.Status == OrderStatus.Allocated);
        Assert.Equal(100, paid.PaidMinor);
    }

    [SkippableFact]
    public async Task An_order_of_2000_lines_is_allocated()
    {
        await Stock("h", 2_000);
        await Place("h-1", [.. Enumerable.Range(0, 2_000).Select(_ => ("h", 1))]);
        var allocated = await Until("h-1", o => o.Status == OrderStatus.Allocated);
        Assert.Equal(2_000, allocated.Lines.Sum(l => l.Allocated));
    }

    async Task Stock(string sku, int units)
    {
        await Seat.Node("N").Define(new("North", NodeType.Warehouse, 1, "DE", null, null, null, null));
        await Seat.Sku(sku).Define(new(sku, null, false, null, [], []));
        await Seat.Sku(sku).Receive("r", "N", units, "new");
    }

    ValueTask<PlaceReply> Place(string id, params (string Sku, int Units)[] lines) =>
        Place(id, lines, PaymentPolicy.None, null);

    ValueTask<PlaceReply> Place(string id, (string Sku, int Units)[] lines, PaymentPolicy payment, Money? price) =>
        Seat.Order(id).Place(new(
            "test", null, null, null,
            [.. lines.Select((l, i) => new OrderLine($"{i + 1}", l.Sku, l.Units, price))],
            payment, AllocationPolicy.AllOrNothing));

    async Task<OrderReply> Decided(string id) =>
        await Until(id, o => o.Status is not OrderStatus.Received);

    async Task<OrderReply> Until(string id, Func<OrderReply, bool> reached)
    {
        OrderReply? order = null;
        await Eventually(async () => (order = await Seat.Order(id).Get()) is not null && reached(order));
        return order!;
    }

    static async Task Eventually(Func<Task<bool>> holds)
    {
        var until = DateTime.UtcNow + Patience;
        while (!await holds())
        {
            Assert.True(DateTime.UtcNow < until, "It did not come true in a minute.");
            await Task.Delay(20);
        }
    }
}

/// <summary>Everything in this process, on PostgreSQL.</summary>
public sealed class EmbeddedCallerTests : CallerContract, IAsyncDisposable
{
    readonly TempFolder _folder = new();
    readonly EmbeddedServer _server;

    public EmbeddedCallerTests()
    {
        Skip.If(PostgresServer.Instance.Missing is not null, PostgresServer.Instance.Missing);
        _server = EmbeddedServer.Open(
            new(_folder.Path, PostgresServer.Instance.NewDatabase()), new EngineOptions(), TimeProvider.System);
    }

    protected override ICluster Cluster => _server.Cluster;

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }
}

/// <summary>Two silos.</summary>
public sealed class SiloCallerTests : CallerContract, IClassFixture<Silos>
{
    readonly Silos _silos;

    public SiloCallerTests(Silos silos)
    {
        Skip.If(silos.Missing is not null, silos.Missing);
        _silos = silos;
    }

    protected override ICluster Cluster => _silos.Cluster;
}
