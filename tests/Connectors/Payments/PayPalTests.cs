using Fulfillment.Connectors;
using Fulfillment.Payments;
using Fulfillment.Tests.Support;

namespace Fulfillment.Tests.Connectors;

/// <summary>PayPal, played by a mock that its published documents judge.</summary>
public sealed class PayPalTests : MockedContract, IDisposable
{
    readonly PayPalMock _mock = new();
    PayPalGateway? _gateway;

    protected override ProviderMock Mock => _mock;

    protected override Connector Connector => _gateway!.Answer;

    protected override (string, string, string) Methods => ("card:good", "card:declined", "paypal:good");

    protected override string DeclineCode => "INSTRUMENT_DECLINED";

    protected override string[] Secrets => [PayPalMock.Secret, "token-", "card:good", Payment];

    public override async Task InitializeAsync()
    {
        await _mock.InitializeAsync();
        _gateway = new(new(PayPalMock.Client, PayPalMock.Secret, null, _mock.Address,
            new("https://shop.example/back"), Deadline), Time);
    }

    public override Task DisposeAsync() => _mock.DisposeAsync();

    public void Dispose()
    {
        _gateway?.Dispose();
        _mock.Dispose();
    }

    protected override void Expire(string reference) => _mock.Expire(reference);

    [SkippableFact]
    public async Task Every_call_is_as_the_published_documents_say()
    {
        Skip.If(Fixtures.Find(PayPalMock.PaymentsSpec) is null, Fixtures.Missing(PayPalMock.PaymentsSpec));
        await Compares(
            [
                "post /v2/checkout/orders", "get /v2/checkout/orders/{id}", "post /v2/checkout/orders/{id}/authorize",
                "get /v2/payments/authorizations/{authorization_id}",
                "post /v2/payments/authorizations/{authorization_id}/capture",
                "post /v2/payments/authorizations/{authorization_id}/reauthorize",
                "post /v2/payments/authorizations/{authorization_id}/void",
                "get /v2/payments/captures/{capture_id}", "post /v2/payments/captures/{capture_id}/refund",
                "get /v2/payments/refunds/{refund_id}",
            ],
            What_is_authorised_is_captured_in_parts_and_given_back_in_parts,
            Money_that_is_taken_at_once_can_be_given_back, An_authorisation_that_was_voided_may_be_voided_again,
            A_decline_tells_the_provider_s_word, Who_asks_is_told_how_each_step_stands,
            A_buyer_who_approves_later_is_told_where_and_whoever_asks_then_carries_it_out,
            An_authorisation_is_renewed_and_where_PayPal_does_not_a_new_one_takes_its_place);
    }

    [Fact]
    public async Task A_buyer_who_approves_later_is_told_where_and_whoever_asks_then_carries_it_out()
    {
        var waiting = Is(ProviderStatus.Pending, await Authorise("paypal", 1_000));
        Assert.StartsWith("https://www.paypal.com/", waiting.ActionUrl, StringComparison.Ordinal);
        Is(ProviderStatus.Pending, await Inquire(ProviderStep.Authorise, waiting));
        _mock.Approve(waiting.Reference!["order:".Length..]);
        var before = _mock.Effects.Count;
        var done = Is(ProviderStatus.Done, await Inquire(ProviderStep.Authorise, waiting));
        Assert.Equal(done, Is(ProviderStatus.Done, await Inquire(ProviderStep.Authorise, waiting)));
        Assert.Equal(before + 1, _mock.Effects.Count);
        Is(ProviderStatus.Done, await Capture(done, 1_000, last: true));
    }

    [Fact]
    public async Task An_order_that_the_buyer_has_approved_in_the_shop_is_carried_out()
    {
        var order = (await Authorise("paypal", 1_000, take: true)).Reference!;
        Is(ProviderStatus.Pending, await Authorise(order, 1_000, take: true));
        _mock.Approve(order["order:".Length..]);
        Assert.NotNull(Is(ProviderStatus.Done, await Authorise(order, 1_000, take: true)).Capture);
    }

    [Fact]
    public async Task Money_that_is_taken_at_once_after_an_approval_has_a_capture()
    {
        var waiting = Is(ProviderStatus.Pending, await Authorise("paypal", 1_000, take: true));
        _mock.Approve(waiting.Reference!["order:".Length..]);
        var done = Is(ProviderStatus.Done, await Inquire(ProviderStep.Authorise, waiting));
        Assert.Equal(done.Reference, done.Capture);
        Is(ProviderStatus.Done, await Refund(done.Capture!, 1_000));
    }

    [Fact]
    public async Task An_authorisation_is_renewed_and_where_PayPal_does_not_a_new_one_takes_its_place()
    {
        var old = await Authorise("card:good", 1_000);
        var renewed = Is(ProviderStatus.Done, await Renew(old));
        Assert.NotEqual(old.Reference, renewed.Reference);
        Assert.Equal("reauthorise", _mock.Effects[^1]);
        _mock.Expire(renewed.Reference!);
        Is(ProviderStatus.Done, await Renew(renewed));
        Assert.Equal("authorise", _mock.Effects[^1]);
    }

    [Fact]
    public async Task The_access_token_is_kept_until_shortly_before_it_runs_out()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Ask(
            new ProviderCall.Authorise(Payment, "card:good", new(1, "EUR"), false), $"at once {i}")));
        Assert.Equal(1, _mock.Tokens);
        Time.Now += TimeSpan.FromSeconds(32_400 - 61);
        await Authorise("card:good", 1);
        Assert.Equal(1, _mock.Tokens);
        Time.Now += TimeSpan.FromSeconds(1);
        await Authorise("card:good", 1);
        Assert.Equal(2, _mock.Tokens);
    }

    [Fact]
    public async Task A_token_that_was_revoked_is_replaced_when_the_call_is_made_again()
    {
        ProviderCall.Authorise call = new(Payment, "card:good", new(1_000, "EUR"), false);
        await Authorise("card:good", 1);
        _mock.Revoke();
        await Assert.ThrowsAsync<ProviderUnclearException>(() => Ask(call, "revoked"));
        Is(ProviderStatus.Done, await Ask(call, "revoked"));
    }

    [Theory]
    [InlineData(5, "EUR", "0.05")]
    [InlineData(123_456, "USD", "1234.56")]
    [InlineData(500, "JPY", "500")]
    [InlineData(1_000, "HUF", "10")]
    [InlineData(12_300, "TWD", "123")]
    public async Task Amounts_are_written_as_PayPal_does(long minor, string currency, string written)
    {
        ProviderCall call = new ProviderCall.Authorise(Payment, "card:good", new(minor, currency), true);
        Is(ProviderStatus.Done, await Ask(call));
        Assert.Equal(written, (string?)_mock.Last!.Body["purchase_units"]![0]!["amount"]!["value"]);
        Assert.Equal("default,1o-1", (string?)_mock.Last.Body["purchase_units"]![0]!["custom_id"]);
    }

    [Theory]
    [InlineData(1_050, "HUF", "amount-not-representable")]
    [InlineData(1_000, "KWD", "unsupported-currency")]
    [InlineData(1_000, "ISK", "unsupported-currency")]
    public async Task What_PayPal_cannot_write_is_refused(long minor, string currency, string code)
    {
        ProviderCall call = new ProviderCall.Authorise(Payment, "card:good", new(minor, currency), true);
        Assert.Equal(code, Is(ProviderStatus.Refused, await Ask(call)).Code);
        Assert.Empty(_mock.Effects);
    }

    [Theory]
    [InlineData("AUTHORIZATION_DENIED", ProviderStatus.Declined)]
    [InlineData("TRANSACTION_REFUSED", ProviderStatus.Declined)]
    [InlineData("PAYER_CANNOT_PAY", ProviderStatus.Declined)]
    [InlineData("AUTHORIZATION_EXPIRED", ProviderStatus.Expired)]
    [InlineData("AUTHORIZATION_VOIDED", ProviderStatus.Refused)]
    [InlineData("MAX_CAPTURE_AMOUNT_EXCEEDED", ProviderStatus.Refused)]
    [InlineData("DECIMAL_PRECISION", ProviderStatus.Refused)]
    public async Task Issues_have_their_meaning(string issue, ProviderStatus meaning)
    {
        var authorised = await Authorise("card:good", 1_000);
        _mock.Refusing = issue;
        Assert.Equal(issue, Is(meaning, await Capture(authorised, 1_000, last: true)).Code);
    }

    [Fact]
    public async Task What_is_still_under_way_is_asked_again()
    {
        var captured = await Capture(await Authorise("card:good", 1_000), 1_000, last: true);
        _mock.Refusing = "PENDING_CAPTURE";
        await Assert.ThrowsAsync<ProviderUnclearException>(() => Refund(captured.Reference!, 1_000));
    }

    [Theory]
    [InlineData("card")]
    [InlineData("card:")]
    [InlineData("card:a/b")]
    [InlineData("order:../x")]
    [InlineData("4111111111111111")]
    public async Task A_method_that_is_none_is_refused(string method) =>
        Assert.Equal("bad-method", Is(ProviderStatus.Refused, await Authorise(method, 1_000)).Code);

    [Fact]
    public async Task A_payment_s_id_that_PayPal_could_not_keep_is_refused()
    {
        ProviderCall call = new ProviderCall.Void(new('p', 128), "A1");
        Assert.Equal("payment-id-too-long", Is(ProviderStatus.Refused, await Ask(call)).Code);
    }

    Task<ProviderAnswer> Renew(ProviderAnswer old) => Ask(
        new ProviderCall.Authorise(Payment, "card:good", new(1_000, "EUR"), false, Renews: old.Reference));
}
