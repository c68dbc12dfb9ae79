using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Fulfillment.Client.Load;
using Fulfillment.Composition;

namespace Fulfillment.Client.Commands;

/// <summary>
/// <c>bench</c>: a flash sale against a server of its own, killed in the middle if wanted, and the accounts after it.
/// </summary>
static class BenchCommand
{
    sealed record Plan(int Buyers, int Skus, int Units, int Seconds, bool Kill, string? Postgres, bool Json);

    public static Command Create()
    {
        Command command = new(
            "bench",
            "Runs a flash sale over HTTP against a server of its own in a temporary folder: how many orders a second, "
            + "how long buyers wait. Then checks that every acknowledged order is there once and nothing was sold "
            + "twice.");
        Option<int> buyers = Count("--buyers", 64, 1, 2_000, "Buyers at once, a connection each.");
        Option<int> skus = Count("--skus", 1, 1, 100_000, "SKUs that they want.");
        Option<int> units = Count("--units", 1_000_000, 1, 1_000_000_000, "Units of each SKU.");
        Option<int> seconds = Count("--seconds", 10, 1, 3_600, "How long it lasts.");
        Option<bool> kill = new("--kill")
        {
            Description = "Kills the server in the middle (as kill -9 does), and starts it again.",
        };
        Option<string?> postgres = new("--postgres")
        {
            Description = "Uses this PostgreSQL database, which must be empty.",
        };
        Option<bool> json = new("--json") { Description = "Prints one JSON object." };
        foreach (var option in (Option[])[buyers, skus, units, seconds, kill, postgres, json])
            command.Options.Add(option);
        command.SetAction((r, cancel) => Bench(
            new(
                r.GetValue(buyers), r.GetValue(skus), r.GetValue(units), r.GetValue(seconds), r.GetValue(kill),
                r.GetValue(postgres), r.GetValue(json)),
            cancel));
        return command;
    }

    static Option<int> Count(string name, int normal, int least, int most, string description)
    {
        Option<int> option = new(name) { Description = description, DefaultValueFactory = _ => normal };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < least || result.GetValueOrDefault<int>() > most)
                result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} must be {least} to {most}."));
        });
        return option;
    }

    static async Task<int> Bench(Plan plan, CancellationToken cancel)
    {
        var folder = Directory.CreateTempSubdirectory("fulfillment-bench-").FullName;
        try
        {
            return await Bench(plan, new DataPlace(folder, plan.Postgres), cancel);
        }
        catch (InvalidOperationException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return ExitCode.Refused;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static async Task<int> Bench(Plan plan, DataPlace place, CancellationToken cancel)
    {
        string[] arguments =
        [
            "--data", place.Folder,
            .. place.Postgres is { } postgres ? ["--postgres", postgres] : Array.Empty<string>(),
        ];
        FlashSale sale = new(plan.Buyers, plan.Skus, plan.Units);
        var server = await ServerProcess.Start(arguments, cancel);
        try
        {
            await sale.Prepare(server.Address, cancel);
            var started = Stopwatch.GetTimestamp();
            if (plan.Kill)
            {
                var half = Sell(sale, server, plan.Seconds / 2.0, cancel);
                await Task.Delay(TimeSpan.FromSeconds(plan.Seconds / 2.0), cancel);
                server.Kill();
                await half;
                server.Dispose();
                server = await ServerProcess.Start(arguments, cancel);
            }

            await Sell(sale, server, plan.Kill ? plan.Seconds / 2.0 : plan.Seconds, cancel);
            var elapsed = Stopwatch.GetElapsedTime(started);
            var orders = await sale.Orders(server.Address, cancel);
            var promised = await sale.Promised(server.Address, cancel);
            var ready = server.ReadyAfter;
            server.Dispose();
            return Report(plan, sale.Told, elapsed, ready, orders, promised, place, cancel);
        }
        finally
        {
            server.Dispose();
        }
    }

    static async Task Sell(FlashSale sale, ServerProcess server, double seconds, CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        stop.CancelAfter(TimeSpan.FromSeconds(seconds));
        await sale.Run(server.Address, stop.Token);
    }

    static int Report(
        Plan plan, Told told, TimeSpan elapsed, TimeSpan ready, Dictionary<string, string> orders, long[] promised,
        DataPlace place, CancellationToken cancel)
    {
        var lost = told.Accepted.Count(id => !orders.TryGetValue(id, out var status) || !Lives(status));
        var live = orders.Values.Count(Lives);
        var oversold = promised.Count(units => units > plan.Units);
        using var store = EmbeddedServer.Store(place);
        var kinds = Everything.Kinds((_, _, _) => throw new UnreachableException());
        var verified = new Audit(store, kinds).Run(store.OpenToRead(), cancel);
        var good = lost == 0 && oversold == 0 && promised.Sum() == live && verified.Flaws.Count == 0
            && told.Odd is null;
        var waits = told.Milliseconds.Order().ToArray();
        FlashSaleFigures figures = new(
            plan.Buyers, plan.Skus, plan.Units, plan.Seconds, plan.Kill,
            told.Accepted.Count, told.SoldOut, told.Unanswered,
            Math.Round(told.Accepted.Count / elapsed.TotalSeconds), Percentile(waits, 0.5), Percentile(waits, 0.99),
            Math.Round(ready.TotalMilliseconds), live, lost, promised.Sum(), oversold,
            verified.Events, verified.Flaws.Count, told.Odd, good);
        if (plan.Json) Console.Out.WriteLine(JsonSerializer.Serialize(figures, LoadJson.Default.FlashSaleFigures));
        else Print(figures);
        return good ? ExitCode.Done : ExitCode.Refused;
    }

    /// <summary>Whether an order in that status has a promise.</summary>
    static bool Lives(string status) => status is not ("rejected" or "cancelled" or "received");

    static void Print(FlashSaleFigures f)
    {
        static void Say(params FormattableString[] parts) =>
            Console.Out.WriteLine(string.Concat(parts.Select(FormattableString.Invariant)));

        Say(
            $"Flash sale: {f.Buyers:N0} buyers at once, {f.Skus:N0} SKUs of {f.Units:N0} units, ",
            $"{f.Seconds} s, all on this machine");
        Say($"{f.OrdersPerSecond,12:N0}  orders a second, accepted and durable");
        Say(
            $"{f.P50Milliseconds,12:N1}  ms until the answer for half of the buyers, ",
            $"{f.P99Milliseconds:N1} ms for 99 %");
        if (f.Killed) Say($"{f.ReadyAfterMilliseconds,12:N0}  ms from the start after the kill until ready");
        Say(
            $"{f.Acknowledged,12:N0}  orders acknowledged, {f.SoldOut:N0} told sold out, ",
            $"{f.Unanswered:N0} not answered");
        Say(
            $"{f.AcknowledgedAndLost,12:N0}  of the acknowledged lost; {f.OrdersKept:N0} kept, ",
            $"{f.UnitsPromised:N0} units promised, {f.SkusOversold:N0} SKUs oversold");
        Say($"{f.Events,12:N0}  events verified, {f.Flaws:N0} flaws");
        if (f.OddAnswer is { } odd) Say($"An answer that should not be: {odd}");
        Console.Out.WriteLine(f.Good ? "Every promise was kept." : "NOT every promise was kept.");
    }

    static double Percentile(double[] sorted, double part) =>
        sorted.Length == 0 ? 0 : Math.Round(sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * part))], 2);
}
