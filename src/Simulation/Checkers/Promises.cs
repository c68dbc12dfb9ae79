using Fulfillment.Inventory;
using Fulfillment.Ordering;

namespace Fulfillment.Simulation;

/// <summary>What callers were told is in the journal, once.</summary>
public sealed class Promises : IChecker
{
    /// <inheritdoc/>
    public void Check(World world, History history)
    {
        var counts = history.Facts.Select(f => (f.Entity, Id: IdOf(f.Event))).Where(k => k.Id is not null)
            .GroupBy(k => k).ToDictionary(g => g.Key, g => g.Count());
        foreach (var ((entity, id), count) in counts)
            if (count > 1) throw world.Broken($"{entity} has {id} {count} times");
        foreach (var question in world.Ledger.Questions)
        {
            if (question.Answer is null) throw world.Broken($"'{question.Name}' was never answered");
            if (Promised(question) is { } id && !counts.ContainsKey((question.To, id)))
                throw world.Broken($"'{question.Name}' was acknowledged and is not in the journal");
        }
    }

    static string? Promised(Question question) => (question.Answer, question.Command) switch
    {
        (MoveReply { Status: MoveStatus.Done or MoveStatus.AlreadyDone }, SkuCommand.Receive c) => c.Id,
        (MoveReply { Status: MoveStatus.Done or MoveStatus.AlreadyDone }, SkuCommand.Adjust c) => c.Id,
        (MoveReply { Status: MoveStatus.Done or MoveStatus.AlreadyDone }, SkuCommand.Move c) => c.Id,
        (PlaceReply { Status: PlaceStatus.Placed or PlaceStatus.AlreadyPlaced }, _) => "placed",
        (PaymentReply { Status: PaymentStatus.Paid or PaymentStatus.PartlyPaid or PaymentStatus.AlreadyConfirmed },
            OrderCommand.ConfirmPayment c) => c.Id,
        (CancelReply { Status: CancelStatus.Cancelled or CancelStatus.AlreadyCancelled }, OrderCommand.Cancel c) =>
            c.Id,
        (FulfilReply { Status: FulfilStatus.Done or FulfilStatus.AlreadyDone }, OrderCommand.Ship c) => c.Id,
        (FulfilReply { Status: FulfilStatus.Done or FulfilStatus.AlreadyDone }, OrderCommand.Deliver c) => c.Id,
        _ => null,
    };

    static string? IdOf(object happened) => happened switch
    {
        SkuEvent.StockReceived e => e.Id,
        SkuEvent.StockAdjusted e => e.Id,
        SkuEvent.StockMoved e => e.Id,
        OrderEvent.OrderPlaced => "placed",
        OrderEvent.PaymentConfirmed e => e.Id,
        OrderEvent.OrderCancelled { Id: not Order.PaymentOverdue } e => e.Id,
        OrderEvent.GoodsShipped e => e.Id,
        OrderEvent.GoodsDelivered e => e.Id,
        _ => null,
    };
}
