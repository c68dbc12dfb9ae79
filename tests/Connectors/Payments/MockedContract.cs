using Fulfillment.Connectors;
using Fulfillment.Payments;
using Fulfillment.Tests.Support;

namespace Fulfillment.Tests.Connectors;

/// <summary>What providers behind a network do alike, against a mock that fails.</summary>
public abstract class MockedContract : ProviderContract
{
    protected static readonly TimeSpan Deadline = TimeSpan.FromSeconds(2);

    public static TheoryData<ProviderFault> Faults => [.. Enum.GetValues<ProviderFault>()];

    protected abstract ProviderMock Mock { get; }

    /// <summary>What must never be told: secrets, and words of the provider about people.</summary>
    protected abstract string[] Secrets { get; }

    protected override int? Effects => Mock.Effects.Count;

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task After_any_fault_the_same_id_has_one_effect(ProviderFault fault)
    {
        var authorised = await Once(new ProviderCall.Authorise(Payment, Methods.Good, new(1_000, "EUR"), false), fault);
        ProviderCall.Capture capture = new(Payment, authorised.Reference!, new(700, "EUR"), true);
        var captured = await Once(capture, fault);
        await Once(new ProviderCall.Refund(Payment, captured.Reference!, new(700, "EUR")), fault);
        var other = await Authorise(Methods.Good, 1_000);
        await Once(new ProviderCall.Void(Payment, other.Reference!), fault);
        Assert.Equal(["authorise", "capture", "refund", "authorise", "void"], Mock.Effects);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_question_that_fails_is_asked_again(ProviderFault fault)
    {
        var authorised = await Authorise(Methods.Good, 1_000);
        await Once(new ProviderCall.Inquire(Payment, ProviderStep.Authorise, authorised.Reference!), fault);
    }

    [Fact]
    public async Task What_is_thrown_tells_no_secret_and_nothing_of_what_was_said()
    {
        foreach (var fault in Enum.GetValues<ProviderFault>())
        {
            Mock.Fail(fault);
            var thrown = await Assert.ThrowsAsync<ProviderUnclearException>(() => Authorise(Methods.Good, 1_000));
            Assert.All(Secrets, secret => Assert.DoesNotContain(secret, $"{thrown}", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_provider_that_is_not_there_is_asked_again()
    {
        await Mock.DisposeAsync();
        await Assert.ThrowsAsync<ProviderUnclearException>(() => Authorise(Methods.Good, 1_000));
        await Mock.InitializeAsync();
    }

    /// <summary>Every operation that the gateway calls was compared with the published document.</summary>
    protected async Task Compares(string[] operations, params Func<Task>[] scenarios)
    {
        foreach (var scenario in scenarios) await scenario();
        Assert.Equal(operations.Order(StringComparer.Ordinal), Mock.Compared.Keys.Order(StringComparer.Ordinal));
        Assert.Empty(Mock.Misfits);
    }

    protected override string LoseNextAnswer()
    {
        Mock.Fail(ProviderFault.Silence);
        return Methods.Good;
    }

    async Task<ProviderAnswer> Once(ProviderCall call, ProviderFault fault)
    {
        var id = $"{call.GetType().Name} after {fault}";
        Mock.Fail(fault);
        await Assert.ThrowsAsync<ProviderUnclearException>(() => Ask(call, id));
        return Is(ProviderStatus.Done, await Ask(call, id));
    }
}
