using System.Collections.Immutable;
using Fulfillment.Inventory;

namespace Fulfillment.Ordering;

// Redirecting: an order that goes to another place has its nodes chosen anew. What nobody has begun is taken back, and
// so is what is still being committed at nodes; only what somebody gave to a node by hand stays there.
public sealed partial record Order
{
    const string AnotherAddress = "another address";

    /// <summary>The edit sends it to another place: a name or a street is nothing that a rule looks at.</summary>
    bool IsElsewhere(EditPlan plan) =>
        Progress.Phase == OrderPhase.Accepted && plan.ShipTo is { } to && to != Placed!.ShipTo;

    /// <summary>What was promised, unless that was for another address.</summary>
    static DateOnly? Kept(Sourcing? sourcing) => sourcing is { Elsewhere: false } ? sourcing.Promised : null;

    /// <summary>Plans for the address before are not waited for, nor carried out.</summary>
    Order Redirect(OrderEvent.OrderEdited e)
    {
        if (!e.Elsewhere) return this;
        var was = Sourcing ?? Sourcing.None;
        return this with
        {
            Routing = false,
            Sourcing = was with
            {
                Legs = was.Booked is null ? was.Legs : [],
                Booked = null,
                Stuck = [],
                Tries = 0,
                Again = false,
                Elsewhere = true,
            },
            Demands = [.. Demands.Select(d => d with { Plan = [], Anywhere = 0, Among = default })],
        };
    }

    /// <summary>The next fulfilment order to be taken back; null when none is left.</summary>
    OrderEvent.FulfilmentMoved? Recall()
    {
        if (Sourcing is not { Elsewhere: true }) return null;
        foreach (var f in Fulfilments)
        {
            if (f.Pinned || f.IsBegun || OpenUnits(f) is not { IsEmpty: false } units) continue;
            return new(null, f.Number, [], units, null, null, AnotherAddress, RoutingRule);
        }

        return null;
    }

    /// <summary>
    /// What is committed at nodes and in no fulfilment order goes back to stock, once no more is being committed.
    /// </summary>
    Order TakeBack() => Sourcing is not { Elsewhere: true } || IsAllocating ? this : this with
    {
        Demands = [.. Demands.Select(d => d.Leftover.IsEmpty ? d : d with
        {
            ToReturn = Units.Plus(d.ToReturn, PositiveOf(Units.Minus(PositiveOf(d.Leftover), d.Pinned))),
        })],
    };
}
