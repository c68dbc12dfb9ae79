using Fulfillment.Composition;
using Fulfillment.Engine;

namespace Fulfillment.Client.Api;

/// <summary>
/// Signs what the journal is, and proves single events of it. The tree is made when it is first asked for, from the
/// journal, and follows it from then on.
/// </summary>
public sealed class LedgerDesk(IJournalStore journal, Feed feed, Func<LedgerKey> open)
{
    /// <summary>
    /// Events that one request takes into the tree; who asks while more are missing is told to come again.
    /// </summary>
    public const int MostPerRequest = 200_000;

    readonly Lazy<LedgerKey> _key = new(open);
    readonly Ledger _ledger = new(journal);

    /// <summary>The key that signs.</summary>
    public LedgerKey Key => _key.Value;

    /// <summary>The journal as it is now, signed.</summary>
    public LedgerHead Head(TimeProvider time)
    {
        CatchUp();
        return Key.Sign(_ledger.Now, time.GetUtcNow());
    }

    /// <summary>The proof of an event.</summary>
    public LedgerProof Prove(StoredEvent stored, TimeProvider time)
    {
        CatchUp();
        return Proving.Prove(journal, _ledger, Key, stored, time.GetUtcNow()) ?? throw Behind();
    }

    /// <summary>
    /// That the journal of <paramref name="to"/> events (null: now) only adds to that of <paramref name="from"/>; null
    /// when it never had so many.
    /// </summary>
    public (long To, IReadOnlyList<byte[]> Nodes)? Consistency(long from, long? to)
    {
        CatchUp();
        var end = to ?? _ledger.Now.Size;
        return from < 1 || from > end || end > _ledger.Now.Size ? null : (end, _ledger.Consistency(from, end));
    }

    /// <summary>
    /// Adds a signed head to the file now and every so often, when there is something new, until told to stop. Writes
    /// none, and says why, when the journal is not what the file's heads say.
    /// </summary>
    public async Task Anchor(string file, TimeSpan every, TimeProvider time, CancellationToken stop)
    {
        long anchored = -1;
        using PeriodicTimer timer = new(every, time);
        try
        {
            do
            {
                try
                {
                    anchored = await Task.Run(() => Anchor(file, anchored, time, stop), stop);
                }
                catch (Exception e) when (e is StoreUnavailableException or JournalException
                    or System.Data.Common.DbException)
                {
                    await Console.Error.WriteLineAsync($"No head was added to {file}: {e.Message}");
                }
            }
            while (await timer.WaitForNextTickAsync(stop));
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    long Anchor(string file, long anchored, TimeProvider time, CancellationToken stop)
    {
        var upTo = feed.Head;
        if (anchored < 0 && File.Exists(file))
        {
            var flaws = Anchors.Check(_ledger, upTo, Anchors.Read(file), null, stop);
            if (flaws.Count > 0) throw new JournalException($"the journal is not what it was. {flaws[0]}");
        }

        _ledger.Advance(upTo, cancel: stop);
        var now = _ledger.Now;
        if (now.Size == anchored) return anchored;
        Anchors.Append(file, Key.Sign(now, time.GetUtcNow()));
        return now.Size;
    }

    void CatchUp()
    {
        if (!_ledger.Advance(feed.Head, MostPerRequest)) throw Behind();
    }

    static ProblemException Behind() => new(new(
        503, "ledger-behind", "The ledger is being made.",
        "More events than one request may take in are missing from the tree; ask again.", retryAfter: 1));
}
