using Fulfillment.Connectors;
using Fulfillment.Payments;

namespace Fulfillment.Tests.Connectors;

/// <summary>What every payment provider does alike.</summary>
public abstract class ProviderContract : IAsyncLifetime
{
    protected const string Payment = "default/o-1";

    int _calls;

    protected FakeTime Time { get; } = new();

    protected abstract Connector Connector { get; }

    /// <summary>Means of payment that are good, that are declined, and whose authorisation runs out.</summary>
    protected abstract (string Good, string Declined, string Expiring) Methods { get; }

    /// <summary>What a decline is called.</summary>
    protected abstract string DeclineCode { get; }

    /// <summary>How often something was really done; null for a provider that keeps nothing.</summary>
    protected abstract int? Effects { get; }

    public abstract Task InitializeAsync();

    public abstract Task DisposeAsync();

    [Fact]
    public async Task What_is_authorised_is_captured_in_parts_and_given_back_in_parts()
    {
        var authorised = Is(ProviderStatus.Done, await Authorise(Methods.Good, 1_000));
        Assert.NotNull(authorised.ExpiresAt);
        Assert.Null(authorised.Capture);
        var first = Is(ProviderStatus.Done, await Capture(authorised, 400, last: false));
        var second = Is(ProviderStatus.Done, await Capture(authorised, 600, last: true));
        Assert.NotEqual(first.Reference, second.Reference);
        var refunds = new[]
        {
            Is(ProviderStatus.Done, await Refund(first.Reference!, 150)),
            Is(ProviderStatus.Done, await Refund(first.Reference!, 250)),
            Is(ProviderStatus.Done, await Refund(second.Reference!, 600)),
        };
        Assert.Equal(3, refunds.Select(r => r.Reference).Distinct().Count());
    }

    [Fact]
    public async Task Money_that_is_taken_at_once_can_be_given_back()
    {
        var taken = Is(ProviderStatus.Done, await Authorise(Methods.Good, 1_000, take: true));
        Assert.NotNull(taken.Capture);
        Is(ProviderStatus.Done, await Refund(taken.Capture, 1_000));
    }

    [Fact]
    public async Task An_authorisation_that_was_voided_may_be_voided_again()
    {
        var authorised = await Authorise(Methods.Good, 1_000);
        for (var i = 0; i < 2; i++)
            Is(ProviderStatus.Done, await Ask(new ProviderCall.Void(Payment, authorised.Reference!)));
    }

    [Fact]
    public async Task No_more_is_captured_than_was_authorised()
    {
        var authorised = await Authorise(Methods.Good, 1_000);
        var before = Effects;
        Assert.NotNull(Is(ProviderStatus.Refused, await Capture(authorised, 1_001, last: true)).Code);
        Assert.Equal(before, Effects);
        Is(ProviderStatus.Done, await Capture(authorised, 1_000, last: true));
    }

    [Fact]
    public async Task No_more_is_given_back_than_was_captured()
    {
        var captured = await Capture(await Authorise(Methods.Good, 1_000), 700, last: true);
        var before = Effects;
        Assert.NotNull(Is(ProviderStatus.Refused, await Refund(captured.Reference!, 701)).Code);
        Assert.Equal(before, Effects);
        Is(ProviderStatus.Done, await Refund(captured.Reference!, 700));
    }

    [Fact]
    public async Task Whatever_is_asked_again_with_its_id_is_done_once_and_answered_alike()
    {
        ProviderCall.Authorise authorise = new(Payment, Methods.Good, new(1_000, "EUR"), false);
        var authorised = await Twice(authorise);
        var captured = await Twice(new ProviderCall.Capture(Payment, authorised.Reference!, new(1_000, "EUR"), true));
        await Twice(new ProviderCall.Refund(Payment, captured.Reference!, new(1_000, "EUR")));
        if (Effects is { } effects) Assert.Equal(3, effects);
    }

    [Fact]
    public async Task Another_id_is_another_authorisation()
    {
        var (first, second) = (await Authorise(Methods.Good, 500), await Authorise(Methods.Good, 500));
        Assert.NotEqual(first.Reference, second.Reference);
    }

    [Fact]
    public async Task An_id_may_be_as_long_as_ids_of_sends_become()
    {
        ProviderCall.Authorise call = new(Payment, Methods.Good, new(1_000, "EUR"), false);
        var id = $"payment/{new string('s', 128)}/{new string('o', 128)}@1.0";
        var (first, again) = (await Ask(call, id), await Ask(call, id));
        Is(ProviderStatus.Done, first);
        Assert.Equal(first, again);
        Assert.NotEqual(first.Reference, (await Ask(call, id[..^1] + "1")).Reference);
    }

    [Fact]
    public async Task A_decline_tells_the_provider_s_word()
    {
        var declined = Is(ProviderStatus.Declined, await Authorise(Methods.Declined, 1_000));
        Assert.Equal(DeclineCode, declined.Code);
    }

    [Fact]
    public async Task What_has_run_out_cannot_be_captured()
    {
        var authorised = Is(ProviderStatus.Done, await Authorise(Methods.Expiring, 1_000));
        Expire(authorised.Reference!);
        Assert.NotNull(Is(ProviderStatus.Expired, await Capture(authorised, 1_000, last: true)).Code);
        Is(ProviderStatus.Done, await Ask(new ProviderCall.Void(Payment, authorised.Reference!)));
    }

    [Fact]
    public async Task An_unknown_outcome_is_thrown_and_the_repeat_tells_what_came_of_it()
    {
        var method = LoseNextAnswer();
        ProviderCall.Authorise call = new(Payment, method, new(1_000, "EUR"), false);
        await Assert.ThrowsAsync<ProviderUnclearException>(() => Ask(call, "lost"));
        var authorised = Is(ProviderStatus.Done, await Ask(call, "lost"));
        LoseNextAnswer();
        ProviderCall.Capture capture = new(Payment, authorised.Reference!, new(1_000, "EUR"), true);
        await Assert.ThrowsAsync<ProviderUnclearException>(() => Ask(capture, "lost too"));
        Is(ProviderStatus.Done, await Ask(capture, "lost too"));
        if (Effects is { } effects) Assert.Equal(2, effects);
    }

    [Fact]
    public async Task Who_asks_is_told_how_each_step_stands()
    {
        var authorised = await Authorise(Methods.Good, 1_000);
        var open = Is(ProviderStatus.Done, await Inquire(ProviderStep.Authorise, authorised));
        Assert.Equal(authorised, open);
        var captured = await Capture(authorised, 1_000, last: true);
        Assert.Equal(captured, await Inquire(ProviderStep.Capture, captured));
        var refunded = await Refund(captured.Reference!, 100);
        Assert.Equal(refunded, await Inquire(ProviderStep.Refund, refunded));
    }

    [Theory]
    [InlineData(0, "EUR", "amount-not-positive")]
    [InlineData(-1, "EUR", "amount-not-positive")]
    [InlineData(1, "XXX", "unknown-currency")]
    [InlineData(1, "eur", "unknown-currency")]
    public async Task An_amount_that_is_none_is_refused_and_not_sent(long amount, string currency, string code)
    {
        var answer = await Ask(new ProviderCall.Authorise(Payment, Methods.Good, new(amount, currency), false));
        Assert.Equal(code, Is(ProviderStatus.Refused, answer).Code);
        Assert.Equal(Effects is null ? null : 0, Effects);
    }

    [Theory]
    [InlineData("")]
    [InlineData("../../v1/balance")]
    [InlineData("a?b=c")]
    public async Task A_reference_that_is_none_is_refused(string reference)
    {
        Money amount = new(1, "EUR");
        ProviderCall[] calls =
        [
            new ProviderCall.Capture(Payment, reference, amount, true), new ProviderCall.Void(Payment, reference),
            new ProviderCall.Refund(Payment, reference, amount),
            new ProviderCall.Inquire(Payment, ProviderStep.Authorise, reference),
        ];
        foreach (var call in calls) Is(ProviderStatus.Refused, await Ask(call));
    }

    [Fact]
    public async Task Who_stops_waiting_is_not_told_that_the_provider_failed()
    {
        using CancellationTokenSource stop = new();
        await stop.CancelAsync();
        ProviderCall.Authorise call = new(Payment, Methods.Good, new(1, "EUR"), false);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await Connector("stopped", call, stop.Token));
    }

    /// <summary>The next answer is lost, of a payment by the method that is returned.</summary>
    protected abstract string LoseNextAnswer();

    /// <summary>The authorisation runs out.</summary>
    protected abstract void Expire(string reference);

    protected Task<ProviderAnswer> Authorise(string method, long amount, bool take = false) =>
        Ask(new ProviderCall.Authorise(Payment, method, new(amount, "EUR"), take));

    protected Task<ProviderAnswer> Capture(ProviderAnswer authorised, long amount, bool last) =>
        Ask(new ProviderCall.Capture(Payment, authorised.Reference!, new(amount, "EUR"), last));

    protected Task<ProviderAnswer> Refund(string taken, long amount) =>
        Ask(new ProviderCall.Refund(Payment, taken, new(amount, "EUR")));

    protected Task<ProviderAnswer> Inquire(ProviderStep about, ProviderAnswer answer) =>
        Ask(new ProviderCall.Inquire(Payment, about, answer.Reference!));

    protected async Task<ProviderAnswer> Ask(ProviderCall call, string? id = null) =>
        (ProviderAnswer)await Connector(id ?? $"payment/{Payment}@{++_calls}.0", call, CancellationToken.None);

    protected static ProviderAnswer Is(ProviderStatus status, ProviderAnswer answer)
    {
        Assert.True(answer.Status == status, $"{answer} and not {status}");
        return answer;
    }

    async Task<ProviderAnswer> Twice(ProviderCall call)
    {
        var id = $"twice {call.GetType().Name}";
        var first = Is(ProviderStatus.Done, await Ask(call, id));
        Time.Now += TimeSpan.FromMinutes(1);
        Assert.Equal(first, await Ask(call, id));
        return first;
    }
}
