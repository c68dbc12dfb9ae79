using System.Diagnostics;
using Fulfillment.Client.Commands;
using Fulfillment.Engine;

namespace Fulfillment.Client.Import;

/// <summary>
/// Ends an import that a failing journal keeps from going on. What waits for others (an order for its stock) would wait
/// as long as the disk is full; so when commits fail and no line is done for a while, everything that waits is told.
/// </summary>
sealed class Patience : IAsyncDisposable
{
    static readonly TimeSpan Most = TimeSpan.FromSeconds(10), Look = TimeSpan.FromMilliseconds(500);

    readonly CommitStats _stats;
    readonly Totals _totals;
    readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly CancellationTokenSource _stop = new();
    readonly Task _watch;
    string? _trouble;

    public Patience(CommitStats stats, Totals totals)
    {
        (_stats, _totals) = (stats, totals);
        _watch = Watch();
    }

    /// <summary>The task's result. Throws <see cref="ImportException"/> when patience ends first.</summary>
    public async Task<T> For<T>(Task<T> task)
    {
        if (await Task.WhenAny(task, _ended.Task) != task) Check();
        return await task;
    }

    /// <summary>Throws once patience has ended.</summary>
    public void Check()
    {
        if (_ended.Task.IsCompleted) throw Give(_trouble ?? "The journal cannot be written.", null);
    }

    /// <summary>Why the import ends here.</summary>
    public ImportException Give(string why, Exception? inner)
    {
        why = (_trouble ?? _stats.Trouble ?? why).TrimEnd('.');
        return new(
            ExitCode.Environment, $"{why}. What was applied stays; the same command goes on from there.", inner);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _watch.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    async Task Watch()
    {
        var (done, failures, since) = (-1L, 0L, 0L);
        using PeriodicTimer timer = new(Look);
        while (await timer.WaitForNextTickAsync(_stop.Token))
        {
            _trouble = _stats.Trouble ?? _trouble;
            if (_totals.Done != done)
                (done, failures, since) = (_totals.Done, _stats.Failures, Stopwatch.GetTimestamp());
            if (_stats.Failures == failures || Stopwatch.GetElapsedTime(since) < Most) continue;
            _ended.TrySetResult();
            return;
        }
    }
}
