using Npgsql;

namespace Fulfillment.Engine;

// The short way of a writer that is alone: it numbers entities and events itself, and has the database look for nothing
// that it knows. A plain insert costs the server half of what the checked way does.
public sealed partial class PostgresStore
{
    // An entity's number is taken from a range that the sequence has passed: neither the checked way nor a writer that
    // enters later can ever give it. The rest of a range is not used when there is any doubt; numbers have gaps. Taking
    // a range is a round trip of its own, as rare as ranges are.
    const long Range = 10_000;

    // What stands for the connection that writes, and what is known over it. Where the head is, is unknown (null) from
    // the moment a group is sent until it is known to be written; the checked way finds out.
    object _connected = new();
    long _row, _lastRow;
    long? _head;

    /// <summary>
    /// Writes the group as it is; false when it has to be looked at more closely, and nothing was written. The unique
    /// keys refuse what two activations of one entity decided alike. What cannot be refused by them is an event with
    /// none before it: an activation that wrote over this connection is where the journal is, for the server has not
    /// lost that commit and a failed one makes it obsolete; of any other the event that it rests on is looked for.
    /// </summary>
    bool TryAlone(NpgsqlConnection connection, CommitGroup group, Runs runs)
    {
        if (writer is not null || group.Batches.Count == 0) return false;
        var known = _head;
        _head = null;
        if (known is not { } head || !runs.ArePlain) return false;
        try
        {
            var row = Reserve(connection, runs.Fresh);
            using NpgsqlBatch batch = new(connection);
            foreach (var command in Notes(group)) batch.BatchCommands.Add(command);
            foreach (var command in runs.Alone(_id, head, row, _connected)) batch.BatchCommands.Add(command);
            foreach (var command in Parts(group, known: true)) batch.BatchCommands.Add(command);
            foreach (var command in Snapshots(group)) batch.BatchCommands.Add(command);
            using (var rows = batch.ExecuteReader()) Finish(rows);
            _head = runs.Written(head, row, _connected);
            return true;
        }
        catch (PostgresException e) when (
            e.SqlState is PostgresErrorCodes.UniqueViolation or PostgresSchema.Elsewhere)
        {
            return false;
        }
    }

    /// <summary>The connection that writes; what was known of the journal over another is no longer so.</summary>
    NpgsqlConnection Begin()
    {
        (_head, _row, _lastRow, _connected) = (null, 0, 0, new());
        return _writer = Connect();
    }

    /// <summary>
    /// The checked way has written up to there. It may have numbered entities: those to come are later than these.
    /// </summary>
    void Know(long head) => (_head, _row, _lastRow) = (head, 0, 0);

    /// <summary>The first of as many numbers for entities, that nobody else has or gets.</summary>
    long Reserve(NpgsqlConnection connection, int count)
    {
        if (_row + count > _lastRow)
        {
            var range = Math.Max(Range, count);
            _lastRow = Number(
                connection, $"select setval('entities_id_seq', last_value + {range}) from entities_id_seq");
            _row = _lastRow - range;
        }

        var first = _row + 1;
        _row += count;
        return first;
    }
}
