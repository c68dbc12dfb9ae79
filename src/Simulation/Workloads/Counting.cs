using System.Collections.Immutable;
using Fulfillment.Counting;
using Fulfillment.Inventory;

namespace Fulfillment.Simulation;

/// <summary>
/// People who count bins and whole nodes while others work there, and see one unit more or fewer now and then; two of
/// them may count the same place at the same time.
/// </summary>
public sealed class Counting : IWorkload
{
    /// <summary>Few, so that each is long enough under way.</summary>
    const int MostCounts = 3;

    readonly List<CountTerms> _counts = [];
    readonly HashSet<string> _done = [];
    int _next;

    /// <inheritdoc/>
    public void Step(World world)
    {
        var random = world.Random;
        if (random.Next(60) == 0 && _counts.Count < MostCounts) Open(world, random);
        if (_counts.Count > 0 && random.Next(15) == 0) Work(world, random, random.Next(_counts.Count));
    }

    void Open(World world, Random random)
    {
        CountTerms terms = new(
            random.Pick(Stocking.Nodes), random.Next(2) == 0 ? [] : ["dock", "A-1"], ["A", "B", "C"],
            CountReason.Request, new(random.Next(3) == 0 ? 0 : 1), []);
        var id = _counts.Count;
        _counts.Add(terms);
        world.Ask($"count K{id}", At(id), new CountCommand.Open(terms), _ => { });
    }

    void Work(World world, Random random, int count)
    {
        var (terms, id) = (_counts[count], $"k{_next++}");
        var bin = terms.Bins.IsEmpty ? null : random.Pick(terms.Bins);
        switch (random.Next(9))
        {
            case 0 or 1:
                Look(world, count, asOf => Tell(
                    world, count, id, new CountCommand.Finish(id, "anna", asOf, bin, [])));
                break;
            case 2:
                Tell(world, count, id, new CountCommand.Approve(id, "bert", []));
                break;
            case 3:
                Tell(world, count, id, random.Next(3) == 0
                    ? new CountCommand.Reject(id, "bert", [], "no") : new CountCommand.Recount(id, "bert", []));
                break;
            default:
                Scan(world, random, count, id, new(
                    terms.Node, bin, random.Next(3) == 0 ? "L1" : "L2", null, random.Next(3) - 1));
                break;
        }
    }

    /// <summary>What the books say, and perhaps one more or fewer, is what he sees.</summary>
    void Scan(World world, Random random, int count, string id, Tally tally)
    {
        var (sku, error) = (random.Pick(_counts[count].Skus), (int)tally.Units);
        Look(world, count, asOf => world.Ask(
            $"{id} looks at {sku}", EntityId.Of(InventoryCalls.Kind, Callers.Seller, sku),
            new SkuCommand.JudgeCount(tally with { Units = 0 }), reply =>
            {
                if (reply.Status != JudgeStatus.Done) return;
                var seen = tally with { Units = Math.Max(0, reply.Expected + error) };
                var delta = (int)(seen.Units - reply.Expected);
                // As the SKU would have said of what was seen: of the state of which there is some.
                var state = delta < 0 ? reply.Parts[0].State : StockState.Available;
                ImmutableArray<CountPart> parts = delta == 0 ? [] : [new(state, delta)];
                Judgement judged = new(sku, seen, reply.Lot, reply.Version, reply.Expected, parts);
                Tell(world, count, id, new CountCommand.Scan(id, "anna", asOf, judged));
            }));
    }

    void Look(World world, int count, Action<long> then)
    {
        var once = false;
        world.Ask($"look at K{count} {_next}", At(count), new CountCommand.Get(), reply =>
        {
            // Asked twice, he still looks once.
            if (once) return;
            once = true;
            then(reply.Version);
        });
    }

    void Tell(World world, int count, string id, ICommand<CountReply> change) =>
        world.Ask($"{id} of K{count}", At(count), change, reply =>
        {
            if (reply.Status != CountStatus.Done) return;
            if (!_done.Add(id)) throw world.Broken($"K{count} did {id} twice");
            if (change is CountCommand.Finish && reply.Sheet!.Lines.Any(l => l.State == LineState.Waiting))
                Decide(world, count, $"k{_next++}");
        });

    void Decide(World world, int count, string id) => Tell(world, count, id, world.Random.Next(5) switch
    {
        0 => new CountCommand.Reject(id, "bert", [], "no"),
        1 => new CountCommand.Recount(id, "bert", []),
        _ => new CountCommand.Approve(id, "bert", []),
    });

    static EntityId At(int count) => EntityId.Of(CountingCalls.Kind, Callers.Seller, $"K{count}");
}
