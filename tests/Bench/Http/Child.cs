using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Fulfillment.Bench.Http;

/// <summary>A server in a process of its own.</summary>
public sealed class Child : IDisposable
{
    static readonly TimeSpan MostToBeReady = TimeSpan.FromSeconds(60);

    readonly Process _process;
    readonly List<string> _said = [];

    Child(string program, IEnumerable<string> arguments, Uri address)
    {
        Address = address;
        var start = Program(program);
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        start.RedirectStandardError = true;
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Hear(line.Data);
        _process.ErrorDataReceived += (_, line) => Hear(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>Its working set now, in bytes.</summary>
    public long WorkingSet
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>How a program of this build is started, its output to be read.</summary>
    public static ProcessStartInfo Program(string name)
    {
        var path = Path.Combine(AppContext.BaseDirectory, name);
        ProcessStartInfo start = File.Exists(path) ? new(path) : new("dotnet", [path + ".dll"]);
        start.RedirectStandardOutput = true;
        start.UseShellExecute = false;
        return start;
    }

    /// <summary>The product's server at the place.</summary>
    public static Task<Child> Product(Place place, Settings settings, CancellationToken cancel)
    {
        string[] postgres = place.Data.Postgres is { } connection ? ["--postgres", connection] : [];
        return Start("fulfillment", address =>
        [
            "serve", "--urls", address.OriginalString, "--data", place.Data.Folder,
            "--memory", settings.MemoryMegabytes.ToString(CultureInfo.InvariantCulture), .. postgres,
        ], cancel);
    }

    /// <summary>Any program of this build that says at <c>/readyz</c> when it is ready.</summary>
    public static Task<Child> Other(
        string program, Func<Uri, IEnumerable<string>> arguments, CancellationToken cancel) =>
        Start(program, arguments, cancel);

    /// <summary>The server that only parses and answers.</summary>
    public static Task<Child> AtCeiling(CancellationToken cancel) =>
        Start("Fulfillment.Bench", address => ["ceiling", address.OriginalString], cancel);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    static async Task<Child> Start(string program, Func<Uri, IEnumerable<string>> arguments, CancellationToken cancel)
    {
        Uri address = new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort()}"));
        Child child = new(program, arguments(address), address);
        try
        {
            await child.Ready(cancel);
            return child;
        }
        catch
        {
            child.Dispose();
            throw;
        }
    }

    async Task Ready(CancellationToken cancel)
    {
        using HttpClient http = new() { BaseAddress = Address };
        for (var started = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(started) < MostToBeReady;)
        {
            if (_process.HasExited) break;
            try
            {
                using var answer = await http.GetAsync(new Uri("/readyz", UriKind.Relative), cancel);
                if (answer.IsSuccessStatusCode) return;
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }

            await Task.Delay(20, cancel);
        }

        lock (_said) throw new InvalidOperationException($"The server is not ready: {string.Join(' ', _said)}");
    }

    void Hear(string? line)
    {
        lock (_said) if (line is not null && _said.Count < 100) _said.Add(line);
    }

    /// <summary>A port that nobody uses.</summary>
    public static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
