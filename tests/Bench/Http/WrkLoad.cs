using System.Diagnostics;
using System.Globalization;

namespace Fulfillment.Bench.Http;

/// <summary>
/// Load by wrk (github.com/wg/wrk), two threads. It counts answers below 400 and does not tell 201 from 202; the
/// server answers 202 only after five seconds, so no answer may have taken as long.
/// </summary>
public sealed class WrkLoad(string program, int connections) : ILoad
{
    const int Threads = 2;
    const double MostMilliseconds = 4_500;

    const string Script = """
        local threads, sent = 0, 0
        function setup(thread) thread:set("source", threads); threads = threads + 1 end
        function init(args) math.randomseed(RUNSEED + source); head = string.format("RUN%04d-", source) end
        function request()
            sent = sent + 1
            local id = head .. string.format("%010d", sent)
            local sku = string.format("SKU-%05d", math.random(0, ARTICLES - 1))
            return ONE .. id .. TWO .. id .. THREE .. sku .. FOUR
        end
        function done(summary, latency, requests)
            local e = summary.errors
            io.write(string.format("RESULT %d %d %d %d %d %d %d %.0f %.0f %.0f\n", summary.requests, summary.duration,
                e.connect, e.read, e.write, e.status, e.timeout,
                latency:percentile(50), latency:percentile(99), latency.max))
        end
        """;

    /// <inheritdoc/>
    public string Name => $"wrk -t{Threads} -c{connections}";

    /// <summary>Where wrk is; null when it is not installed.</summary>
    public static string? Find() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, "wrk")).FirstOrDefault(File.Exists);

    /// <inheritdoc/>
    public async Task<LoadResult> Run(Uri server, int articles, char run, int seconds, CancellationToken cancel)
    {
        var script = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(script, ScriptFor(server, articles, run), cancel);
            ProcessStartInfo start = new(program,
            [
                $"-t{Threads}", $"-c{connections}", $"-d{seconds}s", "--timeout", "30s", "-s", script,
                server.OriginalString,
            ])
            {
                RedirectStandardOutput = true,
                UseShellExecute = false,
            };
            using var wrk = Process.Start(start)!;
            var said = await wrk.StandardOutput.ReadToEndAsync(cancel);
            await wrk.WaitForExitAsync(cancel);
            return Read(said);
        }
        finally
        {
            File.Delete(script);
        }
    }

    LoadResult Read(string said)
    {
        if (said.Split('\n').FirstOrDefault(l => l.StartsWith("RESULT ", StringComparison.Ordinal)) is not { } line)
            throw new InvalidOperationException($"wrk told no result: {said}");
        double[] n = [.. line.Split(' ').Skip(1).Select(word => double.Parse(word, CultureInfo.InvariantCulture))];
        var (answers, refused, longest) = (n[0], n[5], n[9] / 1e3);
        var failed = n[2] + n[3] + n[4] + n[6];
        var trouble = refused + failed > 0 ? $"{refused} answers were not 2xx, {failed} requests failed"
            : longest > MostMilliseconds ? $"an answer took {longest:N0} ms and may not be a 201" : null;
        return new((long)(answers - refused), connections, n[1] / 1e6, n[7] / 1e3, n[8] / 1e3, longest, trouble);
    }

    static string ScriptFor(Uri server, int articles, char run)
    {
        var parts = OrderText.Request(server).Split([OrderText.OrderHole, OrderText.SkuHole], StringSplitOptions.None);
        (string Hole, string Text)[] fill =
        [
            ("RUNSEED", $"{(int)run}"), ("RUN%", $"{run}%"), ("ARTICLES", $"{articles}"), ("ONE", Lua(parts[0])),
            ("TWO", Lua(parts[1])), ("THREE", Lua(parts[2])), ("FOUR", Lua(parts[3])),
        ];
        return fill.Aggregate(Script, (text, part) => text.Replace(part.Hole, part.Text, StringComparison.Ordinal));
    }

    static string Lua(string text)
    {
        var escaped = text.Replace("\"", "\\\"", StringComparison.Ordinal);
        return $"\"{escaped.Replace("\r\n", "\\r\\n", StringComparison.Ordinal)}\"";
    }
}
