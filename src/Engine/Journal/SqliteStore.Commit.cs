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

    /// <summary>A snapshot counts only if the event it ends with was written.</summary>
    static void Keep(SqliteDatabase db, Activation owner, StoredSnapshot snapshot)
    {
        db.Prepare(
            "insert into snapshots(entity, version, format, hash, state) "
            + "select entity, version, ?3, hash, ?5 from events where entity = ?1 and version = ?2 and hash = ?4 "
            + "on conflict(entity) do update set version = excluded.version, format = excluded.format, "
            + "hash = excluded.hash, state = excluded.state where version <= excluded.version")
            .Bind(1, owner.Row).Bind(2, snapshot.Version).Bind(3, snapshot.Format).Bind(4, snapshot.Hash)
            .Bind(5, snapshot.State).Run();
        ForgetParts(db, owner, snapshot.Version, 64);
    }

    static void Keep(SqliteDatabase db, Activation owner, SnapshotPart part)
    {
        db.Prepare(
            "insert or ignore into snapshot_parts(entity, version, digest, start, state) values(?1, ?2, ?3, ?4, ?5)")
            .Bind(1, owner.Row).Bind(2, part.Of.Version).Bind(3, part.Digest).Bind(4, part.Start)
            .Bind(5, part.State).Run();
        if (part.IsLast)
            db.Prepare(
                "insert into large_snapshots(entity, version, format, hash, bytes, digest) "
                + "select entity, version, ?3, hash, ?5, ?6 from events where entity = ?1 and version = ?2 "
                + "and hash = ?4 on conflict(entity) do update set version = excluded.version, "
                + "format = excluded.format, hash = excluded.hash, bytes = excluded.bytes, digest = excluded.digest "
                + "where version <= excluded.version")
                .Bind(1, owner.Row).Bind(2, part.Of.Version).Bind(3, part.Of.Format).Bind(4, part.Of.Hash)
                .Bind(5, part.Of.State.Length).Bind(6, part.Digest).Run();
        ForgetParts(db, owner, part.Of.Version, part.IsLast ? 64 : 4);
    }

    /// <summary>
    /// A few of the parts of versions before this one, but for the snapshot that counts: all at once would hold up the
    /// commit.
    /// </summary>
    static void ForgetParts(SqliteDatabase db, Activation owner, long version, int most) => db.Prepare(
        "delete from snapshot_parts where rowid in (select rowid from snapshot_parts where entity = ?1 "
        + "and version < ?2 and version <> coalesce((select l.version from large_snapshots l where l.entity = ?1 "
        + "and l.version > coalesce((select s.version from snapshots s where s.entity = ?1), 0)), 0) limit ?3)")
        .Bind(1, owner.Row).Bind(2, version).Bind(3, most).Run();

    static void Keep(SqliteDatabase db, string subject, byte[] key) =>
        db.Prepare("insert or ignore into subjects(subject, key) values(?1, ?2)").Bind(1, subject).Bind(2, key).Run();
}
