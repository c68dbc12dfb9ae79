using Fulfillment.Inventory;

namespace Fulfillment.Counting;

/// <summary>A count as callers see it: <c>seat.CycleCount("C-1").Get()</c>.</summary>
public interface ICycleCount
{
    /// <summary>Any change. Statuses: <see cref="CountStatus"/>. Repeatable, as all.</summary>
    ValueTask<CountReply> Change(ICommand<CountReply> change, CancellationToken cancel = default);

    /// <summary>The count as it stands.</summary>
    ValueTask<CountReply> Get(CancellationToken cancel = default);

    /// <summary>The count, once every SKU has answered.</summary>
    ValueTask<CountReply> Settled(CancellationToken cancel = default);

    /// <summary>What the books of a SKU say of a tally now; null, and why, when they cannot be asked.</summary>
    ValueTask<(JudgeStatus Status, Judgement? Judged)> Judge(
        string sku, Tally tally, CancellationToken cancel = default);
}

/// <summary>How callers reach a count.</summary>
public static class CountingCalls
{
    /// <summary>The kind of the entity.</summary>
    public const string Kind = "count";

    extension(Seat seat)
    {
        /// <summary>A count of the seat's seller.</summary>
        public ICycleCount CycleCount(string id) => new Caller(seat, EntityId.Of(Kind, seat.Seller, id));
    }

    sealed class Caller(Seat seat, EntityId at) : ICycleCount
    {
        public ValueTask<CountReply> Change(ICommand<CountReply> change, CancellationToken cancel) =>
            seat.Cluster.Ask(at, change, seat.Origin, cancel);

        public ValueTask<CountReply> Get(CancellationToken cancel) =>
            seat.Cluster.Ask(at, new CountCommand.Get(), seat.Origin, cancel);

        public ValueTask<CountReply> Settled(CancellationToken cancel) =>
            seat.Cluster.Ask(at, new CountCommand.GetSettled(), seat.Origin, cancel);

        public async ValueTask<(JudgeStatus Status, Judgement? Judged)> Judge(
            string sku, Tally tally, CancellationToken cancel)
        {
            var reply = await seat.Cluster.Ask(
                at.Sibling(InventoryCalls.Kind, sku), new SkuCommand.JudgeCount(tally), seat.Origin, cancel);
            return (reply.Status, reply.Status == JudgeStatus.Done ? Judgement.Of(sku, tally, reply) : null);
        }
    }
}
