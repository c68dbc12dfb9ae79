using System.Collections.Immutable;
using Fulfillment.Inventory;

namespace Fulfillment.Tests.Domain;

/// <summary>
/// A random history of one SKU. Four orders, three nodes; commands that are mostly lawful and often repeated; timers
/// that come when they are due, late, or twice. Keeps its own books of units, from the events alone.
/// </summary>
sealed class SkuHistory
{
    static readonly string[] Nodes = ["N1", "N2", "N3"], Orders = ["o-1", "o-2", "o-3", "o-4"];
    static readonly StockState[] States = Enum.GetValues<StockState>();

    readonly Twins<Sku, SkuCommand, SkuEvent> _sku = new(Stock.Self);
    readonly List<(SkuCommand Command, DateTimeOffset Due)> _timers = [];
    readonly HashSet<string> _seen = [];
    DateTimeOffset _now = Product.Start;
    SkuCommand _last = new SkuCommand.Define(Stock.Card());
    long _received, _adjusted, _shipped;
    int _movements;

    /// <summary>Everything that was answered and that happened.</summary>
    public IReadOnlyCollection<string> Seen => _seen;

    /// <summary>Plays a script.</summary>
    public void Play(IReadOnlyList<Step> script)
    {
        Run(_last);
        foreach (var step in script)
        {
            if (step.Twist % 7 == 0) _sku.Restart();
            if (step.Twist % 5 == 0) _now = _now.AddSeconds(step.Units % 40);
            Run(CommandOf(step));
        }

        _sku.CheckReplay();
        foreach (var happened in _sku.Happened) _seen.Add(happened);
    }

    void Run(SkuCommand command)
    {
        var (reply, events, sends) = _sku.Run(command, _now);
        _last = command;
        foreach (var send in sends)
            if (send.To == Stock.Self) _timers.Add(((SkuCommand)send.Command, send.Due ?? _now));
        foreach (var happened in events) Book(happened);
        CheckBooks();
        if (StatusOf(reply) is not { } status) return;
        _seen.Add($"{status.GetType().Name}.{status}");
        var done = status is MoveStatus.Done or SupplyStatus.Done or ClaimStatus.Done or DefineStatus.Created
            or DefineStatus.Changed or PickStatus.Done or LotReplyStatus.Done;
        Assert.Equal(done, events.Count > 0);
        if (events.Count > 0) CheckRepeat(command);
    }

    /// <summary>Whatever was done, the same again does nothing and says so.</summary>
    void CheckRepeat(SkuCommand command)
    {
        var (reply, events, _) = _sku.Run(command, _now);
        Assert.Empty(events);
        var status = StatusOf(reply);
        var known = status is SupplyStatus.AlreadyDone or SupplyStatus.Closed or MoveStatus.AlreadyDone
            or ClaimStatus.AlreadyDone or PickStatus.AlreadyDone or LotReplyStatus.AlreadyDone;
        Assert.True(known || status is DefineStatus.Unchanged or DefineStatus.Stale, $"{status}");
    }

    static Enum? StatusOf(object? reply) => reply switch
    {
        DefineReply r => r.Status,
        PickReply r => r.Status,
        LotReply r => r.Status,
        MoveReply r => r.Status,
        ClaimReply r => r.Status,
        SupplyReply r => r.Status,
        _ => null,
    };

    void Book(SkuEvent happened)
    {
        if (happened is SkuEvent.StockReceived r) _received += r.Quantity;
        if (happened is SkuEvent.StockAdjusted a) _adjusted += a.Delta;
        if (happened is SkuEvent.StockShipped s) _shipped += s.Picks.Sum(p => p.Units);
    }

    /// <summary>
    /// Units conserve, live claims sum to the counters, nothing is promised twice, and nobody waits needlessly.
    /// </summary>
    void CheckBooks()
    {
        var stock = (StockReply)_sku.Ask(new SkuCommand.GetStock(), _now)!;
        var claims = Orders.Select(Standing).ToList();
        var inTransit = stock.Unavailable.GetValueOrDefault(StockState.InTransit);
        Assert.Equal(_received + _adjusted, stock.OnHand + inTransit + _shipped);
        Assert.Equal(stock.Held, claims.Sum(c => c.Held));
        Assert.Equal(stock.Backordered, claims.Sum(c => c.Backordered));
        Assert.Equal(stock.Committed, claims.Sum(c => c.Allocated.Sum(a => a.Units)));
        Assert.Equal(
            stock.OnHand + inTransit, stock.Nodes.Sum(n => n.Sellable) + stock.Unavailable.Values.Sum());
        Assert.Equal(stock.Available, stock.Nodes.Sum(n => n.Sellable) - stock.Committed - stock.Held);
        Assert.True(stock.Available >= 0 && stock.Nodes.All(n => n.Committed >= 0 && n.Sellable >= n.Committed));
        if (stock.Card?.Fill != FillPolicy.ShipComplete)
            Assert.True(stock.Available == 0 || stock.Backordered == 0, $"{stock}");
        Assert.True(stock.Available < claims.Where(c => c.Backordered > 0).Select(c => c.Backordered)
            .DefaultIfEmpty(long.MaxValue).Max(), $"{stock}");
        CheckPegs(stock);
    }

    /// <summary>Nobody is pegged to more than comes or than it waits for, and supply is spent by date.</summary>
    void CheckPegs(StockReply stock)
    {
        if (stock.Card is null) return;
        var supplies = ((SuppliesReply)_sku.Ask(new SkuCommand.GetSupplies(), _now)!).Supplies;
        Assert.Equal(supplies.Select(s => s.Supply.Units), Told(stock).Select(e => e.Units));
        Assert.Equal(supplies.Select(s => s.Pegged), Told(stock).Select(e => e.Pegged));
        var open = supplies.Sum(s => s.Supply.Units);
        var missing = Math.Max(0, stock.Backordered - stock.Available);
        Assert.Equal(Math.Min(open, missing), supplies.Sum(s => s.Pegged));
        foreach (var supply in supplies)
            Assert.Equal(supply.Pegged, supply.First.Sum(o => o.Units));
        foreach (var pegs in supplies.SelectMany(s => s.First).GroupBy(o => o.Order))
            Assert.True(pegs.Sum(o => o.Units) <= Standing(pegs.Key).Backordered);
        foreach (var (early, late) in supplies.Zip(supplies.Skip(1)))
            Assert.True(early.Supply.At <= late.Supply.At && (late.Pegged == 0 || early.Pegged == early.Supply.Units));

        static IEnumerable<ExpectedUnits> Told(StockReply s) => s.Expected.IsDefault ? [] : s.Expected;
    }

    Standing Standing(string order) =>
        ((ClaimReply)_sku.Ask(new SkuCommand.GetClaim(order), _now)!).Standing;

    SkuCommand CommandOf(Step s) => (s.What % 36) switch
    {
        0 => new SkuCommand.Define(CardOf(s), s.Who % 5 == 0 ? s.Units % 4 : null),
        1 or 2 => new SkuCommand.Receive(
            Movement(s), Node(s.Who), s.Units % 12 - 1, "delivery", State(s.Twist), s.Who % 3 == 0 ? Supply(s) : null,
            s.Twist % 4 == 0 ? null : new("A-1", LotOf(s), Serials: SerialsOf(s))),
        3 => new SkuCommand.Adjust(Movement(s), Node(s.Who), s.Units % 13 - 8, "count", State(s.Twist)),
        4 => new SkuCommand.Move(Movement(s), Node(s.Who), s.Units % 7 - 1, State(s.Twist), State(s.Units / 7), "look"),
        5 or 6 or 7 or 8 or 9 => Reserve(s),
        10 or 11 => Allocate(s),
        12 or 13 => Release(s),
        14 or 15 => new SkuCommand.Ship(
            Order(s), NextStep(s), Part(Standing(Order(s)).Allocated, s),
            s.Who % 3 == 0 ? default : [$"box-{s.Who % 2}"]),
        16 or 17 => Timer(s),
        18 => new SkuCommand.FillBackorders(),
        21 or 22 => new SkuCommand.Expect(
            Supply(s), Node(s.Who), s.Units % 12 - 1, Product.After(3_600 * (1 + s.Twist % 5)), "order"),
        23 => new SkuCommand.ChangeSupply(
            Supply(s), s.Twist % 3 == 0 ? null : s.Units % 9 - 1,
            s.Twist % 3 == 1 ? null : Product.After(3_600 * (1 + s.Twist % 5))),
        24 when s.Twist % 3 == 0 => new SkuCommand.DropSupply(Supply(s), "cancelled"),
        24 => new SkuCommand.RepegBackorders(),
        26 or 27 => new SkuCommand.Pick(
            Movement(s), Order(s), Node(s.Who), s.Units % 5, s.Twist % 3 == 0 ? null : new(Lot: LotOf(s)), "tote"),
        28 or 32 => new SkuCommand.Unpick(Movement(s), Order(s), PickedAt(s), 1 + s.Twist % 2, null, "A-1"),
        33 or 34 => new SkuCommand.PackUnits(
            Movement(s), Order(s), PickedAt(s), 1 + s.Units % 3, $"box-{s.Who % 2}",
            s.Twist % 3 == 0 ? null : new(Lot: LotOf(s))),
        35 => new SkuCommand.UnpackUnits(
            Movement(s), Order(s), PickedAt(s), 1 + s.Twist % 2, $"box-{s.Who % 2}",
            Boxes: s.Twist % 3 == 0 ? default : ["box-0", "box-1"]),
        29 => new SkuCommand.RecallLot(LotOf(s), "glass"),
        30 => new SkuCommand.ClearLot(LotOf(s), "fine"),
        31 => new SkuCommand.Move(
            Movement(s), Node(s.Who), s.Units % 5, State(s.Twist), State(s.Twist), "put away", null, "A-1", null, true),
        19 or 20 => new SkuCommand.Return(Order(s), NextStep(s), Part(Standing(Order(s)).Allocated, s)),
        _ => _last,
    };

    static SkuCard CardOf(Step s) => Stock.Card(backorder: s.Twist % 4 > 0) with
    {
        Fill = (FillPolicy)(s.Units % 3),
        BackorderCap = s.Twist % 5 == 0 ? s.Units % 9 : null,
        SupplyOnly = s.Twist % 7 == 0,
    };

    /// <summary>Few, so that they are told again, come in parts, and are closed.</summary>
    static string Supply(Step s) => $"p-{(s.Units + s.Twist) % 4}";

    string PickedAt(Step s) =>
        Standing(Order(s)).Picked is { IsDefaultOrEmpty: false } picked ? picked[0].Node : Node(s.Who);

    static string LotOf(Step s) => $"L-{s.Who % 3}";

    /// <summary>Of some arrivals, each unit's own.</summary>
    ImmutableArray<string> SerialsOf(Step s) => s.Units % 4 > 0 ? default
        : [.. Enumerable.Range(0, Math.Max(0, s.Units % 12 - 1)).Select(i => $"s-{_movements}-{i}")];

    static string Node(int n) => Nodes[n % Nodes.Length];

    static string Order(Step s) => Orders[s.Who % Orders.Length];

    /// <summary>Sellable more often than not.</summary>
    static StockState State(int n) => n % 3 > 0 ? StockState.Available : States[n / 3 % States.Length];

    /// <summary>Mostly a new one, sometimes one that was used.</summary>
    string Movement(Step s) => s.Twist % 10 == 9 ? $"m-{s.Units % 10}" : $"m-{_movements++}";

    /// <summary>Mostly the next step, sometimes one that was taken.</summary>
    int NextStep(Step s) => Standing(Order(s)).Step + (s.Twist % 8 == 7 ? 0 : 1);

    SkuCommand.Reserve Reserve(Step s)
    {
        DateTimeOffset? asked = s.Units % 6 == 5 ? _now.AddSeconds(-s.Twist) : null;
        TimeSpan? holdFor = s.Twist % 4 == 1 ? TimeSpan.FromSeconds(s.Units) : null;
        TimeSpan? tentative = s.Twist % 4 == 2 ? TimeSpan.FromSeconds(10) : null;
        return new(Order(s), NextStep(s), s.Units % 11, asked, s.Twist % 3 == 0, holdFor, tentative, s.Who % 3 - 1);
    }

    SkuCommand.Allocate Allocate(Step s)
    {
        var anywhere = s.Twist % 3 == 0 ? s.Units % 4 : 0;
        ImmutableArray<NodeUnits> picks = s.Twist % 5 == 0 ? [] : [new(Node(s.Twist), 1 + s.Units % 4)];
        ImmutableArray<string> among = s.Who % 3 == 0 ? [Node(s.Units), Node(s.Twist)] : default;
        return new(
            Order(s), NextStep(s), s.Twist % 7 == 1 ? picks.Add(new(Node(s.Units), 1)) : picks, anywhere, among);
    }

    SkuCommand.Release Release(Step s)
    {
        var held = Standing(Order(s));
        var most = held.Held + held.Backordered + (s.Twist % 9 == 8 ? 2 : 1);
        return new(Order(s), NextStep(s), s.Units % most, Part(held.Allocated, s));
    }

    /// <summary>Some of the units, or all, or one too many.</summary>
    static ImmutableArray<NodeUnits> Part(ImmutableArray<NodeUnits> units, Step s) => (s.Twist % 6) switch
    {
        0 => [],
        1 or 2 => units,
        3 => [.. units.Take(1).Select(u => u with { Units = u.Units + 1 })],
        _ => [.. units.Where((_, i) => (s.Units + i) % 2 == 0).Select(u => u with { Units = 1 + s.Twist % u.Units })],
    };

    /// <summary>The timer that was set last or an older one, when it is due, later, or again.</summary>
    SkuCommand Timer(Step s)
    {
        if (_timers.Count == 0) return new SkuCommand.SweepHolds(_now);
        var (command, due) = _timers[^(1 + s.Who % Math.Min(3, _timers.Count))];
        if (due > _now) _now = due.AddSeconds(s.Units % 3);
        return command;
    }
}
