using Fulfillment.Composition;
using Fulfillment.Connectors;
using Fulfillment.Shipping;

namespace Fulfillment.Tests.Client;

/// <summary>
/// A label is bought once, by a carrier who knows no repeat and cannot say that he sold nothing: and all the same it is
/// bought once he answers again, where nothing was sold before.
/// </summary>
public sealed class LabelDeskTests
{
    static readonly LabelCall.Buy Wanted = new("default/p-1", 1, "ups", new(300, 200, 100, 900), new(
        "ups", "03", LabelFormat.Pdf, new(2026, 12, 1), new("DE"), new("subject", "sealed"), [], null, null, null,
        DateTimeOffset.MaxValue), true);

    readonly Carrier _carrier = new();
    readonly Safe _safe = new();
    readonly LabelDesk _desk;

    public LabelDeskTests() =>
        _desk = new(new([(_carrier, null)], TimeSpan.FromSeconds(5), TimeProvider.System), _safe);

    async Task<LabelOutcome> Ask(bool wanted = true) => Assert.IsType<LabelAnswer>(await _desk.Answer(
        "id", Wanted with { Wanted = wanted }, CancellationToken.None)).Outcome;

    static ProviderUnclearException Trouble(ProviderTrouble trouble, bool nothingDone) =>
        new("ups", "fails", null, trouble) { NothingDone = nothingDone };

    [Fact]
    public async Task Who_was_not_reached_sells_it_when_he_is_back()
    {
        _carrier.Fails = Trouble(ProviderTrouble.Unreachable, nothingDone: true);
        for (var i = 0; i < CarrierBreaker.MostFailures - 1; i++) Assert.Equal(LabelOutcome.NotAsked, await Ask());
        _carrier.Fails = null;
        Assert.Equal(LabelOutcome.Bought, await Ask());
        Assert.Equal(LabelOutcome.Bought, await Ask());
        Assert.Equal(1, _carrier.Sold);
    }

    [Fact]
    public async Task While_he_is_left_alone_nothing_is_noted()
    {
        _carrier.Fails = Trouble(ProviderTrouble.Unavailable, nothingDone: true);
        for (var i = 0; i < CarrierBreaker.MostFailures + 2; i++) Assert.Equal(LabelOutcome.NotAsked, await Ask());
        Assert.Equal(CarrierBreaker.MostFailures, _carrier.Asked);
        Assert.False(await _safe.HasBegun("", "", default));
    }

    [Fact]
    public async Task Who_gives_no_access_is_not_asked_for_a_label()
    {
        _carrier.IsLocked = true;
        Assert.Equal(LabelOutcome.NotAsked, await Ask());
        Assert.Equal((0, 0), (_carrier.Asked, _safe.Notes));
        _carrier.IsLocked = false;
        Assert.Equal(LabelOutcome.Bought, await Ask());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Whose_answer_was_lost_is_never_asked_to_sell_it_again(bool hasSold)
    {
        (_carrier.Fails, _carrier.SellsAndFails) = (Trouble(ProviderTrouble.Timeout, nothingDone: false), hasSold);
        Assert.Equal(LabelOutcome.Unclear, await Ask());
        _carrier.Fails = null;
        Assert.Equal(hasSold ? LabelOutcome.Bought : LabelOutcome.Unclear, await Ask());
        Assert.Equal(1, _carrier.Asked);
    }

    [Fact]
    public async Task A_refusal_leaves_nothing_behind_and_who_looks_for_it_does_not_buy()
    {
        _carrier.Refuses = true;
        Assert.Equal(LabelOutcome.Refused, await Ask());
        Assert.Equal(LabelOutcome.Refused, await Ask());
        _carrier.Refuses = false;
        Assert.Equal(LabelOutcome.NotBought, await Ask(wanted: false));
        Assert.Equal(0, _carrier.Sold);
    }

    [Fact]
    public async Task What_he_says_is_kept_without_the_buyers_name()
    {
        _carrier.Refuses = true;
        var refused = Assert.IsType<LabelAnswer>(await _desk.Answer("id", Wanted, CancellationToken.None));
        Assert.Equal(new CarrierRefusal("no", "*** lives not at *** ***"), refused.Refusal);
        var told = Assert.IsType<TrackAnswer>(await _desk.Answer(
            "id", new LabelCall.Track(Wanted.Parcel, 1, "ups", "S", "T", Wanted.Terms.To), CancellationToken.None));
        Assert.Equal("left with ***", Assert.Single(told.Events).Says);
    }

    sealed class Carrier : ICarrier
    {
        public ProviderUnclearException? Fails { get; set; }

        public bool SellsAndFails { get; set; }

        public bool Refuses { get; set; }

        public bool IsLocked { get; set; }

        public int Asked { get; private set; }

        public int Sold { get; private set; }

        public string Name => "ups";

        public CarrierAbility Can => CarrierAbility.Labels | CarrierAbility.Tracking;

        public ValueTask<TrackReply> Track(string trackingNumber, CancellationToken cancel) => new(new TrackReply(
            true, [new(DateTimeOffset.UnixEpoch, Milestone.Delivered, "D", "left with Maria")]));

        public ValueTask<RateReply> Rates(RateAsk ask, CancellationToken cancel) => throw new NotSupportedException();

        public ValueTask Ready(CancellationToken cancel) =>
            IsLocked ? throw Trouble(ProviderTrouble.Unauthorised, nothingDone: true) : default;

        public ValueTask<LabelReply> Buy(string key, LabelAsk ask, CancellationToken cancel)
        {
            Asked++;
            if (Fails is { } e)
            {
                if (SellsAndFails) Sold++;
                throw e;
            }

            if (Refuses)
                return new(new LabelReply(
                    LabelStatus.Refused, Refusal: new("no", "Muster lives not at HAUPTSTR 7")));
            Sold++;
            return new(Bought);
        }

        public ValueTask<LabelReply> Find(string key, LabelAsk ask, CancellationToken cancel) =>
            new(Sold > 0 ? Bought : new LabelReply(LabelStatus.NotSeenYet));

        public ValueTask<VoidReply> Void(VoidAsk ask, CancellationToken cancel) => throw new NotSupportedException();

        static LabelReply Bought => new(
            LabelStatus.Bought, new("S", [new("T", LabelFormat.Pdf, [1, 2])], new(500, "EUR"), []));
    }

    sealed class Safe : ILabelSafe
    {
        readonly HashSet<string> _begun = [];

        public int Notes { get; private set; }

        public ValueTask<bool> HasBegun(string seller, string key, CancellationToken cancel) => new(_begun.Count > 0);

        public ValueTask<bool> Begin(string seller, string key, CancellationToken cancel)
        {
            Notes++;
            return new(_begun.Add(key));
        }

        public ValueTask TakeBack(string seller, string key, CancellationToken cancel)
        {
            Assert.True(_begun.Remove(key));
            return default;
        }

        public ValueTask<ShipAddress?> Open(Personal<ShipAddress> to) =>
            new(new ShipAddress("AT", Lines: ["Hauptstr. 7"], Name: "Maria Muster"));

        public ValueTask<Personal<string>?> Seal(Personal<ShipAddress> beside, string name) =>
            throw new NotSupportedException();

        public ValueTask<StoredPaper?> Keep(
            string seller, Personal<ShipAddress> beside, ReadOnlyMemory<byte> paper, LabelFormat format,
            CancellationToken cancel) => new(new StoredPaper("paper", format, paper.Length));

        public ValueTask<StoredPaper> KeepForm(
            string seller, string subject, ReadOnlyMemory<byte> paper, LabelFormat format, CancellationToken cancel) =>
            throw new NotSupportedException();
    }
}
