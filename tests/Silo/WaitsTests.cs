using Fulfillment.Silo;

namespace Fulfillment.Tests.Silo;

/// <summary>Questions that cannot be answered yet, by a clock that only the test moves.</summary>
public sealed class WaitsTests
{
    static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(500), Tick = TimeSpan.FromMilliseconds(50);

    [Fact]
    public async Task Each_ends_when_its_own_time_is_over_and_all_share_one_timer()
    {
        HandTime time = new();
        await using Waits waits = new(time, Longest);
        List<Asker> early = [.. Enumerable.Range(0, 1_000).Select(_ => new Asker())], late = [new(), new()];
        foreach (var asker in early) waits.Add(asker);
        time.Pass(Longest - Tick);
        foreach (var asker in late) waits.Add(asker);
        Assert.All(early, a => Assert.Equal(0, a.GaveUp));
        Assert.Equal((1, 1_002), (time.Timers, waits.Count));

        time.Pass(Tick);
        Assert.All(early, a => Assert.Equal(1, a.GaveUp));
        Assert.All(late, a => Assert.Equal(0, a.GaveUp));
        Assert.Equal(2, waits.Count);

        time.Pass(Longest);
        Assert.All(early.Concat(late), a => Assert.Equal(1, a.GaveUp));
        Assert.Equal((1, 0), (time.Timers, waits.Count));
    }

    sealed class Asker : IWaiting
    {
        public int GaveUp { get; private set; }

        public void GiveUp() => GaveUp++;
    }

    /// <summary>A clock with timers that go off when it is moved, tick by tick.</summary>
    sealed class HandTime : TimeProvider
    {
        long _now;
        Action _go = () => { };

        public int Timers { get; private set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _now;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Assert.Equal((Tick, Tick), (dueTime, period));
            Timers++;
            _go = () => callback(state);
            return new Timer();
        }

        public void Pass(TimeSpan time)
        {
            for (var passed = TimeSpan.Zero; passed < time; passed += Tick)
            {
                _now += Tick.Ticks;
                _go();
            }
        }

        sealed class Timer : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => throw new NotSupportedException();

            public void Dispose()
            {
                // There is nothing to give back.
            }

            public ValueTask DisposeAsync() => default;
        }
    }
}
