using System.Threading.Channels;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Fulfillment.Client.Api;

/// <summary>What became of a row of a catalogue's file; the last line is a summary and nothing else.</summary>
public sealed record CatalogueLine(
    long? Line = null, string? Sku = null, string? Result = null, int? Status = null, string? Code = null,
    string? Detail = null, IReadOnlyList<FieldError>? Errors = null, CatalogueSummary? Summary = null);

/// <summary>
/// Rows in all, what became of them, and whether the file was read to its end. <c>DryRun</c>: nothing was written.
/// </summary>
public sealed record CatalogueSummary(
    long Rows, long Created, long Changed, long Unchanged, long Refused, bool DryRun, bool Complete);

/// <summary>
/// The catalogue as a file: rows of any number in, a result each out, as a stream; and the other way round. A row is a
/// merge patch of its SKU, so that a file that is sent again, or was broken off, is simply sent once more.
/// </summary>
public static class CatalogueApi
{
    const int Window = 128;

    /// <summary>Adds the routes.</summary>
    public static void MapCatalogue(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/catalogue/import", (Delegate)Import)
            .Describe("importCatalogue", "Creates and changes many SKUs: a row each, a result each", "skus")
            .Accepts<SkuRequest>(CatalogueRows.Json, CatalogueRows.Csv).Produces<CatalogueLine>(200, CatalogueRows.Json)
            .Refuses(400, 415);
        routes.MapGet("/v1/catalogue/export", (Delegate)Export)
            .Describe("exportCatalogue", "All SKUs as rows that can be imported", "skus")
            .Produces<SkuBody>(200, CatalogueRows.Json, CatalogueRows.Csv).Refuses(400, 409);
    }

    static async Task Import(HttpContext http, Backend backend, bool? dryRun, long? after)
    {
        var rows = http.IsOfType(CatalogueRows.Csv)
            ? await CatalogueRows.OfCsv(http.Request.Body, http.RequestAborted)
            : http.IsOfType(CatalogueRows.Json) ? CatalogueRows.OfLines(http.Request.BodyReader, http.RequestAborted)
            : throw new ProblemException(Problem.OtherType($"{CatalogueRows.Csv} or {CatalogueRows.Json}"));
        if (http.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate) rate.MinDataRate = null;
        http.Response.ContentType = CatalogueRows.Json;
        CatalogueImport import = new(http, backend, dryRun == true);
        var results = Channel.CreateBounded<Task<CatalogueLine>>(Window);
        var reading = Read(http, import, rows, results.Writer, after ?? 0);
        await LineStream.Write(http.Response.BodyWriter, results.Reader, ApiJson.Wire.CatalogueLine);
        if (!await reading) http.Abort();
    }

    /// <summary>Begins with every row as it comes in; false when the upload broke off.</summary>
    static async Task<bool> Read(
        HttpContext http, CatalogueImport import, IAsyncEnumerable<CatalogueRow> rows,
        ChannelWriter<Task<CatalogueLine>> results, long after)
    {
        try
        {
            var isWhole = true;
            await foreach (var row in rows)
            {
                isWhole = !row.IsLast;
                if (row.Line <= after) continue;
                var result = import.Begin(row);
                await results.WriteAsync(result, http.RequestAborted);
                // Many small rows are under way at once, large ones one by one: memory has an end.
                if (row.Json?.Length > BodyMemory.Small) await Task.WhenAny(result);
            }

            await results.WriteAsync(import.Summarize(isWhole), http.RequestAborted);
            return true;
        }
        catch (Exception e) when (e is BadHttpRequestException or IOException or OperationCanceledException)
        {
            return false;
        }
        finally
        {
            results.Complete();
        }
    }

    static async Task Export(HttpContext http, Backend backend, string? format)
    {
        if (format is not (null or "csv" or "ndjson"))
            throw new ProblemException(Problem.Invalid("format", "unknown-value", "must be one of csv, ndjson"));
        CatalogueExport export = new(backend.Views.Stock, http.Seller(), http.RequestAborted);
        if (format == "csv")
        {
            if (!await export.Csv(
                http.Response.Body, () => http.Response.ContentType = $"{CatalogueRows.Csv}; charset=utf-8"))
            {
                throw new ProblemException(Problem.Conflict(
                    "too-many-columns", $"There are {CatalogueColumns.Most} columns or more: ask for format=ndjson."));
            }
        }
        else
        {
            http.Response.ContentType = CatalogueRows.Json;
            await export.Lines(http.Response.BodyWriter);
        }
    }
}
