using System.Data;
using Npgsql;

namespace Fulfillment.Engine;

// Committing: one batch of commands, one round trip, one transaction.
public sealed partial class PostgresStore
{
    /// <inheritdoc/>
    public long SettledHead() => Guard(c => Number(c, "select position from head for update"));

    /// <inheritdoc/>
    public void Commit(CommitGroup group, HashSet<int> refused) => Guard(connection =>
    {
        Runs runs = new(group);
        if (!TryAlone(connection, group, runs)) Checked(connection, group, runs, refused);
        return 0;
    });

    /// <summary>The way that holds whoever else writes: the database looks what each batch rests on.</summary>
    void Checked(NpgsqlConnection connection, CommitGroup group, Runs runs, HashSet<int> refused)
    {
        using NpgsqlBatch batch = new(connection);
        foreach (var command in Parts(group, known: true)) batch.BatchCommands.Add(command);
        var others = batch.BatchCommands.Count;
        foreach (var command in Notes(group)) batch.BatchCommands.Add(command);
        // Appending looks first whether this writer may still write. Snapshots are what the events say, whoever writes.
        if (group.Batches.Count > 0) batch.BatchCommands.Add(runs.Command(_id));
        else if (writer is not null && batch.BatchCommands.Count > others)
            batch.BatchCommands.Add(Command("select fence($1)", _id));
        foreach (var command in Snapshots(group)) batch.BatchCommands.Add(command);
        if (batch.BatchCommands.Count == 0) return;
        long? head = null;
        using (var rows = batch.ExecuteReader())
        {
            if (group.Batches.Count > 0) head = runs.Take(rows, refused, _connected);
            Finish(rows);
        }

        if (head is { } known) Know(known);
    }

    /// <summary>An error of a later command shows here; then nothing was written.</summary>
    static void Finish(NpgsqlDataReader rows)
    {
        while (rows.NextResult())
        {
        }
    }

    /// <summary>
    /// Those of entities that have a number already (<paramref name="known"/>) can be sent before the head is locked.
    /// </summary>
    static IEnumerable<NpgsqlBatchCommand> Parts(CommitGroup group, bool known)
    {
        foreach (var (owner, part) in group.SnapshotParts)
        {
            if (owner.Row != 0 != known) continue;
            yield return Command(
                "insert into snapshot_parts(entity, version, digest, start, state) "
                + "select id, $3, $4, $5, $6 from entities where key = $1 and kind = $2 on conflict do nothing",
                owner.Id.Key, owner.Id.Kind, part.Of.Version, part.Digest, part.Start, part.State);
            yield return ForgetParts(owner.Id, part.Of.Version, part.IsLast ? 64 : 4);
        }
    }

    /// <summary>
    /// A snapshot counts only if the event it ends with was written. By name: two processes that keep the same ones do
    /// not wait for each other.
    /// </summary>
    static IEnumerable<NpgsqlBatchCommand> Snapshots(CommitGroup group)
    {
        foreach (var command in Parts(group, known: false)) yield return command;
        foreach (var (_, s) in group.Snapshots.OrderBy(s => s.Snapshot.Entity.Key, StringComparer.Ordinal))
        {
            yield return Command(
                "insert into snapshots(entity, version, format, hash, state) "
                + "select e.entity, e.version, $4, e.hash, $5 from entities n "
                + "join events e on e.entity = n.id and e.version = $3 and e.hash = $6 "
                + "where n.key = $1 and n.kind = $2 "
                + "on conflict (entity) do update set version = excluded.version, format = excluded.format, "
                + "hash = excluded.hash, state = excluded.state where snapshots.version <= excluded.version",
                s.Entity.Key, s.Entity.Kind, s.Version, s.Format, s.State, s.Hash);
            yield return ForgetParts(s.Entity, s.Version, 64);
        }

        foreach (var (_, part) in group.SnapshotParts.OrderBy(p => p.Part.Of.Entity.Key, StringComparer.Ordinal))
        {
            var s = part.Of;
            if (!part.IsLast) continue;
            yield return Command(
                "insert into large_snapshots(entity, version, format, hash, bytes, digest) "
                + "select e.entity, e.version, $4, e.hash, $5, $7 from entities n "
                + "join events e on e.entity = n.id and e.version = $3 and e.hash = $6 "
                + "where n.key = $1 and n.kind = $2 "
                + "on conflict (entity) do update set version = excluded.version, format = excluded.format, "
                + "hash = excluded.hash, bytes = excluded.bytes, digest = excluded.digest "
                + "where large_snapshots.version <= excluded.version",
                s.Entity.Key, s.Entity.Kind, s.Version, s.Format, s.State.Length, s.Hash, part.Digest);
        }
    }

    /// <summary>
    /// A few of the parts of versions before this one, but for the snapshot that counts: all at once would hold up the
    /// commit. Those that another process is just deleting are not waited for.
    /// </summary>
    static NpgsqlBatchCommand ForgetParts(EntityId entity, long version, int most) => Command(
        "delete from snapshot_parts where ctid = any(array("
        + "select p.ctid from entities n join snapshot_parts p on p.entity = n.id and p.version < $3 "
        + "where n.key = $1 and n.kind = $2 and p.version <> coalesce((select l.version from large_snapshots l "
        + "where l.entity = n.id and l.version > coalesce("
        + "(select s.version from snapshots s where s.entity = n.id), 0)), 0) "
        + "limit $4 for update of p skip locked))", entity.Key, entity.Kind, version, most);

    /// <summary>What the outbox and the keys have to note.</summary>
    IEnumerable<NpgsqlBatchCommand> Notes(CommitGroup group)
    {
        if (group.Deferred.Count > 0)
        {
            var last = group.Deferred.GroupBy(d => (d.Position, d.Index)).Select(g => g.Last()).ToList();
            yield return Command(
                "insert into deferred(position, idx, due, attempts, writer) select *, $5 from unnest($1, $2, $3, $4) "
                + "on conflict (position, idx) do update set due = excluded.due, attempts = excluded.attempts",
                Array(last, d => d.Position), Array(last, d => d.Index),
                Array(last, d => d.Due.ToUnixTimeMilliseconds()), Array(last, d => d.Attempts), _id);
        }

        if (group.Answered.Count > 0)
        {
            yield return Command(
                "delete from deferred d using unnest($1, $2) a(position, idx) "
                + "where d.position = a.position and d.idx = a.idx",
                Array(group.Answered, d => d.Position), Array(group.Answered, d => d.Index));
        }

        if (group.Keys.Count > 0)
        {
            yield return Command(
                PostgresLoader.FilesKeys, Array(group.Keys, k => k.Subject), Array(group.Keys, k => k.Key));
        }

        if (group.LoggedKeys is { } logged)
        {
            yield return Command(
                "insert into key_log(id, keys) values ($1, $2) on conflict (id) do update set keys = excluded.keys",
                logged.Row, logged.Keys);
        }

        if (group.LogFiledUpTo is { } filed) yield return Command("delete from key_log where id <= $1", filed);

        if (group.Watermark is { } watermark)
        {
            yield return Command(
                "update outbox set watermark = $1 where writer = $2", watermark, _id);
        }

        if (group.Front is { } front)
        {
            yield return Command(
                "insert into settings(name, value) values('front', convert_to($1, 'utf8')) "
                + "on conflict (name) do update set value = excluded.value", $"{front}");
        }
    }

    /// <summary>
    /// Runs a write. What the server refuses was not written; what the connection broke in may have been, and a lock
    /// on the head tells when it is decided.
    /// </summary>
    T Guard<T>(Func<NpgsqlConnection, T> write)
    {
        try
        {
            // It may have broken while nothing was done; then nothing was sent over it either.
            if (_writer is { State: not ConnectionState.Open }) Disconnect();
            if (_writer is null) Begin();
        }
        catch (Exception e) when (e is NpgsqlException or StoreUnavailableException)
        {
            throw new CommitException(known: true, $"The database cannot be reached: {e.Message}", e);
        }

        try
        {
            return write(_writer!);
        }
        catch (Exception e) when (IsTrouble(e, _writer))
        {
            var known = e is PostgresException { InvariantSeverity: "ERROR" };
            if (!known) Disconnect();
            if (e is PostgresException { SqlState: PostgresSchema.Deposed }) Deposed();
            throw new CommitException(known, $"The database cannot be written: {e.Message}", e);
        }
    }

    /// <summary>
    /// The server or the way to it failed. The driver refuses a connection that broke before with an error of its own.
    /// </summary>
    internal static bool IsTrouble(Exception e, NpgsqlConnection? connection) =>
        e is NpgsqlException or TimeoutException or System.IO.IOException
        || connection is { State: not ConnectionState.Open };

    void Disconnect()
    {
        _writer?.Dispose();
        _writer = null;
    }

    static NpgsqlBatchCommand Command(string sql, params object[] arguments)
    {
        NpgsqlBatchCommand command = new(sql);
        foreach (var argument in arguments) command.Parameters.Add(new NpgsqlParameter { Value = argument });
        return command;
    }

    static TOut[] Array<TIn, TOut>(List<TIn> list, Func<TIn, TOut> of) => [.. list.Select(of)];
}
