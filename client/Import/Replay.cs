using System.Collections.Immutable;
using System.Diagnostics;
using Fulfillment.Engine.Embedded;
using Fulfillment.Ordering;

namespace Fulfillment.Client.Import;

/// <summary>
/// Does the steps, many at a time. What must wait waits for what it needs only: an order for the stock of its SKUs, a
/// cancellation for its orders. A block of steps that an earlier run has marked as done is counted and not done again.
/// </summary>
sealed class Replay(EmbeddedCluster cluster, Target target, Patience patience, Totals totals)
{
    const int Window = 512, BlockSize = 256, MaxSends = 20_000;
    static readonly TimeSpan Stuck = TimeSpan.FromSeconds(5);

    readonly Queue<(string? Order, Task<Misfit?> Done)> _window = new();
    readonly Dictionary<string, Task<Misfit?>> _placing = [];
    readonly HashSet<string> _refused = [];
    readonly Dictionary<string, Task<Misfit?>> _receiving = [];

    /// <summary>Does all steps. What was begun is finished, whatever happens.</summary>
    public async Task Run(IEnumerable<Step> steps, CancellationToken cancel)
    {
        await target.DefineNode();
        try
        {
            using var next = steps.GetEnumerator();
            var number = 0;
            while (Take(next, ++number, out var end) is { } block)
            {
                if (target.IsMarked(block)) foreach (var step in block.Steps) totals.CountAgain(step);
                else await Do(block, cancel);
                cancel.ThrowIfCancellationRequested();
                if (end is not null) throw end;
            }

            while (_window.Count > 0) await Next();
        }
        finally
        {
            Task begun = Task.WhenAll([.. _window.Select(w => w.Done), .. _receiving.Values]);
            await begun.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await Settle();
        }
    }

    /// <summary>
    /// The next block; null after the last one. Where the history cannot be read on, <paramref name="end"/> says why,
    /// once the block was done.
    /// </summary>
    static Block? Take(IEnumerator<Step> next, int number, out ImportException? end)
    {
        List<Step> steps = [];
        end = null;
        try
        {
            while (steps.Count < BlockSize && next.MoveNext()) steps.Add(next.Current);
        }
        catch (ImportException e)
        {
            end = e;
        }

        return steps.Count == 0 && end is null ? null : new(number, steps);
    }

    async Task Do(Block block, CancellationToken cancel)
    {
        List<Task<Misfit?>> tasks = new(block.Steps.Count);
        foreach (var step in block.Steps)
        {
            cancel.ThrowIfCancellationRequested();
            tasks.Add(Start(step));
            while (_window.Count >= Window) await Next();
            while (cluster.Outbox.Depth > MaxSends)
            {
                patience.Check();
                await Task.Delay(5, CancellationToken.None);
            }
        }

        _window.Enqueue((null, Mark(block, tasks)));
    }

    Task<Misfit?> Start(Step step)
    {
        if (step is Step.Receive { Lot: var lot })
            return _receiving[lot.Sku] = Receive(lot, _receiving.GetValueOrDefault(lot.Sku));
        var done = step switch
        {
            Step.Sell s => _placing[s.Order] = Sell(s, Received(s.Sold.Select(l => l.Line.Sku))),
            Step.Cancel s => Cancel(s, s.Orders.ToDictionary(o => o, StandingOf)),
            Step.Correct s => Correct(s, Received([s.Line.Sku])),
            Step.Keep s => Keep(s),
            _ => throw new UnreachableException(),
        };
        _window.Enqueue(((step as Step.Sell)?.Order, done));
        return done;
    }

    /// <summary>Waits for the oldest step under way.</summary>
    async Task Next()
    {
        var (order, done) = _window.Peek();
        var misfit = await done;
        _window.Dequeue();
        if (order is null) return;
        _placing.Remove(order);
        if (misfit is not null) _refused.Add(order);
    }

    /// <summary>Completes when the SKUs have the stock of the steps so far; an earlier run received the rest.</summary>
    async Task Received(IEnumerable<string> skus)
    {
        // Looked up at once: later steps are not waited for.
        var receiving = skus.Distinct().Select(sku => _receiving.GetValueOrDefault(sku)).OfType<Task>()
            .Where(task => !task.IsCompletedSuccessfully).ToList();
        foreach (var task in receiving) await task;
    }

    /// <summary>Why the order was not taken in; null when it was.</summary>
    Task<Misfit?> StandingOf(string order) => _placing.TryGetValue(order, out var placing) ? placing
        : Task.FromResult<Misfit?>(_refused.Contains(order) ? Misfit.OrderNotApplied : null);

    async Task<Misfit?> Receive(Lot lot, Task? before)
    {
        if (before is not null) await before;
        await target.Receive(lot);
        totals.CountReceived(lot);
        return null;
    }

    async Task<Misfit?> Sell(Step.Sell step, Task stock)
    {
        await stock;
        var placed = await target.Place(step.Order, step.Sold);
        if (placed.Misfit is not { } misfit) totals.CountOrder(step, placed.Repeated);
        else foreach (var (_, line) in step.Sold) await Quarantine(line, misfit);
        return placed.Misfit;
    }

    async Task<Misfit?> Cancel(Step.Cancel step, Dictionary<string, Task<Misfit?>> standings)
    {
        Dictionary<string, Written> results = [];
        foreach (var order in step.Cancelled.SelectMany(l => l.Taken).GroupBy(t => t.Order))
        {
            ImmutableArray<LineUnits> units =
                [.. order.GroupBy(t => t.Line).Select(l => new LineUnits(l.Key, l.Sum(t => t.Units)))];
            results[order.Key] = await standings[order.Key] is not null ? new(Misfit.OrderNotApplied, false)
                : await target.Cancel(step.Cancelled[0].Line.Number, step.Id, order.Key, units);
        }

        Misfit? last = null;
        foreach (var line in step.Cancelled)
        {
            if (line.Taken.Select(t => results[t.Order].Misfit).FirstOrDefault(m => m is not null) is { } misfit)
                await Quarantine(line.Line, (last = misfit).Value, PartOf(line.Taken, results));
            else totals.CountCancelled(line.Line, line.Taken.All(t => results[t.Order].Repeated));
        }

        return last;
    }

    /// <summary>A line that takes from several orders may have been cancelled in part: then it says so.</summary>
    static string? PartOf(ImmutableArray<TakenUnits> taken, Dictionary<string, Written> results)
    {
        var done = taken.Where(t => results[t.Order].Misfit is null).ToList();
        var orders = string.Join(", ", done.Select(t => t.Order).Distinct());
        return done.Count == 0 ? null : $"only {done.Sum(t => t.Units)} units could be cancelled, of orders {orders}";
    }

    async Task<Misfit?> Correct(Step.Correct step, Task stock)
    {
        await stock;
        var corrected = await target.Correct(step.Id, step.Line);
        if (corrected.Misfit is { } misfit) await Quarantine(step.Line, misfit);
        else totals.CountCorrected(step.Line, corrected.Repeated);
        return corrected.Misfit;
    }

    async Task<Misfit?> Keep(Step.Keep step)
    {
        await Quarantine(step.Line, step.Misfit);
        return null;
    }

    async Task Quarantine(HistoryLine line, Misfit misfit, string? detail = null)
    {
        await target.Keep(line, misfit, detail);
        totals.CountQuarantined(misfit);
    }

    /// <summary>
    /// A block in which something went otherwise than planned is not marked: another run has to learn of it again, for
    /// the cancellations that come later.
    /// </summary>
    async Task<Misfit?> Mark(Block block, List<Task<Misfit?>> steps)
    {
        if (Array.TrueForAll(await Task.WhenAll(steps), misfit => misfit is null)) await target.MarkDone(block);
        return null;
    }

    /// <summary>Waits until the orders are allocated: what the entities have to tell each other has arrived.</summary>
    async Task Settle()
    {
        var depth = cluster.Outbox.Depth;
        for (var since = Stopwatch.GetTimestamp(); depth > 0 && Stopwatch.GetElapsedTime(since) < Stuck;)
        {
            await Task.Delay(10, CancellationToken.None);
            if (cluster.Outbox.Depth < depth) since = Stopwatch.GetTimestamp();
            depth = Math.Min(depth, cluster.Outbox.Depth);
        }
    }
}
