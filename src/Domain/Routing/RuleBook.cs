using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Fulfillment.Routing;

/// <summary>
/// A version of the rules. <c>Approved</c>, <c>Rejected</c>: null until somebody does. <c>Used</c>: orders go, or went,
/// by it.
/// </summary>
public sealed record RulesVersion(
    int Number, RoutingRules Rules, RulesStep Proposed, RulesStep? Approved = null, RulesStep? Rejected = null,
    bool Used = false);

/// <summary>A change by the caller's id; <c>Version</c>: the one changed.</summary>
public sealed record RulesOperation(string Id, long Content, int Version);

/// <summary>
/// How a seller's orders are given to nodes, in versions: each is proposed, approved, activated at a time, and taken
/// back in one step if it was no good.
/// </summary>
/// <param name="Versions">By number.</param>
/// <param name="Last">The number of the latest proposal; 0 before the first.</param>
/// <param name="Active">What orders go by; 0 for the built-in rules.</param>
/// <param name="Before">What was active before, the latest last: each roll back takes one.</param>
/// <param name="Next">What becomes active later.</param>
/// <param name="Shadow">What is tried beside the active one.</param>
/// <param name="Periods">Since when what is and was active, in order of time, the latest ones.</param>
/// <param name="Operations">The latest changes, oldest first.</param>
public sealed record RuleBook(
    ImmutableArray<RulesVersion> Versions, int Last, int Active, ImmutableArray<int> Before, RulesPeriod? Next,
    int? Shadow, ImmutableArray<RulesPeriod> Periods, ImmutableArray<RulesOperation> Operations)
    : IEntity<RuleBook, RuleBookCommand, RuleBookEvent>
{
    /// <summary>The most versions that are kept; the oldest that nobody needs makes room for a new one.</summary>
    public const int MaxVersions = 200;

    /// <summary>The most changes of the active version that are remembered.</summary>
    public const int MaxPeriods = 500;

    /// <summary>The most changes whose repeats are known.</summary>
    public const int MaxOperations = 1_000;

    /// <summary>How long the time of an activation may be over: as far as clocks may be apart.</summary>
    public static readonly TimeSpan MostBehind = TimeSpan.FromSeconds(30);

    /// <summary>How far ahead an activation may be.</summary>
    public static readonly TimeSpan MostAhead = TimeSpan.FromDays(5 * 365);

    /// <inheritdoc/>
    public static RuleBook Initial { get; } = new([], 0, 0, [], null, null, [], []);

    /// <inheritdoc/>
    public static Decision<RuleBookEvent> Decide(RuleBook book, RuleBookCommand command, Turn turn) => command switch
    {
        RuleBookCommand.Propose c => book.Change(c.Id, ContentOf(c.Rules, c.Reason), turn, (b, t) => b.Propose(c, t)),
        RuleBookCommand.Approve c => book.Change(
            c.Id, ContentOf("approve", c.Version, c.Reason), turn, (b, t) => b.Approve(c, t)),
        RuleBookCommand.Reject c => book.Change(
            c.Id, ContentOf("reject", c.Version, c.Reason), turn, (b, t) => b.Reject(c, t)),
        RuleBookCommand.Activate c => book.Change(
            c.Id, ContentOf("activate", c.Version, c.Reason, c.From), turn, (b, t) => b.Activate(c, t)),
        RuleBookCommand.Begin c => Begin(book, c, turn),
        RuleBookCommand.RollBack c => book.Change(
            c.Id, ContentOf("roll-back", 0, c.Reason), turn, (b, t) => b.RollBack(c, t)),
        RuleBookCommand.TryBeside c => book.Change(
            c.Id, ContentOf("shadow", c.Version ?? 0, c.Reason), turn, (b, t) => b.TryBeside(c, t)),
        RuleBookCommand.Get => new(book.After(book.Due(turn)).Reply()),
        RuleBookCommand.GetVersion c => new(book.After(book.Due(turn)).Reply(c.Version)),
        _ => throw new UnreachableException(),
    };

    /// <summary>
    /// What every change has in common: repeats, the version whose time has come though its timer has not, the answer.
    /// </summary>
    Decision<RuleBookEvent> Change(
        string id, long content, Turn turn, Func<RuleBook, Turn, (RulesStatus, int, RuleBookEvent?)> decide)
    {
        var due = Due(turn);
        var now = After(due);
        if (Operations.FirstOrDefault(o => o.Id == id) is { } known)
        {
            var same = known.Content == content;
            return now.Answer(same ? RulesStatus.AlreadyDone : RulesStatus.DifferentContent, known.Version);
        }

        var (status, version, happened) = decide(now, turn);
        if (happened is null) return now.Answer(status, version);

        RuleBookEvent[] events = due is null ? [happened] : [due, happened];
        return new(now.After(happened).Answer(status, version).Reply, events);
    }

    (RulesStatus, int, RuleBookEvent?) Propose(RuleBookCommand.Propose c, Turn turn)
    {
        if (RulesCheck.Faults(c.Rules).Length > 0) return (RulesStatus.Invalid, 0, null);
        var full = Versions.Length >= MaxVersions;
        var forgets = full ? Versions.FirstOrDefault(IsForgettable)?.Number : null;
        if (full && forgets is null) return (RulesStatus.TooManyVersions, 0, null);

        return (RulesStatus.Done, Last + 1,
            new RuleBookEvent.RulesProposed(c.Id, Last + 1, c.Rules, new(c.By, turn.Now, c.Reason), forgets));
    }

    (RulesStatus, int, RuleBookEvent?) Approve(RuleBookCommand.Approve c, Turn turn)
    {
        if (Find(c.Version) is not { } version) return (RulesStatus.UnknownVersion, c.Version, null);
        if (!IsOpen(version)) return (RulesStatus.NotProposed, c.Version, null);

        return (RulesStatus.Done, c.Version,
            new RuleBookEvent.RulesApproved(c.Id, c.Version, new(c.By, turn.Now, c.Reason)));
    }

    (RulesStatus, int, RuleBookEvent?) Reject(RuleBookCommand.Reject c, Turn turn)
    {
        if (Find(c.Version) is not { } version) return (RulesStatus.UnknownVersion, c.Version, null);
        if (!IsOpen(version)) return (RulesStatus.NotProposed, c.Version, null);

        return (RulesStatus.Done, c.Version,
            new RuleBookEvent.RulesRejected(c.Id, c.Version, new(c.By, turn.Now, c.Reason)));
    }

    (RulesStatus, int, RuleBookEvent?) Activate(RuleBookCommand.Activate c, Turn turn)
    {
        if (Find(c.Version) is not { } version) return (RulesStatus.UnknownVersion, c.Version, null);
        if (version.Approved is null) return (RulesStatus.NotApproved, c.Version, null);
        // Where another is to follow, naming the active one calls that off.
        if (Active == c.Version && Next is null) return (RulesStatus.AlreadyActive, c.Version, null);
        if (turn.Now - c.From > MostBehind) return (RulesStatus.TooLate, c.Version, null);
        if (c.From - turn.Now > MostAhead) return (RulesStatus.TooFarAhead, c.Version, null);

        RulesStep step = new(c.By, turn.Now, c.Reason);
        return (RulesStatus.Done, c.Version, c.From is { } from && from > turn.Now
            ? new RuleBookEvent.RulesScheduled(c.Id, c.Version, from, step)
            : new RuleBookEvent.RulesActivated(c.Id, c.Version, turn.Now, step, c.From));
    }

    static Decision<RuleBookEvent> Begin(RuleBook book, RuleBookCommand.Begin c, Turn turn) =>
        book.Due(turn) is { } due && due.Version == c.Version && due.From == c.From
            ? new(Done.It, due) : new(Done.It);

    (RulesStatus, int, RuleBookEvent?) RollBack(RuleBookCommand.RollBack c, Turn turn)
    {
        if (Before.IsEmpty) return (RulesStatus.NothingBefore, 0, null);

        return (RulesStatus.Done, Before[^1],
            new RuleBookEvent.RulesRolledBack(c.Id, Before[^1], turn.Now, new(c.By, turn.Now, c.Reason)));
    }

    (RulesStatus, int, RuleBookEvent?) TryBeside(RuleBookCommand.TryBeside c, Turn turn)
    {
        if (c.Version is { } number)
        {
            if (Find(number) is not { } version) return (RulesStatus.UnknownVersion, number, null);
            if (number == Active || version.Rejected is not null) return (RulesStatus.NoShadow, number, null);
        }

        return (RulesStatus.Done, c.Version ?? 0,
            new RuleBookEvent.ShadowChosen(c.Id, c.Version, new(c.By, turn.Now, c.Reason)));
    }

    /// <inheritdoc/>
    public static RuleBook Evolve(RuleBook book, RuleBookEvent happened) => happened switch
    {
        RuleBookEvent.RulesProposed e => book.Forget(e.Forgets).Remember(e.Id, ContentOf(e.Rules, e.Step.Reason),
            e.Version) with
        {
            Versions = book.Forget(e.Forgets).Versions.Add(new(e.Version, e.Rules, e.Step)),
            Last = e.Version,
        },
        RuleBookEvent.RulesApproved e => book.With(e.Version, v => v with { Approved = e.Step })
            .Remember(e.Id, ContentOf("approve", e.Version, e.Step.Reason), e.Version),
        RuleBookEvent.RulesRejected e => book.With(e.Version, v => v with { Rejected = e.Step })
            .Remember(e.Id, ContentOf("reject", e.Version, e.Step.Reason), e.Version) with
        {
            Shadow = book.Shadow == e.Version ? null : book.Shadow,
        },
        RuleBookEvent.RulesScheduled e =>
            book.Remember(e.Id, ContentOf("activate", e.Version, e.Step.Reason, e.From), e.Version) with
            {
                Next = new(e.Version, e.From, e.Step),
            },
        RuleBookEvent.RulesActivated e => book.GoBy(new(e.Version, e.From, e.Step))
            .Remember(e.Id, ContentOf("activate", e.Version, e.Step.Reason, e.Asked), e.Version) with
        {
            Before = e.Version == book.Active ? book.Before
                : [.. book.Before.TakeLast(MaxPeriods - 1), book.Active],
        },
        RuleBookEvent.RulesRolledBack e => book.GoBy(new(e.Version, e.From, e.Step))
            .Remember(e.Id, ContentOf("roll-back", 0, e.Step.Reason), e.Version) with
        {
            Before = book.Before.RemoveAt(book.Before.Length - 1),
        },
        RuleBookEvent.ShadowChosen e =>
            book.Remember(e.Id, ContentOf("shadow", e.Version ?? 0, e.Step.Reason), e.Version ?? 0) with
            {
                Shadow = e.Version,
            },
        _ => throw new UnreachableException(),
    };

    /// <inheritdoc/>
    public static Send[] React(RuleBook book, RuleBookEvent happened, Turn turn) =>
        happened is RuleBookEvent.RulesScheduled e
            ? [new(turn.Self, new RuleBookCommand.Begin(e.Version, e.From), e.From)] : [];

    /// <inheritdoc/>
    public static string? Check(RuleBook book, RuleBookEvent? last)
    {
        if (book.Versions.Length > MaxVersions) return $"{book.Versions.Length} versions are kept";
        if (book.Periods.Length > MaxPeriods) return $"{book.Periods.Length} periods are remembered";
        if (book.Operations.Length > MaxOperations) return $"{book.Operations.Length} operations are remembered";
        foreach (var number in (ReadOnlySpan<int>)[book.Active, book.Next?.Version ?? 0, .. book.Before])
            if (number != 0 && book.Find(number)?.Approved is null) return $"version {number} was never approved";
        return book.Shadow is { } shadow && (shadow == book.Active || book.Find(shadow) is not { Rejected: null })
            ? $"version {shadow} is no shadow" : null;
    }

    /// <summary>The version whose time has come, as the event that its timer is about to make; null for none.</summary>
    RuleBookEvent.RulesActivated? Due(Turn turn) => Next is { } next && next.From <= turn.Now
        ? new(null, next.Version, next.From, next.Step, next.From) : null;

    RuleBook After(RuleBookEvent? happened) => happened is null ? this : Evolve(this, happened);

    RuleBook GoBy(RulesPeriod period) => With(period.Version, v => v with { Used = true }) with
    {
        Active = period.Version,
        Next = null,
        Shadow = Shadow == period.Version ? null : Shadow,
        Periods = Periods.Length < MaxPeriods ? Periods.Add(period) : Periods.RemoveAt(0).Add(period),
    };

    RuleBook With(int number, Func<RulesVersion, RulesVersion> change) => this with
    {
        Versions = [.. Versions.Select(v => v.Number == number ? change(v) : v)],
    };

    RuleBook Forget(int? number) => number is null ? this : this with
    {
        Versions = Versions.RemoveAll(v => v.Number == number),
        Before = Before.RemoveAll(v => v == number),
    };

    RuleBook Remember(string? id, long content, int version)
    {
        if (id is null) return this;
        var operations = Operations.Length < MaxOperations ? Operations : Operations.RemoveAt(0);
        return this with { Operations = operations.Add(new(id, content, version)) };
    }

    RulesVersion? Find(int number) => Versions.FirstOrDefault(v => v.Number == number);

    static bool IsOpen(RulesVersion version) => version is { Approved: null, Rejected: null };

    /// <summary>Neither anybody's wish any more, nor what orders go by, will go by, or are rolled back to.</summary>
    bool IsForgettable(RulesVersion v) => (v.Rejected is not null || v.Used) && v.Number != Active
        && v.Number != Next?.Version && v.Number != Shadow && (Before.IsEmpty || v.Number != Before[^1]);

    Decision<RuleBookEvent> Answer(RulesStatus status, int version) =>
        new(new ChangeRulesReply(status, version, Reply()));

    RuleBookReply Reply() => new(
        Active, Before.IsEmpty ? null : Before[^1], Next, Shadow, Periods, [.. Versions.Reverse().Select(Reply)]);

    RulesReply Reply(int number) => number == 0 ? new(null, RoutingRules.BuiltIn)
        : Find(number) is { } version ? new(Reply(version), version.Rules) : new(null, null);

    VersionReply Reply(RulesVersion v) => new(v.Number, StatusOf(v), v.Proposed, v.Approved ?? v.Rejected);

    VersionStatus StatusOf(RulesVersion v) =>
        v.Rejected is not null ? VersionStatus.Rejected
        : v.Approved is null ? VersionStatus.Proposed
        : v.Number == Active ? VersionStatus.Active
        : v.Number == Next?.Version ? VersionStatus.Scheduled
        : v.Used ? VersionStatus.Retired
        : VersionStatus.Approved;

    static long ContentOf(RoutingRules rules, string reason) => Fingerprint.Of(
        "propose", JsonSerializer.Serialize(rules, RuleBookJson.Default.RoutingRules), reason);

    static long ContentOf(string what, int version, string reason, DateTimeOffset? from = null) => Fingerprint.Of(
        what, version.ToString(CultureInfo.InvariantCulture), reason,
        from?.UtcTicks.ToString(CultureInfo.InvariantCulture));
}
