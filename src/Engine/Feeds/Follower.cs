using System.Diagnostics;

namespace Fulfillment.Engine;

/// <summary>
/// What is kept up to date from the journal, in commit order: a set of views. It can be made anew from it.
/// </summary>
public interface IProjection : IDisposable
{
    /// <summary>The position up to which it is written.</summary>
    long Position { get; }

    /// <summary>Takes in what follows, in order; it need not show before it is written.</summary>
    void Apply(IReadOnlyList<Fact> facts);

    /// <summary>
    /// Writes what was taken in, at once: all of it or nothing. After a failure, here or before, nothing is in hand,
    /// and the facts after the position have to come again.
    /// </summary>
    void Write();
}

/// <summary>
/// Feeds the journal to a projection, on a thread of its own. Falls behind rather than slow the journal down, and
/// catches up in larger steps.
/// </summary>
public sealed class Follower : IDisposable
{
    const int MaxStep = 10_000, MostInHand = 50_000;

    // Under load one write then takes many events, and all changes of one order are one row; else it follows at once.
    static readonly TimeSpan WriteEvery = TimeSpan.FromMilliseconds(100), Patience = TimeSpan.FromMilliseconds(10);
    static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(1);

    readonly Feed _feed;
    readonly IProjection _projection;
    readonly ManualResetEventSlim _stop = new();
    readonly Thread _thread;

    /// <summary>Starts to follow.</summary>
    public Follower(Feed feed, IProjection projection)
    {
        (_feed, _projection) = (feed, projection);
        _thread = new(Run) { IsBackground = true, Name = "views" };
        _thread.Start();
    }

    /// <summary>Events that the projection has not taken in yet.</summary>
    public long Lag => _feed.Head - _projection.Position;

    /// <summary>Why the last step failed; null while all goes well.</summary>
    public string? Failure { get; private set; }

    /// <summary>Completes when the projection has taken in the position.</summary>
    public async Task Reached(long position, CancellationToken cancel)
    {
        while (_projection.Position < position) await Task.Delay(5, cancel);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Set();
        _thread.Join();
        _stop.Dispose();
        _projection.Dispose();
    }

    void Run()
    {
        while (!_stop.IsSet)
        {
            try
            {
                using var reader = _feed.ReadAfter(_projection.Position);
                Follow(reader);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                // The views lag, and say so; the journal goes on.
                Failure = e.Message;
                _stop.Wait(AfterFailure);
            }
        }
    }

    void Follow(FeedReader reader)
    {
        var (inHand, written) = (0, Stopwatch.GetTimestamp());
        while (!_stop.IsSet)
        {
            var facts = reader.Read(MaxStep);
            if (facts.Count > 0) _projection.Apply(facts);
            inHand += facts.Count;
            var due = facts.Count == 0 || inHand > MostInHand || Stopwatch.GetElapsedTime(written) > WriteEvery;
            if (inHand > 0 && due)
            {
                _projection.Write();
                (inHand, written) = (0, Stopwatch.GetTimestamp());
            }

            Failure = null;
            if (facts.Count < MaxStep / 2) _stop.Wait(Patience);
        }

        if (inHand > 0) _projection.Write();
    }
}
