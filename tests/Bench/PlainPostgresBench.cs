using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Fulfillment.Tests.Support;
using Npgsql;

namespace Fulfillment.Bench;

/// <summary>
/// The usual design beside ours: tables for stock, orders and lines, and pgbench with 64 clients, who update the stock
/// row and insert order and line, in a transaction of five round trips or in a stored procedure of one.
/// </summary>
public static class PlainPostgresBench
{
    const int Clients = 64, ManySkus = 10_000;

    const string Tables = """
        create table stock(sku int primary key, available bigint not null check (available >= 0));
        create table orders(
            id bigint primary key, status text not null, placed_at timestamptz not null, body jsonb not null);
        create table lines(
            order_id bigint not null references orders, line int not null, sku int not null, quantity int not null,
            price bigint not null, primary key (order_id, line));
        insert into stock select s, 1000000000 from generate_series(1, 10000) s;
        create procedure place(new_id bigint, wanted int, body jsonb) language plpgsql as $$
        begin
            update stock set available = available - 1 where sku = wanted and available >= 1;
            if not found then raise exception 'sold out'; end if;
            insert into orders values (new_id, 'accepted', now(), body);
            insert into lines values (new_id, 1, wanted, 1, 1999);
        end $$;
        """;

    const string Body = """
        {"channel":"shop",
        "customer":{"id":"c-1","name":"Maria Muster","email":"maria@example.com","phone":"+43 1 2345678"},
        "shipTo":{"name":"Maria Muster","line1":"Hauptstrasse 12","city":"Wien","postcode":"1010","country":"AT"}}
        """;

    const string Transaction = $"""
        \set id random(1, 9000000000000000000)
        \set sku random(1, :skus)
        begin;
        update stock set available = available - 1 where sku = :sku and available >= 1;
        insert into orders values (:id, 'accepted', now(), '{Body}');
        insert into lines values (:id, 1, :sku, 1, 1999);
        commit;
        """;

    const string Procedure = $"""
        \set id random(1, 9000000000000000000)
        \set sku random(1, :skus)
        call place(:id, :sku, '{Body}');
        """;

    /// <summary>Hot and spread, each both ways.</summary>
    public static async IAsyncEnumerable<Figure> Measure(
        Settings settings, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        if ((PostgresServer.Instance.Missing ?? (Find() is null ? "pgbench is not installed" : null)) is { } missing)
        {
            yield return new("plain-postgres", "PostgreSQL", "not measured", 0) { Note = missing };
            yield break;
        }

        foreach (var (what, script) in new[] { ("transaction", Transaction), ("procedure", Procedure) })
        {
            foreach (var skus in new[] { 1, ManySkus })
                yield return await Measure(settings, what, script, skus, cancel);
        }
    }

    static async Task<Figure> Measure(
        Settings settings, string what, string script, int skus, CancellationToken cancel)
    {
        NpgsqlConnectionStringBuilder database = new(PostgresServer.Instance.NewDatabase());
        await using var source = NpgsqlDataSource.Create(database);
        await using (var create = source.CreateCommand(Tables)) await create.ExecuteNonQueryAsync(cancel);
        List<(double Rate, double Latency, long Done)> runs = [];
        for (var run = 0; run <= settings.Runs; run++)
        {
            runs.Add(await Run(database, script.ReplaceLineEndings("\n"), skus, settings.Seconds, cancel));
        }

        await using var count = source.CreateCommand(
            "select (select count(*) from orders), (select count(*) from lines), 10000000000000 - "
            + "sum(available)::bigint from stock");
        await using var row = await count.ExecuteReaderAsync(cancel);
        await row.ReadAsync(cancel);
        var (orders, lines, gone, done) = (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), runs.Sum(r => r.Done));
        return new(
            "plain-postgres", "PostgreSQL", $"{what}/s, {(skus == 1 ? "hot" : "spread")}",
            runs.Skip(1).Select(r => r.Rate).Median())
        {
            Note = string.Create(
                CultureInfo.InvariantCulture,
                $"pgbench -c{Clients}, {runs.Skip(1).Select(r => r.Latency).Median():0.0} ms on average; {done:N0} "
                + $"done, {orders:N0} orders, {gone:N0} units gone"),
            Good = orders == lines && orders == gone && orders == done,
        };
    }

    static async Task<(double Rate, double Latency, long Done)> Run(
        NpgsqlConnectionStringBuilder database, string script, int skus, int seconds, CancellationToken cancel)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, script, cancel);
            ProcessStartInfo start = new(Find()!,
            [
                "-n", "-c", $"{Clients}", "-j", "2", "-T", $"{seconds}", "-M", "prepared", "-D", $"skus={skus}", "-f",
                file,
                "-h", database.Host!, "-p", $"{database.Port}", "-U", database.Username!, database.Database!,
            ])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
            };
            if (database.Password is { } password) start.Environment["PGPASSWORD"] = password;
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync(cancel);
            var said = await process.StandardOutput.ReadToEndAsync(cancel);
            await process.WaitForExitAsync(cancel);
            if (process.ExitCode != 0) throw new InvalidOperationException($"pgbench: {await errors}");
            return (
                Number(said, "tps = "), Number(said, "latency average = "), (long)Number(said, "actually processed: "));
        }
        finally
        {
            File.Delete(file);
        }
    }

    static double Number(string said, string after) => double.Parse(
        Regex.Match(
            said, Regex.Escape(after) + @"([\d.]+)", RegexOptions.None, TimeSpan.FromSeconds(1)).Groups[1].Value,
        CultureInfo.InvariantCulture);

    static string? Find() =>
        (Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql") : [])
        .OrderDescending(StringComparer.Ordinal).Select(version => version + "/bin")
        .Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
        .Select(folder => Path.Combine(folder, "pgbench")).FirstOrDefault(File.Exists);
}
