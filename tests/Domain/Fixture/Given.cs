using Fulfillment.Engine;

namespace Fulfillment.Tests.Domain;

/// <summary>
/// Given events, when command, then reply and events. Whatever the test, every event and command goes through the
/// product's codec first, every invariant is checked after every event, and a decision may not have written anything.
/// </summary>
public sealed class Given<T, TCommand, TEvent>
    where T : class, IEntity<T, TCommand, TEvent>
    where TCommand : class
    where TEvent : class
{
    static readonly EntityKind<T, TCommand, TEvent> Kind = Product.Kind<T, TCommand, TEvent>();

    readonly EntityId _self;
    DateTimeOffset _now;
    long _version;
    List<Send> _sends = [];

    /// <summary>An entity after these events.</summary>
    public Given(EntityId self, DateTimeOffset now, params IEnumerable<TEvent> events)
    {
        (_self, _now) = (self, now);
        foreach (var happened in events)
        {
            _sends = [];
            Apply(Wire.Through(Kind.Events, happened), new(_self, _now, _version));
        }

        Assert.Null(T.Check(State, null));
    }

    /// <summary>The state now.</summary>
    public T State { get; private set; } = T.Initial;

    /// <summary>The reply to the last command; null for "not yet".</summary>
    public object? Reply { get; private set; }

    /// <summary>The events of the last command.</summary>
    public IReadOnlyList<TEvent> Events { get; private set; } = [];

    /// <summary>What the last command caused to be sent; before the first one, what the last given event did.</summary>
    public IReadOnlyList<Send> Sends => _sends;

    /// <summary>The clock shows this from now on.</summary>
    public Given<T, TCommand, TEvent> At(DateTimeOffset now)
    {
        _now = now;
        return this;
    }

    /// <summary>A turn.</summary>
    public Given<T, TCommand, TEvent> When(TCommand command)
    {
        Turn turn = new(_self, _now, _version);
        var before = Bytes();
        var decision = T.Decide(State, Wire.Through(Kind.Commands, command), turn);
        Assert.Equal(before, Bytes());
        (Reply, Events, _sends) = (decision.Reply, decision.Events, []);
        foreach (var happened in decision.Events) Apply(Wire.Through(Kind.Events, happened), turn);
        Assert.Null(T.Check(State, null));
        return this;
    }

    /// <summary>The reply to a question that is not part of the story.</summary>
    public object? Ask(TCommand question)
    {
        var decision = T.Decide(State, question, new(_self, _now, _version));
        Assert.Empty(decision.Events);
        return decision.Reply;
    }

    /// <summary>The reply, and exactly these events.</summary>
    public Given<T, TCommand, TEvent> Then(object? reply, params TEvent[] events)
    {
        Assert.Equal(Text.Of(reply), Text.Of(Reply));
        return ThenHappens(events);
    }

    /// <summary>Exactly these events.</summary>
    public Given<T, TCommand, TEvent> ThenHappens(params TEvent[] events)
    {
        Assert.Equal(Text.Of(events), Text.Of(Events));
        return this;
    }

    /// <summary>Nothing happens.</summary>
    public Given<T, TCommand, TEvent> ThenNothing() => ThenHappens();

    /// <summary>Exactly these sends.</summary>
    public Given<T, TCommand, TEvent> ThenSends(params Send[] sends)
    {
        Assert.Equal(Text.Of(sends), Text.Of(Sends));
        return this;
    }

    /// <summary>The state as the journal's snapshot would have it.</summary>
    public string Bytes() => Wire.Text(Kind.Write(State));

    void Apply(TEvent happened, Turn turn)
    {
        State = T.Evolve(State, happened);
        _version++;
        Assert.Null(T.Check(State, happened));
        _sends.AddRange(T.React(State, happened, turn));
    }
}
