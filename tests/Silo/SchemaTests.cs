using Fulfillment.Access;
using Fulfillment.Engine;
using Fulfillment.Silo;
using Fulfillment.Tests.Support;
using Npgsql;

namespace Fulfillment.Tests.Silo;

/// <summary>A silo starts on a database that is as it needs it, and says what is wrong with any other.</summary>
public sealed class SchemaTests
{
    readonly ClusterPlace _place;

    public SchemaTests()
    {
        Skip.If(PostgresServer.Instance.Missing is not null, PostgresServer.Instance.Missing);
        _place = new(PostgresServer.Instance.NewDatabase());
    }

    [SkippableFact]
    public async Task It_is_made_once_and_then_found_to_be_there()
    {
        Assert.Equal(["applied 001-orleans"], (await Schema.Apply(_place)).Take(1));
        await Schema.Check(_place);
        Assert.Empty(await Schema.Apply(_place));
        await Schema.Check(_place);
    }

    [SkippableFact]
    public async Task Two_that_make_it_at_once_do_not_meet()
    {
        await Task.WhenAll(Schema.Apply(_place), Schema.Apply(_place));
        await Schema.Check(_place);
    }

    [SkippableFact]
    public Task An_empty_database_is_refused() => Refused(
        "The database has no schema of a cluster yet. Run `fulfillment-silo schema` on it first.", _place);

    [SkippableFact]
    public async Task An_older_schema_is_refused()
    {
        await Schema.Apply(_place);
        await Execute("delete from fulfillment_orleans.migrations; "
            + "insert into fulfillment_orleans.migrations values (0, 'before')");
        await Refused("The database has cluster schema 0, this version needs", _place);
    }

    [SkippableFact]
    public async Task A_newer_schema_is_refused_and_left_alone()
    {
        await Schema.Apply(_place);
        await Execute("insert into fulfillment_orleans.migrations values (999, 'from tomorrow')");
        await Refused("The database has cluster schema 999; this version knows schemas up to", _place);
        var refused = await Assert.ThrowsAsync<StoreUnavailableException>(() => Schema.Apply(_place));
        Assert.EndsWith("Use a newer version.", refused.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_database_that_is_not_there_is_refused() => await Refused(
        "The PostgreSQL database cannot be used:",
        new(new NpgsqlConnectionStringBuilder(_place.Postgres) { Database = "nobody" }.ConnectionString));

    [SkippableFact]
    public async Task A_second_cluster_on_the_same_database_is_refused_until_it_is_given_the_journal()
    {
        await Schema.Apply(_place);
        var other = _place with { Cluster = "other" };
        await Refused(
            "The database belongs to cluster fulfillment/default, and this silo is of fulfillment/other.", other);

        // While somebody writes it stays with the cluster it has.
        using (PostgresStore writer = new(_place.Postgres, writer: "a silo"))
        {
            writer.Open();
            await Assert.ThrowsAsync<StoreUnavailableException>(() => Schema.Apply(other));
            await Schema.Check(_place);
        }

        Assert.Contains("fulfillment/other has the journal of fulfillment/default", await Schema.Apply(other));
        await Schema.Check(other);
        await Refused("The database belongs to cluster fulfillment/other", _place);
    }

    static async Task Refused(string why, ClusterPlace place)
    {
        var refused = await Assert.ThrowsAsync<StoreUnavailableException>(() => Schema.Check(place));
        Assert.StartsWith(why, refused.Message, StringComparison.Ordinal);
    }

    async Task Execute(string sql)
    {
        await using NpgsqlConnection connection = new(_place.Postgres);
        await connection.OpenAsync();
        await using NpgsqlCommand command = new(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
