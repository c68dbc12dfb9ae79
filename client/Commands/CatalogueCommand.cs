using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Fulfillment.Client.Api;

namespace Fulfillment.Client.Commands;

/// <summary><c>catalogue import</c> and <c>export</c>: SKUs from a file to a running server, and back.</summary>
static class CatalogueCommand
{
    const int MostShown = 1_000;

    public static Command Create()
    {
        Command command = new("catalogue", "The catalogue as a file: CSV or a line of JSON for each SKU.");
        command.Subcommands.Add(Import());
        command.Subcommands.Add(Export());
        return command;
    }

    static Command Import()
    {
        Command command = new("import", "Creates and changes SKUs from a file; the same file again changes nothing.");
        Argument<FileInfo> file = new("file") { Description = "CSV with a header, or .ndjson, .jsonl, .json." };
        Option<bool> dryRun = new("--dry-run") { Description = "Says what would be done, and writes nothing." };
        Option<long> after = new("--after") { Description = "Goes on after this line of the file." };
        RunningServer server = new();
        command.Arguments.Add(file);
        command.Options.Add(dryRun);
        command.Options.Add(after);
        server.AddTo(command);
        command.SetAction(async (result, cancel) =>
        {
            var from = result.GetValue(file)!;
            if (!from.Exists) return await Fail(ExitCode.Usage, $"There is no file {from.FullName}.");
            using var http = await server.Open(result);
            if (http is null) return ExitCode.Usage;
            http.Timeout = Timeout.InfiniteTimeSpan;
            var tries = result.GetValue(dryRun) ? "true" : "false";
            var query = string.Create(
                CultureInfo.InvariantCulture, $"/v1/catalogue/import?dryRun={tries}&after={result.GetValue(after)}");
            Reading reading = new(result.GetValue(after));
            try
            {
                return await Progress.Run(
                    from.Name, from.Length,
                    told => Send(http, from, query, reading, told, server.WantsJson(result), cancel));
            }
            catch (Exception e) when (e is HttpRequestException or IOException)
            {
                return await Fail(ExitCode.Environment, $"{e.Message} {reading.GoOn}");
            }
            catch (OperationCanceledException)
            {
                return await Fail(ExitCode.Environment, $"Stopped. {reading.GoOn}");
            }
        });
        return command;
    }

    /// <summary>What was answered so far.</summary>
    sealed class Reading(long after)
    {
        public long Last { get; set; } = after;

        public long Shown { get; set; }

        public CatalogueSummary? Summary { get; set; }

        public string GoOn => string.Create(CultureInfo.InvariantCulture, $"Go on with --after {Last}.");
    }

    static async Task<int> Send(
        HttpClient http, FileInfo file, string path, Reading reading, Action<long> told, bool asJson,
        CancellationToken cancel)
    {
        await using var stream = file.OpenRead();
        using HttpRequestMessage request = new(HttpMethod.Post, new Uri(path, UriKind.Relative));
        request.Content = new StreamContent(stream);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(
            file.Extension is ".json" or ".ndjson" or ".jsonl" ? CatalogueRows.Json : CatalogueRows.Csv);
        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
        if (!answer.IsSuccessStatusCode)
            return await Refuse(answer.StatusCode, await answer.Content.ReadAsStringAsync(cancel));
        var began = Stopwatch.StartNew();
        using StreamReader lines = new(await answer.Content.ReadAsStreamAsync(cancel));
        while (await lines.ReadLineAsync(cancel) is { } text)
        {
            var line = JsonSerializer.Deserialize(text, ApiJson.Wire.CatalogueLine)!;
            if (asJson) await Console.Out.WriteLineAsync(text);
            reading.Summary = line.Summary ?? reading.Summary;
            reading.Last = line.Line ?? reading.Last;
            told(stream.CanRead ? stream.Position : file.Length);
            if (line.Result == "refused" && reading.Shown++ < MostShown && !asJson) await Show(line);
        }

        return await End(reading, began.Elapsed, asJson);
    }

    static async Task Show(CatalogueLine line)
    {
        var about = line.Sku is null ? "" : $", {line.Sku}";
        if (line.Errors is not { Count: > 0 } errors)
            await Console.Error.WriteLineAsync($"line {line.Line}{about}: {line.Detail} ({line.Code})");
        foreach (var e in line.Errors ?? [])
            await Console.Error.WriteLineAsync($"line {line.Line}{about}: {e.Field} {e.Detail} ({e.Code})");
    }

    static async Task<int> End(Reading reading, TimeSpan took, bool asJson)
    {
        if (reading.Summary is not { } s) return await Fail(ExitCode.Environment, $"It broke off. {reading.GoOn}");
        if (reading.Shown > MostShown && !asJson)
            await Console.Error.WriteLineAsync($"... and {reading.Shown - MostShown:N0} more");
        if (!asJson)
        {
            await Console.Out.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{s.Rows:N0} rows{(s.DryRun ? ", of which nothing was written" : "")}: {s.Created:N0} created, "
                + $"{s.Changed:N0} changed, {s.Unchanged:N0} unchanged, {s.Refused:N0} refused; "
                + $"{took.TotalSeconds:N1} s"));
        }

        return s is { Refused: 0, Complete: true } ? ExitCode.Done : ExitCode.Refused;
    }

    static Command Export()
    {
        Command command = new("export", "Writes all SKUs in a form that can be imported.");
        Option<string> format = new("--format")
        {
            Description = "csv or ndjson.",
            DefaultValueFactory = _ => "csv",
        };
        format.AcceptOnlyFromAmong("csv", "ndjson");
        RunningServer server = new();
        command.Options.Add(format);
        server.AddTo(command);
        command.SetAction(async (result, cancel) =>
        {
            using var http = await server.Open(result);
            if (http is null) return ExitCode.Usage;
            try
            {
                await using var body = await http.GetStreamAsync(
                    new Uri($"/v1/catalogue/export?format={result.GetValue(format)}", UriKind.Relative), cancel);
                await using var output = Console.OpenStandardOutput();
                await body.CopyToAsync(output, cancel);
                return ExitCode.Done;
            }
            catch (Exception e) when (e is HttpRequestException or IOException)
            {
                return await Fail(ExitCode.Environment, e.Message);
            }
        });
        return command;
    }

    static async Task<int> Refuse(HttpStatusCode status, string body)
    {
        try
        {
            var problem = JsonSerializer.Deserialize(body, ApiJson.Wire.ProblemBody)!;
            foreach (var e in problem.Errors ?? [])
                await Console.Error.WriteLineAsync($"{e.Field} {e.Detail} ({e.Code})");
            return await Fail(ExitCode.Refused, problem.Detail);
        }
        catch (JsonException)
        {
            return await Fail(ExitCode.Environment, $"The server answered {(int)status} {status}.");
        }
    }

    static async Task<int> Fail(int code, string text)
    {
        await Console.Error.WriteLineAsync(text);
        return code;
    }
}
