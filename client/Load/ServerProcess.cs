using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Fulfillment.Client.Load;

/// <summary>This same executable, serving in a process of its own, so that it can be killed.</summary>
sealed class ServerProcess : IDisposable
{
    static readonly TimeSpan MostToBeReady = TimeSpan.FromSeconds(30);

    readonly Process _process;
    bool _disposed;

    ServerProcess(Process process, Uri address) => (_process, Address) = (process, address);

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>From its start until it was ready.</summary>
    public TimeSpan ReadyAfter { get; private set; }

    /// <summary>
    /// Starts it, and waits until it is ready. Throws <see cref="InvalidOperationException"/> when it ends instead.
    /// </summary>
    public static async Task<ServerProcess> Start(IReadOnlyList<string> place, CancellationToken cancel)
    {
        var started = Stopwatch.GetTimestamp();
        Uri address = new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort()}"));
        ProcessStartInfo start = new(Environment.ProcessPath!)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet")
            start.ArgumentList.Add(Environment.GetCommandLineArgs()[0]);
        foreach (var argument in (IEnumerable<string>)["serve", "--urls", address.OriginalString, .. place])
            start.ArgumentList.Add(argument);
        ServerProcess server = new(Process.Start(start)!, address);
        try
        {
            await server.Ready(started, cancel);
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    /// <summary>As the power going would end it.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        if (!_process.HasExited) Kill();
        _process.Dispose();
    }

    async Task Ready(long started, CancellationToken cancel)
    {
        using HttpClient http = new() { BaseAddress = Address };
        while (!_process.HasExited && Stopwatch.GetElapsedTime(started) < MostToBeReady)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri("/readyz", UriKind.Relative), cancel);
                if (answer.IsSuccessStatusCode)
                {
                    ReadyAfter = Stopwatch.GetElapsedTime(started);
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }

            await Task.Delay(10, cancel);
        }

        var said = _process.HasExited ? await _process.StandardError.ReadToEndAsync(cancel) : "it is not ready";
        throw new InvalidOperationException($"The server did not start: {said.Trim()}");
    }

    static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
