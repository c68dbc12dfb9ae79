using System.Collections.Concurrent;

namespace Fulfillment.Engine;

/// <summary>Delivers sends: to entities, to connectors, and their answers back to who asked.</summary>
public sealed class Pump(IEntityHost host, Kinds kinds, Outbox outbox, TimeProvider time) : IAsyncDisposable
{
    // After a failure the journal is left alone for a second.
    const int TicksAfterFailure = 50;

    // Of held sends, at a tick. In a rush those that may wait no longer get about as much as callers do.
    const int MostPages = 8, MostPagesInRush = 1;

    static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(20);

    readonly ConcurrentDictionary<string, SemaphoreSlim> _calls = new();
    readonly CancellationTokenSource _stop = new();
    Task _loop = Task.CompletedTask;
    volatile bool _leavesHeld;

    /// <summary>Begins with timers and retries.</summary>
    public void Start() => _loop = Run();

    /// <summary>Held sends are left to the next process from now on.</summary>
    public void LeaveHeld() => _leavesHeld = true;

    /// <summary>Delivers on other threads.</summary>
    public void Dispatch(IReadOnlyList<PendingSend> sends)
    {
        if (sends.Count == 0) return;
        ThreadPool.UnsafeQueueUserWorkItem(
            s => s.Pump.Deliver(s.Sends), (Pump: this, Sends: sends), preferLocal: false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        _stop.Dispose();
        foreach (var calls in _calls.Values) calls.Dispose();
    }

    void Deliver(IReadOnlyList<PendingSend> sends)
    {
        foreach (var send in sends)
        {
            // What the last commits before it caused waits until writing is allowed again.
            if (host.ReadOnly is not null) outbox.Retry(send);
            else if (kinds.ConnectorOf(send.Send.To.Kind) is { } connector) _ = Call(connector, send);
            else Post(send.Send.To, new Delivery(this, send));
        }
    }

    void Post(EntityId to, Message message)
    {
        if (!host.Post(to, message)) message.Fail(new(Fault.Overloaded, $"Too many wait for {to}."));
    }

    async Task Run()
    {
        using PeriodicTimer timer = new(Tick, time);
        var (idle, resting) = (0, 0);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                if (resting > 0) resting--;
                else if (host.ReadOnly is null && !TryTakeDue()) resting = TicksAfterFailure;
                // What was answered is noted with the next commit; when none comes, after a while.
                if (++idle % 10 == 0 && (outbox.HasNews || host.Journal.IsUnsettled)) host.Journal.Nudge();
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping: what is not delivered is in the journal.
        }
    }

    /// <summary>False when the journal could not be read.</summary>
    bool TryTakeDue()
    {
        try
        {
            Dispatch(outbox.TakeDue());
            var rush = host.IsRushed;
            var most = _leavesHeld ? 0 : rush ? MostPagesInRush : MostPages;
            for (var i = 0; i < most && outbox.TryTakeHeld(rush, out var held); i++) Dispatch(held);
            return true;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            host.Report(default, "timers", e);
            return false;
        }
    }

    async Task Call(Connector connector, PendingSend send)
    {
        var calls = _calls.GetOrAdd(send.Send.To.Kind, _ => new(host.Options.MaxConnectorCalls));
        try
        {
            await calls.WaitAsync(_stop.Token);
            try
            {
                Answered(send, await connector(send.Id, send.Send.Command, _stop.Token));
            }
            finally
            {
                calls.Release();
            }
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // A provider failed or we are stopping: the send stays, and is made again with the same id.
            if (!_stop.IsCancellationRequested) Failed(send, e);
        }
    }

    void Answered(PendingSend send, object reply)
    {
        try
        {
            if (kinds.Of(send.From).OnReply(send.Send, reply) is { } answer)
                Post(send.From, new AnswerDelivery(this, send, answer));
            else Done(send);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // A rule failed: that is a bug, and the send stays until it is mended.
            Failed(send, e);
        }
    }

    void Done(PendingSend send) => outbox.Done(send);

    void Failed(PendingSend send, Exception why)
    {
        // Stopping: the next process finds it in the journal.
        if (why is ClusterException { Fault: Fault.Stopping }) return;
        host.Report(send.From, send.Send.Command, why);
        outbox.Retry(send);
    }

    /// <summary>A send at the entity it goes to.</summary>
    sealed class Delivery(Pump pump, PendingSend send)
        : Message(send.Send.Command, new(send.From.ToString(), send.Id))
    {
        public override void Answer(object reply) => pump.Answered(send, reply);

        public override void Fail(ClusterException why) => pump.Failed(send, why);
    }

    /// <summary>Its answer at the entity that sent it.</summary>
    sealed class AnswerDelivery(Pump pump, PendingSend send, object answer)
        : Message(answer, new(send.Send.To.ToString(), send.Id))
    {
        public override void Answer(object reply) => pump.Done(send);

        public override void Fail(ClusterException why) => pump.Failed(send, why);
    }
}
