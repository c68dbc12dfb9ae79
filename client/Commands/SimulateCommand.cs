using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Fulfillment.Simulation;

namespace Fulfillment.Client.Commands;

/// <summary><c>simulate</c>: histories under faults, one per seed, and the checkers after each.</summary>
static class SimulateCommand
{
    const int MostShown = 10;

    const string Usual = "usual", Lively = "lively";

    public static Command Create()
    {
        Command command = new(
            "simulate",
            "Runs simulated histories: concurrent callers, killed processes, failed and unknown commits, lost, late "
            + "and repeated messages, jumping clocks; then calm, and the checks. One seed is always the same history.");
        Option<string> seeds = new("--seeds")
        {
            Description = "A range A..B (both included), or one seed.",
            DefaultValueFactory = _ => "1..1000",
        };
        seeds.Validators.Add(result =>
        {
            if (Range(result.GetValueOrDefault<string>()) is null)
                result.AddError("--seeds must be A..B with 0 <= A <= B, or one number.");
        });
        Option<string> pace = new("--pace")
        {
            Description = "usual, or lively: longer histories, each with all workloads; more comes to its end.",
            DefaultValueFactory = _ => Usual,
        };
        pace.AcceptOnlyFromAmong(Usual, Lively);
        Option<bool> json = new("--json") { Description = "Prints one JSON object." };
        command.Options.Add(seeds);
        command.Options.Add(pace);
        command.Options.Add(json);
        command.SetAction((result, cancel) => Task.Run(() => Simulate(
            Range(result.GetValue(seeds))!.Value, result.GetValue(pace) == Lively ? Pace.Lively : Pace.Usual,
            result.GetValue(json), cancel), cancel));
        return command;
    }

    static (int First, int Last)? Range(string? text)
    {
        var parts = (text ?? "").Split("..");
        if (parts.Length > 2 || !Number(parts[0], out var first) || !Number(parts[^1], out var last) || last < first)
            return null;
        return (first, last);
    }

    static bool Number(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number < int.MaxValue;

    static int Simulate((int First, int Last) seeds, Pace pace, bool json, CancellationToken cancel)
    {
        var started = Stopwatch.GetTimestamp();
        SortedDictionary<int, string> failed = [];
        SortedDictionary<string, long> counts = new(StringComparer.Ordinal);
        long events = 0, done = 0;
        Progress.Run("Simulating", seeds.Last - seeds.First + 1L, !json, advance =>
        {
            ParallelOptions options = new()
            {
                MaxDegreeOfParallelism = Environment.ProcessorCount,
                CancellationToken = cancel,
            };
            return Parallel.For(seeds.First, seeds.Last + 1, options, seed =>
            {
                var (report, failure) = One(seed, pace);
                lock (failed)
                {
                    advance(++done);
                    if (failure is not null) failed.Add(seed, failure);
                    if (report is null) return;
                    events += report.Events;
                    foreach (var (name, count) in report.Counts) counts[name] = counts.GetValueOrDefault(name) + count;
                }
            });
        });
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        if (json) Console.Out.WriteLine(AsJson(seeds, events, seconds, counts, failed).ToJsonString());
        else Print(seeds, events, seconds, counts, failed);
        return failed.Count == 0 ? ExitCode.Done : ExitCode.Refused;
    }

    static (SimulationReport? Report, string? Failure) One(int seed, Pace pace)
    {
        try
        {
            return (Simulator.Run(new() { Seed = seed, Pace = pace }), null);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Whatever it is, it is what the seed found.
            return (null, e.Message);
        }
    }

    static void Print(
        (int First, int Last) seeds, long events, double seconds, IReadOnlyDictionary<string, long> counts,
        SortedDictionary<int, string> failed)
    {
        foreach (var (name, count) in counts)
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count,14:N0}  {name}"));
        foreach (var (seed, failure) in failed.Take(MostShown))
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seed {seed}: {failure}"));
        Console.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{seeds.Last - seeds.First + 1:N0} histories, {events:N0} events, {failed.Count} failed, "
            + $"{seconds:0.0} s."));
    }

    static JsonObject AsJson(
        (int First, int Last) seeds, long events, double seconds, IReadOnlyDictionary<string, long> counts,
        SortedDictionary<int, string> failed) =>
        new()
        {
            ["first"] = seeds.First,
            ["last"] = seeds.Last,
            ["events"] = events,
            ["seconds"] = Math.Round(seconds, 3),
            ["counts"] = new JsonObject(counts.Select(c => KeyValuePair.Create(c.Key, (JsonNode?)c.Value))),
            ["failed"] = new JsonArray([.. failed.Select(f => (JsonNode)new JsonObject
            {
                ["seed"] = f.Key, ["what"] = f.Value,
            })]),
        };
}
