using System.Diagnostics;

namespace Fulfillment.Screening;

/// <summary>
/// What was seen under one pseudonym: of a mailbox, an IP address, an address or a card. It remembers when, for how
/// much and into which country, and how it ended; nothing of it says who. Its state is bounded: beyond the named
/// numbers the oldest is forgotten, and windows then count no further.
/// </summary>
/// <param name="FirstSeen">When the first order came; null when none has.</param>
/// <param name="Orders">The latest orders. Shared by successive states and edited by Evolve only, as all four.</param>
/// <param name="Declines">The latest declined payments.</param>
/// <param name="Frauds">The latest orders that turned out to be fraud.</param>
/// <param name="Goods">The latest orders that turned out to be good.</param>
public sealed record Trace(DateTimeOffset? FirstSeen, Recent Orders, Recent Declines, Recent Frauds, Recent Goods)
    : IEntity<Trace, TraceCommand, TraceEvent>
{
    /// <summary>How many orders are remembered, and so the most that a window counts.</summary>
    public const int MaxSightings = 512;

    /// <summary>How many declined payments are remembered.</summary>
    public const int MaxDeclines = 128;

    /// <summary>How many endings, of each sort, are remembered to know a repeat.</summary>
    public const int MaxEndings = 512;

    static readonly TimeSpan Hour = TimeSpan.FromHours(1), Day = TimeSpan.FromDays(1), Month = TimeSpan.FromDays(30);

    /// <inheritdoc/>
    public static Trace Initial =>
        new(null, new(MaxSightings), new(MaxDeclines), new(MaxEndings), new(MaxEndings));

    /// <inheritdoc/>
    public static Decision<TraceEvent> Decide(Trace trace, TraceCommand command, Turn turn) => command switch
    {
        TraceCommand.Note c => Note(trace, c, turn),
        TraceCommand.NoteDecline c => NoteDecline(trace, c, turn),
        TraceCommand.NoteFraud c => NoteFraud(trace, c, turn),
        TraceCommand.NoteGood c => NoteGood(trace, c, turn),
        TraceCommand.Get c => new(trace.Tell(NoteStatus.AlreadyNoted, new("", turn.Now, c.Amount, c.Country), 0)),
        _ => throw new UnreachableException(),
    };

    static Decision<TraceEvent> Note(Trace trace, TraceCommand.Note c, Turn turn)
    {
        if (trace.Orders.AgeOf(c.Order) is >= 0 and var age)
        {
            var seen = trace.Orders[age];
            var same = seen.Amount == c.Amount && seen.Country == c.Country;
            return new(trace.Tell(same ? NoteStatus.AlreadyNoted : NoteStatus.DifferentContent, seen, age + 1));
        }

        Sighting now = new(c.Order, turn.Now, c.Amount, c.Country);
        return new(
            trace.Tell(NoteStatus.Noted, now, 0), new TraceEvent.OrderSighted(c.Order, c.Amount, c.Country, turn.Now));
    }

    static Decision<TraceEvent> NoteDecline(Trace trace, TraceCommand.NoteDecline c, Turn turn)
    {
        if (trace.Declines.AgeOf(AttemptOf(c.Order, c.Id)) >= 0) return new(new NoteReply(NoteStatus.AlreadyNoted));

        return new(new NoteReply(NoteStatus.Noted), new TraceEvent.DeclineNoted(c.Order, c.Id, turn.Now));
    }

    static Decision<TraceEvent> NoteFraud(Trace trace, TraceCommand.NoteFraud c, Turn turn)
    {
        if (trace.Frauds.AgeOf(c.Order) >= 0) return new(new NoteReply(NoteStatus.AlreadyNoted));

        return new(new NoteReply(NoteStatus.Noted), new TraceEvent.FraudConfirmed(c.Order, turn.Now));
    }

    static Decision<TraceEvent> NoteGood(Trace trace, TraceCommand.NoteGood c, Turn turn)
    {
        if (trace.Goods.AgeOf(c.Order) >= 0) return new(new NoteReply(NoteStatus.AlreadyNoted));
        if (trace.Frauds.AgeOf(c.Order) >= 0) return new(new NoteReply(NoteStatus.KnownFraud));

        return new(new NoteReply(NoteStatus.Noted), new TraceEvent.OrderCleared(c.Order, turn.Now));
    }

    /// <inheritdoc/>
    public static Trace Evolve(Trace trace, TraceEvent happened)
    {
        // In place, see Recent.
        switch (happened)
        {
            case TraceEvent.OrderSighted e:
                trace.Orders.Add(new(e.Order, e.At, e.Amount, e.Country));
                return trace.FirstSeen is null ? trace with { FirstSeen = e.At } : trace;
            case TraceEvent.DeclineNoted e:
                trace.Declines.Add(new(AttemptOf(e.Order, e.Id), e.At));
                return trace;
            case TraceEvent.FraudConfirmed e:
                // A chargeback weeks later: the order had seemed good.
                trace.Goods.Remove(e.Order);
                trace.Frauds.Add(new(e.Order, e.At));
                return trace;
            case TraceEvent.OrderCleared e:
                trace.Goods.Add(new(e.Order, e.At));
                return trace;
            default:
                throw new UnreachableException();
        }
    }

    /// <inheritdoc/>
    public static Trace Freeze(Trace trace) => trace with
    {
        Orders = trace.Orders.Copy(),
        Declines = trace.Declines.Copy(),
        Frauds = trace.Frauds.Copy(),
        Goods = trace.Goods.Copy(),
    };

    /// <inheritdoc/>
    public static string? Check(Trace trace, TraceEvent? last)
    {
        foreach (var recent in (ReadOnlySpan<Recent>)[trace.Orders, trace.Declines, trace.Frauds, trace.Goods])
        {
            if (recent.Count > recent.Capacity) return $"{recent.Count} are remembered, at most {recent.Capacity}";
            if (recent.Total < recent.Count) return $"{recent.Count} are remembered, but there were {recent.Total}";
        }

        return (trace.FirstSeen is null) == (trace.Orders.Total == 0) ? null
            : $"first seen {trace.FirstSeen:O}, with {trace.Orders.Total} orders";
    }

    /// <summary>Attempts are numbered anew by each order.</summary>
    static string AttemptOf(string order, string id) => $"{order}/{id}";

    /// <summary>What was known before a sighting: of the orders, those from this age on.</summary>
    TraceReply Tell(NoteStatus status, Sighting about, int from)
    {
        int hour = 0, day = 0, month = 0, priced = 0;
        Int128 sum = 0;
        HashSet<string>? others = null;
        for (var age = from; age < Orders.Count && about.At - Orders[age].At <= Month; age++)
        {
            var seen = Orders[age];
            month++;
            if (about.At - seen.At <= Day) day++;
            if (about.At - seen.At <= Hour) hour++;
            if (seen.Country is { } country && country != about.Country) (others ??= []).Add(country);
            if (seen.Amount is not { } amount || amount.Currency != about.Amount?.Currency) continue;
            priced++;
            sum += amount.AmountMinor;
        }

        var before = Orders.Total - from;
        return new(
            status, hour, day, month, before, priced == 0 ? 0 : (long)(sum / priced), priced, others?.Count ?? 0,
            Within(Declines, about.At, Day), Until(Frauds, about.At), Until(Goods, about.At),
            before > 0 ? FirstSeen : null);
    }

    /// <summary>How many of the remembered lie within a window that ends then.</summary>
    static int Within(Recent recent, DateTimeOffset end, TimeSpan window)
    {
        var count = 0;
        for (var age = 0; age < recent.Count && end - recent[age].At <= window; age++)
            if (recent[age].At <= end) count++;
        return count;
    }

    /// <summary>How many there ever were until then.</summary>
    static long Until(Recent recent, DateTimeOffset end)
    {
        var later = 0;
        while (later < recent.Count && recent[later].At > end) later++;
        return recent.Total - later;
    }
}
