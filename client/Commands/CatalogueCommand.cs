using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.IO.Pipelines;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Fulfillment.Client.Api;

namespace Fulfillment.Client.Commands;

/// <summary><c>catalogue import</c> and <c>export</c>: SKUs from a file to a running server, and back.</summary>
static class CatalogueCommand
{
    const int MostShown = 1_000, PerRequest = 500, BytesPerRequest = 1 << 20;
    const string Path = "/v1/catalogue/import";

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
            Reading reading = new(result.GetValue(after), result.GetValue(dryRun));
            try
            {
                return await Progress.Run(
                    from.Name, from.Length,
                    told => Send(http, from, reading, told, server.WantsJson(result), cancel));
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
    sealed class Reading(long after, bool dryRun)
    {
        public CatalogueSummary Summary { get; set; } = new(0, 0, 0, 0, 0, dryRun, true);

        public long Last { get; set; } = after;

        public long Shown { get; set; }

        public HashSet<string> Meant { get; } = new(StringComparer.Ordinal);

        public string GoOn => string.Create(CultureInfo.InvariantCulture, $"Go on with --after {Last}.");
    }

    /// <summary>
    /// Sends the rows some at a time: a client of HTTP/1.1 reads no answer before it has sent all, and a server that
    /// answers row by row would wait for it.
    /// </summary>
    static async Task<int> Send(
        HttpClient http, FileInfo file, Reading reading, Action<long> told, bool asJson, CancellationToken cancel)
    {
        await using var stream = file.OpenRead();
        var began = Stopwatch.StartNew();
        List<CatalogueRow> batch = [];
        try
        {
            await foreach (var row in await Rows(file, stream, cancel))
            {
                if (row.Line <= reading.Last) continue;
                batch.Add(row);
                if (batch.Count < PerRequest && batch.Sum(r => r.Json?.Length ?? 0L) < BytesPerRequest) continue;
                if (await Send(http, batch, reading, asJson, cancel) is { } failed) return failed;
                told(stream.Position);
                batch.Clear();
            }

            if (batch.Count > 0 && await Send(http, batch, reading, asJson, cancel) is { } last) return last;
        }
        catch (ProblemException e)
        {
            return await Refuse(e.Problem.Body);
        }

        return await End(reading, began.Elapsed, asJson);
    }

    static async Task<IAsyncEnumerable<CatalogueRow>> Rows(FileInfo file, Stream stream, CancellationToken cancel) =>
        file.Extension is ".json" or ".ndjson" or ".jsonl"
            ? CatalogueRows.OfLines(PipeReader.Create(stream), cancel) : await CatalogueRows.OfCsv(stream, cancel);

    static async Task<int?> Send(
        HttpClient http, List<CatalogueRow> batch, Reading reading, bool asJson, CancellationToken cancel)
    {
        var rows = batch.Where(r => r.Problem is null).ToList();
        using MemoryStream body = new();
        foreach (var row in rows)
        {
            body.Write(row.Json!);
            body.WriteByte((byte)'\n');
        }

        Uri path = new(reading.Summary.DryRun ? Path + "?dryRun=true" : Path, UriKind.Relative);
        using HttpRequestMessage request = new(HttpMethod.Post, path);
        request.Content = new ByteArrayContent(body.ToArray());
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(CatalogueRows.Json);
        using var answer = await http.SendAsync(request, cancel);
        var text = await answer.Content.ReadAsStringAsync(cancel);
        if (!answer.IsSuccessStatusCode)
        {
            return Problem(text) is { } problem ? await Refuse(problem)
                : await Fail(ExitCode.Environment, $"The server answered {(int)answer.StatusCode}. {reading.GoOn}");
        }

        Queue<CatalogueLine> lines = new(text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonSerializer.Deserialize(line, ApiJson.Wire.CatalogueLine)!));
        if (lines.Count != rows.Count + 1) return await Fail(ExitCode.Environment, $"It broke off. {reading.GoOn}");
        foreach (var row in batch)
            await Tell(row.Problem is null ? Named(lines.Dequeue(), row, reading)
                : CatalogueImport.Refused(row, null, row.Problem, []), reading, asJson);
        if (batch[^1].IsLast) reading.Summary = reading.Summary with { Complete = false };
        return null;
    }

    /// <summary>The answer to a row as it is in the file: its line, and the columns of what is wrong.</summary>
    static CatalogueLine Named(CatalogueLine line, CatalogueRow row, Reading reading)
    {
        if (line.Errors is not null && row.Columns is null) return line with { Line = row.Line };
        var patch = JsonSerializer.Deserialize(row.Json, ApiJson.Wire.JsonObject)!;
        if (reading.Summary.DryRun && line.Result == "created") reading.Meant.Add(line.Sku!);
        // Of a dry run the server forgets with each request what the rows before would have created.
        if (reading.Summary.DryRun && line.Errors is { Count: > 0 } errors && errors.All(IsMeant))
            line = new(line.Line, line.Sku, "created", 201);
        var units = (patch["packs"] as JsonObject)?.Select(p => p.Key).ToList() ?? [];
        return line with
        {
            Line = row.Line,
            Errors = line.Errors?.Select(e => e with { Field = row.Columns!.ColumnOf(e.Field, units) }).ToList(),
        };

        bool IsMeant(FieldError e) => e.Code == "unknown-sku" && e.Field.Split('/') is ["", "kit", var at, "sku"]
            && int.TryParse(at, CultureInfo.InvariantCulture, out var i)
            && reading.Meant.Contains($"{patch["kit"]?[i]?["sku"]}");
    }

    static async Task Tell(CatalogueLine line, Reading reading, bool asJson)
    {
        var s = reading.Summary;
        reading.Summary = s with
        {
            Rows = s.Rows + 1,
            Created = s.Created + (line.Result == "created" ? 1 : 0),
            Changed = s.Changed + (line.Result == "changed" ? 1 : 0),
            Unchanged = s.Unchanged + (line.Result == "unchanged" ? 1 : 0),
            Refused = s.Refused + (line.Result == "refused" ? 1 : 0),
        };
        reading.Last = line.Line!.Value;
        if (asJson) await Console.Out.WriteLineAsync(JsonSerializer.Serialize(line, ApiJson.Wire.CatalogueLine));
        else if (line.Result == "refused" && reading.Shown++ < MostShown) await Show(line);
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
        var s = reading.Summary;
        if (asJson)
        {
            await Console.Out.WriteLineAsync(
                JsonSerializer.Serialize(new(Summary: s), ApiJson.Wire.CatalogueLine));
        }
        else
        {
            if (reading.Shown > MostShown)
                await Console.Error.WriteLineAsync($"... and {reading.Shown - MostShown:N0} more");
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

    static ProblemBody? Problem(string body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, ApiJson.Wire.ProblemBody);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    static async Task<int> Refuse(ProblemBody problem)
    {
        foreach (var e in problem.Errors ?? []) await Console.Error.WriteLineAsync($"{e.Field} {e.Detail} ({e.Code})");
        return await Fail(problem.Status >= 500 ? ExitCode.Environment : ExitCode.Refused, problem.Detail);
    }

    static async Task<int> Fail(int code, string text)
    {
        await Console.Error.WriteLineAsync(text);
        return code;
    }
}
