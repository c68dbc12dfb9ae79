using System.Reflection;
using Fulfillment.Access;
using Fulfillment.Engine;
using Npgsql;

namespace Fulfillment.Silo;

/// <summary>
/// What a cluster needs of its database: the journal's tables, and those of Orleans' providers, from the numbered files
/// in <c>deploy/migrations</c>. Applied in order, each once, in one transaction.
/// </summary>
public static class Schema
{
    static readonly (int Version, string Name)[] Migrations =
        [.. typeof(Schema).Assembly.GetManifestResourceNames()
            .Where(n => char.IsAsciiDigit(n[0]))
            .Select(n => (int.Parse(n[..3], System.Globalization.CultureInfo.InvariantCulture), n)).Order()];

    static readonly TimeSpan MostSkew = TimeSpan.FromSeconds(10);

    /// <summary>Brings the database to what this version knows; says what was done, one line each.</summary>
    /// <exception cref="StoreUnavailableException">It cannot be reached, or is newer.</exception>
    public static async Task<IReadOnlyList<string>> Apply(ClusterPlace place)
    {
        List<string> done = [];
        try
        {
            using (PostgresStore journal = new(place.Postgres, writer: "schema"))
            {
                journal.Prepare();
                if (journal.ClaimedBy(place.Name) is var before && before != place.Name)
                {
                    using PostgresStore alone = new(place.Postgres);
                    alone.Claim(place.Name);
                    done.Add($"{place.Name} has the journal of {before}");
                }
            }


            await using NpgsqlConnection connection = new(place.Orleans);
            await connection.OpenAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            await Run(connection, $"select pg_advisory_xact_lock({0x0F0F_13})");
            await Run(connection, $"create schema if not exists {ClusterPlace.Schema}");
            await Run(connection, "create table if not exists migrations(version int primary key, name text not null)");
            var at = await At(connection);
            RefuseNewer(at);
            foreach (var (version, name) in Migrations.Where(m => m.Version > at))
            {
                await Run(connection, Read(name));
                await Run(connection, $"insert into migrations values({version}, '{name}')");
                done.Add($"applied {name}");
            }

            await transaction.CommitAsync();
        }
        catch (NpgsqlException e)
        {
            throw new StoreUnavailableException($"The PostgreSQL database cannot be used: {e.Message}", e);
        }

        return done;
    }

    /// <summary>
    /// Throws <see cref="StoreUnavailableException"/> unless the database is as this version needs it.
    /// </summary>
    public static async Task Check(ClusterPlace place)
    {
        try
        {
            await using NpgsqlConnection connection = new(place.Orleans);
            await connection.OpenAsync();
            await using NpgsqlCommand exists = new(
                "select count(*) from pg_tables "
                + $"where schemaname = '{ClusterPlace.Schema}' and tablename = 'migrations'",
                connection);
            if ((long)(await exists.ExecuteScalarAsync())! == 0)
            {
                throw new StoreUnavailableException(
                    "The database has no schema of a cluster yet. Run `fulfillment-silo schema` on it first.");
            }

            var at = await At(connection);
            RefuseNewer(at);
            await CheckClock(connection);
            using (PostgresStore journal = new(place.Postgres, writer: "check"))
            {
                journal.OpenToRead();
                if (journal.ClaimedBy(place.Name) is var owner && owner != place.Name)
                {
                    throw new StoreUnavailableException(
                        $"The database belongs to cluster {owner}, and this silo is of {place.Name}. Use that name, or "
                        + "stop all silos and run `fulfillment-silo schema` with the new one.");
                }
            }

            if (at < Migrations[^1].Version)
            {
                throw new StoreUnavailableException(
                    $"The database has cluster schema {at}, this version needs {Migrations[^1].Version}. "
                    + "Run `fulfillment-silo schema` on it first.");
            }
        }
        catch (NpgsqlException e)
        {
            throw new StoreUnavailableException($"The PostgreSQL database cannot be used: {e.Message}", e);
        }
    }

    /// <summary>Holds and timers are judged by the clock: silos whose clocks differ would judge differently.</summary>
    static async Task CheckClock(NpgsqlConnection connection)
    {
        await using NpgsqlCommand now = new(
            "select (extract(epoch from clock_timestamp()) * 1000)::bigint", connection);
        var there = DateTimeOffset.FromUnixTimeMilliseconds((long)(await now.ExecuteScalarAsync())!);
        var ahead = DateTimeOffset.UtcNow - there;
        if (ahead.Duration() <= MostSkew) return;
        throw new StoreUnavailableException(
            $"This machine's clock is {Math.Abs(ahead.TotalSeconds):0} s "
            + $"{(ahead > TimeSpan.Zero ? "ahead of" : "behind")} the database's; at most "
            + $"{MostSkew.TotalSeconds:0} s are allowed. Set the clocks by NTP.");
    }

    static void RefuseNewer(int at)
    {
        if (at <= Migrations[^1].Version) return;
        throw new StoreUnavailableException(
            $"The database has cluster schema {at}; this version knows schemas up to {Migrations[^1].Version}. "
            + "Use a newer version.");
    }

    static async Task<int> At(NpgsqlConnection connection)
    {
        await using NpgsqlCommand at = new("select coalesce(max(version), 0) from migrations", connection);
        return (int)(await at.ExecuteScalarAsync())!;
    }

    static string Read(string name)
    {
        using StreamReader text = new(Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!);
        return text.ReadToEnd();
    }

    static async Task Run(NpgsqlConnection connection, string sql)
    {
        await using NpgsqlCommand command = new(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
