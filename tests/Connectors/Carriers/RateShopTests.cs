using System.Diagnostics;
using Fulfillment.Connectors;
using Fulfillment.Shipping;

namespace Fulfillment.Tests.Connectors;

/// <summary>One carrier who is dead, slow or answers garbage hides no other.</summary>
public sealed class RateShopTests
{
    static readonly TimeSpan Deadline = TimeSpan.FromMilliseconds(300);

    static readonly DateOnly Friday = new(2026, 11, 27);

    static readonly ShipAddress From = new("DE", "10115"), To = new("DE", "80331");

    readonly FakeTime _time = new();

    static RateAsk Ask(DateOnly? on = null, long grams = 2_000) =>
        new(From, To, [new(300, 200, 100, grams)], on ?? Friday);

    static Rate Told(string carrier, long minor = 500, DateOnly? delivers = null) =>
        new(carrier, "s", "S", new(minor, "EUR"), delivers ?? new(2026, 12, 1));

    [Fact]
    public async Task Dead_slow_deaf_and_garbled_carriers_in_the_middle_are_told_and_the_others_answer_in_time()
    {
        using Carriers carriers = new(
        [
            (new Played("a", _ => Reply("a")), null),
            (new Played("b-dead", _ => throw new ProviderUnclearException(
                "b-dead", "the connection failed", null, ProviderTrouble.Unreachable)), null),
            (new Played("c-slow", async stop =>
            {
                await Task.Delay(Timeout.Infinite, stop);
                return new([], []);
            }), null),
            // He does not even let go when told to.
            (new Played("d-deaf", async _ =>
            {
                await Task.Delay(TimeSpan.FromSeconds(20), CancellationToken.None);
                return new([], []);
            }), null),
            (new Played("e-garbled", _ => throw new ProviderUnclearException("e-garbled", "made no sense")), null),
            (new Played("f-broken", _ => throw new InvalidOperationException("a mistake of ours")), null),
            (new Played("z", _ => Reply("z")), null),
        ], Deadline, _time);
        RateShop shop = new(carriers, _time);
        var started = Stopwatch.GetTimestamp();
        var reply = await shop.Ask(Ask(), null, default);
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(5));
        Assert.Equal(["a", "z"], reply.Rates.Select(r => r.Carrier));
        Assert.Equal(
            [
                ("b-dead", RateRejection.Unavailable), ("c-slow", RateRejection.Timeout),
                ("d-deaf", RateRejection.Timeout), ("e-garbled", RateRejection.Garbled),
                ("f-broken", RateRejection.Garbled),
            ],
            reply.Rejected.Select(r => (r.Carrier, r.Reason)));
        Assert.Equal(7, reply.Carriers.Length);
        Assert.Equal(["a", "z"], reply.Carriers.Where(c => c.Trouble is null).Select(c => c.Carrier));
    }

    [Fact]
    public async Task Who_fails_again_and_again_is_not_asked_for_a_while()
    {
        var calls = 0;
        using Carriers carriers = new([(new Played("x", _ =>
        {
            calls++;
            throw new ProviderUnclearException("x", "silent", null, ProviderTrouble.Timeout);
        }), null)], Deadline, _time);
        RateShop shop = new(carriers, _time);
        for (var i = 0; i < 5; i++) await shop.Ask(Ask(), null, default);
        Assert.Equal(CarrierBreaker.MostFailures, calls);
        var last = await shop.Ask(Ask(), null, default);
        Assert.Equal(RateRejection.NotAsked, Assert.Single(last.Rejected).Reason);
        _time.Now += CarrierBreaker.Rest;
        await shop.Ask(Ask(), null, default);
        Assert.Equal(CarrierBreaker.MostFailures + 1, calls);
    }

    [Fact]
    public async Task For_who_fails_stands_what_he_told_last_for_the_same_with_days_moved_and_a_mark()
    {
        var fails = false;
        using Carriers carriers = new([(new Played("x", _ => fails
            ? throw new ProviderUnclearException("x", "silent", null, ProviderTrouble.Timeout) : Reply("x")),
            CourierTables.Example)], Deadline, _time);
        RateShop shop = new(carriers, _time);
        await shop.Ask(Ask(), null, default);
        fails = true;
        var told = _time.Now;
        _time.Now += TimeSpan.FromHours(1);
        var same = Assert.Single((await shop.Ask(Ask(), null, default)).Rates);
        Assert.Equal(
            (RateSource.LastKnown, told, new DateOnly(2026, 12, 1), true),
            (same.Source, same.KnownAt!.Value, same.Delivers!.Value, same.IsFallback));
        // Two working days after a Friday; so many after a Thursday.
        var later = Assert.Single((await shop.Ask(Ask(new(2026, 12, 3)), null, default)).Rates);
        Assert.Equal(new(2026, 12, 7), later.Delivers);
        // Other parcels: the table that is set up for him.
        var other = await shop.Ask(Ask(grams: 3_000), null, default);
        Assert.All(other.Rates, r => Assert.Equal((RateSource.FallbackTable, "x"), (r.Source, r.Carrier)));
        Assert.Equal(RateSource.FallbackTable, Assert.Single(other.Carriers).Fallback);
        // What is older than a day is nothing to go by.
        _time.Now += RateShop.Remembered;
        Assert.All((await shop.Ask(Ask(), null, default)).Rates, r => Assert.Equal(RateSource.FallbackTable, r.Source));
    }

    [Fact]
    public async Task What_was_told_for_one_city_is_not_told_for_another_nor_guaranteed()
    {
        var fails = false;
        using Carriers carriers = new([(new Played("x", _ => fails
            ? throw new ProviderUnclearException("x", "silent", null, ProviderTrouble.Timeout)
            : new(new RateReply([Told("x") with { Guaranteed = true }], []))), null)], Deadline, _time);
        RateShop shop = new(carriers, _time);
        var dubai = Ask() with { To = new("AE", null, "Dubai") };
        Assert.True(Assert.Single((await shop.Ask(dubai, null, default)).Rates).Guaranteed);
        fails = true;
        Assert.False(Assert.Single((await shop.Ask(dubai, null, default)).Rates).Guaranteed);
        Assert.Empty((await shop.Ask(dubai with { To = new("AE", null, "Abu Dhabi") }, null, default)).Rates);
    }

    [Fact]
    public async Task Only_those_named_are_asked_and_one_that_is_not_set_up_says_so()
    {
        using Carriers carriers = new(
            [(new Played("a", _ => Reply("a")), null), (new Played("b", _ => Reply("b")), null)], Deadline, _time);
        var reply = await new RateShop(carriers, _time).Ask(Ask(), ["b", "ups"], default);
        Assert.Equal("b", Assert.Single(reply.Rates).Carrier);
        var absent = Assert.Single(reply.Rejected);
        Assert.Equal(("ups", RateRejection.NotConfigured), (absent.Carrier, absent.Reason));
    }

    [Fact]
    public async Task Our_own_failures_and_questions_too_long_for_who_answers_leave_no_carrier_alone()
    {
        using Carriers carriers = new(
        [
            (new Played("busy", async stop =>
            {
                await Task.Delay(Timeout.Infinite, stop);
                return new([], []);
            }, () => _time.Now), null),
            (new Played("dead", async stop =>
            {
                await Task.Delay(Timeout.Infinite, stop);
                return new([], []);
            }), null),
            (new Played("ours", _ => throw new InvalidOperationException("a mistake of ours")), null),
        ], TimeSpan.FromMilliseconds(20), _time);
        RateShop shop = new(carriers, _time);
        for (var i = 0; i < CarrierBreaker.MostFailures + 1; i++) await shop.Ask(Ask(), null, default);
        Assert.Equal(
            [("busy", BreakerState.Closed), ("dead", BreakerState.Open), ("ours", BreakerState.Closed)],
            carriers.All.Select(d => (d.Carrier.Name, d.Breaker.Now.State)));
    }

    [Fact]
    public async Task A_caller_who_breaks_off_is_no_failure_of_the_carrier()
    {
        using Carriers carriers = new([(new Played("x", async stop =>
        {
            await Task.Delay(Timeout.Infinite, stop);
            return new([], []);
        }), null)], TimeSpan.FromSeconds(30), _time);
        using CancellationTokenSource off = new(TimeSpan.FromMilliseconds(50));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await new RateShop(carriers, _time).Ask(Ask(), null, off.Token));
        Assert.Equal(0, carriers.Find("x")!.Breaker.Now.Failures);
    }

    static ValueTask<RateReply> Reply(string carrier) => new(new RateReply([Told(carrier)], []));

    /// <summary>A carrier who does as he is told about prices.</summary>
    sealed class Played(
        string name, Func<CancellationToken, ValueTask<RateReply>> rates, Func<DateTimeOffset?>? answered = null)
        : ICarrier
    {
        public string Name => name;

        public DateTimeOffset? Answered => answered?.Invoke();

        public CarrierAbility Can => CarrierAbility.Rates;

        public ValueTask<RateReply> Rates(RateAsk ask, CancellationToken cancel) => rates(cancel);

        public ValueTask<LabelReply> Buy(string key, LabelAsk ask, CancellationToken cancel) =>
            throw new NotSupportedException();

        public ValueTask<LabelReply> Find(string key, LabelAsk ask, CancellationToken cancel) =>
            throw new NotSupportedException();

        public ValueTask<VoidReply> Void(VoidAsk ask, CancellationToken cancel) => throw new NotSupportedException();
    }
}
