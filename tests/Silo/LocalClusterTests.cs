using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Fulfillment.Tests.Support;

namespace Fulfillment.Tests.Silo;

/// <summary>The one command that starts a cluster on this machine, as README and runbook tell to use it.</summary>
public sealed class LocalClusterTests : IDisposable
{
    readonly TempFolder _folder = new();

    [SkippableFact]
    public async Task It_starts_silos_and_an_API_that_are_ready_and_stops_them()
    {
        Skip.If(PostgresServer.Instance.Missing is not null, PostgresServer.Instance.Missing);
        Skip.IfNot(OperatingSystem.IsLinux(), "It is a script for bash.");
        var api = FreePort();
        var started = await Run(
            "start", "--no-build", "--silos", "2", "--postgres", PostgresServer.Instance.NewDatabase(),
            "--api-port", Text(api), "--silo-port", Text(FreePort()), "--gateway-port", Text(FreePort()),
            "--url-port", Text(FreePort()));
        try
        {
            Assert.True(started.Code == 0, started.Output);
            using HttpClient http = new();
            using var ready = await http.GetAsync(new Uri($"http://127.0.0.1:{api}/readyz"));
            Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
            Assert.Contains("silo 2 ", (await Run("status")).Output, StringComparison.Ordinal);
        }
        finally
        {
            Assert.Equal(0, (await Run("stop")).Code);
        }

        using HttpClient gone = new();
        await Assert.ThrowsAsync<HttpRequestException>(() => gone.GetAsync(new Uri($"http://127.0.0.1:{api}/readyz")));
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    async Task<(int Code, string Output)> Run(params string[] arguments)
    {
        // What it starts would keep a pipe open after it has ended: it writes to a file.
        var said = Path.Combine(_folder.Path, "said");
        var script = Path.Combine(Fixtures.Repository(), "deploy/local-cluster");
        using var process = Process.Start(
            "bash",
            [
                "-c", "said=$1; shift; exec \"$@\" >\"$said\" 2>&1", "bash", said, script, .. arguments, "--data",
                Path.Combine(_folder.Path, "data"),
            ]);
        await process.WaitForExitAsync();
        return (process.ExitCode, await File.ReadAllTextAsync(said));
    }

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    // The silos have this port and the one after it; taken by somebody meanwhile, the start fails and says so.
    static int FreePort()
    {
        for (var tries = 0; ; tries++)
        {
            using TcpListener first = new(IPAddress.Loopback, 0);
            first.Start();
            var port = ((IPEndPoint)first.LocalEndpoint).Port;
            try
            {
                using TcpListener second = new(IPAddress.Loopback, port + 1);
                second.Start();
                return port;
            }
            catch (SocketException) when (tries < 20)
            {
                // Another one.
            }
        }
    }
}
