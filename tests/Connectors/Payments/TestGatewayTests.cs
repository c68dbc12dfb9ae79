using Fulfillment.Connectors;
using Fulfillment.Payments;

namespace Fulfillment.Tests.Connectors;

/// <summary>The provider without a network.</summary>
public sealed class TestGatewayTests : ProviderContract
{
    TestGateway _gateway;

    public TestGatewayTests() => _gateway = new(new("secret"), Time);

    protected override Connector Connector => _gateway.Answer;

    protected override (string, string, string) Methods => ("ok", "declined", "expires:60");

    protected override string DeclineCode => "card_declined";

    protected override int? Effects => null;

    public override Task InitializeAsync() => Task.CompletedTask;

    public override Task DisposeAsync() => Task.CompletedTask;

    protected override string LoseNextAnswer() => "unknown";

    protected override void Expire(string reference) => Time.Now += TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_restart_changes_nothing_for_what_was_told()
    {
        var authorised = await Authorise("ok", 1_000);
        _gateway = new(new("secret"), Time);
        var captured = Is(ProviderStatus.Done, await Capture(authorised, 400, last: true));
        _gateway = new(new("secret"), Time);
        Is(ProviderStatus.Done, await Refund(captured.Reference!, 400));
        Assert.Equal(authorised, await Inquire(ProviderStep.Authorise, authorised));
    }

    [Fact]
    public async Task What_is_late_is_pending_until_its_time()
    {
        var late = Is(ProviderStatus.Pending, await Authorise("late:90", 1_000));
        Is(ProviderStatus.Refused, await Capture(late, 1_000, last: true));
        Time.Now += TimeSpan.FromSeconds(89);
        Is(ProviderStatus.Pending, await Inquire(ProviderStep.Authorise, late));
        Time.Now += TimeSpan.FromSeconds(1);
        var done = Is(ProviderStatus.Done, await Inquire(ProviderStep.Authorise, late));
        Assert.Equal(late.Reference, done.Reference);
        Is(ProviderStatus.Done, await Capture(done, 1_000, last: true));
    }

    [Fact]
    public async Task Who_must_act_first_is_told_where()
    {
        var waiting = Is(ProviderStatus.Pending, await Authorise("action", 1_000));
        Assert.StartsWith("https://", waiting.ActionUrl, StringComparison.Ordinal);
        Time.Now += TimeSpan.FromSeconds(30);
        Assert.Null(Is(ProviderStatus.Done, await Inquire(ProviderStep.Authorise, waiting)).ActionUrl);
    }

    [Fact]
    public async Task A_capture_can_be_declined_and_a_refund_take_its_time()
    {
        var declined = await Capture(await Authorise("capture-declined", 1_000), 1_000, last: true);
        Assert.Equal("card_declined", Is(ProviderStatus.Declined, declined).Code);
        var captured = await Capture(await Authorise("refund-pending:60", 1_000), 1_000, last: true);
        var pending = Is(ProviderStatus.Pending, await Refund(captured.Reference!, 1_000));
        Time.Now += TimeSpan.FromSeconds(60);
        Is(ProviderStatus.Done, await Inquire(ProviderStep.Refund, pending));
    }

    [Theory]
    [InlineData("insufficient-funds", ProviderStatus.Declined, "insufficient_funds")]
    [InlineData("cash", ProviderStatus.Refused, "unknown-method")]
    [InlineData("late:1.5", ProviderStatus.Refused, "unknown-method")]
    [InlineData("late:", ProviderStatus.Refused, "unknown-method")]
    [InlineData("", ProviderStatus.Refused, "unknown-method")]
    public async Task A_method_decides(string method, ProviderStatus status, string code) =>
        Assert.Equal(code, Is(status, await Authorise(method, 1_000)).Code);

    [Fact]
    public async Task Garbage_never_makes_sense()
    {
        ProviderCall.Authorise call = new(Payment, "garbage", new(1, "EUR"), false);
        for (var i = 0; i < 3; i++)
            await Assert.ThrowsAsync<ProviderUnclearException>(() => Ask(call, "garbage"));
    }

    [Fact]
    public async Task A_reference_belongs_to_its_payment_its_kind_and_its_gateway()
    {
        var authorised = await Authorise("ok", 1_000);
        Money amount = new(1, "EUR");
        ProviderCall other = new ProviderCall.Capture("default/o-2", authorised.Reference!, amount, true);
        Is(ProviderStatus.Refused, await Ask(other));
        Is(ProviderStatus.Refused, await Refund(authorised.Reference!, 1));
        var more = authorised.Reference!.Replace(".1000.", ".9000.", StringComparison.Ordinal);
        Assert.NotEqual(authorised.Reference, more);
        Is(ProviderStatus.Refused, await Ask(new ProviderCall.Capture(Payment, more, amount, true)));
        _gateway = new(new("another secret"), Time);
        Is(ProviderStatus.Refused, await Capture(authorised, 1, last: true));
    }

    [Fact]
    public async Task What_is_remembered_of_ids_has_an_end()
    {
        ProviderCall.Authorise call = new(Payment, "unknown", new(1, "EUR"), false);
        await Assert.ThrowsAsync<ProviderUnclearException>(() => Ask(call, "first"));
        for (var i = 0; i < TestGateway.MostSeen; i++) await Ask(call with { Method = "ok" }, $"{i}");
        await Assert.ThrowsAsync<ProviderUnclearException>(() => Ask(call, "first"));
    }
}
