using Fulfillment.Connectors;
using Fulfillment.Payments;
using Fulfillment.Tests.Support;

namespace Fulfillment.Tests.Connectors;

/// <summary>Stripe, played by a mock that its published document judges.</summary>
public sealed class StripeTests : MockedContract, IDisposable
{
    readonly StripeMock _mock = new();
    StripeGateway? _gateway;

    protected override ProviderMock Mock => _mock;

    protected override Connector Connector => _gateway!.Answer;

    protected override (string, string, string) Methods => ("pm_card_visa", "pm_card_chargeDeclined", "pm_card_visa");

    protected override string DeclineCode => "generic_decline";

    protected override string[] Secrets => [StripeMock.Key, "Jenny", "pm_card_visa", Payment];

    public override async Task InitializeAsync()
    {
        await _mock.InitializeAsync();
        _gateway = Gateway(new("https://shop.example/back"));
    }

    public override Task DisposeAsync() => _mock.DisposeAsync();

    public void Dispose()
    {
        _gateway?.Dispose();
        _mock.Dispose();
    }

    protected override void Expire(string reference) => _mock.Expire(reference);

    [SkippableFact]
    public async Task Every_call_is_as_the_published_document_says()
    {
        Skip.If(Fixtures.Find(StripeMock.SpecPath) is null, Fixtures.Missing(StripeMock.SpecPath));
        await Compares(
            [
                "post /v1/payment_intents", "get /v1/payment_intents/{intent}",
                "post /v1/payment_intents/{intent}/capture", "post /v1/payment_intents/{intent}/cancel",
                "post /v1/refunds", "get /v1/refunds/{refund}", "get /v1/charges/{charge}",
            ],
            What_is_authorised_is_captured_in_parts_and_given_back_in_parts,
            Money_that_is_taken_at_once_can_be_given_back, An_authorisation_that_was_voided_may_be_voided_again,
            A_decline_tells_the_provider_s_word, Who_asks_is_told_how_each_step_stands);
    }

    [Fact]
    public async Task A_buyer_who_must_act_is_told_where_and_then_all_is_done()
    {
        var waiting = Is(ProviderStatus.Pending, await Authorise("pm_card_threeDSecure2Required", 1_000));
        Assert.Equal("https://hooks.stripe.com/3ds", waiting.ActionUrl);
        Is(ProviderStatus.Pending, await Inquire(ProviderStep.Authorise, waiting));
        _mock.Approve(waiting.Reference!);
        var done = Is(ProviderStatus.Done, await Inquire(ProviderStep.Authorise, waiting));
        Is(ProviderStatus.Done, await Capture(done, 1_000, last: true));
    }

    [Fact]
    public async Task The_payment_s_id_and_the_customer_are_kept_beside_the_money()
    {
        Is(ProviderStatus.Done, await Authorise("cus_9:pm_card_visa", 1_000));
        var body = _mock.Last!.Body;
        Assert.Equal(Payment, (string?)body["metadata"]!["payment"]);
        Assert.Equal("cus_9", (string?)body["customer"]);
        Assert.Equal("https://shop.example/back", (string?)body["return_url"]);
    }

    [Fact]
    public async Task Without_a_place_to_come_back_to_nobody_is_sent_away()
    {
        _gateway!.Dispose();
        _gateway = Gateway(null);
        Is(ProviderStatus.Done, await Authorise("pm_card_visa", 1_000));
        Assert.Equal("never", (string?)_mock.Last!.Body["automatic_payment_methods"]!["allow_redirects"]);
    }

    [Theory]
    [InlineData(1_999, "EUR", "1999")]
    [InlineData(500, "JPY", "500")]
    [InlineData(5, "ISK", "500")]
    [InlineData(5, "UGX", "500")]
    [InlineData(1_000, "MGA", "10")]
    [InlineData(5_120, "KWD", "5120")]
    [InlineData(1_050, "HUF", "1050")]
    [InlineData(1_050, "TWD", "1050")]
    public async Task Amounts_are_counted_as_Stripe_does(long minor, string currency, string counted)
    {
        ProviderCall call = new ProviderCall.Authorise(Payment, "pm_card_visa", new(minor, currency), true);
        Is(ProviderStatus.Done, await Ask(call));
        Assert.Equal(counted, $"{_mock.Last!.Body["amount"]}");
    }

    [Theory]
    [InlineData(5_123, "KWD", "amount-not-representable")]
    [InlineData(1_001, "MGA", "amount-not-representable")]
    [InlineData(long.MaxValue, "ISK", "amount-not-representable")]
    [InlineData(1, "CLF", "unsupported-currency")]
    [InlineData(1, "IQD", "unsupported-currency")]
    public async Task What_Stripe_cannot_count_is_refused(long minor, string currency, string code)
    {
        ProviderCall call = new ProviderCall.Authorise(Payment, "pm_card_visa", new(minor, currency), true);
        Assert.Equal(code, Is(ProviderStatus.Refused, await Ask(call)).Code);
        Assert.Empty(_mock.Effects);
    }

    [Theory]
    [InlineData(402, "card_declined", ProviderStatus.Declined)]
    [InlineData(402, "insufficient_funds", ProviderStatus.Declined)]
    [InlineData(402, "expired_card", ProviderStatus.Declined)]
    [InlineData(400, "payment_intent_authentication_failure", ProviderStatus.Declined)]
    [InlineData(400, "charge_expired_for_capture", ProviderStatus.Expired)]
    [InlineData(400, "amount_too_small", ProviderStatus.Refused)]
    [InlineData(404, "resource_missing", ProviderStatus.Refused)]
    public async Task Errors_have_their_meaning(int status, string code, ProviderStatus meaning)
    {
        var authorised = await Authorise("pm_card_visa", 1_000);
        _mock.Refusing = (status, code);
        Assert.Equal(code, Is(meaning, await Capture(authorised, 1_000, last: true)).Code);
    }

    [Fact]
    public async Task An_id_that_was_used_for_something_else_is_refused()
    {
        ProviderCall.Authorise call = new(Payment, "pm_card_visa", new(1_000, "EUR"), false);
        await Ask(call, "same");
        var refused = Is(ProviderStatus.Refused, await Ask(call with { Amount = new(1_001, "EUR") }, "same"));
        Assert.Equal("idempotency_error", refused.Code);
        Assert.Single(_mock.Effects);
    }

    [Fact]
    public async Task A_wrong_key_is_for_the_operator_to_mend_and_ends_no_payment()
    {
        using StripeGateway wrong = new(new("sk_test_wrong", null, _mock.Address, null, Deadline));
        ProviderCall call = new ProviderCall.Authorise(Payment, "pm_card_visa", new(1_000, "EUR"), false);
        await Assert.ThrowsAsync<ProviderUnclearException>(
            async () => await wrong.Answer("wrong key", call, CancellationToken.None));
    }

    StripeGateway Gateway(Uri? back) => new(new(StripeMock.Key, null, _mock.Address, back, Deadline));
}
