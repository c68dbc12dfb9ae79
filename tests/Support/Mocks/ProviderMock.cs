using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Fulfillment.Tests.Support;

/// <summary>What goes wrong with a call.</summary>
public enum ProviderFault
{
    /// <summary>HTTP 500, nothing was done.</summary>
    ServerError,

    /// <summary>It was done, and no answer comes.</summary>
    Silence,

    /// <summary>It was done, and the answer is no JSON.</summary>
    Garbage,

    /// <summary>It was done, and the connection breaks in the middle of the answer.</summary>
    Truncated,

    /// <summary>HTTP 409: another call with the same key is under way.</summary>
    Busy,

    /// <summary>HTTP 429, nothing was done.</summary>
    TooMany,
}

/// <summary>A call as the mock sees it, its body as JSON.</summary>
public sealed record MockCall(
    string Method, string Path, IHeaderDictionary Headers, JsonObject Body, IQueryCollection? Query = null)
{
    public string? Header(string name) => Headers[name];
}

/// <summary>An answer of the mock: an object, or a list, and its ETag.</summary>
public sealed record MockAnswer(int Status, JsonObject? Body, string? Tag = null, JsonArray? List = null)
{
    public JsonNode? Says => List ?? (JsonNode?)Body;
}

/// <summary>
/// A provider in this process, on a real port: keeps what was done, tells repeats by their key, fails when told to, and
/// compares every call and its own answers with the published OpenAPI document, where that is here.
/// </summary>
public abstract class ProviderMock : IAsyncLifetime, IDisposable
{
    readonly ConcurrentQueue<ProviderFault> _faults = new(), _bought = new();
    readonly Dictionary<string, (string Content, MockAnswer Answer)> _done = [];
    readonly SemaphoreSlim _turn = new(1);
    WebApplication? _app;

    /// <summary>What did not fit the document, in calls and in answers.</summary>
    public ConcurrentQueue<string> Misfits { get; } = new();

    /// <summary>Operations of the document that were compared.</summary>
    public ConcurrentDictionary<string, int> Compared { get; } = new();

    /// <summary>How often something was really done, by path.</summary>
    public List<string> Effects { get; } = [];

    public Uri Address => new(_app!.Urls.Single());

    /// <summary>The next calls fail like this.</summary>
    public void Fail(params ProviderFault[] faults)
    {
        foreach (var fault in faults) _faults.Enqueue(fault);
    }

    /// <summary>The next calls that do something fail like this; others do not.</summary>
    public void FailPurchases(params ProviderFault[] faults)
    {
        foreach (var fault in faults) _bought.Enqueue(fault);
    }

    public async Task InitializeAsync()
    {
        // Read before calls are timed.
        foreach (var path in Paths) SpecOf(path);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(Handle);
        await _app.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _app!.DisposeAsync();
        Dispose();
        Assert.True(Misfits.IsEmpty, string.Join('\n', Misfits));
    }

    public void Dispose()
    {
        _turn.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>A path of each document.</summary>
    protected virtual string[] Paths => ["/v1/refunds", "/v2/checkout", "/v2/payments"];

    /// <summary>Whether parameters of the path's query and headers are compared too.</summary>
    protected virtual bool ComparesParameters => false;

    /// <summary>The document; null where it is not here.</summary>
    protected abstract OpenApiSpec? SpecOf(string path);

    /// <summary>The path as the document has it, without what its server's address has.</summary>
    protected virtual string PathIn(string path) => path;

    /// <summary>Whether what does not fit is a mistake of the document.</summary>
    protected virtual bool IsMistake(string misfit) => false;

    /// <summary>Whether the caller may; what to say if not.</summary>
    protected abstract MockAnswer? Unauthorised(MockCall call);

    /// <summary>Does it, or refuses.</summary>
    protected abstract MockAnswer Do(MockCall call);

    /// <summary>The key that tells repeats; null for none.</summary>
    protected abstract string? KeyOf(MockCall call);

    /// <summary>Whether a key that was refused is refused again.</summary>
    protected virtual bool KeepsRefusals => true;

    /// <summary>What the provider says when a key is used for something else.</summary>
    protected abstract MockAnswer OtherContent();

    /// <summary>What the provider says with this status.</summary>
    protected abstract JsonObject Trouble(int status);

    async Task Handle(HttpContext http)
    {
        var spec = SpecOf(http.Request.Path);
        var call = await Read(http, spec);
        // The access token is asked for by itself; faults are those of the calls.
        var fault = !IsToken(call) && _faults.TryDequeue(out var next) ? next : (ProviderFault?)null;
        if (fault is ProviderFault.ServerError or ProviderFault.Busy or ProviderFault.TooMany)
        {
            var status = fault == ProviderFault.Busy ? 409 : fault == ProviderFault.TooMany ? 429 : 500;
            await Write(http, new(status, Trouble(status)), null);
            return;
        }

        var (answer, isPurchase) = await Once(call);
        if (isPurchase && _bought.TryDequeue(out var lost)) fault = lost;
        if (spec is not null) CompareAnswer(spec, call, answer);
        await Write(http, answer, fault);
    }

    static bool IsToken(MockCall call) => call.Path.EndsWith("/token", StringComparison.Ordinal);

    /// <summary>What is answered, and whether something was done for it.</summary>
    async Task<(MockAnswer Answer, bool Does)> Once(MockCall call)
    {
        await _turn.WaitAsync();
        try
        {
            var before = Effects.Count;
            var answer = Answered(call);
            return (answer, Effects.Count > before);
        }
        finally
        {
            _turn.Release();
        }
    }

    MockAnswer Answered(MockCall call)
    {
        if (Unauthorised(call) is { } stop) return stop;
        if (KeyOf(call) is not { } key) return Do(call);
        key = $"{call.Path} {key}";
        var content = call.Body.ToJsonString();
        if (_done.TryGetValue(key, out var known))
            return known.Content == content ? known.Answer : OtherContent();
        var answer = Do(call);
        if (KeepsRefusals || answer.Status is >= 200 and < 300) _done[key] = (content, answer);
        return answer;
    }

    async Task<MockCall> Read(HttpContext http, OpenApiSpec? spec)
    {
        var request = http.Request;
        var method = request.Method.ToLowerInvariant();
        var found = spec?.Operation(method, PathIn(request.Path));
        if (spec is not null && found is null) Tell($"{method} {request.Path} is no operation");
        var content = found?.Operation["requestBody"] is { } body ? spec!.Follow(body)["content"]!.AsObject() : null;
        JsonObject json = [];
        if (request.HasFormContentType)
        {
            var form = (await request.ReadFormAsync()).Select(f => KeyValuePair.Create(f.Key, f.Value.ToString()));
            var schema = content?["application/x-www-form-urlencoded"]?["schema"];
            json = new FormBody(spec ?? new([])).Read(form, schema ?? new JsonObject());
        }
        else if (await JsonNodeOf(request) is { } given)
        {
            json = given;
        }

        if (found is { } operation)
        {
            Compared.AddOrUpdate($"{method} {operation.Template}", 1, (_, n) => n + 1);
            if (ComparesParameters) CompareParameters(spec!, operation.Operation, operation.Template, request);
            var schema = content?.FirstOrDefault().Value?["schema"];
            if (schema is not null)
            {
                foreach (var misfit in new SchemaMisfits(spec!).Of(schema, json))
                    Tell($"request {method} {operation.Template} {misfit}");
            }
            else if (json.Count > 0)
            {
                Tell($"request {method} {operation.Template} takes no body");
            }
        }

        // The server uses its own again for the next request.
        HeaderDictionary headers = new(request.Headers.ToDictionary(
            h => h.Key, h => h.Value, StringComparer.OrdinalIgnoreCase));
        return new(method, request.Path, headers, json, request.Query);
    }

    void Tell(string misfit)
    {
        if (!IsMistake(misfit)) Misfits.Enqueue(misfit);
    }

    /// <summary>What must be told is told, and what is told is known and fits.</summary>
    void CompareParameters(OpenApiSpec spec, JsonObject operation, string template, HttpRequest request)
    {
        var known = (operation["parameters"]?.AsArray() ?? []).Select(p => spec.Follow(p!).AsObject())
            .GroupBy(p => ((string)p["in"]!, (string)p["name"]!)).ToDictionary(g => g.Key, g => g.First());
        foreach (var ((place, name), parameter) in known)
        {
            var value = place == "query" ? (string?)request.Query[name]
                : place == "header" ? request.Headers[name] : "";
            var at = $"request {request.Method} {template} {place} {name}";
            if (value is null && parameter["required"]?.GetValue<bool>() == true) Tell($"{at}: missing");
            if (string.IsNullOrEmpty(value) || parameter["schema"] is not { } schema
                || spec.Follow(schema)["type"]?.GetValue<string>() != "string") continue;
            foreach (var misfit in new SchemaMisfits(spec).Of(schema, value)) Tell($"{at} {misfit}");
        }

        foreach (var name in request.Query.Keys.Where(n => !known.ContainsKey(("query", n))))
            Tell($"request {request.Method} {template} query {name}: unknown");
    }

    static async Task<JsonObject?> JsonNodeOf(HttpRequest request)
    {
        using StreamReader reader = new(request.Body);
        var text = await reader.ReadToEndAsync();
        return text.Length == 0 ? null : JsonNode.Parse(text)!.AsObject();
    }

    void CompareAnswer(OpenApiSpec spec, MockCall call, MockAnswer answer)
    {
        if (spec.Operation(call.Method, PathIn(call.Path)) is not { } found) return;
        var responses = found.Operation["responses"]!.AsObject();
        if ((responses[$"{answer.Status}"] ?? responses["default"]) is not { } described)
        {
            Tell($"{call.Method} {found.Template} answers no {answer.Status}");
            return;
        }

        var content = spec.Follow(described)["content"]?.AsObject();
        var type = call.Header("Accept") is { } accepted && content?.ContainsKey(accepted) == true ? accepted
            : content?.FirstOrDefault().Key;
        if (type is null || content![type]?["schema"] is not { } schema) return;
        foreach (var misfit in new SchemaMisfits(spec).Of(schema, answer.Says))
            Tell($"answer {answer.Status} {call.Method} {found.Template} {misfit}");
    }

    static async Task Write(HttpContext http, MockAnswer answer, ProviderFault? fault)
    {
        http.Response.StatusCode = answer.Status;
        http.Response.ContentType = "application/json";
        if (answer.Tag is { } tag) http.Response.Headers.ETag = tag;
        var text = System.Text.Encoding.UTF8.GetBytes(
            fault == ProviderFault.Garbage ? "<html>Bad Gateway</html>" : answer.Says?.ToJsonString() ?? "");
        switch (fault)
        {
            case ProviderFault.Silence:
                TaskCompletionSource gone = new();
                await using (http.RequestAborted.Register(gone.SetResult)) await gone.Task;
                return;
            case ProviderFault.Truncated:
                http.Response.ContentLength = text.Length;
                await http.Response.Body.WriteAsync(text.AsMemory(0, text.Length / 2));
                await http.Response.Body.FlushAsync();
                http.Features.Get<IHttpRequestLifetimeFeature>()!.Abort();
                return;
            default:
                if (text.Length > 0) await http.Response.Body.WriteAsync(text);
                return;
        }
    }
}
