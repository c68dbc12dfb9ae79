using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Fulfillment.Inventory;

namespace Fulfillment.Client.Api;

/// <summary>
/// One file's import. Rows are worked on side by side, but those of the same SKU one after the other, and a kit once
/// all rows before it are done: its components may be among them.
/// </summary>
sealed class CatalogueImport(HttpContext http, Backend backend, bool dryRun)
{
    const int MaxTries = 5, MostMeant = 1_000_000;

    readonly Seat _seat = http.Seat(backend);
    readonly TimeProvider _time = http.RequestServices.GetRequiredService<TimeProvider>();
    readonly OneByOne _rowsOf = new();

    /// <summary>What a dry run would have created: kits further down may name it.</summary>
    readonly ConcurrentDictionary<string, bool> _meant = new(StringComparer.Ordinal);

    long _rows, _created, _changed, _unchanged, _refused;

    /// <summary>Begins with a row, once those are done that it may build on.</summary>
    public Task<CatalogueLine> Begin(CatalogueRow row)
    {
        string? sku = null;
        JsonObject? patch = null;
        var problem = row.Problem;
        try
        {
            if (problem is null) (sku, patch) = Read(row.Json!);
        }
        catch (ProblemException e)
        {
            problem = e.Problem;
        }

        if (problem is not null || sku is null || patch is null) return Task.FromResult(Failed(row, sku, problem!));
        return _rowsOf.Begin(sku, () => Apply(row, sku, patch), afterAll: patch["kit"] is not null);
    }

    /// <summary>The summary, once all rows are done.</summary>
    public async Task<CatalogueLine> Summarize(bool isWhole)
    {
        await _rowsOf.All;
        return new(Summary: new(_rows, _created, _changed, _unchanged, _refused, dryRun, isWhole));
    }

    static (string Sku, JsonObject Patch) Read(byte[] row)
    {
        if (CardMask.Apply(row, out var masked) is { } refused) throw new ProblemException(refused);
        JsonText.Check(masked);
        var patch = Requests.Parse(masked, ApiJson.Wire.JsonObject);
        Fields fields = new();
        var sku = patch.Remove("sku", out var named) && named is JsonValue id && id.TryGetValue(out string? text)
            ? fields.Id("/sku", text) : fields.Id("/sku", null);
        fields.Check();
        return (sku, patch);
    }

    async Task<CatalogueLine> Apply(CatalogueRow row, string sku, JsonObject patch)
    {
        try
        {
            return await Define(row, sku, patch);
        }
        catch (ClusterException e)
        {
            return Failed(row, sku, Problem.Of(e));
        }
        catch (OperationCanceledException)
        {
            // Nobody reads it.
            return Failed(row, sku, Problem.Internal());
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // One row must not end the others.
            Log.Crashed(
                http.RequestServices.GetRequiredService<ILogger<Backend>>(), "POST", $"import line {row.Line}",
                _seat.Origin.Cause, e);
            return Failed(row, sku, Problem.Internal());
        }
    }

    async Task<CatalogueLine> Define(CatalogueRow row, string sku, JsonObject patch)
    {
        IReadOnlyList<string> units = [];
        try
        {
            return await Define(row, sku, patch, told => units = told);
        }
        catch (ProblemException e)
        {
            return Failed(row, sku, e.Problem, units);
        }
    }

    async Task<CatalogueLine> Define(
        CatalogueRow row, string sku, JsonObject patch, Action<IReadOnlyList<string>> units)
    {
        for (var tries = 0; tries < MaxTries; tries++)
        {
            var known = await _seat.Sku(sku).Stock(http.RequestAborted);
            var request = SkuPatch.Apply(known.Card, patch, _time.GetUtcNow());
            units(SkuPatch.Units(request));
            var (card, set) = SkuPatch.Read(sku, request, _time.GetUtcNow());
            card = await AttributeSets.Judge(_seat, card, set, known.Card?.Variant, http.RequestAborted);
            if (known.Card?.Says(card) == true) return Done(row, sku, DefineStatus.Unchanged);
            await SkusApi.CheckKit(_seat, card, http.RequestAborted, _meant.ContainsKey);
            await FilesApi.CheckImages(_seat, backend, card, http.RequestAborted);
            var reply = await NumberedCards.Define(
                _seat, sku, card, known.Revision, http.RequestAborted, onlyTry: dryRun);
            if (reply.Status == DefineStatus.Stale) continue;
            if (dryRun && reply.Status == DefineStatus.Created && !card.IsKit && _meant.Count < MostMeant)
                _meant[sku] = true;
            return SkusApi.Refused(reply, sku) is { } refused ? Failed(row, sku, refused)
                : Done(row, sku, reply.Status);
        }

        return Failed(row, sku, Problem.Conflict("contended", $"Others change {sku} all the time."));
    }

    CatalogueLine Done(CatalogueRow row, string sku, DefineStatus status)
    {
        Interlocked.Increment(ref _rows);
        var (result, code) = status switch
        {
            DefineStatus.Created => ("created", 201),
            DefineStatus.Changed => ("changed", 200),
            _ => ("unchanged", 200),
        };
        Interlocked.Increment(
            ref result == "created" ? ref _created : ref result == "changed" ? ref _changed : ref _unchanged);
        return new(row.Line, sku, result, code);
    }

    CatalogueLine Failed(CatalogueRow row, string? sku, Problem problem, IReadOnlyList<string>? units = null)
    {
        Interlocked.Increment(ref _rows);
        Interlocked.Increment(ref _refused);
        return Refused(row, sku, problem, units ?? []);
    }

    /// <summary>The answer to a row that cannot be taken.</summary>
    internal static CatalogueLine Refused(
        CatalogueRow row, string? sku, Problem problem, IReadOnlyList<string> units)
    {
        var errors = problem.Body.Errors;
        if (row.Columns is { } columns)
            errors = errors?.Select(e => e with { Field = columns.ColumnOf(e.Field, units) }).ToList();
        return new(row.Line, sku, "refused", problem.Body.Status, problem.Code, problem.Body.Detail, errors);
    }
}
