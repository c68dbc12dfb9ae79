using Spectre.Console;

namespace Fulfillment.Client.Commands;

/// <summary>
/// A progress bar for long work: on a terminal only, and on the error stream, so that output stays clean.
/// </summary>
static class Progress
{
    /// <summary>Runs the work; it tells how much of <paramref name="total"/> is done.</summary>
    public static T Run<T>(string title, long total, bool show, Func<Action<long>, T> work)
    {
        if (!show || Console.IsErrorRedirected || Console.IsOutputRedirected) return work(_ => { });
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return console.Progress()
            .AutoClear(true)
            .Columns(
                new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn(),
                new SpinnerColumn())
            .Start(context =>
            {
                var task = context.AddTask(title, maxValue: Math.Max(1, total));
                return work(done => task.Value = done);
            });
    }
}
