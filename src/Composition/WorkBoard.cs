using Fulfillment.Connectors;
using Fulfillment.Ordering;
using Fulfillment.Views;

namespace Fulfillment.Composition;

/// <summary>The board of all work over the lists.</summary>
public static class WorkBoard
{
    /// <summary>Asks the views each time; with none yet it knows no work.</summary>
    public static Connector Of(Func<AllViews?> views) => Board.Of(ask =>
    {
        if (views() is not { } lists) return new([], ask.Waiting, null);
        var (orders, next) = ask.Waiting
            ? lists.Holds.HeldBy(Order.RoutingRule, ask.After, Board.PageSize)
            : lists.Fulfilments.NotBegunAt(ask.Node, ask.After, Board.PageSize);
        return new(orders, ask.Waiting, next);
    });
}
