using Fulfillment.Storage;

namespace Fulfillment.Engine;

// Checkpoints: keeping the write-ahead log short.
public sealed partial class SqliteStore
{
    const long LogBytesBeforeCheckpoint = 16L << 20;
    const int PagesLeftToRestart = 1_000;

    readonly ManualResetEventSlim _stop = new();
    Thread? _checkpoints;
    volatile bool _mayRestart;

    /// <summary>
    /// Moves the log into the file while commits go on, again and again until little is left; that little the next
    /// commit moves, and begins the log anew. So the log stays small and no commit waits for long.
    /// </summary>
    void Checkpoints()
    {
        while (!_stop.Wait(100))
        {
            if (_mayRestart || LogBytes() < LogBytesBeforeCheckpoint) continue;
            try
            {
                using SqliteDatabase db = new(path, readOnly: false);
                var (left, before) = (Checkpoint(db, "passive"), long.MaxValue);
                while (left > PagesLeftToRestart && left < before && !_stop.IsSet)
                    (left, before) = (Checkpoint(db, "passive"), left);
                _mayRestart = true;
            }
            catch (SqliteFailure)
            {
                // The log stays as it is; the next round tries again, and commits tell what is wrong with the disk.
            }
        }
    }

    /// <summary>Runs a checkpoint and returns how many pages of the log it left.</summary>
    static long Checkpoint(SqliteDatabase db, string mode)
    {
        try
        {
            using var row = db.Prepare($"pragma wal_checkpoint({mode})");
            return row.Step() ? row.Long(1) - row.Long(2) : 0;
        }
        catch (SqliteFailure)
        {
            // A checkpoint only saves room and time; what is committed is in the log.
            return 0;
        }
    }

    long LogBytes() => new FileInfo(path + "-wal") is { Exists: true } log ? log.Length : 0;
}
