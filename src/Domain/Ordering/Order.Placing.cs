using System.Collections.Immutable;
using Fulfillment.Inventory;

namespace Fulfillment.Ordering;

// Placing: what was ordered, what stock answers, and what is decided from it.
public sealed partial record Order
{
    static Decision<OrderEvent> Place(Order order, OrderCommand.Place c, Turn turn)
    {
        if (order.Placed is { } placed)
        {
            return order.Placement(
                Same(order.Original ?? placed, c) ? PlaceStatus.AlreadyPlaced : PlaceStatus.DifferentContent, turn);
        }


        if (c.Lines.IsDefaultOrEmpty) return order.Placement(PlaceStatus.NoLines, turn);
        if (c.Lines.Length > MaxLines) return order.Placement(PlaceStatus.TooManyLines, turn);
        if (c.Lines.Any(l => l.Quantity <= 0)) return order.Placement(PlaceStatus.QuantityNotPositive, turn);
        if (c.Lines.Length > 1 && c.Lines.Select(l => l.Id).Distinct().Count() < c.Lines.Length)
            return order.Placement(PlaceStatus.DuplicateLine, turn);
        var (currency, priced, total) = Price(c.Lines);
        if (currency == Mixed) return order.Placement(PlaceStatus.MixedCurrencies, turn);
        if (!priced && c.Payment != PaymentPolicy.None) return order.Placement(PlaceStatus.PriceMissing, turn);
        if (total > long.MaxValue || total < 0) return order.Placement(PlaceStatus.AmountTooLarge, turn);
        if (Charge(c.Lines, c.Charges, priced) is not { } charged)
            return order.Placement(PlaceStatus.BadCharges, turn);
        if (total + charged > long.MaxValue) return order.Placement(PlaceStatus.AmountTooLarge, turn);
        if (!Fits(c.Payment, c.Method)) return order.Placement(PlaceStatus.MethodMismatch, turn);

        OrderEvent.OrderPlaced happened = new(
            c.Channel, turn.Now, c.OrderedAt, c.ShipTo, c.Buyer, c.Lines, c.Payment, c.Allocation,
            priced ? new Money((long)(total + charged), currency!) : null, c.Charges, c.Method, c.Signals, c.Wishes,
            c.Customs);
        PlaceReply reply = new(PlaceStatus.Placed, null);
        return c.Customs?.Missing is not { } missing ? new(reply, happened)
            : new(reply, happened, order.Held(null, HoldType.Customs, missing, CustomsRule, null, turn));
    }

    /// <summary>Who holds an order that lacks what customs will ask for.</summary>
    public const string CustomsRule = "customs";

    /// <summary>Money that a provider promises or takes needs a means; a credit account is one.</summary>
    static bool Fits(PaymentPolicy payment, PaymentMethod? method) => payment switch
    {
        PaymentPolicy.None or PaymentPolicy.CashOnDelivery => method is null,
        PaymentPolicy.Prepaid => method?.Provider != CreditAccount,
        PaymentPolicy.Authorise => method is not null && method.Provider != CreditAccount,
        PaymentPolicy.OnAccount => method?.Provider == CreditAccount,
    };

    /// <summary>The provider of who pays on account.</summary>
    public const string CreditAccount = "account";

    /// <summary>
    /// What is owed on top of the prices, less discounts; null when a charge is negative, there are charges without
    /// prices, or a discount is more than what it is taken from.
    /// </summary>
    static Int128? Charge(ImmutableArray<OrderLine> lines, OrderCharges? order, bool priced)
    {
        Int128 sum = 0, left = 0;
        foreach (var line in lines)
        {
            if (line.DiscountMinor == 0 && line.TaxMinor == 0 && order is null) continue;
            var price = (Int128)(line.UnitPrice?.AmountMinor ?? 0) * line.Quantity;
            if (!priced || line.TaxMinor < 0 || line.DiscountMinor < 0 || line.DiscountMinor > price) return null;
            left += price - line.DiscountMinor;
            sum += (order?.TaxIncluded == true ? 0 : line.TaxMinor) - line.DiscountMinor;
        }

        if (order is null) return sum;
        return order.ShippingMinor < 0 || order.DiscountMinor < 0 || order.DiscountMinor > left ? null
            : sum + order.ShippingMinor - order.DiscountMinor;
    }

    const string Mixed = "mixed";

    /// <summary>
    /// The currency of all prices (or that they are mixed), whether all lines have one, and their sum.
    /// </summary>
    static (string? Currency, bool Priced, Int128 Total) Price(ImmutableArray<OrderLine> lines)
    {
        string? currency = null;
        Int128 total = 0;
        var priced = true;
        foreach (var line in lines)
        {
            priced &= line.UnitPrice is not null;
            if (line.UnitPrice is not { } price) continue;
            if (currency is not null && currency != price.Currency) return (Mixed, false, 0);
            currency = price.Currency;
            total += (Int128)price.AmountMinor * line.Quantity;
        }

        return (currency, priced, priced ? total : 0);
    }

    Decision<OrderEvent> Placement(PlaceStatus status, Turn turn) => new(new PlaceReply(status, Reply(turn.Version)));

    static bool Same(OrderEvent.OrderPlaced a, OrderCommand.Place b) =>
        a.Channel == b.Channel && a.OrderedAt == b.OrderedAt && a.ShipTo == b.ShipTo && a.Buyer == b.Buyer
        && a.Payment == b.Payment && a.Allocation == b.Allocation && a.Charges == b.Charges && a.Method == b.Method
        && a.Signals == b.Signals && a.Wishes == b.Wishes && a.Customs?.Terms == b.Customs?.Terms
        && a.Lines.AsSpan().SequenceEqual(b.Lines.AsSpan());

    Order Begin(OrderEvent.OrderPlaced e)
    {
        var indexes = BySku(e.Lines);
        var demands = ImmutableArray.CreateBuilder<Demand>(indexes.Length);
        for (var first = 0; first < indexes.Length;)
        {
            var sku = e.Lines[indexes[first]].Sku;
            var next = first + 1;
            while (next < indexes.Length && e.Lines[indexes[next]].Sku == sku) next++;
            demands.Add(Demand.Of(sku, ImmutableArray.Create(indexes, first, next - first)));
            first = next;
        }

        var lines = ImmutableArray.CreateBuilder<Line>(e.Lines.Length);
        var charges = LineCharges.Of(e.Lines, e.Charges);
        for (var i = 0; i < e.Lines.Length; i++) lines.Add(new(e.Lines[i], 0, 0, 0, 0, charges[i]));
        return this with
        {
            Version = Version + 1,
            Begun = Begun.Nothing,
            Progress = Progress.After(e),
            Placed = e,
            Lines = lines.MoveToImmutable(),
            Demands = demands.DrainToImmutable(),
            Clearance = e is { Method: null, Signals: null } ? Clearance : Clearance with
            {
                Method = e.Method,
                Attempt = e.Method is null ? 0 : 1,
                Traces = e.Signals is null ? null : new(),
            },
        };
    }

    /// <summary>The indexes of the lines, in ordinal order of their SKUs.</summary>
    static int[] BySku(ImmutableArray<OrderLine> lines)
    {
        if (lines.Length == 1) return [0];
        var indexes = new int[lines.Length];
        for (var i = 0; i < indexes.Length; i++) indexes[i] = i;
        Array.Sort(indexes, (a, b) =>
            string.CompareOrdinal(lines[a].Sku, lines[b].Sku) is not 0 and var order ? order : a - b);
        return indexes;
    }

    static Decision<OrderEvent> TakeAnswer(Order order, StockAnswer answer, Turn turn)
    {
        if (order.Find(answer.Sku) is not (>= 0 and var index)) return new(Done.It);
        var demand = order.Demands[index];
        if (!demand.Learns(answer)) return new(Done.It);

        if (demand.Pending?.Step == answer.Step && order.Open(answer) is { } opened)
            return new(Done.It, order.Conclude(opened, turn));
        var deferred = order.Defers(demand, answer);
        return new(Done.It, deferred
            ? [new OrderEvent.ReservationDeferred(answer, turn.Now + order.RetryIn(demand))]
            : order.Conclude(new OrderEvent.StockAnswered(answer), turn));
    }

    /// <summary>
    /// Contended units are asked for again later, unless the order must first give back what it holds itself.
    /// </summary>
    bool Defers(Demand demand, StockAnswer answer) =>
        answer.Status == ClaimStatus.Contended && demand.Pending?.Step == answer.Step && !Yielding && Needed(demand) > 0
        && (InTurn || Demands.Length == 1 || Placed!.Allocation == AllocationPolicy.ShipAvailable);

    /// <summary>25 ms doubling to 800 ms, spread by the SKU and step so that rivals do not meet again.</summary>
    static TimeSpan Wait(string sku, int step) => TimeSpan.FromMilliseconds(
        25 * (1 << Math.Min(step, 5)) + Math.Abs(Fingerprint.Of(sku, $"{step}") % 25));

    TimeSpan RetryIn(Demand demand) => Wait(Placed!.PlacedAt.Ticks + demand.Sku, demand.Step);

    static Decision<OrderEvent> Retry(Order order, OrderCommand.Retry c, Turn turn) =>
        order.Find(c.Sku) is >= 0 and var index && order.Demands[index] is { Grant: Grant.Deferred } demand
        && (demand.Step == c.Step || order.Editing is not null)
            ? new(Done.It, order.Conclude(new OrderEvent.ReservationRetried(c.Sku), turn)) : new(Done.It);

    /// <summary>
    /// The event and what follows from it at once; a stock answer is told by the event that it completes.
    /// </summary>
    OrderEvent[] Conclude(OrderEvent first, Turn turn)
    {
        var after = Evolve(this, first);
        var answer = (first as OrderEvent.StockAnswered)?.Answer;
        if (after.Next(answer, turn) is not { } next) return [first];
        var tells = answer is not null && AnswerOf(next) is not null;
        if (Ends(next)) return tells ? [next] : [first, next];

        List<OrderEvent> events = tells ? [next] : [first, next];
        after = Evolve(tells ? this : after, next);
        while (after.Next(null, turn) is { } more)
        {
            Ensure.That(events.Count < MostAtOnce + Fulfilments.Length);
            events.Add(more);
            after = Evolve(after, more);
        }

        return [.. events];
    }

    const int MostAtOnce = MaxHolds + 10;

    /// <summary>Nothing can follow from it at once.</summary>
    bool Ends(OrderEvent happened) => Progress.Holds == 0 && happened is OrderEvent.OrderRejected
        or OrderEvent.ReservationsYielded or OrderEvent.FulfilmentOpened or OrderEvent.OrderAccepted;

    /// <summary>What follows from how things stand; null when nothing does.</summary>
    OrderEvent? Next(StockAnswer? answer, Turn turn) =>
        LastHold(turn) ?? ActOnVerdict(turn) ?? PaymentHold(turn) ?? Recall() ?? RoutingHold(turn)
        ?? NextStep(answer, turn);

    OrderEvent? NextStep(StockAnswer? answer, Turn turn) => Progress.Phase switch
    {
        _ when Editing is not null => DecideEdit(answer),
        OrderPhase.Reserving => DecideStock(answer, turn),
        OrderPhase.Clearing when IsCleared && Progress.Live > 0 => new OrderEvent.OrderAccepted(answer, []),
        // An edit made it dearer than what was paid.
        OrderPhase.Clearing when NeedsMoney && PayBy is null && Progress.Live > 0 =>
            new OrderEvent.PaymentAwaited(null, [], turn.Now + PayWithin),
        OrderPhase.Accepted when OpenFulfilments() is { IsEmpty: false } opened =>
            new OrderEvent.FulfilmentOpened(answer, opened),
        _ => null,
    };

    /// <summary>What follows once every SKU has answered; null while one has not.</summary>
    OrderEvent? DecideStock(StockAnswer? answer, Turn turn)
    {
        if (Yielding || Progress.Live == 0 || Demands.Any(d => d.Pending is not null)) return null;
        if (AnyNeeds(Grant.Deferred)) return null;
        if (AnyNeeds(Grant.UnknownSku))
            return new OrderEvent.OrderRejected(answer, RejectReason.UnknownSku, Missing(Grant.UnknownSku));
        if (AnyNeeds(Grant.KitTooLarge))
            return new OrderEvent.OrderRejected(answer, RejectReason.KitTooLarge, Missing(Grant.KitTooLarge));
        if (AnyNeeds(Grant.NotOrderable))
            return new OrderEvent.OrderRejected(answer, RejectReason.NotOrderable, Missing(Grant.NotOrderable));
        if (Placed!.Allocation == AllocationPolicy.AllOrNothing && AnyNeeds(Grant.Short))
            return new OrderEvent.OrderRejected(answer, RejectReason.SoldOut, Missing(Grant.Short));
        if (AnyNeeds(Grant.Unanswered)) return null;
        if (AnyNeeds(Grant.Contended)) return new OrderEvent.ReservationsYielded(answer);

        var shorts = Kits.IsEmpty ? Missing(null) : MissingKits();
        if (shorts.Sum(s => (long)s.Missing) == Progress.Live)
            return new OrderEvent.OrderRejected(answer, RejectReason.SoldOut, shorts);
        if (Miss(shorts).NeedsMoney) return new OrderEvent.PaymentAwaited(answer, shorts, turn.Now + PayWithin);
        return Progress.Holds > 0 || IsScreening
            ? new OrderEvent.StockSecured(answer, shorts) : new OrderEvent.OrderAccepted(answer, shorts);
    }

    bool AnyNeeds(Grant grant)
    {
        foreach (var demand in Demands)
            if (demand.Grant == grant && Needed(demand) > 0) return true;
        return false;
    }

    /// <summary>
    /// The lines that stock does not cover: of SKUs that gave this answer, or (null) of which less was granted than
    /// needed. The first lines of a SKU get what there is.
    /// </summary>
    ImmutableArray<ShortLine> Missing(Grant? grant)
    {
        var shorts = ImmutableArray.CreateBuilder<ShortLine>(0);
        foreach (var demand in Demands)
        {
            if (grant is not null && demand.Grant != grant) continue;
            // What it holds itself already was there for it, too; what is not sold is there for nobody.
            var isThere = grant is not null and not Grant.NotOrderable;
            var supply = demand.Standing.Held + demand.Standing.Backordered
                + (isThere ? Math.Max(0, demand.Available) : 0);
            var available = grant == Grant.NotOrderable ? 0 : demand.Available + (isThere ? demand.Standing.Held : 0);
            foreach (var index in demand.Lines)
            {
                var line = Lines[index];
                var missing = (int)Math.Max(0, line.Unplaced - supply);
                supply = Math.Max(0, supply - line.Unplaced);
                if (missing > 0)
                    shorts.Add(new(line.Ordered.Id, demand.Sku, line.Ordered.Quantity, missing, available));
            }
        }

        return shorts.DrainToImmutable();
    }

    Order AwaitPayment(DateTimeOffset? until) => PayBy == until ? this : this with { PayBy = until };

    /// <summary>The lines without the units that stock did not cover.</summary>
    Order Miss(ImmutableArray<ShortLine> shorts)
    {
        if (shorts.IsEmpty) return this;
        var missing = ImmutableArray.CreateRange(shorts, s => new LineUnits(s.Line, s.Missing));
        var left = Change(missing, (l, n) => l with { Cancelled = l.Cancelled + n });
        return left with { Short = Short.AddRange(shorts) };
    }

    Order Change(ImmutableArray<LineUnits> units, Func<Line, int, Line> change)
    {
        if (units.IsEmpty) return this;
        if (Lines.Length == 1 && units.Length == 1 && units[0].Line == Lines[0].Ordered.Id)
            return this with { Lines = [change(Lines[0], units[0].Units)] };
        var byLine = units.GroupBy(u => u.Line).ToDictionary(g => g.Key, g => g.Sum(u => u.Units));
        return this with
        {
            Lines = [.. Lines.Select(l => byLine.TryGetValue(l.Ordered.Id, out var n) ? change(l, n) : l)],
        };
    }
}
