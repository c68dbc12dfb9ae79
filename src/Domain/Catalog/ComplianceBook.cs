using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;

namespace Fulfillment.Catalog;

/// <summary>A change by the caller's id; <c>Version</c>: the one changed.</summary>
public sealed record ComplianceOperation(string Id, long Content, int Version);

/// <summary>
/// A seller's compliance rules, in versions: each is proposed, activated now or at a time to come, and taken back in
/// one step. Which holds is a question of the time alone: no timer has to fire.
/// </summary>
/// <param name="Versions">All of them, the first first.</param>
/// <param name="Turns">Which held since when, in order of time; only the last may be to come.</param>
/// <param name="Operations">The latest changes, oldest first.</param>
public sealed record ComplianceBook(
    ImmutableArray<ComplianceVersion> Versions, ImmutableArray<ComplianceTurn> Turns,
    ImmutableArray<ComplianceOperation> Operations) : IEntity<ComplianceBook, ComplianceCommand, ComplianceEvent>
{
    /// <summary>The most versions.</summary>
    public const int MaxVersions = 500;

    /// <summary>The most rules of a version.</summary>
    public const int MaxRules = 500;

    /// <summary>The most turns that are remembered.</summary>
    public const int MaxTurns = 500;

    /// <summary>The most changes whose repeats are known.</summary>
    public const int MaxOperations = 1_000;

    /// <summary>How long the time of an activation may be over: as far as clocks may be apart.</summary>
    public static readonly TimeSpan MostBehind = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    public static ComplianceBook Initial { get; } = new([], [], []);

    /// <inheritdoc/>
    public static Decision<ComplianceEvent> Decide(ComplianceBook book, ComplianceCommand command, Turn turn) =>
        command switch
        {
            ComplianceCommand.Propose c => book.Change(c.Id, ContentOf(c), turn, () => book.Propose(c, turn)),
            ComplianceCommand.Activate c => book.Change(c.Id, ContentOf(c), turn, () => book.Activate(c, turn)),
            ComplianceCommand.RollBack c => book.Change(c.Id, ContentOf(c), turn, () => book.RollBack(c, turn)),
            ComplianceCommand.Get c => new(book.Reply(turn, c.Version)),
            _ => throw new UnreachableException(),
        };

    Decision<ComplianceEvent> Change(
        string id, long content, Turn turn, Func<(ComplianceStatus, int, ComplianceEvent?)> decide)
    {
        if (Operations.FirstOrDefault(o => o.Id == id) is { } known)
        {
            var repeat = known.Content == content ? ComplianceStatus.AlreadyDone : ComplianceStatus.DifferentContent;
            return new(Told(repeat, known.Version, turn));
        }

        var (status, version, happened) = decide();
        return happened is null ? new(Told(status, version, turn))
            : new(Evolve(this, happened).Told(status, version, turn), happened);
    }

    (ComplianceStatus, int, ComplianceEvent?) Propose(ComplianceCommand.Propose c, Turn turn)
    {
        if (c.Rules.Length > MaxRules || c.Rules.DistinctBy(r => r.Id).Count() < c.Rules.Length
            || c.Customs is { IsValid: false })
            return (ComplianceStatus.NotValid, 0, null);
        if (Versions.Length >= MaxVersions) return (ComplianceStatus.TooManyVersions, 0, null);

        var number = Versions.Length + 1;
        return (ComplianceStatus.Done, number, new ComplianceEvent.ComplianceProposed(
            c.Id, ContentOf(c), number, c.Rules, new(c.By, turn.Now, c.Reason), c.Customs));
    }

    (ComplianceStatus, int, ComplianceEvent?) Activate(ComplianceCommand.Activate c, Turn turn)
    {
        if (c.Version < 0 || c.Version > Versions.Length) return (ComplianceStatus.UnknownVersion, c.Version, null);
        if (turn.Now - c.From > MostBehind) return (ComplianceStatus.TooLate, c.Version, null);

        var from = c.From > turn.Now ? c.From.Value : turn.Now;
        return (ComplianceStatus.Done, c.Version, new ComplianceEvent.ComplianceActivated(
            c.Id, ContentOf(c), c.Version, from, new(c.By, turn.Now, c.Reason)));
    }

    (ComplianceStatus, int, ComplianceEvent?) RollBack(ComplianceCommand.RollBack c, Turn turn)
    {
        var held = Turns.Count(t => t.From <= turn.Now);
        if (held == 0) return (ComplianceStatus.NothingBefore, 0, null);

        var before = held > 1 ? Turns[held - 2].Version : 0;
        return (ComplianceStatus.Done, before, new ComplianceEvent.ComplianceActivated(
            c.Id, ContentOf(c), before, turn.Now, new(c.By, turn.Now, c.Reason), TakesBack: true));
    }

    /// <inheritdoc/>
    public static ComplianceBook Evolve(ComplianceBook book, ComplianceEvent happened) => happened switch
    {
        ComplianceEvent.ComplianceProposed e => book.Remember(new(e.Id, e.Content, e.Version)) with
        {
            Versions = book.Versions.Add(new(e.Version, e.Rules, e.Step, e.Customs)),
        },
        ComplianceEvent.ComplianceActivated e => book.Remember(new(e.Id, e.Content, e.Version)) with
        {
            Turns = book.Following(e),
        },
        _ => throw new UnreachableException(),
    };

    /// <summary>
    /// What was to come is called off; what is taken back leaves the one before it to be taken back next.
    /// </summary>
    ImmutableArray<ComplianceTurn> Following(ComplianceEvent.ComplianceActivated e)
    {
        var held = Turns.RemoveAll(t => t.From > e.Step.At);
        // The one that holds, and the one before it, which begins anew.
        if (e.TakesBack) held = held.RemoveRange(Math.Max(0, held.Length - 2), Math.Min(2, held.Length));
        // Where nothing held before, nothing holds again.
        if (e.TakesBack && held.IsEmpty && e.Version == 0) return [];
        return [.. held.TakeLast(MaxTurns - 1), new(e.Version, e.From, e.Step)];
    }

    /// <inheritdoc/>
    public static string? Check(ComplianceBook book, ComplianceEvent? last)
    {
        if (book.Turns.Length > MaxTurns) return $"{book.Turns.Length} turns are remembered";
        if (book.Operations.Length > MaxOperations) return $"{book.Operations.Length} operations are remembered";
        return book.Turns.Any(t => t.Version > book.Versions.Length) ? "a version holds that is not there" : null;
    }

    ComplianceReply Told(ComplianceStatus status, int version, Turn turn) =>
        Reply(turn, null) with { Status = status, Version = version };

    ComplianceReply Reply(Turn turn, int? version)
    {
        var active = Turns.LastOrDefault(t => t.From <= turn.Now);
        var next = Turns is [.., var last] && last.From > turn.Now ? last : null;
        var number = version ?? active?.Version ?? 0;
        var found = number >= 1 && number <= Versions.Length ? Versions[number - 1] : null;
        var status = found is null && version is not null ? ComplianceStatus.UnknownVersion : ComplianceStatus.Done;
        return new(status, number, Versions.Length, active, next, found?.Rules ?? [], found?.Proposed,
            found?.Customs);
    }

    ComplianceBook Remember(ComplianceOperation operation) => this with
    {
        Operations = [.. Operations.TakeLast(MaxOperations - 1), operation],
    };

    /// <summary>Who asks is told apart from what is asked.</summary>
    static long ContentOf(ComplianceCommand command) => Fingerprint.Of(JsonSerializer.Serialize(
        command switch
        {
            ComplianceCommand.Propose c => c with { By = "" },
            ComplianceCommand.Activate c => c with { By = "" },
            ComplianceCommand.RollBack c => c with { By = "" },
            _ => command,
        },
        ComplianceJson.Default.ComplianceCommand));
}
