using System.Collections.Immutable;
using Fulfillment.Ordering;
using Fulfillment.Payments;

namespace Fulfillment.Simulation;

/// <summary>
/// Those who decide about orders: hold, release, reject, edit, pay by other means, refund, capture, and answer
/// intercepts; the buyers on account pay their bills.
/// </summary>
public sealed class Clearing(Buying buying) : IWorkload
{
    int _next;

    /// <inheritdoc/>
    public void Step(World world)
    {
        if (_next == 0) Open(world);
        if (buying.Orders.Count == 0 || world.Random.Next(6) != 0) return;
        var id = world.Random.Pick(buying.Orders);
        world.Ask($"look into {id}", id, new OrderCommand.Get(), reply => Decide(world, id, reply.Order));
    }

    /// <summary>Once chaos is over somebody decides everything that is open, so that all can come to rest.</summary>
    public static void Finish(World world, History history)
    {
        foreach (var (id, order) in history.Orders)
        {
            foreach (var hold in order.Clearance.Holds.Where(h => h is { IsOpen: true, By: not Order.PaymentRule }))
            {
                world.Ask($"release hold {hold.Number} of {id} at last", id,
                    new OrderCommand.ReleaseHold($"z{hold.Number}", hold.Number, "at last", "ann"), _ => { });
            }

            if (world.Random.Next(2) == 0) Ship(world, id, order);
            foreach (var intercept in order.Intercepts.Where(i => i.Status == InterceptStatus.Open))
            {
                if (Packed.Owing(history, id, intercept) is { } bench)
                    throw world.Broken($"{bench} did not answer {intercept} of {id}");
                world.Ask($"answer intercept {intercept.Number} of {id} at last", id,
                    new OrderCommand.AnswerIntercept(intercept.Number, intercept.Number % 2 == 0), _ => { });
            }
        }
    }

    /// <summary>What was sold is made good for: some get money back, by us or behind our back.</summary>
    public static void MakeGood(World world, History history)
    {
        foreach (var (id, order) in history.Orders)
        {
            if (order.PaidMinor > 0)
            {
                world.Ask($"give back {id}", id,
                    new OrderCommand.ConfirmRefund("zr", new(1, "EUR"), "a scratch"), _ => { });
            }

            if (order.Clearance.Goal is not { Provider: not Order.CreditAccount }) continue;
            if (world.Random.Next(3) == 0) world.Bank.ReturnUnasked(id.Key);
            PaymentCommand.Refund refund = new("zg", new(1, "EUR"), "a scratch");
            world.Ask($"refund {id}", id.Sibling(PaymentsCalls.Kind, id.Name), refund, _ => { });
        }
    }

    static void Ship(World world, EntityId id, Order order)
    {
        foreach (var f in order.Fulfilments.Where(f => f.Lines.Any(l => l.Open > 0)))
        {
            world.Ask($"ship {id}/{f.Number} at last", id,
                new OrderCommand.Ship($"zs{f.Number}", f.Number, [], "local", "T0"), _ => { });
        }
    }

    void Open(World world)
    {
        world.Ask("open account a1", EntityId.Of(PaymentsCalls.AccountKind, Callers.Seller, "a1"),
            new AccountCommand.Open(new(3_000, "EUR")), _ => { });
        _next++;
    }

    void Decide(World world, EntityId id, OrderReply? order)
    {
        if (order is null || world.IsCalm) return;
        var random = world.Random;
        switch (random.Next(12))
        {
            case 0:
                world.Ask($"hold {id}", id, new OrderCommand.PlaceHold(
                    $"h{_next++}", random.Pick(Enum.GetValues<HoldType>()), "looks odd", "ann",
                    random.Next(2) == 0 ? TimeSpan.FromMinutes(random.Next(1, 60)) : null), _ => { });
                break;
            case < 5 when order.Clearance.Holds.FirstOrDefault(h => h.IsOpen) is { } hold:
                Decide(world, id, hold);
                break;
            case 5:
                Edit(world, id, order);
                break;
            case 6 when order.Clearance.Method is { } method:
                world.Ask($"pay {id} otherwise", id,
                    new OrderCommand.PayWith($"m{_next++}", method.Provider == Order.CreditAccount ? method
                        : method with { Token = $"t{_next}" }), _ => { });
                break;
            case 7 or 8 when order.Intercepts.FirstOrDefault(i => i.Status == InterceptStatus.Open) is { } open:
                world.Ask($"answer intercept of {id}", id,
                    new OrderCommand.AnswerIntercept(open.Number, random.Next(2) == 0), _ => { });
                break;
            case 9 when order.Clearance.Method is { Provider: not Order.CreditAccount }:
                Money(world, id.Sibling(PaymentsCalls.Kind, id.Name));
                break;
            case 10:
                world.Ask("pay a bill", EntityId.Of(PaymentsCalls.AccountKind, Callers.Seller, "a1"),
                    new AccountCommand.Pay($"b{_next++}", new(random.Next(1, 500), "EUR")), _ => { });
                break;
        }
    }

    void Decide(World world, EntityId id, Hold hold)
    {
        switch (world.Random.Next(4))
        {
            case 0:
                world.Ask($"reject {id}", id,
                    new OrderCommand.RejectHold($"j{_next++}", hold.Number, "not wanted", "ann"), _ => { });
                break;
            case 1:
                world.Ask($"ask the buyer of {id}", id, new OrderCommand.AskBuyer(
                    $"q{_next++}", hold.Number, "is it you?", "ann", TimeSpan.FromMinutes(30)), _ => { });
                break;
            default:
                world.Ask($"release {id}", id,
                    new OrderCommand.ReleaseHold($"l{_next++}", hold.Number, "fine", "ann"), _ => { });
                break;
        }
    }

    void Edit(World world, EntityId id, OrderReply order)
    {
        var random = world.Random;
        var line = random.Pick(order.Lines);
        ImmutableArray<LineUnits> fewer = random.Next(2) == 0 ? [] : [new(line.Line.Id, 1)];
        ImmutableArray<OrderLine> added = random.Next(2) == 0 ? [] :
            [new($"e{_next}", random.Next(6) == 0 ? Stocking.Kit : random.Pick(Stocking.Skus), random.Next(1, 3),
                new(random.Next(1, 300), "EUR"), 0,
                random.Next(20))];
        OrderCommand.Edit edit = new($"e{_next++}", fewer, added, random.Next(2) == 0 ? new("AT", "1010") : null, null,
            "the buyer called");
        world.Ask($"edit {id}", id, edit, _ => { });
    }

    void Money(World world, EntityId payment)
    {
        var random = world.Random;
        Money amount = new(random.Next(1, 300), "EUR");
        PaymentCommand command = random.Next(3) switch
        {
            0 => new PaymentCommand.Refund($"r{_next++}", amount, "a scratch"),
            1 => new PaymentCommand.Capture($"k{_next++}", amount),
            _ => new PaymentCommand.Retry($"y{_next++}"),
        };
        world.Ask($"money of {payment}", payment, (ICommand<MoneyReply>)command, _ => { });
    }
}
