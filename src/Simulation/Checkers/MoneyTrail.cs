using Fulfillment.Ordering;
using Fulfillment.Payments;

namespace Fulfillment.Simulation;

/// <summary>
/// Money is conserved to the minor unit: the units' shares sum to what was ordered, the payments know what the bank
/// knows, took what the orders have earned, and gave back the rest.
/// </summary>
public sealed class MoneyTrail : IChecker
{
    /// <inheritdoc/>
    public void Check(World world, History history)
    {
        var payments = history.States(PaymentsCalls.Kind, PaymentsJson.Default.Payment)
            .ToDictionary(e => e.Id.Key, e => e.State);
        foreach (var (id, order) in history.Orders)
        {
            Shares(world, id, order);
            if (order.Clearance.Goal is not { } goal) continue;
            var due = order.Progress.Phase == OrderPhase.Rejected || order.Progress.Live == 0 ? 0
                : Math.Max(0, order.Due!.Value.AmountMinor - order.PaidMinor);
            if (goal.DueMinor != due) throw world.Broken($"{id} owes {due}, its payment was told {goal}");
            if (goal.Provider == Order.CreditAccount) continue;
            if (!payments.TryGetValue(id.Key, out var payment)) throw world.Broken($"{id} has no payment for {goal}");
            Payment(world, id, order, goal, payment);
        }
    }

    static void Shares(World world, EntityId id, Order order)
    {
        if (order.Placed?.Total is not { } total) return;
        var first = order.Placed.Lines.Select(l => l.Id).ToHashSet();
        first.UnionWith(order.Kits.Where(k => first.Contains(k.Ordered.Id)).SelectMany(k => k.Lines));
        var added = order.Lines.Where(l => !first.Contains(l.Ordered.Id))
            .Sum(l => l.Money(l.Ordered.Quantity).Total);
        var shares = order.Lines.Sum(l => Enumerable.Range(1, l.Ordered.Quantity)
            .Sum(unit => (l.Money(unit) - l.Money(unit - 1)).Total));
        if (shares != total.AmountMinor + added)
            throw world.Broken($"the units of {id} cost {shares}, the order {total} and {added} more");
    }

    static void Payment(World world, EntityId id, Order order, PaymentGoal goal, Payment payment)
    {
        if (payment.Goal != goal) throw world.Broken($"{id} wants {goal}, its payment knows {payment.Goal}");
        if (payment.Running is { } step) throw world.Broken($"the payment of {id} waits for ever: {step}");
        var told = order.Clearance.Standing;
        if (told is null || told with { Version = payment.Version } != payment.Standing)
            throw world.Broken($"{id} believes {told}, its payment says {payment.Standing}");
        var (net, promised) = world.Bank.Of(id.Key);
        if (net != payment.TakenMinor - payment.ReturnedMinor)
            throw world.Broken($"the bank has {net} of {id}, its payment says {payment.Standing}");
        if (payment.Standing.State != PaymentState.Settled) return;
        if (net != payment.WantedMinor) throw world.Broken($"{id} wants {payment.WantedMinor} taken, and {net} is");
        if (promised != payment.PromisedMinor)
            throw world.Broken($"the bank promises {promised} to {id}, its payment says {payment.Standing}");
    }
}
