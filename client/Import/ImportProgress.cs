using System.Diagnostics;
using Spectre.Console;

namespace Fulfillment.Client.Import;

/// <summary>
/// Shows how far an import is, on the error stream, so that output stays clean: a bar on a terminal, a line now and
/// then elsewhere, nothing beside JSON.
/// </summary>
static class ImportProgress
{
    static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(200), Note = TimeSpan.FromSeconds(5);

    /// <summary>Until the work has ended, however it ends.</summary>
    public static async Task Show(ImportOrder order, long lines, Totals totals, Task work)
    {
        if (order.Json) await Ended(work, Timeout.InfiniteTimeSpan);
        else if (Console.IsErrorRedirected || Console.IsOutputRedirected) await Notes(lines, totals, work);
        else await Bar(order.Source.Name, lines, totals, work);
    }

    static async Task Notes(long lines, Totals totals, Task work)
    {
        Rate rate = new();
        while (!await Ended(work, Note))
            await Console.Error.WriteLineAsync($"{totals.Done} of {lines} lines, {rate.Of(totals.Done):0} lines/s");
    }

    static Task Bar(string name, long lines, Totals totals, Task work)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return console.Progress()
            .AutoClear(true)
            .Columns(
                new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                Rate rate = new();
                var bar = context.AddTask(Markup.Escape(name), maxValue: Math.Max(1, lines));
                while (!await Ended(work, Frame))
                {
                    bar.Value = totals.Done;
                    bar.Description = $"{Markup.Escape(name)}  {rate.Of(totals.Done):0} lines/s";
                }
            });
    }

    static async Task<bool> Ended(Task work, TimeSpan within)
    {
        await Task.WhenAny(work, Task.Delay(within));
        return work.IsCompleted;
    }

    /// <summary>Lines per second over the last few readings.</summary>
    sealed class Rate
    {
        const int Readings = 10;

        readonly Queue<(long At, long Done)> _readings = new([(Stopwatch.GetTimestamp(), 0)]);

        public double Of(long done)
        {
            _readings.Enqueue((Stopwatch.GetTimestamp(), done));
            if (_readings.Count > Readings) _readings.Dequeue();
            var (at, before) = _readings.Peek();
            return (done - before) / Math.Max(0.001, Stopwatch.GetElapsedTime(at).TotalSeconds);
        }
    }
}
