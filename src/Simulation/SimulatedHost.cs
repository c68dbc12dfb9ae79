using Fulfillment.Engine;
using Fulfillment.Inventory;

namespace Fulfillment.Simulation;

/// <summary>
/// A process: its live entities, journal and outbox, the product's own, driven a step at a time. When it is killed a
/// new one takes over what the journal has.
/// </summary>
sealed class SimulatedHost : IDisposable
{
    const int LooksInRush = 20;
    static readonly TimeSpan MostHeld = TimeSpan.FromMinutes(2);

    readonly World _world;
    readonly Dictionary<EntityId, List<Activation>> _live = [];
    readonly List<(Activation Owner, Waiting Message)> _parked = [];
    readonly Encoder _encoder = new();
    readonly GroupCommit _journal;
    readonly Outbox _outbox;
    bool _dead;
    int _rush;

    public SimulatedHost(World world, IJournalStore store)
    {
        _world = world;
        var head = store.Open();
        if (world.Options.Bug == PlantedBug.ForgetSends) head = head with { Watermark = head.Position };
        if (world.Options.Bug == PlantedBug.ForgetHeld)
            head = head with { Watermark = Math.Max(head.Watermark, head.Front) };
        // Several processes hold nothing. Snapshots are small here, and written in parts all the same.
        EngineOptions options = new() { HoldFor = world.IsShared ? TimeSpan.Zero : MostHeld, SnapshotBytes = 400 };
        _outbox = new(store, world.Kinds, world.Time, options) { Dispatch = Dispatch };
        var left = _outbox.Recover(head);
        _journal = new(store, head, options, new CommitStats(), _outbox);
        Dispatch(left);
    }

    /// <summary>Sends are under way, or something is to be noted.</summary>
    public bool HasWork => _outbox.HasNews || _outbox.Holds || _journal.IsUnsettled;

    /// <summary>One commit; false when there was nothing to write.</summary>
    public bool Commit() => _journal.Step();

    public string Describe() =>
        $"{_parked.Count} parked, outbox {_outbox.Depth} deep at {_outbox.Watermark} of {_world.Store.SettledHead()}, "
        + $"{(_outbox.HasNews ? "news" : "no news")}, {(_journal.IsUnsettled ? "unsettled" : "settled")}, "
        + $"next {string.Join(" ", _world.Store.DeferredUntil(DateTimeOffset.MaxValue, 3))} at {_world.Time.Now:O}";

    public void Pump()
    {
        if (_rush > 0 && !_world.IsCalm) _rush--;
        else _rush = _world.Happens(_world.Faults.Rush, "rush") ? LooksInRush : 0;
        Dispatch(_outbox.TakeDue());
        while (_outbox.TryTakeHeld(_rush > 0, out var held)) Dispatch(held);
    }

    public void Ask(Question question)
    {
        if (!_dead) Turn(question.To, new CallerWaits(this, question));
    }

    /// <summary>Lets go of an entity, as passivation does: only when nothing of it is being written.</summary>
    public void DropOne()
    {
        var idle = _live.Where(l => l.Value.All(a => a.Last is not { Outcome: AppendOutcome.Pending }))
            .Select(l => l.Key)
            .OrderBy(k => k.ToString(), StringComparer.Ordinal).ToList();
        if (idle.Count == 0) return;
        var gone = idle[_world.Random.Next(idle.Count)];
        foreach (var activation in _live[gone]) Forget(gone, activation);
        _live.Remove(gone);
    }

    /// <summary>Brings an entity to life that lives already, as two silos might.</summary>
    public void ActivateTwice()
    {
        var all = _live.Keys.OrderBy(k => k.ToString(), StringComparer.Ordinal).ToList();
        if (all.Count == 0) return;
        var id = all[_world.Random.Next(all.Count)];
        if (_live[id].Count < 2) _live[id].Add(Load(id));
    }

    /// <summary>The cluster finds out about entities that live twice, and ends both lives.</summary>
    public void EndSecondActivations()
    {
        foreach (var (id, alive) in _live.Where(l => l.Value.Count > 1).ToList())
        {
            foreach (var activation in alive)
            {
                activation.MarkObsolete();
                Forget(id, activation);
            }
        }
    }

    /// <summary>The process is gone: what still refers to it does nothing.</summary>
    public void Dispose()
    {
        _dead = true;
        _encoder.Dispose();
    }

    void Dispatch(IReadOnlyList<PendingSend> sends)
    {
        foreach (var send in sends) _world.Send(() => Deliver(send));
    }

    void Deliver(PendingSend send)
    {
        if (_dead) return;
        if (_world.Kinds.ConnectorOf(send.Send.To.Kind) is not { } connector)
        {
            if (_world.Happens(_world.Faults.LateAttempt, "late attempt"))
            {
                // The attempt goes on somewhere; nobody listens to it any more.
                _world.Time.Now += 2 * Sku.AskValidFor;
                _world.Send(() => { if (!_dead) Turn(send.Send.To, new NobodyWaits(send)); });
                _outbox.Retry(send);
                return;
            }

            Turn(send.Send.To, new SendWaits(this, send));
            return;
        }

        try
        {
            Answered(send, World.Now(connector(send.Id, send.Send.Command, CancellationToken.None)));
        }
        catch (InvalidOperationException)
        {
            _outbox.Retry(send);
        }
    }

    void Answered(PendingSend send, object reply)
    {
        if (_world.Kinds.Of(send.From).OnReply(send.Send, reply) is { } answer)
            _world.Send(() => { if (!_dead) Turn(send.From, new AnswerWaits(this, send, answer)); });
        else _outbox.Done(send);
    }

    void Turn(EntityId id, Waiting message)
    {
        if (!_live.TryGetValue(id, out var alive)) _live[id] = alive = [Load(id)];
        var activation = alive[_world.Random.Next(alive.Count)];
        if (activation.IsObsolete)
        {
            // Its state is not what the journal says; what it has not written will not be.
            Forget(id, activation);
            alive.Remove(activation);
            if (alive.Count == 0) _live.Remove(id);
            Turn(id, message);
            return;
        }

        var before = activation.Version;
        Run(activation, message);
        if (activation.Version != before)
        {
            foreach (var parked in _parked.FindAll(p => p.Owner == activation))
            {
                _parked.Remove(parked);
                Run(activation, parked.Message);
            }
        }

        if (activation.Close() is { } batch) _journal.Submit(batch);
        if (_world.Random.Next(50) == 0) _journal.Submit(activation, activation.TakeSnapshot()());
        if (activation.Check() is { } wrong) throw _world.Broken($"{id}: {wrong}");
    }

    void Run(Activation activation, Waiting message)
    {
        var now = _world.Time.Now;
        now = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMillisecond));
        var reply = activation.Run(message.Command, message.Origin, now, _encoder);
        if (reply is null)
        {
            _parked.Add((activation, message));
            return;
        }

        var batch = activation.ToFollow(_world.IsShared);
        if (_world.Options.Bug == PlantedBug.AnswerBeforeCommit) message.Settled(AppendOutcome.Committed, reply);
        else if (batch is null || !batch.TryFollow(message, reply))
            message.Settled(batch?.Outcome ?? AppendOutcome.Committed, reply);
    }

    Activation Load(EntityId id)
    {
        var activation = _world.Kinds.Of(id).Open(id, _world.Kinds);
        activation.Restore(World.Now(_world.Store.Load(id)).Recovered);
        return activation;
    }

    void Forget(EntityId id, Activation activation)
    {
        foreach (var parked in _parked.FindAll(p => p.Owner == activation))
        {
            _parked.Remove(parked);
            parked.Message.Settled(AppendOutcome.Failed, id);
        }
    }

    /// <summary>Somebody waits for a reply.</summary>
    abstract class Waiting(object command, Origin origin) : IFollower
    {
        public object Command { get; } = command;

        public Origin Origin { get; } = origin;

        public abstract void Settled(AppendOutcome outcome, object reply);
    }

    sealed class CallerWaits(SimulatedHost host, Question question)
        : Waiting(question.Command, new("caller", question.Name))
    {
        public override void Settled(AppendOutcome outcome, object reply)
        {
            var world = host._world;
            if (outcome == AppendOutcome.Committed && !world.Happens(world.Faults.LostReply, "lost reply"))
                world.Send(() => question.Hear(reply));
            else world.Ask(question);
        }
    }

    sealed class SendWaits(SimulatedHost host, PendingSend send)
        : Waiting(send.Send.Command, new(send.From.ToString(), send.Id))
    {
        public override void Settled(AppendOutcome outcome, object reply)
        {
            if (outcome == AppendOutcome.Committed
                && !host._world.Happens(host._world.Faults.LostAnswer, "lost answer"))
                host.Answered(send, reply);
            else host._outbox.Retry(send);
        }
    }

    sealed class NobodyWaits(PendingSend send) : Waiting(send.Send.Command, new(send.From.ToString(), send.Id))
    {
        public override void Settled(AppendOutcome outcome, object reply)
        {
        }
    }

    sealed class AnswerWaits(SimulatedHost host, PendingSend send, object answer)
        : Waiting(answer, new(send.Send.To.ToString(), send.Id))
    {
        public override void Settled(AppendOutcome outcome, object reply)
        {
            if (outcome == AppendOutcome.Committed) host._outbox.Done(send);
            else host._outbox.Retry(send);
        }
    }
}
