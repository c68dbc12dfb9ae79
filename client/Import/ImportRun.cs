using System.Diagnostics;
using Fulfillment.Client.Api;
using Fulfillment.Client.Commands;
using Fulfillment.Composition;
using Fulfillment.Engine;

namespace Fulfillment.Client.Import;

/// <summary>What to import, and where to.</summary>
/// <param name="Source">The history.</param>
/// <param name="Place">The server's data.</param>
/// <param name="Seller">Whose history it is.</param>
/// <param name="Node">Where the stock is received.</param>
/// <param name="MemoryMegabytes">What entities may keep in memory, by estimate.</param>
/// <param name="Json">One JSON object at the end, and nothing else, on standard output.</param>
sealed record ImportOrder(
    HistorySource Source, DataPlace Place, string Seller, string Node, int MemoryMegabytes, bool Json);

/// <summary>One import, from the first line to the totals.</summary>
static class ImportRun
{
    /// <summary>Imports; what the process ends with.</summary>
    public static async Task<int> Run(ImportOrder order, CancellationToken cancel)
    {
        // Whoever called goes on to listen for Ctrl-C; what follows does not return before it has read the history
        // once.
        await Task.Yield();
        try
        {
            return await Replay(order, cancel);
        }
        catch (ImportException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return e.ExitCode;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Stopped before anything was applied.");
            return ExitCode.Refused;
        }
    }

    static async Task<int> Replay(ImportOrder order, CancellationToken cancel)
    {
        var started = Stopwatch.GetTimestamp();
        // The beginning of the history is looked at before a data folder is made for it.
        var survey = Survey.Of(order.Source, cancel);
        EngineOptions options = new() { ActivationBytes = (long)order.MemoryMegabytes << 20 };
        await using var server = EmbeddedServer.Open(order.Place, options, TimeProvider.System);
        var before = server.Cluster.Feed.Head;
        Totals totals = new();
        var replay = Replay(order, survey, server, totals, cancel);
        await ImportProgress.Show(order, survey.Lines, totals, replay);
        var end = await EndOf(replay, totals);
        var (took, events) = (Stopwatch.GetElapsedTime(started), server.Cluster.Feed.Head - before);
        ImportReport report = new(order.Source.Name, survey, totals, took, events, end is null);
        report.Write(order.Json);
        var trouble = end?.Message ?? (totals.Tie ? null : "The totals do not tie: lines were lost, or counted twice.");
        if (trouble is not null) await Console.Error.WriteLineAsync(trouble);
        return end?.ExitCode ?? (totals.Tie ? ExitCode.Done : ExitCode.Refused);
    }

    static async Task Replay(
        ImportOrder order, Survey survey, EmbeddedServer server, Totals totals, CancellationToken cancel)
    {
        var backend = Server.BackendOf(server);
        await using Patience patience = new(server.Cluster.Journal.Stats, totals);
        Target target = new(backend, patience, order.Seller, order.Node, survey.Identity);
        using var text = order.Source.Open();
        var lines = HistoryReader.Read(order.Source, text).Select(line =>
        {
            totals.CountRead();
            return line;
        });
        // Whoever called goes on to show the progress.
        await Task.Yield();
        await new Replay(server.Cluster, target, patience, totals).Run(new Planner(survey).Plan(lines), cancel);
    }

    /// <summary>Why it ended before the end of the history; null when it did not.</summary>
    static async Task<ImportException?> EndOf(Task replay, Totals totals)
    {
        try
        {
            await replay;
            return null;
        }
        catch (ImportException e)
        {
            var left = totals.Read - totals.Done;
            if (left == 0 || e.LinesBefore == 0) return e;
            var what = $"{left} lines before it may belong to unfinished invoices and were not applied.";
            return new(e.ExitCode, $"{e.Message} {what}", e);
        }
        catch (OperationCanceledException e)
        {
            return new(ExitCode.Refused, $"Stopped after {totals.Done} lines. The same command goes on from there.", e);
        }
    }
}
