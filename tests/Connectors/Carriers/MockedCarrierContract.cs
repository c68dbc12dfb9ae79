using Fulfillment.Connectors;
using Fulfillment.Shipping;
using Fulfillment.Tests.Support;

namespace Fulfillment.Tests.Connectors;

/// <summary>What carriers behind a network do alike, against mocks that their documents judge.</summary>
public abstract class MockedCarrierContract : CarrierContract, IDisposable
{
    ICarrier? _carrier;

    public static TheoryData<ProviderFault> Faults => [.. Enum.GetValues<ProviderFault>()];

    protected abstract CarrierMock Mock { get; }

    protected FakeTime Time { get; } = new();

    protected override ICarrier Carrier => _carrier!;

    /// <summary>The milestones of the mock's parcel, oldest first.</summary>
    protected virtual Milestone[] Story =>
    [
        Milestone.Labelled, Milestone.HandedOver, Milestone.Other, Milestone.Exception, Milestone.OutForDelivery,
        Milestone.Delivered,
    ];

    /// <summary>The connector, told where the mock is.</summary>
    protected abstract ICarrier Open();

    public override async Task InitializeAsync()
    {
        await Mock.InitializeAsync();
        _carrier = Open();
    }

    public override Task DisposeAsync() => Mock.DisposeAsync();

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (!disposing) return;
        (_carrier as IDisposable)?.Dispose();
        Mock.Dispose();
    }

    /// <summary>A refusal of the mock that repeats what it should not.</summary>
    protected abstract MockAnswer Leak(string text);

    /// <summary>Whether an access token is asked for.</summary>
    protected virtual bool HasToken => true;

    protected CarrierAccess Access(string path = "") => new(
        CarrierMock.Client, CarrierMock.Secret, CarrierMock.Account, new(Mock.Address, path), Deadline, "12345678",
        "123456789");

    protected static TimeSpan Deadline => TimeSpan.FromSeconds(2);

    [Theory, MemberData(nameof(Faults))]
    public async Task A_price_that_does_not_come_is_told_as_what_it_is(ProviderFault fault)
    {
        Mock.Fail(fault);
        var thrown = await Assert.ThrowsAsync<ProviderUnclearException>(
            async () => await Carrier.Rates(Asked(), default));
        Assert.Equal(fault switch
        {
            ProviderFault.ServerError or ProviderFault.Busy or ProviderFault.TooMany => ProviderTrouble.Unavailable,
            ProviderFault.Silence => ProviderTrouble.Timeout,
            ProviderFault.Garbage => ProviderTrouble.Garbled,
            ProviderFault.Truncated => ProviderTrouble.Unreachable,
        }, thrown.Trouble);
        Assert.NotEmpty((await Carrier.Rates(Asked(), default)).Rates);
    }

    [Theory, MemberData(nameof(Faults))]
    public async Task A_purchase_with_an_unknown_outcome_is_asked_for_and_not_made_twice(ProviderFault fault)
    {
        // What is paid with is asked for before.
        await Buy("before");
        Mock.Fail(fault);
        var thrown = await Assert.ThrowsAsync<ProviderUnclearException>(
            async () => await Carrier.Buy("K", Wanted(), default));
        // A server error may come after the purchase, and what is busy with the same key may buy it.
        Assert.Equal(fault == ProviderFault.TooMany, thrown.NothingDone);
        var found = await Carrier.Find("K", Wanted(), default);
        var done = fault is ProviderFault.Silence or ProviderFault.Garbage or ProviderFault.Truncated;
        Assert.Equal(done ? Lost : Unbought, found.Status);
        Assert.Equal(done ? 2 : 1, Mock.Effects.Count(e => e == "buy"));
        if (!done) return;

        VoidAsk orphan = new(found.Label!.Shipment, "K", [.. found.Label.Parcels.Select(p => p.TrackingNumber)]);
        Assert.NotEqual(VoidStatus.Refused, (await Carrier.Void(orphan, default)).Status);
    }

    [Fact]
    public async Task Who_refuses_to_tell_what_was_bought_has_not_said_that_nothing_was()
    {
        await Buy("K");
        foreach (var (status, says) in ((int, string)[])[
            (400, "May be reprinted three times"), (400, "The account was not found"), (403, "Not with this scope")])
        {
            Mock.Instead = _ => Leak(says) with { Status = status };
            var thrown = await Assert.ThrowsAsync<ProviderUnclearException>(
                async () => await Carrier.Find("K", Wanted(), default));
            // Where paying is consented to by a call of its own, that is refused first.
            Assert.Contains(thrown.Trouble, new[] { ProviderTrouble.Unavailable, ProviderTrouble.Unauthorised });
        }

        // Not every document has a 403.
        Mock.Misfits.Clear();
    }

    [Fact]
    public async Task A_carrier_who_is_not_there_is_unreachable()
    {
        await Mock.DisposeAsync();
        var thrown = await Assert.ThrowsAsync<ProviderUnclearException>(
            async () => await Carrier.Rates(Asked(), default));
        Assert.Equal(ProviderTrouble.Unreachable, thrown.Trouble);
        await Mock.InitializeAsync();
    }

    [Fact]
    public async Task Who_is_not_reached_or_gives_no_access_has_surely_sold_nothing()
    {
        await Buy("before");
        await Mock.DisposeAsync();
        await Untouched();
        await Mock.InitializeAsync();
        if (!HasToken) return;
        Time.Now += TimeSpan.FromDays(1);
        foreach (var fault in Enum.GetValues<ProviderFault>())
        {
            Mock.Fail(fault);
            await Untouched();
        }

        Mock.Instead = _ => Leak("Who are you?") with { Status = 401 };
        await Untouched();

        async Task Untouched()
        {
            foreach (var call in (Func<Task>[])[
                async () => await Carrier.Buy("n", Wanted(), default),
                async () => await Carrier.Ready(default)])
            {
                try
                {
                    await call();
                }
                catch (ProviderUnclearException e)
                {
                    Assert.True(e.NothingDone, $"{e}");
                }
            }
        }
    }

    [Fact]
    public async Task Answers_without_what_was_asked_for_are_unclear()
    {
        Mock.Instead = _ => new(200, []);
        // Who is paid has to show what for; of prices a carrier may say that there are none.
        var thrown = await Assert.ThrowsAsync<ProviderUnclearException>(
            async () => await Carrier.Buy("e", Wanted(), default));
        Assert.NotEqual(ProviderTrouble.Timeout, thrown.Trouble);
        try
        {
            var reply = await Carrier.Rates(Asked(), default);
            Assert.Empty(reply.Rates);
            Assert.Equal(RateRejection.NotServed, Assert.Single(reply.Rejected).Reason);
        }
        catch (ProviderUnclearException e)
        {
            Assert.NotEqual(ProviderTrouble.Timeout, e.Trouble);
        }

        Mock.Misfits.Clear();
    }

    [Fact]
    public async Task One_access_token_serves_calls_at_once_until_shortly_before_it_ends()
    {
        if (!HasToken) return;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Carrier.Rates(Asked(), default).AsTask()));
        Assert.Equal(1, Mock.Tokens);
        Time.Now += TimeSpan.FromSeconds(14_399 - 61);
        await Carrier.Rates(Asked(), default);
        Assert.Equal(1, Mock.Tokens);
        Time.Now += TimeSpan.FromSeconds(2);
        await Carrier.Rates(Asked(), default);
        Assert.Equal(2, Mock.Tokens);
    }

    [Fact]
    public async Task A_token_that_is_no_good_any_more_is_renewed_and_the_call_repeated_once()
    {
        if (!HasToken) return;
        await Carrier.Rates(Asked(), default);
        var tokens = Mock.Tokens;
        Mock.Revoke();
        Assert.NotEmpty((await Carrier.Rates(Asked(), default)).Rates);
        Assert.Equal(tokens + 101, Mock.Tokens);
        Mock.Revoke();
        await Buy("with-a-new-token");
        Assert.Single(Mock.Effects, e => e == "buy");
        // Who is not known at all is told so, after two tries.
        var calls = 0;
        Mock.Instead = _ =>
        {
            calls++;
            return Leak("Who are you?") with { Status = 401 };
        };
        var thrown = await Assert.ThrowsAsync<ProviderUnclearException>(
            async () => await Carrier.Rates(Asked(), default));
        Assert.Equal((ProviderTrouble.Unauthorised, 2), (thrown.Trouble, calls));
    }

    [Fact]
    public async Task What_is_refused_or_thrown_tells_no_secret()
    {
        Mock.Instead = call => Leak(
            $"for {CarrierMock.Secret} of {CarrierMock.Account} and {call.Header("Authorization")}\r\n"
            + new string('x', 900));
        var reply = await Carrier.Rates(Asked(), default);
        var rejected = Assert.Single(reply.Rejected);
        Assert.DoesNotContain(CarrierMock.Secret, $"{rejected}", StringComparison.Ordinal);
        Assert.DoesNotContain(CarrierMock.Account, $"{rejected}", StringComparison.Ordinal);
        var authorization = Mock.Last!.Header("Authorization")!.Split(' ')[1];
        Assert.DoesNotContain(authorization, $"{rejected}", StringComparison.Ordinal);
        Assert.True(rejected.Says!.Length <= 300 && !rejected.Says.Any(char.IsControl), rejected.Says);
        Assert.DoesNotContain(CarrierMock.Secret, $"{Access()}", StringComparison.Ordinal);
        Mock.Instead = null;
        foreach (var fault in Enum.GetValues<ProviderFault>())
        {
            Mock.Fail(fault);
            var thrown = await Assert.ThrowsAsync<ProviderUnclearException>(
                async () => await Carrier.Buy("t", Wanted(), default));
            foreach (var secret in (string[])[CarrierMock.Secret, "Grace", "Konrad", "Aliso"])
                Assert.DoesNotContain(secret, $"{thrown}", StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_has_happened_is_told_oldest_first_and_codes_that_nobody_knows_are_kept()
    {
        var label = await Buy("tracked");
        var number = Carrier.Name == DhlExpressCarrier.Carrier ? label.Shipment : label.Parcels[0].TrackingNumber;
        var told = await Carrier.Track(number, default);
        Assert.True(told.Known);
        Assert.Equal(Story, told.Events.Select(e => e.Milestone));
        Assert.Equal(told.Events.Select(e => e.At).Order(), told.Events.Select(e => e.At));
        var unknown = Assert.Single(told.Events, e => e.Milestone == Milestone.Other);
        Assert.Contains("QQ", unknown.Code, StringComparison.Ordinal);
        Assert.Equal("something new", unknown.Says.ToLowerInvariant());
        Assert.Equal(new DateOnly(2026, 12, 3), told.Expected);
        var progress = told.Events.Aggregate(ParcelProgress.Labelled(Time.Now), (p, e) => p.After(e));
        Assert.Equal(Milestone.Delivered, progress.Status);
    }

    [Fact]
    public async Task A_pickup_is_booked_and_cancelled()
    {
        var booked = await Carrier.Book(Pickup(), default);
        Assert.Equal(CarrierStatus.Done, booked.Status);
        var cancelled = await Carrier.Cancel(
            new(booked.Confirmation!, Monday, Services.Good, "not needed any more"), default);
        Assert.Equal(CarrierStatus.Done, cancelled.Status);
    }

    /// <summary>Every operation that the connector calls was compared with the published documents.</summary>
    protected async Task Compares(string[] operations, params Func<Task>[] more)
    {
        Func<Task>[] scenarios =
        [
            Rates_have_a_price_a_day_and_a_service_that_labels_take, Each_parcel_has_a_label_and_a_number_of_its_own,
            What_a_carrier_refuses_is_not_bought, What_was_bought_is_found_by_its_key_however_long_it_is,
            A_label_is_voided_or_lapses_and_may_be_voided_again, Nobody_knows_a_parcel_that_there_is_not,
            What_has_happened_is_told_oldest_first_and_codes_that_nobody_knows_are_kept,
            A_pickup_is_booked_and_cancelled, What_a_carrier_cannot_do_he_says, .. more,
        ];
        foreach (var scenario in scenarios) await scenario();
        Assert.Equal(operations.Order(StringComparer.Ordinal), Mock.Compared.Keys.Order(StringComparer.Ordinal));
        Assert.Empty(Mock.Misfits);
    }
}
