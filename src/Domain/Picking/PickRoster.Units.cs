using System.Collections.Immutable;

namespace Fulfillment.Picking;

// Which units lists are to take. What lies where only the SKUs know: whoever releases asks the roster first and them
// afterwards. What he chose is right as long as no other list has been given units of the same places meanwhile.
public sealed partial record PickRoster
{
    static Decision<RosterEvent> Promise(PickRoster roster, RosterCommand.Promise c)
    {
        if (!roster.Lists.ContainsKey(c.List)) return roster.Told(RosterStatus.UnknownList);
        if (roster.PromiseOf(c.List, c.Id) is { } known) return roster.Told(RosterStatus.AlreadyDone, known.Units);
        if (roster.Places + c.Units.Length > MaxPlaces) return roster.Told(RosterStatus.TooMany);
        if (roster.IsOutdated(c.Seen, c.Units)) return roster.Told(RosterStatus.Outdated);

        return new(
            new RosterReply(RosterStatus.Done, [], Seen: roster.Last + 1, Units: c.Units),
            new RosterEvent.UnitsPromised(c.Id, c.List, c.Units));
    }

    Decision<RosterEvent> Told(RosterStatus status, ImmutableArray<ListedUnits> units = default) =>
        new(new RosterReply(status, [], Seen: Last, Units: units));

    ListedTake? PromiseOf(string list, string id) =>
        Lists.GetValueOrDefault(list)?.Takes.FirstOrDefault(t => t.By == id);

    int Places => Lists.Values.Sum(l => l.Takes.Sum(t => t.Units.Length));

    /// <summary>Since then others were given units of one of these places, or perhaps took them already.</summary>
    bool IsOutdated(long? seen, ImmutableArray<ListedUnits> units)
    {
        if (seen is not { } at || at >= Last) return false;
        if (at < Ended) return true;
        var places = units.Select(u => u.Place).ToHashSet();
        return Lists.Values.SelectMany(l => l.Takes).Any(
            t => t.Number > at && t.Units.Any(u => places.Contains(u.Place)));
    }

    RosterReply Units(RosterCommand.GetUnits c)
    {
        var skus = c.Skus.ToHashSet(StringComparer.Ordinal);
        var found = ImmutableArray.CreateBuilder<RosterList>();
        foreach (var list in Lists.Values)
        {
            ImmutableArray<ListedTake> takes =
            [
                .. from take in list.Takes
                   let units = take.Units.Where(u => skus.Contains(u.Sku)).ToImmutableArray()
                   where !units.IsEmpty
                   select take with { Units = units },
            ];
            if (!takes.IsEmpty) found.Add(list with { Works = [], Takes = takes });
        }

        return new(
            RosterStatus.Done, found.DrainToImmutable(), Seen: Last,
            Others: [.. c.Lists.Where(l => !Lists.ContainsKey(l))]);
    }

    /// <summary>From where a list takes what; what lies in no bin that is known is nobody's yet.</summary>
    static ImmutableArray<ListedUnits> UnitsOf(PickTerms terms) =>
    [
        .. from task in terms.Tasks
           where task.Bin is not null
           group task by (task.Sku, Bin: task.Bin!, task.Lot) into place
           select new ListedUnits(place.Key.Sku, place.Key.Bin, place.Key.Lot, place.Sum(t => (long)t.Units)),
    ];
}
