using Fulfillment.Inventory;
using Fulfillment.Ordering;
using Fulfillment.Payments;

namespace Fulfillment.Simulation;

/// <summary>What callers were told is in the journal, once.</summary>
public sealed class Promises : IChecker
{
    const string Intercept = "/intercept";

    /// <inheritdoc/>
    public void Check(World world, History history)
    {
        var counts = history.Facts.Select(f => (f.Entity, Id: IdOf(f.Event))).Where(k => k.Id is not null)
            .GroupBy(k => k).ToDictionary(g => g.Key, g => g.Count());
        foreach (var ((entity, id), count) in counts)
            if (count > 1) throw world.Broken($"{entity} has {id} {count} times");
        var told = counts.Keys.Select(k => (k.Entity, Cut(k.Id!))).ToHashSet();
        foreach (var question in world.Ledger.Questions)
        {
            if (question.Answer is null) throw world.Broken($"'{question.Name}' was never answered");
            if (Promised(question) is { } id && !told.Contains((question.To, id)))
                throw world.Broken($"'{question.Name}' was acknowledged and is not in the journal");
        }
    }

    /// <summary>A cancellation that came too late has an intercept at each node.</summary>
    static string Cut(string id) =>
        id.IndexOf(Intercept, StringComparison.Ordinal) is >= 0 and var at ? id[..(at + Intercept.Length)] : id;

    static string? Promised(Question question) => (question.Answer, question.Command) switch
    {
        (MoveReply { Status: MoveStatus.Done or MoveStatus.AlreadyDone }, SkuCommand.Receive c) => c.Id,
        (MoveReply { Status: MoveStatus.Done or MoveStatus.AlreadyDone }, SkuCommand.Adjust c) => c.Id,
        (MoveReply { Status: MoveStatus.Done or MoveStatus.AlreadyDone }, SkuCommand.Move c) => c.Id,
        (SupplyReply { Status: SupplyStatus.Done or SupplyStatus.AlreadyDone }, SkuCommand.Expect c) => c.Id,
        (PlaceReply { Status: PlaceStatus.Placed or PlaceStatus.AlreadyPlaced }, _) => "placed",
        (PaymentReply { Status: PaymentStatus.Paid or PaymentStatus.PartlyPaid or PaymentStatus.AlreadyConfirmed },
            OrderCommand.ConfirmPayment c) => c.Id,
        (CancelReply { Status: CancelStatus.Cancelled or CancelStatus.AlreadyCancelled }, OrderCommand.Cancel c) =>
            c.Id,
        (CancelReply { Status: CancelStatus.InterceptOpened }, OrderCommand.Cancel c) => $"{c.Id}{Intercept}",
        (HoldReply { Status: HoldStatus.Done or HoldStatus.AlreadyDone }, OrderCommand.PlaceHold c) => c.Id,
        (HoldReply { Status: HoldStatus.Done or HoldStatus.AlreadyDone }, OrderCommand.ReleaseHold c) => c.Id,
        (EditReply { Status: EditStatus.Edited or EditStatus.AlreadyEdited }, OrderCommand.Edit c) => c.Id,
        (EditReply { Status: EditStatus.Begun }, OrderCommand.Edit c) => $"{c.Id}/begun",
        (MethodReply { Status: MethodStatus.Given or MethodStatus.AlreadyGiven }, OrderCommand.PayWith c) => c.Id,
        (MoneyReply { Status: MoneyStatus.Begun or MoneyStatus.AlreadyDone }, PaymentCommand.Refund c) => c.Id,
        (MoneyReply { Status: MoneyStatus.Begun or MoneyStatus.AlreadyDone }, PaymentCommand.Capture c) => c.Id,
        (AccountReply { Status: AccountStatus.Done or AccountStatus.AlreadyDone }, AccountCommand.Pay c) => c.Id,
        (FulfilReply { Status: FulfilStatus.Done or FulfilStatus.AlreadyDone }, OrderCommand.Ship c) => c.Id,
        (FulfilReply { Status: FulfilStatus.Done or FulfilStatus.AlreadyDone }, OrderCommand.Deliver c) => c.Id,
        _ => null,
    };

    static string? IdOf(object happened) => happened switch
    {
        SkuEvent.StockReceived e => e.Id,
        SkuEvent.StockAdjusted e => e.Id,
        SkuEvent.StockMoved e => e.Id,
        SkuEvent.SupplyExpected e => e.Id,
        OrderEvent.OrderPlaced => "placed",
        OrderEvent.PaymentConfirmed e => e.Id,
        OrderEvent.OrderCancelled { Id: not (Order.PaymentOverdue or Order.ScreenedOut) } e => e.Id,
        OrderEvent.InterceptOpened e => $"{e.Id}{Intercept}/{e.Units[0].Fulfilment}",
        OrderEvent.OrderHeld e => e.Id,
        OrderEvent.HoldReleased e => e.Id,
        OrderEvent.EditBegun e => $"{e.Id}/begun",
        OrderEvent.OrderEdited e => e.Id,
        OrderEvent.MethodGiven e => e.Id,
        PaymentEvent.RefundOrdered e => e.Id,
        PaymentEvent.CaptureOrdered e => e.Id,
        AccountEvent.AccountPaid e => e.Id,
        OrderEvent.GoodsShipped e => e.Id,
        OrderEvent.GoodsDelivered e => e.Id,
        _ => null,
    };
}
