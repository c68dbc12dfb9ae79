namespace Fulfillment.Engine;

/// <summary>
/// Follows a journal that other processes write, and hands what they wrote to a feed: asks again as soon as there was
/// something, else a little later.
/// </summary>
public sealed class Tail : IDisposable
{
    const int AtOnce = 2_000;
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20), AfterFailure = TimeSpan.FromSeconds(1);

    readonly IJournalStore _store;
    readonly Feed _feed;
    readonly ManualResetEventSlim _stop = new();
    readonly Thread _thread;

    /// <summary>Follows from the feed's head on.</summary>
    public Tail(IJournalStore store, Feed feed)
    {
        (_store, _feed) = (store, feed);
        _thread = new(Run) { IsBackground = true, Name = "tail" };
        _thread.Start();
    }

    /// <summary>Why the journal cannot be read; null while it can.</summary>
    public string? Failure { get; private set; }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Set();
        _thread.Join();
        _stop.Dispose();
    }

    void Run()
    {
        while (!_stop.IsSet)
        {
            var pause = Pause;
            try
            {
                var events = _store.Read(_feed.Head, AtOnce);
                if (events.Count > 0) _feed.Found(events);
                if (events.Count == AtOnce) pause = TimeSpan.Zero;
                Failure = null;
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                (Failure, pause) = (e.Message, AfterFailure);
            }

            _stop.Wait(pause);
        }
    }
}
