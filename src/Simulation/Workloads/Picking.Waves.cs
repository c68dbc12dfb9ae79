using System.Collections.Immutable;
using Fulfillment.Picking;

namespace Fulfillment.Simulation;

// Waves of several lists, and units that are promised to one list at a time.
public sealed partial class Picking
{
    readonly Dictionary<string, List<PickTerms>> _gathered = [];
    readonly HashSet<string> _waves = [];
    readonly List<(string By, string Node, long Seen, ImmutableHashSet<(string, string)> Places)> _given = [];
    int _wave;

    /// <summary>Work waits until its node has enough for two waves: of two lists, and of one.</summary>
    void Gather(World world, PickTerms terms)
    {
        if (!_gathered.TryGetValue(terms.Node, out var work)) _gathered[terms.Node] = work = [];
        if (work.Any(t => t.For[0] == terms.For[0])) return;
        work.Add(terms);
        if (work.Count < 3) return;
        ImmutableArray<PickTerms> all = [.. work];
        work.Clear();
        var once = false;
        world.Ask($"units for W{_wave}", Roster(terms.Node), new RosterCommand.GetUnits(Stocking.Skus, []), reply =>
        {
            if (once) return;
            once = true;
            // Two who looked at the same moment: of places that both go to, one has the units.
            Wave(world, [all[0], all[1]], reply.Seen);
            if (world.Random.Next(2) == 0) Wave(world, [all[2]], reply.Seen);
        });
    }

    /// <summary>Once, again, and otherwise, in any order; sometimes under the name of another list.</summary>
    void Wave(World world, ImmutableArray<PickTerms> terms, long seen)
    {
        var random = world.Random;
        var wave = $"W{_wave++}";
        var first = _lists.Count > 0 && random.Next(6) == 0 ? random.Pick(_lists) : $"{wave}-1";
        RosterCommand.Release release = new(
            wave, [.. terms.Select((t, i) => new NewPickList(i == 0 ? first : $"{wave}-{i + 1}", t))], seen);
        Release(world, $"release {wave}", release);
        if (random.Next(2) == 0) Release(world, $"release {wave} again", release);
        if (random.Next(2) == 0)
            Release(world, $"release {wave} otherwise", release with { Lists = [new(first, terms[^1])] });
    }

    void Release(World world, string name, RosterCommand.Release release)
    {
        var node = release.Lists[0].Terms.Node;
        var once = false;
        world.Ask(name, Roster(node), release, reply =>
        {
            if (once || reply.Status != RosterStatus.Done) return;
            once = true;
            if (!_waves.Add(release.Id)) throw world.Broken($"{release.Id} was released twice");
            Given(world, release.Id, node, release.Seen!.Value, release.Lists.SelectMany(l => l.Terms.Tasks)
                .Where(t => t.Bin is not null).Select(t => (t.Sku, t.Bin!)));
            foreach (var list in release.Lists)
            {
                if (!_lists.Contains(list.Id)) _lists.Add(list.Id);
                Begin(world, list.Id);
            }
        });
    }

    /// <summary>Units for missing ones are asked for; then the list is told, or they are given up.</summary>
    void Promise(World world, string list, string node, PickListCommand.ReportShort report)
    {
        ImmutableArray<ListedUnits> units =
            [.. report.Elsewhere.Select(p => new ListedUnits(report.Sku ?? "A", p.Bin, p.Lot, p.Units))];
        var (looked, told) = (false, false);
        world.Ask($"units for {report.Id}", Roster(node), new RosterCommand.GetUnits([units[0].Sku], []), reply =>
        {
            if (looked) return;
            looked = true;
            world.Ask(
                $"promise {report.Id}", Roster(node), new RosterCommand.Promise(report.Id, list, units, reply.Seen),
                promised => Told(promised, reply.Seen));
        });

        void Told(RosterReply promised, long seen)
        {
            if (told || promised.Status is RosterStatus.Outdated) return;
            told = true;
            if (promised.Status == RosterStatus.Done)
                Given(world, report.Id, node, seen, units.Select(u => (u.Sku, u.Bin)));
            if (world.Random.Next(4) > 0)
            {
                Tell(world, list, report);
                return;
            }

            _given.RemoveAll(g => g.By == report.Id);
            world.Ask($"give up {report.Id}", Roster(node), new RosterCommand.Withdraw(report.Id, list), _ => { });
        }
    }

    /// <summary>Of two who have seen the same, one only has units from a place.</summary>
    void Given(World world, string by, string node, long seen, IEnumerable<(string, string)> units)
    {
        ImmutableHashSet<(string, string)> places = [.. units];
        foreach (var other in _given.Where(g => (g.Node, g.Seen) == (node, seen)))
        {
            if (other.Places.Overlaps(places)) throw world.Broken($"{by} and {other.By} take the same units");
        }

        _given.Add((by, node, seen, places));
    }
}
