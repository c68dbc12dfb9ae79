using System.Diagnostics;

namespace Fulfillment.Tests.Engine;

/// <summary>
/// The clock of one process in one test. Only the test moves it, and what is due rings on the test's thread.
/// </summary>
sealed class FakeTime : TimeProvider
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    readonly Lock _lock = new();
    readonly List<Alarm> _alarms = [];
    DateTimeOffset _now;

    /// <summary>It stands at the given time.</summary>
    public FakeTime(DateTimeOffset? now = null) => _now = now ?? new(2026, 11, 27, 8, 0, 0, TimeSpan.Zero);

    /// <summary>Now.</summary>
    public DateTimeOffset Now => GetUtcNow();

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock) return _now;
    }

    /// <inheritdoc/>
    public override long GetTimestamp() => GetUtcNow().Ticks;

    /// <summary>Moves the clock, forward or back.</summary>
    public void Advance(TimeSpan by)
    {
        List<Alarm> due;
        lock (_lock)
        {
            _now += by;
            due = _alarms.FindAll(a => a.Due <= _now);
            foreach (var alarm in due)
                alarm.Due = alarm.Period > TimeSpan.Zero ? _now + alarm.Period : DateTimeOffset.MaxValue;
        }

        foreach (var alarm in due) alarm.Ring();
    }

    /// <summary>Lets time pass, in small steps, until the task ends.</summary>
    public async Task<T> RunUntil<T>(Task<T> task)
    {
        await RunUntil(() => task.IsCompleted);
        return await task;
    }

    /// <summary>Lets time pass, in small steps, until it is so.</summary>
    public async Task RunUntil(Func<bool> isSo)
    {
        var watch = Stopwatch.StartNew();
        while (!isSo())
        {
            if (watch.Elapsed > Patience) throw new TimeoutException($"It did not come about by {Now:O}.");
            Advance(TimeSpan.FromMilliseconds(100));
            // What the tick began goes on elsewhere, in real time.
            await Task.Delay(1);
        }
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Alarm alarm = new(this, () => callback(state));
        alarm.Change(dueTime, period);
        lock (_lock) _alarms.Add(alarm);
        return alarm;
    }

    sealed class Alarm(FakeTime time, Action ring) : ITimer
    {
        public DateTimeOffset Due { get; set; }

        public TimeSpan Period { get; private set; }

        public void Ring() => ring();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._lock)
            {
                Due = dueTime < TimeSpan.Zero ? DateTimeOffset.MaxValue : time._now + dueTime;
                Period = period;
            }

            return true;
        }

        public void Dispose()
        {
            lock (time._lock) time._alarms.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
