using Npgsql;

namespace Fulfillment.Engine;

/// <summary>A process that appends to a journal others write as well.</summary>
/// <param name="Id">Its number; never used again.</param>
/// <param name="Owner">The name it gave itself.</param>
public sealed record JournalWriter(int Id, string Owner);

// Several writers on one journal: who they are, and who answers for the sends of one that is lost.
public sealed partial class PostgresStore
{
    int _id = 1;

    /// <summary>Called when another writer has taken over what this one was to do: it must not go on.</summary>
    public Action Deposed { get; set; } = () => { };

    /// <summary>The other writers.</summary>
    public IReadOnlyList<JournalWriter> OtherWriters() => Query(
        "select writer, owner from outbox where writer <> $1 order by writer",
        r => new JournalWriter(r.GetInt32(0), r.GetString(1)), _id);

    /// <summary>
    /// Takes over the timers and the unanswered sends of a writer that is lost; from then on whatever it tries to write
    /// is refused. They are deferred sends of this writer then. False when another was faster.
    /// </summary>
    public bool TakeOver(int lost, DateTimeOffset now)
    {
        try
        {
            return Query(
                "select take_over($1, $2, $3)", r => r.GetBoolean(0), lost, _id, now.ToUnixTimeMilliseconds()).Single();
        }
        catch (PostgresException e) when (e.SqlState == PostgresSchema.Deposed)
        {
            // This one is the lost one.
            Deposed();
            return false;
        }
    }

    /// <summary>
    /// Gives up writing: what is left undone is for the others, who need not wait until it is missed.
    /// </summary>
    public void Leave()
    {
        if (writer is null) return;
        using var command = _source.CreateCommand("update outbox set owner = '' where writer = $1");
        command.Parameters.AddWithValue(_id);
        command.ExecuteNonQuery();
    }

    /// <summary>
    /// Gives the journal to a cluster of that name, while nobody writes. Throws
    /// <see cref="StoreUnavailableException"/> when somebody does.
    /// </summary>
    public void Claim(string name)
    {
        using var connection = Connect();
        using NpgsqlCommand claim = new("update settings set value = $1 where name = 'cluster'", connection);
        claim.Parameters.AddWithValue(System.Text.Encoding.UTF8.GetBytes(name));
        claim.ExecuteNonQuery();
    }

    /// <summary>
    /// The name of the cluster that the journal belongs to; <paramref name="name"/> when it had none.
    /// </summary>
    public string ClaimedBy(string name) =>
        System.Text.Encoding.UTF8.GetString(Setting("cluster", () => System.Text.Encoding.UTF8.GetBytes(name)));

    /// <summary>Enters among the writers, or, alone, takes over what all of them have left.</summary>
    StoreHead Enter(NpgsqlConnection connection)
    {
        if (writer is null)
        {
            Run(connection,
                """
                begin;
                insert into outbox(writer, watermark) select 1, position from head on conflict do nothing;
                select take_over(writer, 1, 0) from outbox where writer <> 1;
                update deferred set writer = 1 where writer <> 1;
                commit
                """);
        }
        else
        {
            using NpgsqlCommand enter = new(
                "insert into outbox(writer, watermark, owner) select nextval('writers'), position, $1 from head "
                + "returning writer", connection);
            enter.Parameters.AddWithValue(writer);
            _id = (int)enter.ExecuteScalar()!;
        }

        using NpgsqlCommand stand = new(
            "select h.position, o.watermark, "
            + "coalesce((select convert_from(value, 'utf8')::bigint from settings where name = 'front'), 0) "
            + "from head h, outbox o where o.writer = $1", connection);
        stand.Parameters.AddWithValue(_id);
        using var row = stand.ExecuteReader();
        row.Read();
        return new(row.GetInt64(0), row.GetInt64(1), writer is null ? row.GetInt64(2) : 0);
    }

    /// <summary>Keeps out other processes, or those that would be alone, for as long as the connection lives.</summary>
    void Lock(NpgsqlConnection connection)
    {
        var kind = writer is null ? "pg_try_advisory_lock" : "pg_try_advisory_lock_shared";
        for (var attempt = 0; attempt < 20; attempt++)
        {
            using NpgsqlCommand take = new($"select {kind}({LockClass}, hashtext('{schema}'))", connection);
            if ((bool)take.ExecuteScalar()!) return;
            Thread.Sleep(250);
        }

        throw new StoreUnavailableException($"Another process uses the journal in schema '{schema}' of this database.");
    }
}
