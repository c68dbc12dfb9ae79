using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Fulfillment.Tests.Support;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Fulfillment.Tests.Client;

/// <summary>The executable: what it needs, what it says when it has not got it, and how it ends.</summary>
[Collection(Processes.Name)]
public sealed class ProcessTests : IDisposable
{
    readonly TempFolder _folder = new();

    string Data => Path.Combine(_folder.Path, "data");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_killed_server_is_ready_again_at_once_with_everything_it_acknowledged()
    {
        using (var server = await ServerProcess.Serve("--data", Data))
        {
            await server.Stock("S", 5);
            (await server.Order("o-1", "S", 2)).Is(201);
            server.Kill();
        }

        using var again = await ServerProcess.Serve("--data", Data);
        Assert.True(again.ReadyAfter < TimeSpan.FromSeconds(3), $"{again.ReadyAfter.TotalSeconds} s");
        Assert.Contains((await again.Get("/v1/orders/o-1")).Is(200).Text("status"),
            (string[])["accepted", "allocated"]);
        Assert.Equal(3, (await again.Get("/v1/skus/S")).Number("available"));
    }

    [Fact]
    public async Task A_server_that_is_told_to_stop_answers_what_is_under_way_and_gives_the_folder_free()
    {
        using (var server = await ServerProcess.Serve("--data", Data))
        {
            await server.Stock("S", 1_000);
            await using var page = await EventStream.Open(server, "/live");
            await page.Next();
            var orders = Enumerable.Range(1, 50).Select(i => server.Order($"o-{i}", "S")).ToList();
            await orders[0];
            var started = Stopwatch.GetTimestamp();
            Assert.Equal(0, await server.Stop());
            Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(10));
            foreach (var order in orders)
            {
                try
                {
                    Assert.Contains((await order).Status, (int[])[201, 503]);
                }
                catch (HttpRequestException)
                {
                    // It came too late to be accepted.
                }
            }
        }

        using var again = await ServerProcess.Serve("--data", Data);
        (await again.Get("/v1/orders/o-1")).Is(200);
    }

    [Fact]
    public async Task The_greeting_names_the_address_and_the_folder()
    {
        using var server = await ServerProcess.Serve("--data", Data);
        Assert.Contains(Data, server.Greeting, StringComparison.Ordinal);
        Assert.Contains(server.Address.Authority, server.Greeting, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_process_on_the_same_folder_is_refused_and_the_first_goes_on()
    {
        using var server = await ServerProcess.Serve("--data", Data);
        await Refused(3, "Another process uses the data folder", "serve", "--urls", "http://127.0.0.1:0", "--data",
            Data);
        (await server.Get("/readyz")).Is(200);
    }

    [Fact]
    public async Task A_data_folder_that_is_a_file_is_refused()
    {
        var file = Path.Combine(_folder.Path, "file");
        await File.WriteAllTextAsync(file, "x");
        await Refused(3, file, "serve", "--urls", "http://127.0.0.1:0", "--data", file);
        await Refused(3, file, "serve", "--urls", "http://127.0.0.1:0", "--data", Path.Combine(file, "below"));
        Assert.Equal("x", await File.ReadAllTextAsync(file));
    }

    [SkippableFact]
    public async Task A_data_folder_that_cannot_be_written_is_refused()
    {
        Skip.If(Environment.IsPrivilegedProcess, "The administrator may write everywhere.");
        Skip.If(OperatingSystem.IsWindows(), "Windows has no modes.");
        if (OperatingSystem.IsWindows()) return;
        Directory.CreateDirectory(Data);
        File.SetUnixFileMode(Data, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        try
        {
            await Refused(3, "cannot be written", "serve", "--urls", "http://127.0.0.1:0", "--data", Data);
        }
        finally
        {
            File.SetUnixFileMode(Data, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [SkippableFact]
    public async Task A_data_folder_that_nobody_can_make_is_refused()
    {
        Skip.IfNot(Directory.Exists("/proc/self"), "There is no /proc, in which even root makes no folder.");
        await Refused(3, "/proc/fulfillment", "serve", "--urls", "http://127.0.0.1:0", "--data", "/proc/fulfillment");
    }

    [SkippableFact]
    public async Task A_full_disk_refuses_writes_says_so_and_loses_nothing()
    {
        Skip.If(OperatingSystem.IsWindows(), "The limit that stands for a full disk is one of Unix.");
        List<string> accepted = [];
        var refused = "";
        var note = new string('x', 20_000);
        using (var server = await ServerProcess.ServeWithin(2_048, "--data", Data))
        {
            await server.Stock("S", 1_000_000);
            for (var i = 0; refused == "" && i < 2_000; i++)
            {
                var answer = await server.Order($"o-{i}", "S", 1, $",\"note\":\"{note}\"");
                // 202: the order was written, and the disk was full before stock could decide.
                Assert.Contains(answer.Status, (int[])[201, 202, 503]);
                if (answer.Status != 503) accepted.Add($"o-{i}");
                else
                {
                    Assert.Contains(answer.Text("code"), (string[])["not-written", "outcome-unknown"]);
                    refused = $"o-{i}";
                }
            }

            Assert.NotEqual("", refused);
            // A smaller write, of the outbox say, may still have found room: then the server is ready for such.
            var ready = await server.Get("/readyz");
            for (var i = 0; i < 1_000 && ready.Status == 200; i++)
            {
                await server.Put($"/v1/skus/small-{i}", """{"title":"Small"}""");
                ready = await server.Get("/readyz");
            }

            ready.IsProblem(503, "not-ready");
            (await server.Get($"/v1/orders/{accepted[0]}")).Is(200);
            (await server.Get("/healthz")).Is(200);
        }

        // With room again, everything that was acknowledged is there, and what was refused can be repeated.
        using var again = await ServerProcess.Serve("--data", Data);
        foreach (var id in accepted)
        {
            (await again.Get($"/v1/orders/{id}")).Is(200);
            // A repeat waits for the outcome of the one that stock had not decided.
            (await again.Order(id, "S", 1, $",\"note\":\"{note}\"")).Is(200);
        }

        Assert.Contains((await again.Order(refused, "S", 1, $",\"note\":\"{note}\"")).Status,
            (int[])[200, 201]);
        Assert.Equal(1_000_000 - accepted.Count - 1, (await again.Get("/v1/skus/S")).Number("available"));
        Assert.Equal(0, await again.Stop());
        Assert.Equal(0, (await ServerProcess.Run("verify", "--data", Data)).Code);
    }

    [Fact]
    public async Task A_port_in_use_is_refused()
    {
        using TcpListener other = new(IPAddress.Loopback, 0);
        other.Start();
        var url = $"http://127.0.0.1:{((IPEndPoint)other.LocalEndpoint).Port}";
        await Refused(3, url, "serve", "--urls", url, "--data", Data);
    }

    [Theory]
    [InlineData("--nonsense", "--nonsense")]
    [InlineData("nonsense", "nonsense")]
    [InlineData("'many'", "--memory", "many")]
    [InlineData("ftp", "serve", "--urls", "ftp://127.0.0.1:0")]
    [InlineData("no url", "serve", "--urls", "no url")]
    public async Task Wrong_usage_is_refused(string named, params string[] arguments)
    {
        var (code, output, errors) =
            await ServerProcess.Run([.. arguments, .. arguments[0] == "serve" ? (string[])["--data", Data] : []]);
        Assert.Equal(2, code);
        Assert.Equal("", output);
        Assert.Contains(named, errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_journal_of_a_newer_version_is_refused_and_left_alone()
    {
        using (var server = await ServerProcess.Serve("--data", Data)) await server.Stock("S", 1);
        var file = Path.Combine(Data, "journal.db");
        using (SqliteConnection connection = new($"Data Source={file};Pooling=false"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "pragma user_version = 99";
            command.ExecuteNonQuery();
        }

        await Refused(3, "schema 99", "serve", "--urls", "http://127.0.0.1:0", "--data", Data);
        await Refused(3, "schema 99", "verify", "--data", Data);
    }

    [SkippableFact]
    public async Task A_database_of_a_newer_version_is_refused()
    {
        Skip.If(PostgresServer.Instance.Missing is not null, PostgresServer.Instance.Missing);
        var database = PostgresServer.Instance.NewDatabase();
        using (var server = await ServerProcess.Serve("--data", Data, "--postgres", database)) await server.Stock("S",
            1);
        using (NpgsqlConnection connection = new(database))
        {
            connection.Open();
            using NpgsqlCommand command =
                new("update fulfillment.settings set value = '99' where name = 'schema'", connection);
            command.ExecuteNonQuery();
        }

        await Refused(3, "schema 99", "serve", "--urls", "http://127.0.0.1:0", "--data", Data, "--postgres", database);
    }

    [Fact]
    public async Task A_database_that_is_not_there_is_refused()
    {
        var nowhere = "Host=127.0.0.1;Port=1;Username=x;Database=x;Timeout=3";
        await Refused(3, "127.0.0.1:1", "serve", "--urls", "http://127.0.0.1:0", "--data", Data, "--postgres", nowhere);
    }

    [Fact]
    public async Task Environment_variables_stand_for_options()
    {
        using var process = ServerProcess.Launch(
            [], ("FULFILLMENT_URLS", "http://127.0.0.1:0"), ("FULFILLMENT_DATA", Data));
        var said = await process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30));
        process.Kill();
        await process.WaitForExitAsync();
        Assert.StartsWith("Listening on http://127.0.0.1:", said, StringComparison.Ordinal);
        Assert.Contains(Data, said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_names_every_command()
    {
        var (code, output, _) = await ServerProcess.Run("--help");
        Assert.Equal(0, code);
        foreach (var command in (string[])["serve", "import", "verify", "bench", "simulate", "stock", "order", "ready"])
        {
            Assert.Contains($"  {command} ", output, StringComparison.Ordinal);
            var (subcode, suboutput, _) = await ServerProcess.Run(command, "--help");
            Assert.Equal(0, subcode);
            Assert.Contains("Usage", suboutput, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_demo_company_takes_orders_by_itself()
    {
        using var server = await ServerProcess.Serve("--demo", "--data", Data);
        await using var feed = await EventStream.Open(server, "/v1/events?after=0&entity=order");
        HashSet<string> seen = [];
        while (!seen.IsSupersetOf((string[])["order-placed", "order-accepted", "fulfilment-opened", "goods-shipped"]))
            seen.Add((await feed.Next())!.Type);
    }

    /// <summary>It ends with this code and one line on the error stream that contains the text.</summary>
    static async Task Refused(int expected, string named, params string[] arguments)
    {
        var (code, output, errors) = await ServerProcess.Run(arguments);
        Assert.True(code == expected, $"{code} and not {expected}: {output}{errors}");
        Assert.Equal("", output);
        Assert.Contains(named, errors, StringComparison.Ordinal);
        Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
