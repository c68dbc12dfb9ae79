using Npgsql;

namespace Fulfillment.Engine;

/// <summary>
/// A snapshot as it was found: whole, or, with <c>Bytes</c> of a state in parts of <c>Digest</c>, yet without it.
/// </summary>
readonly record struct PostgresSnapshot(long Row, StoredSnapshot Snapshot, int Bytes, byte[] Digest)
{
    /// <summary>From the columns; that of the state is followed by those of its bytes and its digest.</summary>
    public static PostgresSnapshot Of(
        NpgsqlDataReader r, EntityId entity, int row, int version, int format, int at, int hash, int state) => new(
            r.GetInt64(row),
            new(
                entity, r.GetInt64(version), r.GetInt32(format), PostgresStore.Time(r, at),
                PostgresStore.Bytes(r, hash), OrNone(r, state)),
            r.GetInt32(state + 1), OrNone(r, state + 2));

    /// <summary>With its state; null when parts of it are missing.</summary>
    public StoredSnapshot? Read(NpgsqlConnection connection)
    {
        if (Bytes == 0) return Snapshot;
        using NpgsqlCommand command = new(
            "select start, state from snapshot_parts where entity = $1 and version = $2 and digest = $3 order by start",
            connection);
        command.Parameters.Add(new() { Value = Row });
        command.Parameters.Add(new() { Value = Snapshot.Version });
        command.Parameters.Add(new() { Value = Digest });
        using var rows = command.ExecuteReader();
        return SnapshotPart.Join(Bytes, Parts(rows)) is { } state ? Snapshot with { State = state } : null;
    }

    static IEnumerable<(int, byte[])> Parts(NpgsqlDataReader rows)
    {
        while (rows.Read()) yield return (rows.GetInt32(0), PostgresStore.Bytes(rows, 1));
    }

    static byte[] OrNone(NpgsqlDataReader r, int column) => r.IsDBNull(column) ? [] : PostgresStore.Bytes(r, column);
}
