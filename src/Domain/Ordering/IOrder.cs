using System.Collections.Immutable;

namespace Fulfillment.Ordering;

/// <summary>An order as callers see it: <c>cluster.Order("o-1").Place(...)</c>.</summary>
public interface IOrder
{
    /// <summary>Places the order. Repeatable. Statuses: <see cref="PlaceStatus"/>.</summary>
    ValueTask<PlaceReply> Place(OrderCommand.Place order, CancellationToken cancel = default);

    /// <summary>The order now; null when there is none.</summary>
    ValueTask<OrderReply?> Get(CancellationToken cancel = default);

    /// <summary>The order once stock has decided; null when there is none. Waits as long as the caller does.</summary>
    ValueTask<OrderReply?> Outcome(CancellationToken cancel = default);

    /// <summary>So much was paid. Repeatable by <paramref name="id"/>. Statuses: <see cref="PaymentStatus"/>.</summary>
    ValueTask<PaymentReply> ConfirmPayment(string id, Money amount, CancellationToken cancel = default);

    /// <summary>
    /// Cancels units that have not left; no lines: all. Repeatable. Statuses: <see cref="CancelStatus"/>.
    /// </summary>
    ValueTask<CancelReply> Cancel(
        string id, ImmutableArray<LineUnits> lines, string reason, CancellationToken cancel = default);

    /// <summary>So much was paid. Repeatable. Statuses: <see cref="PaymentStatus"/>.</summary>
    ValueTask<PaymentReply> ConfirmPayment(OrderCommand.ConfirmPayment payment, CancellationToken cancel = default);

    /// <summary>Cancels units that have not left. Repeatable. Statuses: <see cref="CancelStatus"/>.</summary>
    ValueTask<CancelReply> Cancel(OrderCommand.Cancel cancellation, CancellationToken cancel = default);

    /// <summary>
    /// Goods of a fulfilment order left; no lines: all open. Repeatable. Statuses: <see cref="FulfilStatus"/>.
    /// </summary>
    ValueTask<FulfilReply> Ship(OrderCommand.Ship shipment, CancellationToken cancel = default);

    /// <summary>
    /// What a fulfilment order shipped has arrived. Repeatable. Statuses: <see cref="FulfilStatus"/>.
    /// </summary>
    ValueTask<FulfilReply> Deliver(string id, int fulfilment, CancellationToken cancel = default);

    /// <summary>A node begins to work. Repeatable. Statuses: <see cref="FulfilStatus"/>.</summary>
    ValueTask<FulfilReply> StartWork(string id, int fulfilment, CancellationToken cancel = default);

    /// <summary>Stops the order until released. Repeatable. Statuses: <see cref="HoldStatus"/>.</summary>
    ValueTask<HoldReply> Hold(OrderCommand.PlaceHold hold, CancellationToken cancel = default);

    /// <summary>Releases a hold. Repeatable. Statuses: <see cref="HoldStatus"/>.</summary>
    ValueTask<HoldReply> Release(OrderCommand.ReleaseHold release, CancellationToken cancel = default);

    /// <summary>Decides against the order. Repeatable. Statuses: <see cref="HoldStatus"/>.</summary>
    ValueTask<HoldReply> Reject(OrderCommand.RejectHold rejection, CancellationToken cancel = default);

    /// <summary>Asks the buyer. Repeatable. Statuses: <see cref="HoldStatus"/>.</summary>
    ValueTask<HoldReply> AskBuyer(OrderCommand.AskBuyer question, CancellationToken cancel = default);

    /// <summary>The buyer pays by another means. Repeatable. Statuses: <see cref="MethodStatus"/>.</summary>
    ValueTask<MethodReply> PayWith(OrderCommand.PayWith method, CancellationToken cancel = default);

    /// <summary>Confirmed money was given back. Repeatable. Statuses: <see cref="PaymentStatus"/>.</summary>
    ValueTask<PaymentReply> ConfirmRefund(OrderCommand.ConfirmRefund refund, CancellationToken cancel = default);

    /// <summary>
    /// A node could stop the goods, or not. Repeatable. Statuses: <see cref="InterceptAnswerStatus"/>.
    /// </summary>
    ValueTask<InterceptReply> AnswerIntercept(int number, bool stopped, CancellationToken cancel = default);

    /// <summary>
    /// Moves a fulfilment order that nobody has begun. Repeatable. Statuses: <see cref="FulfilStatus"/>.
    /// </summary>
    ValueTask<FulfilReply> Move(OrderCommand.MoveWork move, CancellationToken cancel = default);

    /// <summary>
    /// Asks for nodes again for units that none could serve; <paramref name="free"/>: those that refused, and others
    /// than were chosen by hand, may serve again. Repeatable.
    /// </summary>
    ValueTask<Done> RouteAgain(string reason, bool free, CancellationToken cancel = default);

    /// <summary>Splits a fulfilment order. Repeatable. Statuses: <see cref="FulfilStatus"/>.</summary>
    ValueTask<FulfilReply> Split(OrderCommand.SplitWork split, CancellationToken cancel = default);

    /// <summary>Merges two fulfilment orders of one node. Repeatable. Statuses: <see cref="FulfilStatus"/>.</summary>
    ValueTask<FulfilReply> Merge(OrderCommand.MergeWork merge, CancellationToken cancel = default);

    /// <summary>Stops one fulfilment order. Repeatable. Statuses: <see cref="FulfilStatus"/>.</summary>
    ValueTask<FulfilReply> Pause(OrderCommand.PauseWork pause, CancellationToken cancel = default);

    /// <summary>Lets it go on. Repeatable. Statuses: <see cref="FulfilStatus"/>.</summary>
    ValueTask<FulfilReply> Resume(OrderCommand.ResumeWork resume, CancellationToken cancel = default);

    /// <summary>
    /// A node that was asked accepts the work or not. Repeatable. Statuses: <see cref="FulfilStatus"/>.
    /// </summary>
    ValueTask<FulfilReply> AnswerRequest(OrderCommand.AnswerRequest answer, CancellationToken cancel = default);

    /// <summary>Changes the order before a node has begun. Repeatable. Statuses: <see cref="EditStatus"/>.</summary>
    ValueTask<EditReply> Edit(OrderCommand.Edit edit, CancellationToken cancel = default);
}

/// <summary>How callers reach an order.</summary>
public static class OrderingCalls
{
    /// <summary>The kind of the entity.</summary>
    public const string Kind = "order";

    extension(Seat seat)
    {
        /// <summary>The order of the seat's seller.</summary>
        public IOrder Order(string id) => new Caller(seat, EntityId.Of(Kind, seat.Seller, id));
    }

    sealed class Caller(Seat seat, EntityId at) : IOrder
    {
        public ValueTask<PlaceReply> Place(OrderCommand.Place order, CancellationToken cancel) => Ask(order, cancel);

        public async ValueTask<OrderReply?> Get(CancellationToken cancel) =>
            (await Ask(new OrderCommand.Get(), cancel)).Order;

        public async ValueTask<OrderReply?> Outcome(CancellationToken cancel) =>
            (await Ask(new OrderCommand.Outcome(), cancel)).Order;

        public ValueTask<PaymentReply> ConfirmPayment(string id, Money amount, CancellationToken cancel) =>
            Ask(new OrderCommand.ConfirmPayment(id, amount), cancel);

        public ValueTask<CancelReply> Cancel(
            string id, ImmutableArray<LineUnits> lines, string reason, CancellationToken cancel) =>
            Ask(new OrderCommand.Cancel(id, lines, reason), cancel);

        public ValueTask<PaymentReply> ConfirmPayment(OrderCommand.ConfirmPayment payment, CancellationToken cancel) =>
            Ask(payment, cancel);

        public ValueTask<CancelReply> Cancel(OrderCommand.Cancel cancellation, CancellationToken cancel) =>
            Ask(cancellation, cancel);

        public ValueTask<FulfilReply> Ship(OrderCommand.Ship shipment, CancellationToken cancel) =>
            Ask(shipment, cancel);

        public ValueTask<FulfilReply> Deliver(string id, int fulfilment, CancellationToken cancel) =>
            Ask(new OrderCommand.Deliver(id, fulfilment), cancel);

        public ValueTask<FulfilReply> StartWork(string id, int fulfilment, CancellationToken cancel) =>
            Ask(new OrderCommand.StartWork(id, fulfilment), cancel);

        public ValueTask<HoldReply> Hold(OrderCommand.PlaceHold hold, CancellationToken cancel) => Ask(hold, cancel);

        public ValueTask<HoldReply> Release(OrderCommand.ReleaseHold release, CancellationToken cancel) =>
            Ask(release, cancel);

        public ValueTask<HoldReply> Reject(OrderCommand.RejectHold rejection, CancellationToken cancel) =>
            Ask(rejection, cancel);

        public ValueTask<HoldReply> AskBuyer(OrderCommand.AskBuyer question, CancellationToken cancel) =>
            Ask(question, cancel);

        public ValueTask<MethodReply> PayWith(OrderCommand.PayWith method, CancellationToken cancel) =>
            Ask(method, cancel);

        public ValueTask<PaymentReply> ConfirmRefund(OrderCommand.ConfirmRefund refund, CancellationToken cancel) =>
            Ask(refund, cancel);

        public ValueTask<InterceptReply> AnswerIntercept(int number, bool stopped, CancellationToken cancel) =>
            Ask(new OrderCommand.AnswerIntercept(number, stopped), cancel);

        public ValueTask<FulfilReply> Move(OrderCommand.MoveWork move, CancellationToken cancel) => Ask(move, cancel);

        public ValueTask<Done> RouteAgain(string reason, bool free, CancellationToken cancel) =>
            Ask(new OrderCommand.RouteAgain(null, free, reason), cancel);

        public ValueTask<FulfilReply> Split(OrderCommand.SplitWork split, CancellationToken cancel) =>
            Ask(split, cancel);

        public ValueTask<FulfilReply> Merge(OrderCommand.MergeWork merge, CancellationToken cancel) =>
            Ask(merge, cancel);

        public ValueTask<FulfilReply> Pause(OrderCommand.PauseWork pause, CancellationToken cancel) =>
            Ask(pause, cancel);

        public ValueTask<FulfilReply> Resume(OrderCommand.ResumeWork resume, CancellationToken cancel) =>
            Ask(resume, cancel);

        public ValueTask<FulfilReply> AnswerRequest(OrderCommand.AnswerRequest answer, CancellationToken cancel) =>
            Ask(answer, cancel);

        public ValueTask<EditReply> Edit(OrderCommand.Edit edit, CancellationToken cancel) => Ask(edit, cancel);

        ValueTask<T> Ask<T>(ICommand<T> command, CancellationToken cancel) =>
            seat.Cluster.Ask(at, command, seat.Origin, cancel);
    }
}
