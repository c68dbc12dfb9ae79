using Fulfillment.Inventory;
using Fulfillment.Ordering;
using Fulfillment.Screening;
using Fulfillment.Warehousing;

namespace Fulfillment.Tests.Support;

/// <summary>
/// What every caller may rely on, whoever hosts the entities: the embedded engine on a file and on PostgreSQL, the
/// simulator, and two silos all pass this very class.
/// </summary>
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
    public async Task What_was_seen_of_a_buyer_and_what_is_made_of_it_travel_whole()
    {
        Signals signals = new("e", "i", "a", "c", EmailClass.Disposable, ShippingCountry: "DE", LocalHour: 0);
        Money amount = new(9_900, "EUR");
        Traces traces = new();
        foreach (var name in signals.TraceNames())
        {
            Assert.Equal(NoteStatus.Noted, (await Seat.Trace(name).Note("f-1", amount, "FR")).Status);
            Assert.Equal(NoteStatus.Noted, (await Seat.Trace(name).NoteDecline("f-1", "a-1")).Status);
            Assert.Equal(NoteStatus.Noted, (await Seat.Trace(name).NoteGood("f-1")).Status);
            Assert.Equal(NoteStatus.Noted, (await Seat.Trace(name).NoteFraud("f-1")).Status);
            var told = await Seat.Trace(name).Get(amount, "DE");
            Assert.NotNull(told.FirstSeen);
            Assert.Equal(
                new(NoteStatus.AlreadyNoted, 1, 1, 1, 1, 9_900, 1, 1, 1, 1, 0, told.FirstSeen), told);
            traces = traces.With(name.Of, told);
        }

        FraudSettings strict = new(1, 2, TimeSpan.FromHours(4), [new("night-order", 7)]);
        var (before, revision) = await Seat.FraudPolicy().Get();
        Assert.Equal(FraudSettings.BuiltIn with { Weights = before.Weights }, before);
        Assert.Equal(new(SetPolicyStatus.Changed, revision + 1), await Seat.FraudPolicy().Set(strict, revision));
        Assert.Equal(SetPolicyStatus.Stale, (await Seat.FraudPolicy().Set(strict, revision)).Status);

        var said = await Seat.FraudPolicy().Assess(signals, traces, amount);
        var here = FraudScore.Of(signals, traces, amount, strict, revision + 1);
        Assert.Equal(here with { Reasons = said.Reasons }, said);
        Assert.Equal(here.Reasons.AsEnumerable(), said.Reasons);
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

    [SkippableFact]
    public async Task One_command_many_times_at_once_has_one_effect_and_one_is_told_that_he_did_it()
    {
        await Stock("j", 100);
        var replies = await Task.WhenAll(
            Enumerable.Range(0, 100).Select(_ => Seat.Sku("j").Reserve("same", 3).AsTask()));
        Assert.Single(replies, r => r.Status == ClaimStatus.Done);
        Assert.Equal(99, replies.Count(r => r.Status == ClaimStatus.AlreadyDone));
        Assert.Equal(97, (await Seat.Sku("j").Stock()).Available);
    }

    [SkippableFact]
    public async Task What_one_caller_was_told_every_caller_sees_from_then_on()
    {
        await Stock("k", 1_000);
        var told = 0;
        await Task.WhenAll(Enumerable.Range(0, 10).Select(async caller =>
        {
            for (var i = 0; i < 20; i++)
            {
                Assert.Equal(ClaimStatus.Done, (await Seat.Sku("k").Reserve($"{caller}-{i}", 1)).Status);
                var least = Interlocked.Increment(ref told);
                Assert.InRange((await Seat.Sku("k").Stock()).Held, least, 200);
            }
        }));
        Assert.Equal(800, (await Seat.Sku("k").Stock()).Available);
    }

    [SkippableFact]
    public async Task A_caller_who_goes_away_can_repeat_and_has_done_it_once()
    {
        await Stock("l", 10);
        using CancellationTokenSource gone = new();
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Seat.Sku("l").Reserve("cart", 4, cancel: gone.Token).AsTask());
        var repeated = await Seat.Sku("l").Reserve("cart", 4);
        Assert.Contains(repeated.Status, (ClaimStatus[])[ClaimStatus.Done, ClaimStatus.AlreadyDone]);
        Assert.Equal(6, (await Seat.Sku("l").Stock()).Available);
    }

    [SkippableFact]
    public async Task A_kind_that_does_not_exist_is_refused_and_harms_nobody()
    {
        await Stock("m", 1);
        var told = await Assert.ThrowsAsync<ClusterException>(async () =>
            await Cluster.Ask(new("unheard-of", "x"), new SkuCommand.GetStock(), new("tester", "a test")));
        Assert.Equal(Fault.NotWritten, told.Fault);
        Assert.Contains("unheard-of", told.Message, StringComparison.Ordinal);
        Assert.Equal(1, (await Seat.Sku("m").Stock()).Available);
    }

    [SkippableFact]
    public async Task What_one_seller_has_is_not_another_ones()
    {
        await Stock("n", 5);
        Seat other = new(Cluster, "other", new("tester", "a test"));
        Assert.Equal(0, (await other.Sku("n").Stock()).OnHand);
        Assert.Null((await other.Sku("n").Stock()).Card);
        await other.Sku("n").Define(new("n", null, false, null, [], []));
        await other.Sku("n").Receive("r", "N", 7, "new");
        Assert.Equal((5L, 7L), ((await Seat.Sku("n").Stock()).Available, (await other.Sku("n").Stock()).Available));
    }

    [SkippableFact]
    public async Task Hundreds_of_entities_at_once_each_answer_for_themselves()
    {
        await Task.WhenAll(Enumerable.Range(0, 300).Select(async i =>
        {
            await Stock($"o{i}", i + 1);
            await Seat.Sku($"o{i}").Reserve("one", 1);
        }));
        var left = await Task.WhenAll(Enumerable.Range(0, 300).Select(i => Seat.Sku($"o{i}").Stock().AsTask()));
        Assert.Equal(Enumerable.Range(0, 300).Select(i => (long)i), left.Select(s => s.Available));
    }

    [SkippableFact]
    public async Task A_backorder_is_filled_by_what_comes_and_its_order_goes_on()
    {
        await Seat.Node("N").Define(new("North", NodeType.Warehouse, 1, "DE", null, null, null, null));
        await Seat.Sku("p").Define(new("p", null, true, null, [], []));
        await Place("p-1", ("p", 4));
        Assert.Equal(OrderStatus.Accepted, (await Decided("p-1")).Status);
        await Seat.Sku("p").Receive("r", "N", 3, "some");
        await Eventually(async () => (await Seat.Sku("p").Stock()).Backordered == 1);
        await Seat.Sku("p").Receive("s", "N", 3, "more");
        Assert.Equal(4, (await Until("p-1", o => o.Status == OrderStatus.Allocated)).Lines.Single().Allocated);
        Assert.Equal(2, (await Seat.Sku("p").Stock()).Available);
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
