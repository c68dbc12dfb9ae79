using Fulfillment.Engine;

namespace Fulfillment.Simulation;

/// <summary>
/// A simulated world as callers see a cluster: nothing fails, but what is on its way arrives in an order that the seed
/// decides, and time passes only while somebody asks, by a few milliseconds a step. Many may ask at once; one at a time
/// moves the world on, and what that brings about for others is told to them.
/// </summary>
public sealed class SimulatedCluster : ICluster, IDisposable
{
    // A question that is not answered by then waits for something that has not happened.
    const int MostSteps = 100_000;

    readonly Lock _lock = new();
    readonly World _world;
    readonly HashSet<string> _kinds;
    int _asked;

    /// <summary>An empty world.</summary>
    public SimulatedCluster(int seed)
    {
        _world = new(new() { Seed = seed });
        _world.Calm();
        _kinds = [.. _world.Kinds.Names];
    }

    /// <inheritdoc/>
    public ValueTask<TReply> Ask<TReply>(
        EntityId to, ICommand<TReply> command, Origin origin, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        if (!_kinds.Contains(to.Kind))
            throw new ClusterException(Fault.NotWritten, $"There is no kind of entity '{to.Kind}'.");
        TaskCompletionSource<TReply> told = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            Question question = new(
                $"{origin.Cause} {++_asked}", to, command, reply => told.TrySetResult((TReply)reply));
            _world.Ledger.Add(question);
            _world.Ask(question);
            for (var step = 0; step < MostSteps && question.Answer is null; step++)
                if (!_world.Step() && !_world.Write()) break;
        }

        return new(told.Task.WaitAsync(cancel));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock) _world.Dispose();
    }
}
