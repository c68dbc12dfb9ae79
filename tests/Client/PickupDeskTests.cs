using Fulfillment.Composition;
using Fulfillment.Connectors;
using Fulfillment.Shipping;

namespace Fulfillment.Tests.Client;

/// <summary>A carrier who does not know repeats is asked once to come, whatever becomes of the answer.</summary>
public sealed class PickupDeskTests
{
    static readonly LabelCall.Fetch Fetch = new("default/p-1", 1, "ups", new(
        "LEJ1", "ups", new("DE"), new(2026, 12, 1), new(14, 0), new(17, 30), 12, 34_000, "11", "AT"));

    static async Task<PickupAnswer> Ask(LabelDesk desk, LabelCall call) =>
        Assert.IsType<PickupAnswer>(await desk.Answer("id", call, CancellationToken.None));

    [Fact]
    public async Task Who_was_asked_and_did_not_answer_is_not_asked_again()
    {
        Carrier carrier = new(Fails: true);
        LabelDesk desk = new(new([(carrier, null)], TimeSpan.FromSeconds(5), TimeProvider.System), new NotesOnly([]));

        Assert.Null((await Ask(desk, Fetch)).Status);
        Assert.Null((await Ask(desk, Fetch)).Status);
        Assert.Equal(1, carrier.Asked);
        Assert.Equal(CarrierStatus.Refused, (await Ask(desk, Fetch with { Carrier = "fedex" })).Status);
    }

    [Fact]
    public async Task The_carrier_is_told_what_to_fetch_and_his_number_is_kept()
    {
        Carrier carrier = new(Fails: false);
        LabelDesk desk = new(new([(carrier, null)], TimeSpan.FromSeconds(5), TimeProvider.System), new NotesOnly([]));

        var told = await Ask(desk, Fetch);
        Assert.Equal((CarrierStatus.Done, "P-34000-14:00"), (told.Status, told.Confirmation));
        var stopped = await Ask(desk, new LabelCall.StopFetching(
            "default/p-1", 1, "ups", new(told.Confirmation!, Fetch.Terms.Day, "11", "nothing to fetch")));
        Assert.Equal(CarrierStatus.Done, stopped.Status);
    }

    sealed record Carrier(bool Fails) : ICarrier
    {
        public int Asked { get; private set; }

        public string Name => "ups";

        public CarrierAbility Can => CarrierAbility.Pickups;

        public ValueTask<RateReply> Rates(RateAsk ask, CancellationToken cancel) => throw new NotSupportedException();

        public ValueTask<LabelReply> Buy(string key, LabelAsk ask, CancellationToken cancel) =>
            throw new NotSupportedException();

        public ValueTask<LabelReply> Find(string key, LabelAsk ask, CancellationToken cancel) =>
            throw new NotSupportedException();

        public ValueTask<VoidReply> Void(VoidAsk ask, CancellationToken cancel) => throw new NotSupportedException();

        public ValueTask<PickupReply> Book(PickupAsk ask, CancellationToken cancel)
        {
            Asked++;
            if (Fails) throw new ProviderUnclearException(Name, "is slow", null, ProviderTrouble.Timeout);
            return new(new PickupReply(
                CarrierStatus.Done, FormattableString.Invariant($"P-{ask.Grams}-{ask.Ready:HH:mm}")));
        }

        public ValueTask<PickupReply> Cancel(PickupCancel ask, CancellationToken cancel) => new(new PickupReply(
            ask.Confirmation == "P-34000-14:00" ? CarrierStatus.Done : CarrierStatus.Refused));
    }
}
