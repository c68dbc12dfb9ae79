using System.Collections.Immutable;
using Fulfillment.Composition;
using Fulfillment.Connectors;
using Fulfillment.Shipping;

namespace Fulfillment.Simulation;

/// <summary>
/// The carriers as a world sees them, behind the product's own desk for labels: they fail before or after they have
/// sold, refuse, sell only after a while, give a label out once or not at all, and void late, twice or not. What they
/// have sold is the truth that the parcels are held against. What is kept beside the journal is kept here.
/// </summary>
public sealed class Post : ILabelSafe
{
    /// <summary>A purchase that is under way when its caller hangs up arrives within this time.</summary>
    static readonly TimeSpan MostUnderWay = TimeSpan.FromSeconds(100);

    readonly World _world;
    readonly LabelDesk _desk;
    readonly HashSet<string> _begun = [];
    readonly HashSet<string> _doubted = [];
    readonly Dictionary<(string Carrier, string Key), Sold> _sold = [];
    readonly Dictionary<(string Carrier, string Key), ImmutableArray<string>> _manifests = [];
    readonly Dictionary<long, int> _fetches = [];
    readonly List<(DateTimeOffset At, string Carrier, string Key)> _underWay = [];

    /// <summary>Carriers of this world.</summary>
    public Post(World world)
    {
        _world = world;
        Ways = new(world);
        _desk = new(
            new([.. Names.Select(n => ((ICarrier)new Carrier(this, n), (CourierTable?)null))], TimeSpan.FromSeconds(5),
                world.Time), this);
    }

    /// <summary>
    /// Those that can be asked. USPS knows repeats, and what he has not sold. UPS and FedEx know neither: what they do
    /// not find may be under way; FedEx prints only once.
    /// </summary>
    public static ImmutableArray<string> Names { get; } = ["ups", "fedex", "usps"];

    /// <summary>The desks by the name that they have for parcels.</summary>
    public IEnumerable<KeyValuePair<string, Connector>> Connectors =>
        Names.Select(n => KeyValuePair.Create(ParcelCalls.LabelsOf(n), (Connector)Answer));

    /// <summary>What was sold under the key, when all has arrived; null for nothing.</summary>
    public Sold? Find(string carrier, string key)
    {
        Arrive(DateTimeOffset.MaxValue);
        return _sold.GetValueOrDefault((carrier, key));
    }

    /// <summary>
    /// Whether nobody can tell that a label was not bought: its carrier was asked for it, or who was about to ask him
    /// died, and the carrier does not say what he has not sold.
    /// </summary>
    public bool IsInDoubt(string carrier, string key) => IsIgnorant(carrier) && _doubted.Contains(key);

    /// <summary>Which numbers a carrier was told under the key of a manifest; default for none.</summary>
    public ImmutableArray<string> Manifest(string carrier, string key) => _manifests.GetValueOrDefault((carrier, key));

    /// <summary>How often a carrier was asked to fetch so many grams: each pickup has a weight of its own.</summary>
    public int Fetches(long grams) => _fetches.GetValueOrDefault(grams);

    /// <summary>How many manifests carriers have taken.</summary>
    public int Manifests => _manifests.Count;

    /// <summary>Where they have really seen parcels.</summary>
    public Ways Ways { get; }

    /// <summary>Labels that were sold and have arrived, in that order; <c>IsVoid</c>: it was voided.</summary>
    public IReadOnlyList<(string Carrier, string Key, bool IsVoid)> Labels =>
        [.. _sold.Select(s => (s.Key.Carrier, s.Key.Key, s.Value.IsVoid))];

    /// <summary>How many labels were sold.</summary>
    public int Count => _sold.Count;

    /// <summary>A label that a carrier has sold. <c>Times</c>: more than once is a bug of ours.</summary>
    public sealed class Sold
    {
        /// <summary>How often it was bought.</summary>
        public int Times { get; set; } = 1;

        /// <summary>It was voided.</summary>
        public bool IsVoid { get; set; }

        /// <summary>The carrier does not void it.</summary>
        public bool IsKept { get; set; }
    }

    /// <inheritdoc/>
    public ValueTask<bool> Begin(string seller, string key, CancellationToken cancel)
    {
        if (_world.Happens(_world.Faults.ProviderFails / 4, "label safe failed")) throw Died();
        if (!_begun.Add(key)) return new(false);
        if (!_world.Happens(_world.Faults.ProviderFails / 8, "label desk died before it bought")) return new(true);
        _doubted.Add(key);
        throw Died();
    }

    /// <inheritdoc/>
    public ValueTask TakeBack(string seller, string key, CancellationToken cancel)
    {
        if (_sold.Keys.Any(s => s.Key == key) || _underWay.Any(u => u.Key == key))
            throw _world.Broken($"{key} was bought, and is noted as if it was not");
        if (_world.Happens(_world.Faults.ProviderFails / 4, "label safe failed"))
        {
            _doubted.Add(key);
            throw Died();
        }

        if (!_begun.Remove(key)) throw _world.Broken($"{key} is taken back, and was not noted");
        return default;
    }

    /// <inheritdoc/>
    public ValueTask<bool> HasBegun(string seller, string key, CancellationToken cancel) => new(_begun.Contains(key));

    /// <inheritdoc/>
    public ValueTask<ShipAddress?> Open(Personal<ShipAddress> to) => new(new ShipAddress("AT"));

    /// <inheritdoc/>
    public ValueTask<Personal<string>?> Seal(Personal<ShipAddress> beside, string name) =>
        new(new Personal<string>(beside.Subject, name));

    /// <inheritdoc/>
    public async ValueTask<StoredPaper?> Keep(
        string seller, Personal<ShipAddress> beside, ReadOnlyMemory<byte> paper, LabelFormat format,
        CancellationToken cancel) => await KeepForm(seller, beside.Subject, paper, format, cancel);

    /// <inheritdoc/>
    public ValueTask<StoredPaper> KeepForm(
        string seller, string subject, ReadOnlyMemory<byte> paper, LabelFormat format, CancellationToken cancel)
    {
        if (_world.Happens(_world.Faults.ProviderFails / 4, "label safe failed")) throw Died();
        return new(new StoredPaper("paper", format, paper.Length));
    }

    async ValueTask<object> Answer(string id, object command, CancellationToken cancel)
    {
        if (_world.Happens(_world.Faults.ProviderFails / 2, "label desk died before")) throw Died();
        var answer = await _desk.Answer(id, command, cancel);
        if (_world.Happens(_world.Faults.ProviderFails / 2, "label desk died after")) throw Died();
        return answer;
    }

    static InvalidOperationException Died() => new("somebody died");

    void Arrive(DateTimeOffset until)
    {
        foreach (var (at, carrier, key) in _underWay.Where(u => u.At <= until).ToArray())
        {
            _underWay.Remove((at, carrier, key));
            if (!_sold.TryAdd((carrier, key), new()) && IsIgnorant(carrier)) _sold[(carrier, key)].Times++;
        }
    }

    static bool IsIgnorant(string carrier) => carrier != "usps";

    sealed class Carrier(Post post, string name) : ICarrier
    {
        static readonly ParcelLabel Paper = new("T", LabelFormat.Pdf, [1, 2, 3]);

        readonly World _world = post._world;

        public string Name => name;

        public CarrierAbility Can => CarrierAbility.Labels | CarrierAbility.Voids | CarrierAbility.Tracking;

        public bool RepeatsClose => name != "usps";

        bool KnowsRepeats => !IsIgnorant(name);

        bool PrintsOnce => name == "fedex";

        public ValueTask<RateReply> Rates(RateAsk ask, CancellationToken cancel) => new(new RateReply([], []));

        public ValueTask Ready(CancellationToken cancel)
        {
            if (_world.Happens(_world.Faults.ProviderFails, "carrier gave no access"))
                throw Unclear(ProviderTrouble.Unavailable);
            return default;
        }

        public ValueTask<LabelReply> Buy(string key, LabelAsk ask, CancellationToken cancel)
        {
            post.Arrive(_world.Time.Now);
            if (_world.Happens(_world.Faults.ProviderFails / 2, "carrier was not reached"))
                throw Unclear(ProviderTrouble.Unreachable).BeforeAnything();
            if (_world.Happens(_world.Faults.ProviderFails / 2, "carrier failed"))
            {
                post._doubted.Add(key);
                throw Unclear(ProviderTrouble.Unavailable);
            }

            if (post._sold.TryGetValue((name, key), out var sold))
            {
                if (!KnowsRepeats) sold.Times++;
                else if (sold.IsVoid) return new(new LabelReply(LabelStatus.Refused, Refusal: new("void")));
            }
            else
            {
                if (_world.Happens(_world.Faults.ProviderDeclines, "carrier refused"))
                    return new(new LabelReply(LabelStatus.Refused, Refusal: new("no")));
                if (_world.Happens(_world.Faults.ProviderWaits, "carrier sells later"))
                {
                    post._underWay.Add((
                        _world.Time.Now + (_world.Random.NextDouble() * MostUnderWay), name, key));
                    throw Unclear(ProviderTrouble.Timeout);
                }

                post._sold.Add((name, key), new());
            }

            if (_world.Happens(_world.Faults.ProviderFails, "carrier's answer lost"))
                throw Unclear(ProviderTrouble.Timeout);
            return new(Bought(key, LabelStatus.Bought));
        }

        public ValueTask<LabelReply> Find(string key, LabelAsk ask, CancellationToken cancel)
        {
            Meet();
            if (!post._sold.ContainsKey((name, key)))
                return new(new LabelReply(
                    !KnowsRepeats || _world.Happens(_world.Faults.ProviderWaits, "carrier's index behind")
                        ? LabelStatus.NotSeenYet : LabelStatus.NotFound));
            if (_world.Happens(_world.Faults.ProviderWaits, "carrier's index behind"))
                return new(new LabelReply(LabelStatus.NotSeenYet));
            return new(Bought(
                key, PrintsOnce && _world.Random.Next(2) == 0 ? LabelStatus.BoughtWithoutLabel : LabelStatus.Bought));
        }

        public ValueTask<VoidReply> Void(VoidAsk ask, CancellationToken cancel)
        {
            Meet();
            if (!post._sold.TryGetValue((name, ask.Key), out var sold))
                throw _world.Broken($"{name} is to void {ask.Key}, and has not sold it");
            if (sold.IsVoid) return new(new VoidReply(VoidStatus.AlreadyVoid));
            var isUsed = sold.IsKept || post.Ways.Of(name, ask.Key).Count > 0;
            if (isUsed || _world.Happens(_world.Faults.ProviderDeclines, "carrier does not void"))
            {
                sold.IsKept = true;
                return new(new VoidReply(VoidStatus.Refused, new("too-late")));
            }

            sold.IsVoid = true;
            if (_world.Happens(_world.Faults.ProviderFails, "carrier's answer lost"))
                throw Unclear(ProviderTrouble.Unreachable);
            return new(new VoidReply(VoidStatus.Voided));
        }

        public ValueTask<ManifestReply> Close(string key, ManifestAsk ask, CancellationToken cancel)
        {
            Meet();
            if (post._manifests.TryGetValue((name, key), out var told))
            {
                if (!told.SequenceEqual(ask.TrackingNumbers)) throw _world.Broken($"{key} is told {name} otherwise");
                if (!RepeatsClose) throw _world.Broken($"{key} is told {name} twice, who makes another of it");
            }
            else
            {
                if (_world.Happens(_world.Faults.ProviderDeclines, "carrier refused"))
                    return new(new ManifestReply(CarrierStatus.Refused, Form: [], Refusal: new("late")));
                post._manifests.Add((name, key), ask.TrackingNumbers);
            }

            if (_world.Happens(_world.Faults.ProviderFails, "carrier's answer lost"))
                throw Unclear(ProviderTrouble.Timeout);
            return new(new ManifestReply(CarrierStatus.Done, $"M-{key}", [4, 5, 6]));
        }

        public ValueTask<PickupReply> Book(PickupAsk ask, CancellationToken cancel)
        {
            Meet();
            if (_world.Happens(_world.Faults.ProviderDeclines, "carrier refused"))
                return new(new PickupReply(CarrierStatus.Refused, Refusal: new("late")));
            post._fetches[ask.Grams] = post.Fetches(ask.Grams) + 1;
            if (_world.Happens(_world.Faults.ProviderFails, "carrier's answer lost"))
                throw Unclear(ProviderTrouble.Timeout);
            return new(new PickupReply(CarrierStatus.Done, $"P-{ask.Grams}"));
        }

        public ValueTask<PickupReply> Cancel(PickupCancel ask, CancellationToken cancel)
        {
            Meet();
            return new(new PickupReply(
                _world.Happens(_world.Faults.ProviderDeclines, "carrier refused") ? CarrierStatus.Refused
                    : CarrierStatus.Done));
        }

        public ValueTask<TrackReply> Track(string trackingNumber, CancellationToken cancel)
        {
            Meet();
            var way = post.Ways.Of(name, trackingNumber[2..]);
            return new(way.Count == 0 ? new TrackReply(false, []) : new(true, [.. way]));
        }

        void Meet()
        {
            post.Arrive(_world.Time.Now);
            if (_world.Happens(_world.Faults.ProviderFails, "carrier failed"))
                throw Unclear(ProviderTrouble.Unavailable);
        }

        ProviderUnclearException Unclear(ProviderTrouble trouble) => new(name, "is not clear", null, trouble);

        static LabelReply Bought(string key, LabelStatus status) => new(status, new(
            $"S-{key}", [Paper with { TrackingNumber = $"T-{key}" }], new(500, "EUR"), []));
    }
}
