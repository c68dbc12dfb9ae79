using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Fulfillment.Access;
using Fulfillment.Client;
using Fulfillment.Silo;

namespace Fulfillment.Tests.Silo;

/// <summary>Silos and an API as processes of their own, on a database, as they would run anywhere.</summary>
sealed class RealCluster(ClusterPlace place, int silos) : IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    readonly Process?[] _silos = new Process?[silos];
    readonly int[] _ports = [.. Enumerable.Range(0, (silos * 3) + 1).Select(_ => FreePort())];
    readonly StringWriter _said = new();
    Process? _api;

    /// <summary>Of the API.</summary>
    public HttpClient Http { get; } = new() { Timeout = TimeSpan.FromSeconds(60) };

    /// <summary>What the processes have said.</summary>
    public string Said
    {
        get { lock (_said) return _said.ToString(); }
    }

    /// <summary>Starts everything, and waits until it is ready.</summary>
    public async Task Start()
    {
        await Schema.Apply(place);
        for (var i = 0; i < silos; i++) StartSilo(i);
        for (var i = 0; i < silos; i++) await SiloReady(i);
        await StartApi();
    }

    /// <summary>Starts the API, and waits until it is ready.</summary>
    public async Task StartApi()
    {
        Http.BaseAddress = new($"http://127.0.0.1:{_ports[^1]}");
        _api = Run(
            typeof(Server), "api", "serve", "--cluster", place.Cluster, "--postgres", place.Postgres, "--urls",
            Http.BaseAddress.OriginalString);
        await Ready(Http.BaseAddress);
    }

    /// <summary>Starts a silo, also one that ended.</summary>
    public void StartSilo(int silo)
    {
        _silos[silo]?.Dispose();
        _silos[silo] = Run(
            typeof(SiloServer), $"silo {silo}", "--postgres", place.Postgres, "--cluster", place.Cluster, "--silo-port",
            Text(_ports[silo * 3]), "--gateway-port", Text(_ports[(silo * 3) + 1]), "--url", UrlOf(silo),
            "--no-dashboard");
    }

    /// <summary>Waits until a silo is one of the cluster.</summary>
    public Task SiloReady(int silo) => Ready(new(UrlOf(silo)));

    /// <summary>As the power going would end it.</summary>
    public void Kill(int silo) => Signal(silo, "KILL");

    /// <summary>Sends a silo a signal.</summary>
    public void Signal(int silo, string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", Text(_silos[silo]!.Id)]);
        kill.WaitForExit();
    }

    /// <summary>Waits until a silo has ended; its exit code.</summary>
    public async Task<int> Ended(int silo)
    {
        using CancellationTokenSource patience = new(Patience);
        await _silos[silo]!.WaitForExitAsync(patience.Token);
        return _silos[silo]!.ExitCode;
    }

    /// <summary>Whether a silo runs.</summary>
    public bool Runs(int silo) => !_silos[silo]!.HasExited;

    /// <summary>Runs one of the client's commands to its end.</summary>
    public static Task<(int Code, string Output)> Client(params string[] arguments) =>
        RunToEnd(typeof(Server), arguments);

    /// <summary>Runs one of the silo's commands to its end.</summary>
    public static Task<(int Code, string Output)> Silo(params string[] arguments) =>
        RunToEnd(typeof(SiloServer), arguments);

    static async Task<(int Code, string Output)> RunToEnd(Type program, string[] arguments)
    {
        using var process = Process.Start(StartOf(program, arguments))!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var process in _silos.Append(_api))
        {
            if (process is null) continue;
            if (!process.HasExited) process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }

        Http.Dispose();
        await _said.DisposeAsync();
    }

    string UrlOf(int silo) => $"http://127.0.0.1:{_ports[(silo * 3) + 2]}";

    async Task Ready(Uri at)
    {
        using HttpClient http = new() { BaseAddress = at };
        var until = DateTime.UtcNow + Patience;
        while (DateTime.UtcNow < until)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri("/readyz", UriKind.Relative));
                if (answer.IsSuccessStatusCode) return;
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }

            await Task.Delay(50);
        }

        Assert.Fail($"{at} was not ready in time. {Said}");
    }

    Process Run(Type program, string name, params string[] arguments)
    {
        var process = Process.Start(StartOf(program, arguments))!;
        process.OutputDataReceived += (_, line) => Note(name, line.Data);
        process.ErrorDataReceived += (_, line) => Note(name, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    void Note(string name, string? line)
    {
        if (line is null) return;
        lock (_said) _said.WriteLine($"{DateTime.UtcNow:HH:mm:ss.fff} {name}: {line}");
    }

    static ProcessStartInfo StartOf(Type program, string[] arguments) =>
        new("dotnet", [program.Assembly.Location, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
