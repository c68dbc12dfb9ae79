using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Fulfillment.Tests.Support;

/// <summary>
/// A PostgreSQL server for one test run. <c>FULFILLMENT_TEST_POSTGRES</c> names one that exists; otherwise one is
/// started in a folder of its own, and, for root on a system with apt, installed first. Where none of that is
/// possible, <see cref="Missing"/> says why, and tests skip with that reason.
/// </summary>
public sealed class PostgresServer : IDisposable
{
    static readonly Lazy<PostgresServer> Shared = new(Start);
    readonly string? _folder, _binaries;
    readonly string _connection = "";
    int _databases;

    PostgresServer(string missing) => Missing = missing;

    PostgresServer(string connection, string? folder, string? binaries) =>
        (_connection, _folder, _binaries) = (connection, folder, binaries);

    /// <summary>The server of this process; started by the first test that asks.</summary>
    public static PostgresServer Instance => Shared.Value;

    /// <summary>
    /// A server that only one test uses, and may restart; null where one cannot be started. To be disposed of.
    /// </summary>
    public static PostgresServer? Own() =>
        Instance._binaries is { } binaries ? Launch(binaries) : null;

    /// <summary>Why there is none; null when there is one.</summary>
    public string? Missing { get; }

    /// <summary>A new empty database; its connection string.</summary>
    public string NewDatabase()
    {
        var number = Interlocked.Increment(ref _databases);
        var name = string.Create(CultureInfo.InvariantCulture, $"t{Environment.ProcessId}_{number}");
        using NpgsqlConnection connection = new(_connection);
        connection.Open();
        using NpgsqlCommand drop = new($"DROP DATABASE IF EXISTS {name} WITH (FORCE)", connection);
        drop.ExecuteNonQuery();
        using NpgsqlCommand create = new($"CREATE DATABASE {name}", connection);
        create.ExecuteNonQuery();
        return new NpgsqlConnectionStringBuilder(_connection) { Database = name }.ConnectionString;
    }

    /// <summary>Ends it as a crash would, and starts it again on the same port.</summary>
    public void Restart() =>
        Run(
            _binaries + "/pg_ctl",
            ["-D", _folder + "/data", "-l", _folder + "/log", "-w", "-m", "immediate", "restart"],
            asPostgres: true);

    /// <summary>Stops the server and removes its folder.</summary>
    public void Dispose()
    {
        if (_folder is null) return;
        NpgsqlConnection.ClearAllPools();
        Run(_binaries + "/pg_ctl", ["-D", _folder + "/data", "-m", "immediate", "stop"], asPostgres: true);
        Directory.Delete(_folder, recursive: true);
    }

    static PostgresServer Start()
    {
        if (Environment.GetEnvironmentVariable("FULFILLMENT_TEST_POSTGRES") is { Length: > 0 } given)
            return new(given, null, null);
        if (OperatingSystem.IsWindows())
            return new("PostgreSQL: set FULFILLMENT_TEST_POSTGRES to a connection string.");
        var binaries = Binaries();
        if (binaries is null && Environment.IsPrivilegedProcess && File.Exists("/usr/bin/apt-get"))
        {
            Install();
            binaries = Binaries();
        }

        if (binaries is null)
        {
            return new(
                "PostgreSQL is not installed and this user may not install it: "
                + "set FULFILLMENT_TEST_POSTGRES to a connection string.");
        }

        var server = Launch(binaries);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.Dispose();
        return server;
    }

    static string? Binaries() =>
        (Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql") : [])
        .OrderDescending(StringComparer.Ordinal).Select(v => v + "/bin")
        .Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(':'))
        .FirstOrDefault(folder => File.Exists(folder + "/initdb"));

    static void Install()
    {
        // Two test projects may come here at once; apt waits for its own lock.
        Run("/usr/bin/apt-get", ["-qq", "-o", "DPkg::Lock::Timeout=300", "update"], asPostgres: false);
        Run(
            "/usr/bin/apt-get",
            ["-qq", "-y", "-o", "DPkg::Lock::Timeout=300", "install", "--no-install-recommends", "postgresql"],
            asPostgres: false);
    }

    static PostgresServer Launch(string binaries)
    {
        var folder = Directory.CreateTempSubdirectory("fulfillment-postgres-").FullName;
        if (Environment.IsPrivilegedProcess) Run("/bin/chown", ["postgres", folder], asPostgres: false);
        var port = FreePort().ToString(CultureInfo.InvariantCulture);
        Run(
            binaries + "/initdb",
            ["-D", folder + "/data", "-U", "test", "-A", "trust", "-E", "UTF8", "--no-sync"],
            asPostgres: true);
        Run(binaries + "/pg_ctl", [
            "-D", folder + "/data", "-l", folder + "/log", "-w", "-o",
            $"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c max_connections=200", "start",
        ], asPostgres: true);
        return new($"Host=127.0.0.1;Port={port};Username=test;Database=postgres", folder, binaries);
    }

    static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>PostgreSQL refuses to run as root, so root runs it as its own user.</summary>
    static void Run(string program, string[] arguments, bool asPostgres)
    {
        string[] command = asPostgres && Environment.IsPrivilegedProcess
            ? ["/sbin/runuser", "-u", "postgres", "--", program, .. arguments] : [program, .. arguments];
        // Output goes nowhere: a started server would keep a pipe open for ever.
        ProcessStartInfo start = new("/bin/sh", ["-c", "exec \"$0\" \"$@\" </dev/null >/dev/null 2>&1", .. command])
        {
            WorkingDirectory = "/",
        };
        start.Environment["DEBIAN_FRONTEND"] = "noninteractive";
        using var process = Process.Start(start)!;
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{string.Join(' ', command)} ended with {process.ExitCode}.");
    }
}
