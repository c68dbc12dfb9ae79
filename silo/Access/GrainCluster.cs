using System.Diagnostics;
using Orleans;
using Orleans.Runtime;

namespace Fulfillment.Access;

/// <summary>
/// The cluster through Orleans: <c>seat.Sku("ABC-1").Reserve(...)</c> reads as with the embedded engine. While silos
/// come and go a command is repeated, with the same ids, until it is answered or <paramref name="patience"/> is over: a
/// repeat has no second effect.
/// </summary>
public sealed class GrainCluster(IGrainFactory grains, TimeSpan patience) : ICluster
{
    const int FirstPause = 20, LongestPause = 1_000;

    /// <inheritdoc/>
    public async ValueTask<TReply> Ask<TReply>(
        EntityId to, ICommand<TReply> command, Origin origin, CancellationToken cancel = default)
    {
        var grain = grains.Entity(to);
        Letter letter = new(to.Kind, command, origin);
        var started = Stopwatch.GetTimestamp();
        for (var pause = FirstPause; ; pause = Math.Min(pause * 2, LongestPause))
        {
            ClusterException why;
            try
            {
                var answer = await grain.Ask(letter).WaitAsync(cancel);
                if (answer.IsNotYet)
                {
                    started = Stopwatch.GetTimestamp();
                    continue;
                }

                return (TReply)answer.ReplyTo(command);
            }
            catch (ClusterException e)
            {
                if (e.Fault is Fault.Overloaded or Fault.ReadOnly) throw;
                why = e;
            }
            catch (Exception e) when (IsPassing(e))
            {
                why = new(Fault.OutcomeUnknown,
                    "No silo answered. It is not known whether the command was done. Repeat with the same id.", e);
            }

            if (Stopwatch.GetElapsedTime(started) + TimeSpan.FromMilliseconds(pause) > patience) throw why;
            await Task.Delay(Random.Shared.Next(pause / 2, pause), cancel);
        }
    }

    /// <summary>A silo is gone, or not there yet: the same call may succeed elsewhere in a moment.</summary>
    public static bool IsPassing(Exception e) => e is OrleansException or TimeoutException
        or System.Net.Sockets.SocketException or IOException or ObjectDisposedException;
}
