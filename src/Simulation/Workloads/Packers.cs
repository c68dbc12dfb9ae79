using System.Collections.Immutable;
using Fulfillment.Inventory;
using Fulfillment.Ordering;
using Fulfillment.Packing;
using Fulfillment.Warehousing;

namespace Fulfillment.Simulation;

/// <summary>
/// Two packers on the same jobs: they scan right and wrong, twice and out of turn, into boxes that are closed, opened
/// again and shipped meanwhile, doubt units, and take jobs over.
/// </summary>
public sealed class Packers(Buying buying) : IWorkload
{
    /// <summary>Few at a time, so that each is long enough under way.</summary>
    const int MostJobs = 4;

    static readonly ImmutableArray<string> Names = ["carl", "dora"];

    static readonly Box Large = new("L", new(400, 400, 400), new(410, 410, 410), 100, 9_000),
        Tiny = new("T", new(50, 50, 50), new(60, 60, 60), 10, 500);

    readonly List<(EntityId Order, int Fulfilment)> _jobs = [];
    readonly HashSet<(EntityId Order, int Fulfilment)> _begun = [];
    readonly HashSet<string> _done = [];
    int _next;

    /// <inheritdoc/>
    public void Step(World world)
    {
        var random = world.Random;
        if (random.Next(6) == 0 && _jobs.Count < MostJobs && buying.Orders.Count > 0)
        {
            var order = random.Pick(buying.Orders);
            world.Ask($"look at {order} to pack it {_next++}", order, new OrderCommand.Get(), r => Begin(
                world, order, r.Order));
        }

        if (_jobs.Count > 0) Look(world, random.Pick(_jobs));
    }

    void Begin(World world, EntityId id, OrderReply? order)
    {
        if (world.IsCalm || _jobs.Count >= MostJobs || order is null || order.Fulfilments.IsEmpty) return;
        var random = world.Random;
        var fulfilment = random.Pick(order.Fulfilments);
        if (fulfilment.Lines.All(l => l.MayLeave == 0)) return;
        if ((fulfilment.OnHold && random.Next(4) > 0) || !_begun.Add((id, fulfilment.Number))) return;
        _jobs.Add((id, fulfilment.Number));
        Begin(world, (id, fulfilment.Number), order, false);
    }

    void Begin(World world, (EntityId Order, int Fulfilment) job, OrderReply order, bool takeOver)
    {
        var fulfilment = order.Fulfilments[job.Fulfilment - 1];
        ImmutableArray<PackLine> goods =
        [
            .. fulfilment.Lines.Select(l => l.Sku).Distinct().Select(
                sku => new PackLine(sku, 1, sku == "B" ? default : new(60, 40, 30), 200, Upright.Any)),
        ];
        Tell(world, job, new PackCommand.Begin(
            $"k{_next++}", world.Random.Pick(Names), "B1",
            new(job.Order.Name, job.Fulfilment, fulfilment.Node, goods, []),
            PackSight.Of(order, job.Fulfilment)!, takeOver));
    }

    /// <summary>The order as it is, and then the job: in between both may change.</summary>
    void Look(World world, (EntityId Order, int Fulfilment) job)
    {
        var at = _next++;
        var once = false;
        world.Ask($"look at {job} {at}", job.Order, new OrderCommand.Get(), seen => world.Ask(
            $"look at the job {job} {at}", At(job), new PackCommand.Get(), reply =>
            {
                if (once || world.IsCalm || seen.Order is null || reply.Sheet is null) return;
                once = true;
                Work(world, job, seen.Order, reply.Sheet);
            }));
    }

    void Work(World world, (EntityId Order, int Fulfilment) job, OrderReply order, PackSheet sheet)
    {
        var (random, id) = (world.Random, $"k{_next++}");
        // Who has nothing left to do there takes another.
        if (sheet.Status is not (PackJobStatus.Starting or PackJobStatus.Packing or PackJobStatus.Packed)
            && random.Next(2) == 0) _jobs.Remove(job);
        var sight = PackSight.Of(order, job.Fulfilment)!;
        var by = random.Next(9) == 0 ? random.Pick(Names) : sheet.Packer;
        var open = sheet.Boxes.LastOrDefault(b => b.State == BoxState.Open);
        var box = Math.Max(1, open?.Number ?? sheet.Boxes.Length);
        switch (random.Next(20))
        {
            case 0:
                Begin(world, job, order, random.Next(2) == 0);
                break;
            case 1 or 2 when sheet.Doubts.FirstOrDefault(d => d.Outcome is null) is { } doubt:
                Tell(world, job, new PackCommand.DecideDoubt(
                    id, by, doubt.Number, (DoubtOutcome)random.Next(3), sight));
                break;
            case 1 when random.Next(2) == 0:
                Tell(world, job, new PackCommand.ReportDoubt(
                    id, by, null, random.Pick(sight.Lines).Sku, 1, "a crack", sight));
                break;
            case 2 or 3 or 4 or 5 when open is { Contents.IsEmpty: false } || random.Next(6) == 0:
                Tell(world, job, new PackCommand.CloseBox(
                    id, by, null, box, random.Next(3) == 0 ? 1_000 : null, sight, random.Next(3) > 0));
                break;
            case 6:
                var closed = sheet.Boxes.LastOrDefault(b => b.State == BoxState.Closed)?.Number ?? random.Next(1, 4);
                Tell(world, job, new PackCommand.ReopenBox(id, by, null, closed, sight));
                break;
            case 7 or 8:
                Tell(world, job, new PackCommand.ShipBoxes(id, [], [], "local", $"T{_next}", sight));
                break;
            case 9 when open is { Contents.IsEmpty: true } || random.Next(6) == 0:
                Tell(world, job, new PackCommand.DiscardBox(id, by, null, box, sight));
                break;
            case 10 when random.Next(3) == 0:
                Tell(world, job, new PackCommand.See(sight));
                break;
            case 10 when random.Next(3) == 0:
                Tell(world, job, new PackCommand.GiveUp(id, by, null, sight));
                break;
            case 11 or 12 or 13 when Surplus(sheet) is var (from, content):
                Tell(world, job, new PackCommand.Scan(
                    id, by, null, from, content.Sku, 1, null, content.Lot, default, true));
                break;
            default:
                if (sheet.Boxes.All(b => b.State is not (BoxState.Open or BoxState.Opening)))
                {
                    Tell(world, job, new PackCommand.OpenBox(
                        id, by, "B1", null, random.Next(6) == 0 ? Tiny : Large,
                        random.Next(3) == 0 ? $"SSCC{random.Next(12)}" : null, sight));
                }
                else
                {
                    Scan(world, job, id, by, box, sight, sheet);
                    Scan(world, job, $"{id}b", by, box, sight, sheet);
                }

                break;
        }
    }

    /// <summary>Units in an open box of which more are in boxes than are to leave; null when there are none.</summary>
    static (int Box, PackContent Content)? Surplus(PackSheet sheet)
    {
        var lines = sheet.LinesWithTooMany();
        var skus = sheet.Sight.Lines.Where(l => lines.Contains(l.Line)).Select(l => l.Sku).ToHashSet();
        foreach (var box in sheet.Boxes.Where(b => b.State == BoxState.Open))
            if (box.Contents.FirstOrDefault(c => skus.Contains(c.Sku)) is { } content) return (box.Number, content);
        return null;
    }

    /// <summary>
    /// Mostly what the job asks for, by who packs it; what goes in is let on the carrier first, as it has to be.
    /// </summary>
    void Scan(
        World world, (EntityId Order, int Fulfilment) job, string id, string by, int box, PackSight sight,
        PackSheet sheet)
    {
        var random = world.Random;
        var tally = sheet.Tally();
        ImmutableArray<PackNeed> left = [.. sheet.Sight.Lines.Where(l => tally.LeftOf(l) > 0)];
        var sku = random.Next(9) == 0 ? "X"
            : random.Pick<PackNeed>(!left.IsEmpty && random.Next(4) > 0 ? left : sight.Lines).Sku;
        PackCommand.Scan scan = new(
            id, by, random.Next(15) == 0 ? "B2" : null, random.Next(12) == 0 ? box + 1 : box, sku,
            random.Next(4) == 0 ? 2 : 1,
            random.Next(2) == 0 ? null : sight, sku == Stocking.Tracked ? $"L{random.Next(3)}" : null, default,
            random.Next(8) == 0, random.Next(14) == 0 ? BenchFault.WrongCheckDigit : null);
        if (scan.Out || sheet.BoxOf(scan.Box) is not { State: BoxState.Open } open)
        {
            Tell(world, job, scan.Out ? scan : scan with { Until = DateTimeOffset.MinValue });
            return;
        }

        var once = false;
        LicensePlateCommand.Admit admit = new(sku, sheet.Terms.Node, null, AnyBin: true);
        world.Ask($"let {id} into {open.Lpn}", EntityId.Of(PlateCalls.Kind, Callers.Seller, open.Lpn), admit, reply =>
        {
            if (once || reply.Status != PlateAdmission.Admitted) return;
            once = true;
            Tell(world, job, scan with { LpnStep = reply.Step, BoxBin = reply.Bin });
        });
    }

    void Tell(World world, (EntityId Order, int Fulfilment) job, PackCommand change) => world.Ask(
        $"{change} of {job}", At(job), (ICommand<PackReply>)change, reply =>
        {
            if (reply.Status == PackReplyStatus.Done && change is not PackCommand.See && !_done.Add($"{change}"))
                throw world.Broken($"{job} did {change} twice");
        });

    static EntityId At((EntityId Order, int Fulfilment) job) =>
        EntityId.Of(PackCalls.Kind, Callers.Seller, $"{job.Order.Name}-F{job.Fulfilment}");
}
