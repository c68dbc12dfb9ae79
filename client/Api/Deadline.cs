namespace Fulfillment.Client.Api;

/// <summary>
/// Tokens that are cancelled after a while, shared by all who wait about as long: ten thousand requests a second need
/// not have ten thousand timers.
/// </summary>
static class Deadline
{
    static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);
    static readonly System.Collections.Concurrent.ConcurrentDictionary<long, CancellationTokenSource> Shared = new();

    /// <summary>Cancelled no earlier than after <paramref name="wait"/>, and at most 200 ms later.</summary>
    public static CancellationToken In(TimeSpan wait)
    {
        var at = ((Environment.TickCount64 + (long)wait.TotalMilliseconds) / (long)Step.TotalMilliseconds) + 1;
        return Shared.GetOrAdd(at, Start).Token;
    }

    /// <summary>
    /// What comes of waiting so long; <paramref name="now"/> when it takes longer, or cannot be told at the moment.
    /// </summary>
    public static async Task<T> Or<T>(TimeSpan wait, T now, Func<CancellationToken, ValueTask<T>> settled)
    {
        if (wait <= TimeSpan.Zero) return now;
        try
        {
            return await settled(In(wait));
        }
        catch (Exception e) when (e is OperationCanceledException or ClusterException)
        {
            return now;
        }
    }

    static CancellationTokenSource Start(long at)
    {
        var left = (at * (long)Step.TotalMilliseconds) - Environment.TickCount64;
        CancellationTokenSource source = new();
        source.Token.UnsafeRegister(_ => Shared.TryRemove(at, out CancellationTokenSource? _), null);
        source.CancelAfter(TimeSpan.FromMilliseconds(Math.Max(1, left)));
        return source;
    }
}
