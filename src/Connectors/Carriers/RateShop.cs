using System.Collections.Immutable;
using Fulfillment.Shipping;

namespace Fulfillment.Connectors;

/// <summary>
/// What became of asking a carrier. <c>Trouble</c>: null where he answered, be it with a refusal. <c>Why</c>: in words,
/// without secrets. <c>Fallback</c>: what stands in for him, null for nothing.
/// </summary>
public sealed record AskedCarrier(
    string Carrier, RateRejection? Trouble, string? Why, RateSource? Fallback, TimeSpan Took);

/// <summary>All rates and rejections of the carriers asked, carriers by name.</summary>
public sealed record ShopReply(
    ImmutableArray<Rate> Rates, ImmutableArray<RejectedRate> Rejected, ImmutableArray<AskedCarrier> Carriers);

/// <summary>
/// Asks carriers for prices, all at once and each for a limited time: one that is dead, slow or answers garbage hides
/// no other. For him stands what he told last for the same parcels and way, if that is not older than a day, else the
/// table that is set up for him; both are marked.
/// </summary>
public sealed class RateShop(Carriers carriers, TimeProvider time)
{
    /// <summary>Answers that are remembered; the oldest go first.</summary>
    public const int MostRemembered = 10_000;

    /// <summary>For how long.</summary>
    public static readonly TimeSpan Remembered = TimeSpan.FromDays(1);

    readonly Lock _lock = new();
    readonly Dictionary<string, Told> _told = new(StringComparer.Ordinal);
    readonly Queue<string> _order = new();

    /// <summary>The carriers that are asked.</summary>
    public Carriers Carriers => carriers;

    /// <summary>Asks those carriers, all that are set up when null. Names are to be known ones.</summary>
    public async ValueTask<ShopReply> Ask(RateAsk ask, IReadOnlyList<string>? names, CancellationToken cancel)
    {
        var desks = carriers.All.Where(d => d.Carrier.Can.HasFlag(CarrierAbility.Rates)
            && (names is null || names.Contains(d.Carrier.Name))).ToArray();
        var answers = await Task.WhenAll(desks.Select(d => Ask(d, ask, cancel).AsTask()));
        var absent = (names ?? []).Distinct(StringComparer.Ordinal).Where(n => desks.All(d => d.Carrier.Name != n))
            .Order(StringComparer.Ordinal).ToArray();
        return new(
            [.. answers.SelectMany(a => a.Reply.Rates)],
            [
                .. answers.SelectMany(a => a.Reply.Rejected),
                .. absent.Select(n => new RejectedRate(n, null, RateRejection.NotConfigured)),
            ],
            [.. answers.Select(a => a.Asked)]);
    }

    async ValueTask<(RateReply Reply, AskedCarrier Asked)> Ask(
        CarrierDesk desk, RateAsk ask, CancellationToken cancel)
    {
        var (name, started) = (desk.Carrier.Name, time.GetTimestamp());
        try
        {
            var reply = await desk.Ask((c, stop) => c.Rates(ask, stop), carriers.RateDeadline, cancel);
            if (!reply.Rates.IsEmpty) Remember(Key(name, ask), new(reply.Rates, ask.ShipOn, time.GetUtcNow()));
            return (reply, new(name, null, null, null, time.GetElapsedTime(started)));
        }
        catch (ProviderUnclearException e)
        {
            var reason = ReasonOf(e.Trouble);
            var instead = Fallback(desk, ask);
            RejectedRate failed = new(name, null, reason, Says: e.Why);
            return (instead with { Rejected = [failed, .. instead.Rejected] },
                new(name, reason, e.Why, instead.Rates.IsEmpty ? null : instead.Rates[0].Source,
                    time.GetElapsedTime(started)));
        }
    }

    static RateRejection ReasonOf(ProviderTrouble trouble) => trouble switch
    {
        ProviderTrouble.Garbled => RateRejection.Garbled,
        ProviderTrouble.Timeout => RateRejection.Timeout,
        ProviderTrouble.NotAsked => RateRejection.NotAsked,
        ProviderTrouble.Unreachable or ProviderTrouble.Unavailable or ProviderTrouble.Unauthorised =>
            RateRejection.Unavailable,
    };

    RateReply Fallback(CarrierDesk desk, RateAsk ask)
    {
        if (Recall(Key(desk.Carrier.Name, ask)) is { } told)
            return new([.. told.Rates.Select(r => r with
            {
                Source = RateSource.LastKnown,
                // Nobody stands behind what was told then.
                Guaranteed = false,
                KnownAt = told.At,
                Delivers = r.Delivers is { } day ? Moved(told.ShipOn, day, ask.ShipOn) : null,
            })], []);
        if (desk.Fallback is not { } table) return new([], []);
        var reply = CourierRates.Of(
            table, desk.Carrier.Name, ask.From, ask.To, ask.Parcels.AsSpan(), ask.ShipOn, RateSource.FallbackTable);
        return new(reply.Rates, reply.Rejected);
    }

    /// <summary>As many working days, Monday to Friday, after the new day as there were after the old one.</summary>
    static DateOnly Moved(DateOnly old, DateOnly delivered, DateOnly shipOn)
    {
        if (old == shipOn) return delivered;
        var days = 0;
        for (var day = old; day < delivered && days < 366; day = day.AddDays(1))
            if (IsWorkday(day.AddDays(1)) || day.AddDays(1) == delivered) days++;
        var moved = shipOn;
        for (; days > 0; days--)
            do moved = moved.AddDays(1);
            while (!IsWorkday(moved));
        return moved;
    }

    static bool IsWorkday(DateOnly day) => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);

    /// <summary>What a price depends on, but for the day; it names no person.</summary>
    static string Key(string carrier, RateAsk ask) => string.Join('|',
    [
        carrier, .. Place(ask.From), .. Place(ask.To), $"{ask.To.Residential}", ask.Currency, $"{ask.Declared}",
        .. ask.Parcels.Select(p => FormattableString.Invariant(
            $"{p.LongestMm}x{p.MiddleMm}x{p.ShortestMm}x{p.Grams}")).Order(StringComparer.Ordinal),
    ]);

    /// <summary>Where there are no postcodes, the price depends on the city.</summary>
    static string?[] Place(ShipAddress at) =>
        [at.Country, at.Postcode, at.City?.ToUpperInvariant().Replace('|', ' '), at.State?.Replace('|', ' ')];

    void Remember(string key, Told told)
    {
        lock (_lock)
        {
            if (!_told.ContainsKey(key))
            {
                if (_order.Count >= MostRemembered) _told.Remove(_order.Dequeue());
                _order.Enqueue(key);
            }

            _told[key] = told;
        }
    }

    Told? Recall(string key)
    {
        lock (_lock)
            return _told.GetValueOrDefault(key) is { } told && time.GetUtcNow() - told.At <= Remembered ? told : null;
    }

    sealed record Told(ImmutableArray<Rate> Rates, DateOnly ShipOn, DateTimeOffset At);
}
