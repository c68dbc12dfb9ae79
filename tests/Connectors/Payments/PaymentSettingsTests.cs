using Fulfillment.Connectors;
using Fulfillment.Payments;

namespace Fulfillment.Tests.Connectors;

/// <summary>What the environment says of payment providers.</summary>
public sealed class PaymentSettingsTests
{
    static readonly Money Euro = new(100, "EUR");

    [Fact]
    public async Task A_provider_that_is_not_set_up_refuses_everything()
    {
        using PaymentProviders providers = new(Read([]), new FakeTime());
        Assert.Empty(providers.Webhooks);
        Assert.Equal(["paypal", "stripe", "test-gateway"], providers.Connectors.Keys.Order(StringComparer.Ordinal));
        foreach (var connector in providers.Connectors.Values)
        {
            var answer = await connector("1", new ProviderCall.Authorise("s/o", "ok", Euro, false), default);
            Assert.Equal(new ProviderAnswer(ProviderStatus.Refused, Code: "not-configured"), answer);
        }
    }

    [Fact]
    public async Task The_test_gateway_is_on_by_its_variable_and_in_the_demonstration()
    {
        foreach (var settings in new[]
            { Read([("FULFILLMENT_TEST_GATEWAY", "1")]), PaymentSettings.Read(_ => null, demo: true) })
        {
            using PaymentProviders providers = new(settings, new FakeTime());
            var answer = (ProviderAnswer)await providers.Connectors["test-gateway"](
                "1", new ProviderCall.Authorise("s/o", "ok", Euro, false), default);
            Assert.Equal(ProviderStatus.Done, answer.Status);
            // Anybody knows the word that it signs with.
            Assert.Empty(providers.Webhooks);
        }
    }

    [Fact]
    public void Webhooks_are_read_of_those_whose_signature_can_be_verified()
    {
        using PaymentProviders providers = new(Read(
        [
            ("FULFILLMENT_STRIPE_KEY", "sk"), ("FULFILLMENT_STRIPE_WEBHOOK_SECRET", "whsec"),
            ("FULFILLMENT_PAYPAL_CLIENT", "c"), ("FULFILLMENT_PAYPAL_SECRET", "s"),
            ("FULFILLMENT_TEST_GATEWAY", "1"), ("FULFILLMENT_TEST_GATEWAY_SECRET", "t"),
        ]), new FakeTime());
        Assert.Equal(["stripe", "test-gateway"], providers.Webhooks.Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("FULFILLMENT_PAYPAL_CLIENT", "c")]
    [InlineData("FULFILLMENT_PAYPAL_SECRET", "very secret")]
    [InlineData("FULFILLMENT_STRIPE_API", "http://api.stripe.com")]
    [InlineData("FULFILLMENT_STRIPE_API", "ftp://localhost")]
    [InlineData("FULFILLMENT_STRIPE_API", "stripe")]
    [InlineData("FULFILLMENT_PAYMENT_RETURN_URL", "javascript:alert(1)")]
    [InlineData("FULFILLMENT_PAYMENT_DEADLINE_SECONDS", "0")]
    [InlineData("FULFILLMENT_PAYMENT_DEADLINE_SECONDS", "1e9")]
    public void What_makes_no_sense_is_named_without_secrets(string name, string value)
    {
        var thrown = Assert.Throws<PaymentSettingsException>(
            () => Read([(name, value), ("FULFILLMENT_STRIPE_KEY", "sk")]));
        Assert.Contains(name, thrown.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("very secret", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_print_no_secrets()
    {
        var settings = Read(
        [
            ("FULFILLMENT_STRIPE_KEY", "sk_secret"), ("FULFILLMENT_PAYPAL_CLIENT", "c"),
            ("FULFILLMENT_PAYPAL_SECRET", "pp_secret"), ("FULFILLMENT_STRIPE_API", "http://127.0.0.1:1"),
        ]);
        Assert.NotNull(settings.Stripe);
        Assert.DoesNotContain("_secret", $"{settings}", StringComparison.Ordinal);
    }

    static PaymentSettings Read((string Name, string Value)[] variables) => PaymentSettings.Read(
        name => variables.FirstOrDefault(v => v.Name == name).Value);
}
