using Npgsql;

namespace Fulfillment.Engine;

// What a group writes, as the database takes it.
public sealed partial class PostgresStore
{
    static readonly string Append =
        $"select start, ids, accepted from append({string.Join(", ", Enumerable.Range(1, 19).Select(i => $"${i}"))})";

    /// <summary>
    /// The batches of a group, those of one activation joined to a run, as the arguments of the function, or
    /// of the plain inserts.
    /// </summary>
    sealed class Runs
    {
        readonly List<Batch> _batches;
        readonly Dictionary<Activation, int> _runOf = [];
        readonly List<Batch> _firsts = [];
        readonly List<bool> _writes = [];
        readonly List<(int Run, JournalEntry Entry)> _entries = [];
        readonly bool _asks;

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
                _asks |= batch.Entries.Count == 0;

                foreach (var entry in batch.Entries) _entries.Add((run, entry));
            }
        }

        /// <summary>
        /// All write, and each either begins an entity that has no number yet or goes on with one that has.
        /// </summary>
        public bool ArePlain => !_asks && _firsts.TrueForAll(b => b.Owner.Row == 0 == (b.FirstVersion == 1));

        /// <summary>How many begin an entity.</summary>
        public int Fresh => _firsts.Count(b => b.Owner.Row == 0);

        /// <summary>
        /// The plain inserts, with positions after <paramref name="head"/> and entities from <paramref name="row"/> on.
        /// Sets of one length, selected side by side, cost less than a table of them.
        /// </summary>
        public IEnumerable<NpgsqlBatchCommand> Alone(int writer, long head, long row, object connection)
        {
            yield return PostgresStore.Command("select advance($1, $2, $3)", writer, head, head + _entries.Count);
            var strange = _firsts.FindAll(b => b.Owner.Row != 0 && b.Owner.WrittenOver != connection);
            if (strange.Count > 0)
            {
                yield return PostgresStore.Command(
                    "select rest_on($1, $2, $3)", Array(strange, b => b.Owner.Row),
                    Array(strange, b => b.FirstVersion - 1), Array(strange, b => b.PreviousHash));
            }

            var fresh = _firsts.FindAll(b => b.Owner.Row == 0);
            if (fresh.Count > 0)
            {
                yield return PostgresStore.Command(
                    "insert into entities(id, kind, key) overriding system value "
                    + "select generate_series($1, $2), unnest($3), unnest($4)", row, row + fresh.Count - 1,
                    Array(fresh, b => b.Owner.Id.Kind), Array(fresh, b => b.Owner.Id.Key));
            }

            var rows = Rows(row);
            yield return PostgresStore.Command(
                "insert into events(position, entity, version, type, at, actor, cause, hash, payload, sends) "
                + "select generate_series($1, $2), unnest($3), unnest($4), unnest($5), unnest($6), unnest($7), "
                + "unnest($8), unnest($9), unnest($10), unnest($11)", head + 1, head + _entries.Count,
                Array(_entries, e => rows[e.Run]), Array(_entries, e => e.Entry.Version),
                Array(_entries, e => e.Entry.Type),
                Array(_entries, e => e.Entry.At.ToUnixTimeMilliseconds()), Array(_entries, e => e.Entry.Origin.Actor),
                Array(_entries, e => e.Entry.Origin.Cause), Array(_entries, e => e.Entry.Hash),
                Array(_entries, e => e.Entry.Payload), Array(_entries, e => e.Entry.SendsPayload));
            var timers = Timers();
            if (timers.Count == 0) yield break;
            yield return PostgresStore.Command(
                "insert into deferred(position, idx, due, attempts, writer) "
                + "select unnest($1), unnest($2), unnest($3), 0, $4", Array(timers, t => head + t.Event),
                Array(timers, t => t.Index), Array(timers, t => t.Due), writer);
        }

        /// <summary>Takes notice that the plain inserts were made; the new head.</summary>
        public long Written(long head, long row, object connection)
        {
            var rows = Rows(row);
            foreach (var (_, entry) in _entries) entry.Position = ++head;
            for (var run = 0; run < _firsts.Count; run++)
                (_firsts[run].Owner.Row, _firsts[run].Owner.WrittenOver) = (rows[run], connection);
            return head;
        }

        /// <summary>The entities' numbers, by run.</summary>
        long[] Rows(long row) => [.. _firsts.Select(b => b.Owner.Row == 0 ? row++ : b.Owner.Row)];

        /// <summary>Sends of a later time, by the number of their event in the group, from 1.</summary>
        List<(int Event, int Index, long Due)> Timers()
        {
            List<(int Event, int Index, long Due)> timers = [];
            for (var e = 0; e < _entries.Count; e++)
            {
                var sends = _entries[e].Entry.Sends;
                for (var i = 0; i < sends.Length; i++)
                    if (sends[i].Due is { } due) timers.Add((e + 1, i, due.ToUnixTimeMilliseconds()));
            }

            return timers;
        }

        /// <summary>The call of the function.</summary>
        public NpgsqlBatchCommand Command(int writer)
        {
            var timers = Timers();
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

        /// <summary>Takes over what the function answered; the new head.</summary>
        public long Take(NpgsqlDataReader rows, HashSet<int> refused, object connection)
        {
            while (!rows.Read()) Ensure.That(rows.NextResult());
            var position = rows.GetInt64(0);
            var ids = rows.GetFieldValue<long[]>(1);
            var accepted = rows.GetFieldValue<bool[]>(2);
            foreach (var (run, entry) in _entries)
                if (accepted[run]) entry.Position = ++position;
            for (var run = 0; run < _firsts.Count; run++)
            {
                if (accepted[run]) _firsts[run].Owner.Row = ids[run];
                _firsts[run].Owner.WrittenOver = accepted[run] ? connection : null;
            }

            for (var i = 0; i < _batches.Count; i++)
                if (!accepted[_runOf[_batches[i].Owner]]) refused.Add(i);
            return position;
        }
    }
}
