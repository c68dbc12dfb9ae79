using System.CommandLine;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Fulfillment.Client.Commands;

/// <summary>A running server as the commands that look at it reach it, and the options that name it.</summary>
sealed class RunningServer
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    readonly Option<string> _url = new("--url")
    {
        Description = "The server (or the first of FULFILLMENT_URLS).",
        DefaultValueFactory = _ =>
            (Environment.GetEnvironmentVariable("FULFILLMENT_URLS") ?? "http://127.0.0.1:8080").Split(';')[0],
    };

    readonly Option<string> _seller = new("--seller")
    {
        Description = "The seller.",
        DefaultValueFactory = _ => "default",
    };

    readonly Option<bool> _json = new("--json") { Description = "Prints what the server answers." };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_url);
        command.Options.Add(_seller);
        command.Options.Add(_json);
    }

    /// <summary>Whether what the server answers is to be shown as it is.</summary>
    public bool WantsJson(ParseResult result) => result.GetValue(_json);

    /// <summary>The server; null, with the reason told, when its address is none.</summary>
    public async Task<HttpClient?> Open(ParseResult result)
    {
        var url = result.GetValue(_url)!;
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            await Console.Error.WriteLineAsync($"--url {url}: must be an http or https address.");
            return null;
        }

        // A server may listen at all addresses, which is none to ask at.
        if (address.Host is "0.0.0.0" or "[::]") address = new UriBuilder(address) { Host = "localhost" }.Uri;
        HttpClient http = new() { BaseAddress = address, Timeout = Patience };
        http.DefaultRequestHeaders.TryAddWithoutValidation("Seller", result.GetValue(_seller));
        return http;
    }

    /// <summary>
    /// Gets each path and shows the answers, as JSON where that is wanted. A refusal is explained on the error stream.
    /// </summary>
    public async Task<int> Show(
        ParseResult result, IReadOnlyList<string> paths, Action<IReadOnlyList<JsonNode>> show, CancellationToken cancel)
    {
        using var http = await Open(result);
        if (http is null) return ExitCode.Usage;
        List<JsonNode> answers = [];
        foreach (var path in paths)
        {
            var (status, body) = await Get(http, path, cancel);
            if (status == 0)
            {
                await Console.Error.WriteLineAsync($"No server answers at {result.GetValue(_url)}: {body}");
                return ExitCode.Environment;
            }

            if (status >= 400) return await Refuse(status, body);
            if (WantsJson(result)) await Console.Out.WriteLineAsync(body);
            else answers.Add(JsonNode.Parse(body)!);
        }

        if (answers.Count > 0) show(answers);
        return ExitCode.Done;
    }

    static async Task<(int Status, string Body)> Get(HttpClient http, string path, CancellationToken cancel)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri(path, UriKind.Relative), cancel);
            return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(cancel));
        }
        catch (HttpRequestException e)
        {
            return (0, e.Message);
        }
        catch (TaskCanceledException) when (!cancel.IsCancellationRequested)
        {
            return (0, $"nothing within {Patience.TotalSeconds} s");
        }
    }

    static async Task<int> Refuse(int status, string body)
    {
        string? detail = null;
        try
        {
            detail = (string?)JsonNode.Parse(body)?["detail"];
        }
        catch (JsonException)
        {
            // Something else answers at that address; its status has to do.
        }

        await Console.Error.WriteLineAsync(detail ?? $"The server answered {status} {(HttpStatusCode)status}.");
        return status is 503 or 429 or >= 500 ? ExitCode.Environment : ExitCode.Refused;
    }
}
