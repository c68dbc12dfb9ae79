using System.Collections.Immutable;
using Fulfillment.Inventory;
using Fulfillment.Ordering;
using Fulfillment.Routing;

namespace Fulfillment.Tests.Domain;

/// <summary>
/// A random history of one order among SKUs and a router that answer as they like. What is sent may be tried more than
/// once, and answers arrive in any order and more than once; timers are late; callers repeat themselves. Then calm: all
/// that is under way arrives, and the order and its SKUs must agree on every unit.
/// </summary>
sealed class OrderHistory
{
    const int MostCalmSteps = 2_000;
    static readonly string[] Skus = ["A", "B", "C"];

    readonly Twins<Order, OrderCommand, OrderEvent> _order = new(Orders.Self);
    readonly Dictionary<string, SkuDouble> _skus = Skus.ToDictionary(s => s, _ => new SkuDouble());
    readonly List<Send> _sent = [];
    readonly List<OrderCommand> _late = [];
    readonly List<(OrderCommand Command, DateTimeOffset Due)> _timers = [];
    readonly Dictionary<string, int> _steps = [];
    readonly HashSet<string> _seen = [];
    DateTimeOffset _now = Product.Start;
    OrderCommand _last = new OrderCommand.Get();
    int _operations;

    /// <summary>Everything that was answered and that happened.</summary>
    public IReadOnlyCollection<string> Seen => _seen;

    /// <summary>Plays a script; its first step says what is ordered.</summary>
    public void Play(IReadOnlyList<Step> script)
    {
        Call(Place(script.Count > 0 ? script[0] : default));
        foreach (var step in script.Skip(1))
        {
            if (step.Twist % 7 == 0) _order.Restart();
            if (step.Twist % 5 == 0) _now = _now.AddSeconds(step.Units % 20);
            Play(step);
        }

        Calm();
        CheckBooks();
        _order.CheckReplay();
        foreach (var happened in _order.Happened) _seen.Add(happened);
    }

    void Play(Step s)
    {
        switch (s.What % 16)
        {
            case < 6 when _sent.Count > 0:
                Deliver(s.Who % _sent.Count, s, finish: true);
                break;
            case 6 when _sent.Count > 0:
                Deliver(s.Who % _sent.Count, s, finish: false);
                break;
            case 7 when _late.Count > 0:
                Run(_late[s.Who % _late.Count]);
                break;
            case 8 or 9 when _timers.Count > 0:
                Fire(s.Who % _timers.Count, keep: s.Twist % 3 == 0);
                break;
            case 10:
                Fill(s);
                break;
            case 11:
                Run(_last);
                break;
            case 12:
                Call(new OrderCommand.ConfirmPayment(Id(s), Orders.Eur(s.Units * 10 - 10)));
                break;
            case 13:
                Call(new OrderCommand.Cancel(Id(s), s.Twist % 3 == 0 ? [] : Lines(s), "changed my mind"));
                break;
            case 14:
                Call(new OrderCommand.Ship(Id(s), 1 + s.Who % 2, s.Twist % 2 == 0 ? [] : Lines(s), null, null));
                break;
            case 15:
                Call(new OrderCommand.Deliver(Id(s), 1 + s.Who % 2));
                break;
            default:
                Run(new OrderCommand.Outcome());
                break;
        }
    }

    static OrderCommand.Place Place(Step s) => new(
        "web", null, null, null,
        [.. Enumerable.Range(0, 1 + s.Who % 4).Select(i =>
            Orders.Line($"{i}", Skus[(s.Twist + i * (1 + s.Units % 2)) % 3], 1 + (s.Units + i) % 3, 100))],
        s.What % 3 == 0 ? PaymentPolicy.Prepaid : PaymentPolicy.None,
        s.Twist % 2 == 0 ? AllocationPolicy.AllOrNothing : AllocationPolicy.ShipAvailable);

    /// <summary>Mostly a new id, sometimes one that was used.</summary>
    string Id(Step s) => s.Twist % 8 == 7 ? $"op-{s.Units % 5}" : $"op-{_operations++}";

    static ImmutableArray<LineUnits> Lines(Step s) => [Orders.Of($"{s.Who % 4}", s.Units % 4)];

    /// <summary>A caller's command, and the same again: it does nothing more.</summary>
    void Call(OrderCommand command)
    {
        _last = command;
        if (Run(command) == 0) return;
        Assert.Equal(0, Run(command));
    }

    int Run(OrderCommand command)
    {
        var (reply, events, sends) = _order.Run(command, _now);
        foreach (var send in sends)
        {
            if (send.To == Orders.Self) _timers.Add(((OrderCommand)send.Command, send.Due!.Value));
            else _sent.Add(Checked(send));
        }

        Enum? status = reply switch
        {
            PlaceReply r => r.Status,
            PaymentReply r => r.Status,
            CancelReply r => r.Status,
            FulfilReply r => r.Status,
            _ => null,
        };
        if (status is not null) _seen.Add($"{status.GetType().Name}.{status}");
        return events.Count;
    }

    /// <summary>One step at a time per SKU, each with the next number.</summary>
    Send Checked(Send send)
    {
        var step = StepOf(send.Command);
        if (step == 0) return send;
        Assert.Equal(_steps.GetValueOrDefault(send.To.Name) + 1, step);
        Assert.DoesNotContain(_sent, s => s.To == send.To && StepOf(s.Command) > step);
        _steps[send.To.Name] = step;
        return send;
    }

    static int StepOf(object command) => command switch
    {
        SkuCommand.Reserve c => c.Step,
        SkuCommand.Allocate c => c.Step,
        SkuCommand.Release c => c.Step,
        SkuCommand.Ship c => c.Step,
        _ => 0,
    };

    /// <summary>One attempt at a send; its answer comes now, or late and then the send is tried again.</summary>
    void Deliver(int index, Step s, bool finish)
    {
        var send = _sent[index];
        object reply = send.Command switch
        {
            RoutingMessage.PlanRoute ask => Route(ask, s.Twist),
            SkuCommand ask => _skus[send.To.Name].Answer(ask, s.Twist),
            _ => throw new ArgumentException($"{send}", nameof(index)),
        };
        if (reply is ClaimReply r) _seen.Add($"{nameof(ClaimStatus)}.{r.Status}");
        var command = Order.OnReply(send, reply)!;
        _late.Add(command);
        if (!finish) return;
        _sent.RemoveAt(index);
        Run(command);
    }

    /// <summary>Any plan: too little, too much, nodes that nobody knows.</summary>
    static RoutePlan Route(RoutingMessage.PlanRoute ask, int twist) => new(ask.Round, "any", [
        .. ask.Lines.Where((_, i) => (twist + i) % 4 > 0).Select((l, i) => new RoutePick(l.Sku, Some(twist + i))),
    ]);

    static ImmutableArray<NodeUnits> Some(int twist) => [
        .. SkuDouble.Free(twist).Take(1 + twist % 2).Select(n => n with { Units = 1 + (n.Units + twist) % 3 }),
    ];

    void Fire(int index, bool keep)
    {
        var (command, due) = _timers[index];
        if (due > _now) _now = due;
        if (!keep) _timers.RemoveAt(index);
        Run(command);
    }

    void Fill(Step s)
    {
        var sku = Skus[s.Who % Skus.Length];
        if (_skus[sku].Fill(s.Units % 3) is not { } standing) return;
        OrderCommand.NoteClaim note = new(sku, standing, SkuDouble.Free(s.Twist));
        if (s.Twist % 3 > 0) Run(note);
        else _late.Add(note);
    }

    /// <summary>Everything arrives, until nothing is under way.</summary>
    void Calm()
    {
        foreach (var sku in _skus.Values) sku.IsCalm = true;
        for (var i = 0; i < MostCalmSteps; i++)
        {
            Step step = new(0, i, i, i);
            if (_sent.Count > 0) Deliver(0, step, finish: true);
            else if (_late.Count > 0) Arrive();
            else if (_skus.Values.Any(s => s.Backordered > 0)) Fill(step);
            else if (_timers.Count > 0) Fire(0, keep: false);
            else return;
        }

        Assert.Fail($"It does not come to an end: {_order.State}");
    }

    void Arrive()
    {
        OrderCommand[] late = [.. _late];
        _late.Clear();
        foreach (var command in late) Run(command);
    }

    /// <summary>What the SKUs hold is what the order's units need, where they need it, and nothing else.</summary>
    void CheckBooks()
    {
        var order = ((OrderAnswer)_order.Ask(new OrderCommand.Get(), _now)!).Order!;
        Assert.True(_order.State.Progress.IsDecided);
        Assert.NotEqual(OrderStatus.Received, order.Status);
        Assert.All(_order.State.Demands, d => Assert.Null(d.Pending));
        foreach (var (name, sku) in _skus)
        {
            var at = order.Fulfilments.SelectMany(f => f.Lines.Where(l => l.Sku == name).Select(l => (f.Node, Line: l)))
                .ToLookup(l => l.Node, l => l.Line);
            Assert.Equal(0, sku.Unallocated);
            Assert.Equal(Sums(at, l => l.Open), sku.Allocated.OrderBy(a => a.Key, StringComparer.Ordinal));
            Assert.Equal(Sums(at, l => l.Shipped), sku.Shipped.OrderBy(a => a.Key, StringComparer.Ordinal));
        }

        foreach (var line in order.Lines)
        {
            Assert.Equal((0L, 0L), (line.Reserved, line.Backordered));
            if (order.Status != OrderStatus.Rejected)
                Assert.Equal(line.Line.Quantity, line.Allocated + line.Shipped + line.Cancelled);
        }

        _seen.Add($"{nameof(OrderStatus)}.{order.Status}");
    }

    static IEnumerable<KeyValuePair<string, long>> Sums(
        ILookup<string, FulfilmentLine> at, Func<FulfilmentLine, int> units) =>
        at.Select(g => KeyValuePair.Create(g.Key, g.Sum(l => (long)units(l)))).Where(n => n.Value > 0)
            .OrderBy(n => n.Key, StringComparer.Ordinal);
}
