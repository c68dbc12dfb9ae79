using Fulfillment.Shipping;

namespace Fulfillment.Connectors;

/// <summary>A time in which a carrier was left alone: from his first failure until he answered again.</summary>
public sealed record CarrierOutage(DateTimeOffset From, DateTimeOffset Until)
{
    /// <summary>How long it took until he was asked with success.</summary>
    public TimeSpan Took => Until - From;
}

/// <summary>
/// How a carrier's breaker stands. <c>Failures</c>: in a row. <c>Why</c>: of the last, null when there was none since
/// he answered. <c>Answered</c>: when he did last; null for never. <c>RetryAt</c>: when he is tried again, null while
/// he is asked. <c>FailingSince</c>: the first of the failures in a row, null for none. <c>Recovered</c>: the last time
/// that he was left alone and came back; null for never.
/// </summary>
public sealed record BreakerNow(
    BreakerState State, int Failures, string? Why, DateTimeOffset? Answered, DateTimeOffset? RetryAt,
    DateTimeOffset? FailingSince = null, CarrierOutage? Recovered = null);

/// <summary>
/// Leaves a carrier alone who does not answer: after three failures in a row for 30 seconds; then one call tries, and
/// the others wait for what comes of it. Refusals are answers.
/// </summary>
public sealed class CarrierBreaker(TimeProvider time)
{
    /// <summary>Failures in a row after which a carrier is left alone.</summary>
    public const int MostFailures = 3;

    /// <summary>For how long.</summary>
    public static readonly TimeSpan Rest = TimeSpan.FromSeconds(30);

    readonly Lock _lock = new();
    int _failures;
    bool _tries;
    string? _why;
    DateTimeOffset? _answered;
    DateTimeOffset _retryAt;
    DateTimeOffset? _failingSince;
    CarrierOutage? _recovered;

    /// <summary>How it stands.</summary>
    public BreakerNow Now
    {
        get
        {
            lock (_lock)
            {
                var state = _failures < MostFailures ? BreakerState.Closed
                    : _tries || time.GetUtcNow() >= _retryAt ? BreakerState.HalfOpen : BreakerState.Open;
                return new(
                    state, _failures, _why, _answered, state == BreakerState.Closed ? null : _retryAt, _failingSince,
                    _recovered);
            }
        }
    }

    /// <summary>Whether the carrier may be asked now; who may, tells what came of it.</summary>
    public bool Enter()
    {
        lock (_lock)
        {
            if (_failures < MostFailures) return true;
            if (_tries || time.GetUtcNow() < _retryAt) return false;
            return _tries = true;
        }
    }

    /// <summary>The carrier answered.</summary>
    public void Answered()
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            if (_failures >= MostFailures && _failingSince is { } from) _recovered = new(from, now);
            (_failures, _tries, _why, _answered, _failingSince) = (0, false, null, now, null);
        }
    }

    /// <summary>The carrier failed; <paramref name="why"/> names no secret.</summary>
    public void Failed(string why)
    {
        lock (_lock)
        {
            (_failures, _tries, _why) = (Math.Min(_failures + 1, 1_000_000), false, why);
            var now = time.GetUtcNow();
            _failingSince ??= now;
            _retryAt = now + Rest;
        }
    }

    /// <summary>The caller broke off: nothing is known of the carrier.</summary>
    public void Abandoned()
    {
        lock (_lock) _tries = false;
    }
}
