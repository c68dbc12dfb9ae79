using Fulfillment.Engine;

namespace Fulfillment.Tests.Domain;

/// <summary>
/// One entity twice: one that lives on, and one that is written down as a snapshot and read back whenever
/// <see cref="Restart"/> says. Both get the same commands, and nobody may be able to tell them apart.
/// </summary>
sealed class Twins<T, TCommand, TEvent>(EntityId self)
    where T : class, IEntity<T, TCommand, TEvent>
    where TCommand : class
    where TEvent : class
{
    static readonly EntityKind<T, TCommand, TEvent> Kind = Product.Kind<T, TCommand, TEvent>();

    readonly List<(string Type, byte[] Payload)> _journal = [];
    T _other = T.Initial;
    string _bytes = Bytes(T.Initial);

    /// <summary>The state of the one that lives on.</summary>
    public T State { get; private set; } = T.Initial;

    /// <summary>Events so far.</summary>
    public int Version => _journal.Count;

    /// <summary>The names of the events so far.</summary>
    public IEnumerable<string> Happened => _journal.Select(e => e.Type);

    /// <summary>A turn of both; checks every invariant after every event.</summary>
    public (object? Reply, IReadOnlyList<TEvent> Events, List<Send> Sends) Run(TCommand command, DateTimeOffset now)
    {
        Turn turn = new(self, now, Version);
        var mine = T.Decide(State, command, turn);
        var others = T.Decide(_other, command, turn);
        Assert.Equal(_bytes, Bytes(State));
        Assert.Equal(Text.Of(mine.Reply), Text.Of(others.Reply));
        Assert.Equal(mine.Events.Length, others.Events.Length);

        List<Send> sends = [];
        foreach (var (happened, same) in mine.Events.Zip(others.Events)) sends.AddRange(Happen(happened, same, turn));
        Assert.Null(T.Check(State, null));
        if (mine.Events.Length > 0) _bytes = Bytes(State);
        Assert.Equal(_bytes, Bytes(_other));
        return (mine.Reply, mine.Events, Wire.Through(sends));
    }

    /// <summary>The reply to a question that is not part of the history.</summary>
    public object? Ask(TCommand question, DateTimeOffset now) =>
        T.Decide(State, question, new(self, now, Version)).Reply;

    Send[] Happen(TEvent happened, TEvent same, Turn turn)
    {
        var payload = Wire.Write(Kind.Events, happened);
        Assert.Equal(Kind.Events.NameOf(happened), Kind.Events.NameOf(same));
        Assert.Equal(payload, Wire.Write(Kind.Events, same));
        State = T.Evolve(State, happened);
        _other = T.Evolve(_other, same);
        Assert.Null(T.Check(State, happened));
        var sends = T.React(State, happened, turn);
        Assert.Equal(Text.Of(sends), Text.Of(T.React(_other, same, turn)));
        _journal.Add((Kind.Events.NameOf(happened), payload));
        return sends;
    }

    /// <summary>The other twin is written down and read back.</summary>
    public void Restart() => _other = Kind.Read(Kind.Write(_other));

    /// <summary>What the journal has, read from the start, must be the same state once more.</summary>
    public void CheckReplay()
    {
        var replayed = _journal.Aggregate(
            T.Initial, (state, e) => T.Evolve(state, (TEvent)Kind.Events.Read(e.Type, e.Payload)));
        Assert.Equal(Bytes(State), Bytes(replayed));
        Assert.Equal(Bytes(State), Bytes(Kind.Read(Kind.Write(replayed))));
        Assert.Null(T.Check(replayed, null));
    }

    static string Bytes(T state) => Wire.Text(Kind.Write(state));
}
