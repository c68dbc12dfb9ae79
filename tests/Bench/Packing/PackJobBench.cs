using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Fulfillment.Inventory;
using Fulfillment.Ordering;
using Fulfillment.Packing;
using Fulfillment.Warehousing;

namespace Fulfillment.Bench.Packing;

/// <summary>
/// The rules of a pack bench alone, without journal or HTTP: orders of so many lines of one each, scanned to the end. A
/// scan walks over what the job has, once; so ten times the lines are about ten times the time, and not a hundred.
/// </summary>
static class PackJobBench
{
    static readonly int[] Sizes = [200, 2_000];

    static readonly EntityId Self = EntityId.Of(PackCalls.Kind, "default", "o-1-F1");

    static readonly Box Large = new("L", new(2_000, 2_000, 2_000), new(2_010, 2_010, 2_010), 100, 9_000_000);

    /// <summary>A figure for each size.</summary>
    public static IEnumerable<Figure> Measure()
    {
        // Once for the compiler.
        Scan(Sizes[0]);
        double? few = null;
        foreach (var lines in Sizes)
        {
            var (milliseconds, bytes, whole) = Scan(lines);
            double[] sorted = [.. milliseconds.Order()];
            var mean = milliseconds.Average();
            few ??= mean;
            yield return new("bench", "none", $"{lines} lines: scans/s", 1_000 / mean)
            {
                P50 = sorted.Percentile(0.5),
                P99 = sorted.Percentile(0.99),
                Wanted = "linear in the lines",
                Good = mean <= few * 3 * lines / Sizes[0],
                Note = string.Create(
                    CultureInfo.InvariantCulture,
                    $"{lines:N0} scans; the last was answered with {bytes:N0} bytes, the job has {whole:N0}"),
            };
        }
    }

    static (List<double> Milliseconds, int Bytes, int Whole) Scan(int lines)
    {
        PackSight sight = new(
            1, false, [.. Enumerable.Range(0, lines).Select(i => new PackNeed($"{i}", $"SKU-{i}", 1))], [], []);
        PackTerms terms = new(
            "o-1", 1, "N1",
            [.. sight.Lines.Select(l => new PackLine(l.Sku, 1, new(60, 40, 30), 200, Upright.Any))], []);
        Turn turn = new(Self, DateTimeOffset.UnixEpoch, 0);
        var job = PackJob.Initial;
        Tell(new PackCommand.Begin("b", "anna", "B1", terms, sight));
        Tell(new PackCommand.NoteBegin(1, FulfilStatus.Done, null));
        Tell(new PackCommand.OpenBox("o", "anna", "B1", "L", Large, "L1", sight));
        Tell(new PackCommand.NoteBox(1, PlateReplyStatus.Done));
        List<double> milliseconds = [];
        var clock = new Stopwatch();
        object? reply = null;
        for (var i = 0; i < lines; i++)
        {
            clock.Restart();
            Tell(new PackCommand.Scan($"s{i}", "anna", "B1", 1, $"SKU-{i}", 1, null));
            Tell(new PackCommand.NoteScan(i + 1, PickStatus.Done, [new($"SKU-{i}", 1)]));
            reply = Tell(new PackCommand.GetScan(i + 1));
            milliseconds.Add(clock.Elapsed.TotalMilliseconds);
        }

        Ensure.That(job.Sheet!.Tally().PackedOf($"{lines - 1}") == 1);
        return (milliseconds, Bytes((PackReply)reply!), Bytes(new(PackReplyStatus.Done, job.Sheet, job.Version)));

        object? Tell(PackCommand command)
        {
            var decision = PackJob.Decide(job, command, turn);
            foreach (var happened in decision.Events)
            {
                job = PackJob.Evolve(job, happened);
                _ = PackJob.React(job, happened, turn);
            }

            return decision.Reply;
        }
    }

    static int Bytes(PackReply reply) => JsonSerializer.SerializeToUtf8Bytes(reply).Length;
}
