using System.Collections.Immutable;
using Fulfillment.Composition;
using Fulfillment.Connectors;
using Fulfillment.Shipping;

namespace Fulfillment.Tests.Client;

/// <summary>A carrier who knows no repeats makes one manifest of one closing, whatever becomes of the answer.</summary>
public sealed class ManifestDeskTests
{
    static readonly LabelCall.Close Call = new(
        "default/m-1", 1, "usps", new("US"), new(2026, 12, 1), ["9205590000000000000001"]);

    static async Task<CarrierCloseAnswer> Ask(LabelDesk desk, LabelCall.Close? call = null) =>
        Assert.IsType<CarrierCloseAnswer>(await desk.Answer("id", call ?? Call, CancellationToken.None));

    static LabelDesk Desk(Carrier carrier) =>
        new(new([(carrier, null)], TimeSpan.FromSeconds(5), TimeProvider.System), new NotesOnly([]));

    [Fact]
    public async Task Who_was_told_and_did_not_answer_is_not_told_again_under_that_number()
    {
        Carrier carrier = new(false, ProviderTrouble.Timeout);
        var desk = Desk(carrier);

        var first = await Ask(desk);
        Assert.Equal((null, true, false, "is slow"), (first.Status, first.Unknown, first.Nothing, first.Why));
        Assert.True((await Ask(desk)).Unknown);
        Assert.Equal(1, carrier.Told);
        // Somebody has found out that he has it not.
        carrier.Trouble = null;
        Assert.Equal(CarrierStatus.Done, (await Ask(desk, Call with { Number = 2 })).Status);
        Assert.Equal(2, carrier.Told);
    }

    [Theory]
    [InlineData(ProviderTrouble.NotAsked)]
    [InlineData(ProviderTrouble.Unauthorised)]
    public async Task Who_has_heard_nothing_of_it_is_told_under_another_number(ProviderTrouble trouble)
    {
        var answer = await Ask(Desk(new(false, trouble)));

        Assert.Equal((null, false, true), (answer.Status, answer.Unknown, answer.Nothing));
    }

    [Theory]
    [InlineData(ProviderTrouble.Timeout)]
    [InlineData(ProviderTrouble.NotAsked)]
    public async Task Who_knows_repeats_is_told_under_the_same_number_until_he_answers(ProviderTrouble trouble)
    {
        Carrier carrier = new(true, trouble);
        var desk = Desk(carrier);
        var answer = await Ask(desk);
        Assert.Equal((null, false, false), (answer.Status, answer.Unknown, answer.Nothing));

        carrier.Trouble = null;
        Assert.Equal(CarrierStatus.Done, (await Ask(desk)).Status);
    }

    [Fact]
    public async Task Who_is_not_set_up_any_more_is_asked_again_later()
    {
        var answer = await Ask(Desk(new(true, null)), Call with { Carrier = "ups" });

        Assert.Equal((null, "not-configured", false), (answer.Status, answer.Why, answer.Unknown));
    }

    sealed class Carrier(bool repeats, ProviderTrouble? trouble) : ICarrier
    {
        public ProviderTrouble? Trouble { get; set; } = trouble;

        public int Told { get; private set; }

        public string Name => "usps";

        public CarrierAbility Can => CarrierAbility.Manifests;

        public bool RepeatsClose => repeats;

        public ValueTask<RateReply> Rates(RateAsk ask, CancellationToken cancel) => throw new NotSupportedException();

        public ValueTask<LabelReply> Buy(string key, LabelAsk ask, CancellationToken cancel) =>
            throw new NotSupportedException();

        public ValueTask<LabelReply> Find(string key, LabelAsk ask, CancellationToken cancel) =>
            throw new NotSupportedException();

        public ValueTask<VoidReply> Void(VoidAsk ask, CancellationToken cancel) => throw new NotSupportedException();

        public ValueTask<ManifestReply> Close(string key, ManifestAsk ask, CancellationToken cancel)
        {
            Told++;
            return Trouble is { } trouble ? throw new ProviderUnclearException(Name, "is slow", null, trouble)
                : new(new ManifestReply(CarrierStatus.Done, "M-7", ImmutableArray<byte>.Empty));
        }
    }
}
