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
        if (!show || IsFile) return work(_ => { });
        return Bar().Start(context => work(Told(context, title, total)));
    }

    /// <summary>Runs work that waits.</summary>
    public static Task<T> Run<T>(string title, long total, Func<Action<long>, Task<T>> work) =>
        IsFile ? work(_ => { }) : Bar().StartAsync(context => work(Told(context, title, total)));

    static bool IsFile => Console.IsErrorRedirected || Console.IsOutputRedirected;

    static Spectre.Console.Progress Bar()
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return console.Progress()
            .AutoClear(true)
            .Columns(
                new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn(),
                new SpinnerColumn());
    }

    static Action<long> Told(ProgressContext context, string title, long total)
    {
        var task = context.AddTask(title, maxValue: Math.Max(1, total));
        return done => task.Value = done;
    }
}
