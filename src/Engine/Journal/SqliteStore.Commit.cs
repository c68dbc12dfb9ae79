using Fulfillment.Storage;

namespace Fulfillment.Engine;

// Writing: one group is one transaction.
public sealed partial class SqliteStore
{
    /// <inheritdoc/>
    public void Commit(CommitGroup group, HashSet<int> refused)
    {
        var start = _position;
        Guard(db =>
        {
            db.Execute("begin immediate");
            HashSet<Activation> obsolete = [];
            for (var i = 0; i < group.Batches.Count; i++)
            {
                var batch = group.Batches[i];
                if (!obsolete.Contains(batch.Owner) && Write(db, batch)) continue;
                obsolete.Add(batch.Owner);
                refused.Add(i);
            }

            foreach (var row in group.Deferred) Defer(db, row);
            foreach (var row in group.Answered) Forget(db, row);
            foreach (var (owner, snapshot) in group.Snapshots) if (!obsolete.Contains(owner)) Keep(db, owner, snapshot);
            foreach (var (owner, part) in group.SnapshotParts) if (!obsolete.Contains(owner)) Keep(db, owner, part);
            foreach (var (subject, key) in group.Keys) Keep(db, subject, key);
            if (group.LoggedKeys is { } logged)
                db.Prepare("insert or replace into key_log(id, keys) values(?1, ?2)")
                    .Bind(1, logged.Row).Bind(2, logged.Keys).Run();
            if (group.LogFiledUpTo is { } filed) db.Prepare("delete from key_log where id <= ?1").Bind(1, filed).Run();
            if (group.Watermark is { } watermark)
                db.Prepare("insert or replace into outbox(writer, watermark) values(1, ?1)").Bind(1, watermark).Run();
            if (group.Front is { } front)
                db.Prepare("insert or replace into settings(name, value) values('front', ?1)").Bind(1, front).Run();
            db.Execute("commit");
            return 0;
        }, () => _position = start);
        if (!_mayRestart) return;
        Checkpoint(_writer!, "restart");
        _mayRestart = false;
    }

    bool Write(SqliteDatabase db, Batch batch)
    {
        var owner = batch.Owner;
        if (batch.Entries.Count == 0)
        {
            var row = owner.Row != 0 ? owner.Row : RowOf(db, owner.Id);
            using var last = db.Prepare("select coalesce(max(version), 0) from events where entity = ?1").Bind(1, row);
            return last.Step() && last.Long(0) == batch.FirstVersion - 1;
        }

        if (owner.Row == 0)
        {
            using var add = db.Prepare("insert into entities(kind, key) values(?1, ?2)")
                .Bind(1, owner.Id.Kind).Bind(2, owner.Id.Key);
            if (!add.TryRun()) return false;
            owner.Row = db.LastRow;
        }

        var insert = db.Prepare(
            "insert into events(position, entity, version, type, at, actor, cause, hash, payload, sends) "
            + "values(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)");
        foreach (var entry in batch.Entries)
        {
            insert.Bind(1, _position + 1).Bind(2, owner.Row).Bind(3, entry.Version).Bind(4, entry.Type)
                .Bind(5, entry.At.ToUnixTimeMilliseconds()).Bind(6, entry.Origin.Actor).Bind(7, entry.Origin.Cause)
                .Bind(8, entry.Hash).Bind(9, entry.Payload).Bind(10, entry.SendsPayload);
            if (!insert.TryRun())
            {
                // The fence: the first version is taken, or none is.
                Ensure.That(entry.Version == batch.FirstVersion);
                return false;
            }

            entry.Position = ++_position;
            for (var i = 0; i < entry.Sends.Length; i++)
            {
                if (entry.Sends[i].Due is { } due) Defer(db, new(entry.Position, i, due, 0));
            }
        }

        return true;
    }

    static void Defer(SqliteDatabase db, Deferred row) =>
        db.Prepare("insert or replace into deferred(position, idx, due, attempts) values(?1, ?2, ?3, ?4)")
            .Bind(1, row.Position).Bind(2, row.Index).Bind(3, row.Due.ToUnixTimeMilliseconds()).Bind(4, row.Attempts)
            .Run();

    static void Forget(SqliteDatabase db, Deferred row) =>
        db.Prepare("delete from deferred where position = ?1 and idx = ?2")
            .Bind(1, row.Position).Bind(2, row.Index).Run();

    static void Keep(SqliteDatabase db, Activation owner, StoredSnapshot snapshot)
    {
        db.Prepare(
            "insert or replace into snapshots(entity, version, format, hash, state, parts) "
            + "values(?1, ?2, ?3, ?4, ?5, ?6)")
            .Bind(1, owner.Row).Bind(2, snapshot.Version).Bind(3, snapshot.Format).Bind(4, snapshot.Hash)
            .Bind(5, snapshot.State).Bind(6, snapshot.PartsBefore).Run();
        db.Prepare("delete from snapshot_parts where entity = ?1 and version < ?2")
            .Bind(1, owner.Row).Bind(2, snapshot.Version).Run();
    }

    static void Keep(SqliteDatabase db, Activation owner, SnapshotPart part) =>
        db.Prepare(
            "insert or replace into snapshot_parts(entity, version, format, part, state) values(?1, ?2, ?3, ?4, ?5)")
            .Bind(1, owner.Row).Bind(2, part.Version).Bind(3, part.Format).Bind(4, part.Number)
            .Bind(5, part.State).Run();

    static void Keep(SqliteDatabase db, string subject, byte[] key) =>
        db.Prepare("insert or ignore into subjects(subject, key) values(?1, ?2)").Bind(1, subject).Bind(2, key).Run();
}
