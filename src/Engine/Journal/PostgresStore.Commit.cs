using System.Data;
using Npgsql;
using NpgsqlTypes;

namespace Fulfillment.Engine;

// Committing: one batch of commands, one round trip, one transaction.
public sealed partial class PostgresStore
{
    static readonly string Append =
        $"select start, ids, accepted from append({string.Join(", ", Enumerable.Range(1, 19).Select(i => $"${i}"))})";

    /// <inheritdoc/>
    public long SettledHead() => Guard(c => Number(c, "select position from head for update"));

    /// <inheritdoc/>
    public void Commit(CommitGroup group, HashSet<int> refused) => Guard(connection =>
    {
        Runs runs = new(group);
        using NpgsqlBatch batch = new(connection);
        foreach (var command in Notes(group)) batch.BatchCommands.Add(command);
        // Appending looks first whether this writer may still write.
        if (group.Batches.Count > 0) batch.BatchCommands.Add(runs.Command(_id));
        else if (writer is not null) batch.BatchCommands.Add(Command("select fence($1)", _id));
        foreach (var (_, snapshot) in group.Snapshots) batch.BatchCommands.Add(Keep(snapshot));
        if (batch.BatchCommands.Count == 0) return 0;
        using var rows = batch.ExecuteReader();
        if (group.Batches.Count > 0) runs.Take(rows, refused);
        while (rows.NextResult())
        {
            // An error of a later command shows here; then nothing was written.
        }

        return 0;
    });

    /// <summary>A snapshot counts only if the event it ends with was written.</summary>
    static NpgsqlBatchCommand Keep(StoredSnapshot snapshot) => Command(
        "insert into snapshots(entity, version, format, hash, state) "
        + "select e.entity, e.version, $4, e.hash, $5 from entities n "
        + "join events e on e.entity = n.id and e.version = $3 and e.hash = $6 where n.key = $1 and n.kind = $2 "
        + "on conflict (entity) do update set version = excluded.version, format = excluded.format, "
        + "hash = excluded.hash, state = excluded.state where snapshots.version < excluded.version",
        snapshot.Entity.Key, snapshot.Entity.Kind, snapshot.Version, snapshot.Format, snapshot.State, snapshot.Hash);

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
                "insert into subjects(subject, key) select * from unnest($1, $2) on conflict do nothing",
                Array(group.Keys, k => k.Subject), Array(group.Keys, k => k.Key));
        }

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
            _writer ??= Connect();
        }
        catch (Exception e) when (e is NpgsqlException or StoreUnavailableException)
        {
            throw new CommitException(known: true, $"The database cannot be reached: {e.Message}", e);
        }

        try
        {
            return write(_writer);
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

    /// <summary>
    /// The batches of a group, those of one activation joined to a run, as the arguments of the function.
    /// </summary>
    sealed class Runs
    {
        readonly List<Batch> _batches;
        readonly Dictionary<Activation, int> _runOf = [];
        readonly List<Batch> _firsts = [];
        readonly List<bool> _writes = [];
        readonly List<(int Run, JournalEntry Entry)> _entries = [];

        public Runs(CommitGroup group)
        {
            _batches = group.Batches;
            foreach (var batch in _batches)
            {
                if (!_runOf.TryGetValue(batch.Owner, out var run))
                {
                    _runOf[batch.Owner] = run = _firsts.Count;
                    _firsts.Add(batch);
                    _writes.Add(false);
                }

                _writes[run] |= batch.Entries.Count > 0;

                foreach (var entry in batch.Entries) _entries.Add((run, entry));
            }
        }

        public NpgsqlBatchCommand Command(int writer)
        {
            List<(int Event, int Index, long Due)> timers = [];
            for (var e = 0; e < _entries.Count; e++)
            {
                var sends = _entries[e].Entry.Sends;
                for (var i = 0; i < sends.Length; i++)
                    if (sends[i].Due is { } due) timers.Add((e + 1, i, due.ToUnixTimeMilliseconds()));
            }

            return PostgresStore.Command(
                Append, writer,
                Array(_firsts, b => b.Owner.Row),
                _writes.ToArray(),
                Array(_firsts, b => b.Owner.Id.Kind), Array(_firsts, b => b.Owner.Id.Key),
                Array(_firsts, b => b.FirstVersion), Array(_firsts, b => b.PreviousHash),
                Array(_entries, e => e.Run + 1), Array(_entries, e => e.Entry.Version),
                Array(_entries, e => e.Entry.Type),
                Array(_entries, e => e.Entry.At.ToUnixTimeMilliseconds()), Array(_entries, e => e.Entry.Origin.Actor),
                Array(_entries, e => e.Entry.Origin.Cause), Array(_entries, e => e.Entry.Hash),
                Array(_entries, e => e.Entry.Payload), Array(_entries, e => e.Entry.SendsPayload),
                Array(timers, t => t.Event), Array(timers, t => t.Index), Array(timers, t => t.Due));
        }

        /// <summary>Takes over what the function answered.</summary>
        public void Take(NpgsqlDataReader rows, HashSet<int> refused)
        {
            while (!rows.Read()) Ensure.That(rows.NextResult());
            var position = rows.GetInt64(0);
            var ids = rows.GetFieldValue<long[]>(1);
            var accepted = rows.GetFieldValue<bool[]>(2);
            foreach (var (run, entry) in _entries)
                if (accepted[run]) entry.Position = ++position;
            for (var run = 0; run < _firsts.Count; run++)
                if (accepted[run]) _firsts[run].Owner.Row = ids[run];
            for (var i = 0; i < _batches.Count; i++)
                if (!accepted[_runOf[_batches[i].Owner]]) refused.Add(i);
        }
    }
}
