using Fulfillment.Inventory;
using Fulfillment.Ordering;
using Fulfillment.Routing;
using Fulfillment.Warehousing;

namespace Fulfillment.Tests.Domain;

/// <summary>
/// A random history of one order among SKUs, nodes and a router that answer as they like. What is sent may be tried
/// more than once, and answers arrive in any order and more than once; timers are late; callers repeat themselves. Then
/// calm: all that is under way arrives, whoever has to decide does, and the order must agree with its SKUs on every
/// unit, and with its nodes on all room.
/// </summary>
sealed partial class OrderHistory
{
    const int MostCalmSteps = 2_000;
    static readonly string[] Skus = ["A", "B", "C"];

    readonly Twins<Order, OrderCommand, OrderEvent> _order = new(Orders.Self);
    readonly Dictionary<string, SkuDouble> _skus = Skus.ToDictionary(s => s, _ => new SkuDouble());
    readonly Dictionary<string, NodeDouble> _nodes = [];
    readonly RouterDouble _router = new();
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

        See(((OrderAnswer)_order.Ask(new OrderCommand.Get(), _now)!).Order!);
        Calm();
        CheckBooks();
        _order.CheckReplay();
        foreach (var happened in _order.Happened) _seen.Add(happened);
    }

    void See(OrderReply order) => _seen.Add($"{nameof(OrderStatus)}.{order.Status}");

    void Play(Step s)
    {
        switch (s.What % 32)
        {
            case < 8 when _sent.Count > 0:
                Deliver(s.Who % _sent.Count, s, finish: true);
                break;
            case 8 or 9 when _sent.Count > 0:
                Deliver(s.Who % _sent.Count, s, finish: false);
                break;
            case 12 or 13 when _late.Count > 0:
                Run(_late[s.Who % _late.Count]);
                break;
            case 14 or 15 when _timers.Count > 0:
                Fire(s.Who % _timers.Count, keep: s.Twist % 3 == 0);
                break;
            case 16:
                Fill(s);
                break;
            case 17:
                Run(_last);
                break;
            case 18:
                // Not by id: what they say is no more true the second time than the first.
                Run(s.Twist % 4 == 1 ? new OrderCommand.NoteReturn(NodeWhere(s, f => f.Waiting is not null))
                    : s.Twist % 2 == 0 ? new OrderCommand.LeaveNode(NodeWhere(s, f => f.Pinned), "no power")
                    : new OrderCommand.RouteAgain(null, s.Twist % 5 == 0, "it is back"));
                break;
            default:
                Call(CommandOf(s));
                break;
        }
    }

    /// <summary>Of such a fulfilment order if there is any.</summary>
    string NodeWhere(Step s, Func<Fulfilment, bool> holds) =>
        _order.State.Fulfilments.FirstOrDefault(f => !f.IsBegun && holds(f))?.Node ?? Node(s);

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
            HoldReply r => r.Status,
            InterceptReply r => r.Status,
            EditReply r => r.Status,
            _ => null,
        };
        if (status is not null) _seen.Add($"{status.GetType().Name}.{status}");
        CheckPlaces();
        return events.Count;
    }

    /// <summary>One step at a time per SKU and per node, each with the next number.</summary>
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
        SkuCommand.Return c => c.Step,
        SkuCommand.Release c => c.Step,
        SkuCommand.Ship c => c.Step,
        SkuCommand.GetClaim c => c.Step!.Value,
        NodeCommand.ClaimRoom c => c.Step,
        _ => 0,
    };

    /// <summary>
    /// One attempt at a send; unless it finishes, its answer comes now or late, and it is tried again.
    /// </summary>
    void Deliver(int index, Step s, bool finish)
    {
        var send = _sent[index];
        object reply = send.Command switch
        {
            RoutingMessage.PlanRoute ask => _router.Answer(ask, s.Twist),
            NodeCommand.ClaimRoom ask => NodeOf(send.To.Name).Answer(ask, s.Twist),
            SkuCommand ask => _skus[send.To.Name].Answer(ask, s.Twist),
            _ => throw new ArgumentException($"{send}", nameof(index)),
        };
        if (reply is ClaimReply r) _seen.Add($"{nameof(ClaimStatus)}.{r.Status}");
        if (reply is RoomReply room) _seen.Add($"{nameof(RoomStatus)}.{room.Status}");
        var command = Order.OnReply(send, reply)!;
        _late.Add(command);
        if (finish) _sent.RemoveAt(index);
        if (finish || s.Twist % 2 == 0) Run(command);
    }

    NodeDouble NodeOf(string name)
    {
        if (!_nodes.TryGetValue(name, out var node)) _nodes.Add(name, node = new() { IsCalm = _router.IsCalm });
        return node;
    }

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
}
