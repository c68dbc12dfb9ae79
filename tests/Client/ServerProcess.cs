using System.Diagnostics;

namespace Fulfillment.Tests.Client;

/// <summary>The executable, as users start it, in a process of its own that can be killed.</summary>
public sealed class ServerProcess : ApiClient
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    static readonly string Executable = Path.Combine(AppContext.BaseDirectory, "fulfillment.dll");

    static readonly string Host =
        Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet";

    readonly Process _process;
    readonly Task<string> _errors;

    ServerProcess(Process process) => (_process, _errors) = (process, process.StandardError.ReadToEndAsync());

    /// <summary>From the start of the process until it said that it is ready, and was.</summary>
    public TimeSpan ReadyAfter { get; private set; }

    /// <summary>What it wrote last before it was ready.</summary>
    public string Greeting { get; private set; } = "";

    /// <summary>Starts a server, and waits until it is ready; fails when it ends instead.</summary>
    public static Task<ServerProcess> Serve(params string[] arguments) =>
        Await(Launch(["serve", "--urls", "http://127.0.0.1:0", .. arguments]));

    /// <summary>As <see cref="Serve(string[])"/>, with variables of its own.</summary>
    public static Task<ServerProcess> Serve(
        IReadOnlyList<(string Name, string Value)> environment, params string[] arguments) =>
        Await(Launch(["serve", "--urls", "http://127.0.0.1:0", .. arguments], [.. environment]));

    /// <summary>
    /// Starts a server of which no file may have more than so many KiB, as on a disk that becomes full.
    /// </summary>
    public static Task<ServerProcess> ServeWithin(int kibibytes, params string[] arguments)
    {
        var script = $"trap '' XFSZ; ulimit -f {kibibytes * 2}; exec \"$0\" \"$@\"";
        ProcessStartInfo start = new("/bin/sh", [
            "-c", script, Host, Executable, "serve", "--urls", "http://127.0.0.1:0", .. arguments]);
        // The runtime keeps its code in a file, larger than that, unless it is told not to.
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        return Await(Launch(start));
    }

    static async Task<ServerProcess> Await(Process process)
    {
        var started = Stopwatch.GetTimestamp();
        ServerProcess server = new(process);
        try
        {
            await server.Ready(started);
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    /// <summary>Runs a command to its end: exit code, what it wrote, and its errors.</summary>
    public static async Task<(int Code, string Output, string Errors)> Run(params string[] arguments)
    {
        using var process = Launch(arguments);
        using CancellationTokenSource late = new(2 * Patience);
        var (output, errors) =
            (process.StandardOutput.ReadToEndAsync(late.Token), process.StandardError.ReadToEndAsync(late.Token));
        try
        {
            await process.WaitForExitAsync(late.Token);
            return (process.ExitCode, await output, await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }
    }

    /// <summary><c>kill -9</c>: the process has no say in it.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>Asks it to stop, as a terminal or a supervisor does; its exit code.</summary>
    public async Task<int> Stop()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        using CancellationTokenSource late = new(Patience);
        await _process.WaitForExitAsync(late.Token);
        return _process.ExitCode;
    }

    /// <summary>Starts the executable that lies beside these tests, with its errors and output to be read.</summary>
    internal static Process Launch(IReadOnlyList<string> arguments, params (string Name, string Value)[] environment)
    {
        ProcessStartInfo start = new(Host, [Executable, .. arguments]);
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return Launch(start);
    }

    static Process Launch(ProcessStartInfo start)
    {
        start.UseShellExecute = false;
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        return Process.Start(start)!;
    }

    protected override void Dispose(bool disposing)
    {
        if (!_process.HasExited) Kill();
        _process.Dispose();
        base.Dispose(disposing);
    }

    async Task Ready(long started)
    {
        using CancellationTokenSource late = new(Patience);
        var said = await _process.StandardOutput.ReadLineAsync(late.Token);
        if (said is null) throw new InvalidOperationException($"The server ended: {await _errors}");
        Greeting = said;
        const string before = "Listening on ";
        Assert.StartsWith(before, said, StringComparison.Ordinal);
        Connect(new(said[before.Length..said.IndexOf(',', StringComparison.Ordinal)]));
        (await Get("/readyz")).Is(200);
        ReadyAfter = Stopwatch.GetElapsedTime(started);
    }
}

/// <summary>Tests that start processes, and measure them: one at a time, with nothing beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Processes
{
    public const string Name = "processes";
}
