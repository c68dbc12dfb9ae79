using System.Diagnostics.Metrics;

namespace Fulfillment.Engine;

/// <summary>How commits went: counters since the start, and the latencies of the last thousand.</summary>
public sealed class CommitStats : IDisposable
{
    readonly Meter _meter = new("Fulfillment.Engine");
    readonly Histogram<double> _latency;
    readonly Histogram<int> _size;
    readonly Lock _lock = new();
    readonly double[] _recent = new double[1024];
    long _commits, _events, _failures, _usual;

    /// <summary>Counts from zero.</summary>
    public CommitStats()
    {
        _latency = _meter.CreateHistogram<double>("fulfillment.journal.commit.duration", "ms");
        _size = _meter.CreateHistogram<int>("fulfillment.journal.commit.events", "{event}");
    }

    /// <summary>Commits so far.</summary>
    public long Commits => Interlocked.Read(ref _commits);

    /// <summary>Events written so far.</summary>
    public long Events => Interlocked.Read(ref _events);

    /// <summary>Commits that failed so far.</summary>
    public long Failures => Interlocked.Read(ref _failures);

    /// <summary>How long a commit takes now, about: the average of the last ones, older ones counting less.</summary>
    public TimeSpan Usual => new(Interlocked.Read(ref _usual));

    /// <summary>Why the last commit failed; null when it did not.</summary>
    public string? Trouble { get; private set; }

    /// <summary>Milliseconds of the last thousand commits at a percentile, 0 to 100.</summary>
    public double Latency(double percentile)
    {
        double[] sorted;
        lock (_lock) sorted = [.. _recent.Take((int)Math.Min(_commits, _recent.Length)).Order()];
        return sorted.Length == 0 ? 0 : sorted[(int)Math.Min(sorted.Length - 1, sorted.Length * percentile / 100)];
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    internal void Committed(CommitGroup group, TimeSpan took)
    {
        Trouble = null;
        Interlocked.Add(ref _usual, (took.Ticks - _usual) / 16);
        var events = 0;
        foreach (var batch in group.Batches) events += batch.Entries.Count;
        Interlocked.Add(ref _events, events);
        lock (_lock) _recent[_commits++ % _recent.Length] = took.TotalMilliseconds;
        _latency.Record(took.TotalMilliseconds);
        _size.Record(events);
    }

    internal void Failed(Exception why)
    {
        Interlocked.Increment(ref _failures);
        Trouble = why.Message;
    }
}
