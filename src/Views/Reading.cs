using System.Diagnostics;

namespace Fulfillment.Views;

/// <summary>How a process that does not write the views keeps up with those that it has in memory.</summary>
sealed class Reading
{
    static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    readonly Lock _lock = new();
    long _read;

    /// <summary>Reads them, unless that was done within the last second; whoever comes meanwhile waits.</summary>
    public void EachSecond(Action read)
    {
        lock (_lock)
        {
            if (_read > 0 && Stopwatch.GetElapsedTime(_read) < Fresh) return;
            read();
            _read = Stopwatch.GetTimestamp();
        }
    }
}
