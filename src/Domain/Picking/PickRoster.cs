using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;
using Fulfillment.Intake;

namespace Fulfillment.Picking;

/// <summary>
/// Which pick list has which work of a node, and takes which units: of a seller. Lists are released here, so that of
/// two who release at the same time one has the order, and the other is told which list has it; and where both chose
/// the same units, one of them looks again. It tells the lists, and they tell it when they are picked, given up, or
/// have lost an order that may not be begun.
/// </summary>
/// <param name="Lists">Those that are not picked yet, by id.</param>
/// <param name="Operations">The last releases.</param>
/// <param name="Last">The number of the last change that gave units to a list.</param>
/// <param name="Ended">
/// The highest number of a list that is over: whoever looked before it was there does not know what it took.
/// </param>
public sealed partial record PickRoster(
    ImmutableSortedDictionary<string, RosterList> Lists, ImmutableArray<Operation> Operations, long Last = 0,
    long Ended = 0)
    : IEntity<PickRoster, RosterCommand, RosterEvent>
{
    /// <summary>The most lists that are not picked yet.</summary>
    public const int MaxLists = 2_000;

    /// <summary>The most lists of one release.</summary>
    public const int MaxListsAtOnce = 500;

    /// <summary>The most places that all lists go to.</summary>
    public const int MaxPlaces = 200_000;

    /// <summary>Releases that are remembered; what is older than these is over.</summary>
    public const int MaxOperations = 1_000;

    /// <inheritdoc/>
    public static PickRoster Initial { get; } = new(
        ImmutableSortedDictionary.Create<string, RosterList>(StringComparer.Ordinal), []);

    /// <inheritdoc/>
    public static Decision<RosterEvent> Decide(PickRoster roster, RosterCommand command, Turn turn) => command switch
    {
        RosterCommand.Release c => Release(roster, c),
        RosterCommand.NoteThere c => NoteThere(roster, c),
        RosterCommand.NoteBegun c => roster.Lists.GetValueOrDefault(c.List)?.IsBegun == false
            ? new(Done.It, new RosterEvent.ListBegun(c.List)) : new(Done.It),
        RosterCommand.Free c => Free(roster, c),
        RosterCommand.Promise c => Promise(roster, c),
        RosterCommand.Withdraw c => roster.PromiseOf(c.List, c.Id) is null ? roster.Answer(RosterStatus.Done)
            : roster.Answer(RosterStatus.Done, happened: new RosterEvent.PromiseWithdrawn(c.Id, c.List)),
        RosterCommand.Get => roster.Answer(RosterStatus.Done),
        RosterCommand.GetThere c => c.Lists.Any(l => roster.Lists.GetValueOrDefault(l)?.IsComing == true)
            ? new(null) : roster.Answer(RosterStatus.Done),
        RosterCommand.GetUnits c => new(roster.Units(c)),
        _ => throw new UnreachableException(),
    };

    static Decision<RosterEvent> Release(PickRoster roster, RosterCommand.Release c)
    {
        Operation by = new(c.Id, ContentOf(c));
        if (roster.Operations.Repeats(by) is { } same)
            return roster.Answer(same ? RosterStatus.AlreadyDone : RosterStatus.DifferentContent);
        ImmutableArray<ListedUnits> units = [.. c.Lists.SelectMany(l => UnitsOf(l.Terms))];
        if (c.Lists.Length > MaxListsAtOnce || roster.Lists.Count + c.Lists.Length > MaxLists
            || roster.Places + units.Length > MaxPlaces) return roster.Answer(RosterStatus.TooMany);
        HashSet<string> ids = [.. roster.Lists.Keys];
        Dictionary<ListedWork, string> has = [];
        foreach (var list in roster.Lists.Values)
            foreach (var work in list.Works) has.TryAdd(work, list.Id);
        foreach (var list in c.Lists)
        {
            if (!ids.Add(list.Id)) return roster.Answer(RosterStatus.ListInUse, list: list.Id);
            foreach (var work in WorksOf(list))
                if (!has.TryAdd(work, list.Id)) return roster.Answer(RosterStatus.AlreadyListed, work, has[work]);
        }

        if (roster.IsOutdated(c.Seen, units)) return roster.Answer(RosterStatus.Outdated);

        return roster.Answer(RosterStatus.Done, happened: new RosterEvent.ListsReleased(by, c.Lists, IsTold: true));
    }

    static Decision<RosterEvent> NoteThere(PickRoster roster, RosterCommand.NoteThere c) =>
        roster.Lists.GetValueOrDefault(c.List) is not { } list ? new(Done.It)
        : !c.IsOpen ? new(Done.It, new RosterEvent.WorkFreed(c.List))
        : list.IsComing ? new(Done.It, new RosterEvent.ListArrived(c.List)) : new(Done.It);

    static Decision<RosterEvent> Free(PickRoster roster, RosterCommand.Free c) =>
        roster.Lists.GetValueOrDefault(c.List) is { } list && (c.Works.IsDefault || c.Works.Any(list.Works.Contains))
            ? new(Done.It, new RosterEvent.WorkFreed(c.List, c.Works)) : new(Done.It);

    static IEnumerable<ListedWork> WorksOf(NewPickList list) =>
        list.Terms.For.Select(f => new ListedWork(f.Order, f.Fulfilment));

    Decision<RosterEvent> Answer(
        RosterStatus status, ListedWork? work = null, string? list = null, RosterEvent? happened = null)
    {
        var after = happened is null ? this : Evolve(this, happened);
        RosterReply reply = new(
            status, [.. after.Lists.Values.Select(l => l with { Takes = default })], work, list, after.Last);
        return happened is null ? new(reply) : new(reply, happened);
    }

    /// <summary>Who plans again what he released has seen more than the first time.</summary>
    static long ContentOf(RosterCommand.Release c) => Fingerprint.Of(JsonSerializer.Serialize<RosterCommand>(
        c with { Seen = null }, PickRosterJson.Default.RosterCommand));

    /// <inheritdoc/>
    public static PickRoster Evolve(PickRoster before, RosterEvent happened) => happened switch
    {
        RosterEvent.ListsReleased e => before with
        {
            Lists = before.Lists.AddRange(e.Lists.Select(l => KeyValuePair.Create(
                l.Id, new RosterList(
                    l.Id, [.. WorksOf(l)], IsComing: true, [new(before.Last + 1, UnitsOf(l.Terms))], !e.IsTold)))),
            Operations = [.. before.Operations.TakeLast(MaxOperations - 1), e.Operation],
            Last = before.Last + 1,
        },
        RosterEvent.ListArrived e => before.With(e.List, l => l with { IsComing = false }),
        RosterEvent.ListBegun e => before.With(e.List, l => l with { IsBegun = true }),
        RosterEvent.WorkFreed { Works.IsDefault: true } e => before with
        {
            Lists = before.Lists.Remove(e.List),
            Ended = before.Lists[e.List].Takes.Select(t => t.Number).Append(before.Ended).Max(),
        },
        RosterEvent.WorkFreed e => before.With(
            e.List, l => l with { Works = l.Works.RemoveAll(e.Works.Contains) }),
        RosterEvent.UnitsPromised e => before.With(
            e.List, l => l with { Takes = l.Takes.Add(new(before.Last + 1, e.Units, e.Id)) }) with
        {
            Last = before.Last + 1,
        },
        RosterEvent.PromiseWithdrawn e => before.With(
            e.List, l => l with { Takes = l.Takes.RemoveAll(t => t.By == e.Id) }),
        _ => throw new UnreachableException(),
    };

    PickRoster With(string list, Func<RosterList, RosterList> change) =>
        this with { Lists = Lists.SetItem(list, change(Lists[list])) };

    /// <inheritdoc/>
    public static Send[] React(PickRoster roster, RosterEvent happened, Turn turn) => happened switch
    {
        RosterEvent.ListsReleased e =>
        [
            .. e.Lists.Select(l => new Send(
                turn.Self.Sibling(PickingCalls.Kind, l.Id), new PickListCommand.Release(l.Terms))),
        ],
        _ => [],
    };

    /// <inheritdoc/>
    public static RosterCommand? OnReply(Send asked, object reply) => (asked.Command, reply) switch
    {
        (PickListCommand.Release, PickListReply r) => new RosterCommand.NoteThere(
            asked.To.Name, r is
            {
                Status: PickListReplyStatus.Done or PickListReplyStatus.AlreadyDone,
                Sheet.Status: PickListStatus.Released or PickListStatus.Picking,
            }),
        _ => null,
    };

    /// <inheritdoc/>
    public static string? Check(PickRoster roster, RosterEvent? last)
    {
        if (roster.Lists.Count > MaxLists) return $"{roster.Lists.Count} lists";
        if (roster.Lists.Values.SelectMany(l => l.Takes).FirstOrDefault(t => t.Number > roster.Last) is { } late)
            return $"{late} is newer than {roster.Last}";
        var twice = roster.Lists.Values.SelectMany(l => l.Works).GroupBy(w => w).FirstOrDefault(g => g.Count() > 1);
        return twice is null ? null : $"{twice.Key} is on two lists";
    }
}
