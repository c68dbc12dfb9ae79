using System.Collections.Concurrent;

namespace Fulfillment.Silo;

/// <summary>Somebody who waits for an answer, but not for ever.</summary>
public interface IWaiting
{
    /// <summary>He has waited for long enough. Does nothing when he was answered.</summary>
    void GiveUp();
}

/// <summary>
/// Ends waits after a while, all with one timer: each waits equally long, so they end in the order in which they began.
/// Who is answered earlier is left in the line and costs nothing when his time comes.
/// </summary>
public sealed class Waits : IAsyncDisposable
{
    const int TicksPerWait = 10;

    readonly ConcurrentQueue<(long Since, IWaiting Who)> _line = new();
    readonly TimeProvider _time;
    readonly TimeSpan _longest;
    readonly ITimer _timer;
    int _sweeping;

    /// <summary>Each wait ends after <paramref name="longest"/>, or up to a tenth of it later.</summary>
    public Waits(TimeProvider time, TimeSpan longest)
    {
        (_time, _longest) = (time, longest);
        _timer = time.CreateTimer(_ => Sweep(), null, longest / TicksPerWait, longest / TicksPerWait);
    }

    /// <summary>The waits that are not over.</summary>
    public int Count => _line.Count;

    /// <summary>A wait begins.</summary>
    public void Add(IWaiting who) => _line.Enqueue((_time.GetTimestamp(), who));

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _timer.DisposeAsync();

    void Sweep()
    {
        // A sweep that takes longer than a tick is not helped by a second one.
        if (Interlocked.Exchange(ref _sweeping, 1) == 1) return;
        while (_line.TryPeek(out var first) && _time.GetElapsedTime(first.Since) >= _longest)
        {
            _line.TryDequeue(out first);
            first.Who.GiveUp();
        }

        Volatile.Write(ref _sweeping, 0);
    }
}
