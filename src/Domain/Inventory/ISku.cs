using System.Collections.Immutable;

namespace Fulfillment.Inventory;

/// <summary>A SKU as callers see it: <c>cluster.Sku("ABC-1").Reserve("o-1", 2)</c>.</summary>
public interface ISku
{
    /// <summary>
    /// Sets the card, not later than <paramref name="until"/>. Statuses: <see cref="DefineStatus"/>. Repeatable.
    /// </summary>
    ValueTask<DefineReply> Define(
        SkuCard card, long? ifRevision = null, DateTimeOffset? until = null, CancellationToken cancel = default);

    /// <summary>What <see cref="Define"/> would answer; nothing is written.</summary>
    ValueTask<DefineReply> TryDefine(SkuCard card, long? ifRevision = null, CancellationToken cancel = default);

    /// <summary>
    /// Units arrived at a node, of a supply or of none. Repeatable by <paramref name="id"/>. Statuses:
    /// <see cref="MoveStatus"/>.
    /// </summary>
    ValueTask<MoveReply> Receive(
        string id, string node, int quantity, string reason, StockState state = StockState.Available,
        string? supply = null, CancellationToken cancel = default);

    /// <summary>Corrects the count by <paramref name="delta"/> units. Repeatable by <paramref name="id"/>.</summary>
    ValueTask<MoveReply> Adjust(
        string id, string node, int delta, string reason, StockState state = StockState.Available,
        CancellationToken cancel = default);

    /// <summary>Changes the state of units at a node. Repeatable by <paramref name="id"/>.</summary>
    ValueTask<MoveReply> Move(
        string id, string node, int quantity, StockState from, StockState to, string reason,
        CancellationToken cancel = default);

    /// <summary>
    /// Holds units for an order or a cart, until released, allocated, or <paramref name="holdFor"/> is over.
    /// Repeatable. Statuses: <see cref="ClaimStatus"/>.
    /// </summary>
    ValueTask<ClaimReply> Reserve(
        string order, long quantity, TimeSpan? holdFor = null, int step = 1, CancellationToken cancel = default);

    /// <summary>Commits held units at nodes. Repeatable by <paramref name="step"/>.</summary>
    ValueTask<ClaimReply> Allocate(
        string order, int step, ImmutableArray<NodeUnits> picks, CancellationToken cancel = default);

    /// <summary>Gives units back. Repeatable by <paramref name="step"/>.</summary>
    ValueTask<ClaimReply> Release(
        string order, int step, long unallocated, ImmutableArray<NodeUnits> picks, CancellationToken cancel = default);

    /// <summary>Committed units left. Repeatable by <paramref name="step"/>.</summary>
    ValueTask<ClaimReply> Ship(
        string order, int step, ImmutableArray<NodeUnits> picks, CancellationToken cancel = default);

    /// <summary>Units are expected. Repeatable by id. Statuses: <see cref="SupplyStatus"/>.</summary>
    ValueTask<SupplyReply> Expect(SkuCommand.Expect supply, CancellationToken cancel = default);

    /// <summary>So many units are still to come, and when; null: as before. Repeatable.</summary>
    ValueTask<SupplyReply> ChangeSupply(
        string id, int? units, DateTimeOffset? at, CancellationToken cancel = default);

    /// <summary>What is open of a supply will not come. A repeat is told that it is closed.</summary>
    ValueTask<SupplyReply> DropSupply(string id, string reason, CancellationToken cancel = default);

    /// <summary>Open supplies by date, or one, and who waits for them.</summary>
    ValueTask<SuppliesReply> Supplies(string? id = null, CancellationToken cancel = default);

    /// <summary>Who would move if a supply changed like this; nothing is written.</summary>
    ValueTask<ImpactReply> Impact(SkuCommand.GetImpact question, CancellationToken cancel = default);

    /// <summary>The stock now.</summary>
    ValueTask<StockReply> Stock(CancellationToken cancel = default);
}

/// <summary>How callers reach a SKU.</summary>
public static class InventoryCalls
{
    /// <summary>The kind of the entity.</summary>
    public const string Kind = "sku";

    extension(Seat seat)
    {
        /// <summary>The SKU of the seat's seller.</summary>
        public ISku Sku(string id) => new Caller(seat, EntityId.Of(Kind, seat.Seller, id));
    }

    sealed class Caller(Seat seat, EntityId at) : ISku
    {
        public ValueTask<DefineReply> Define(
            SkuCard card, long? ifRevision, DateTimeOffset? until, CancellationToken cancel) =>
            Ask(new SkuCommand.Define(card, ifRevision, until), cancel);

        public ValueTask<DefineReply> TryDefine(SkuCard card, long? ifRevision, CancellationToken cancel) =>
            Ask(new SkuCommand.Define(card, ifRevision, OnlyTry: true), cancel);

        public ValueTask<MoveReply> Receive(
            string id, string node, int quantity, string reason, StockState state, string? supply,
            CancellationToken cancel) =>
            Ask(new SkuCommand.Receive(id, node, quantity, reason, state, supply), cancel);

        public ValueTask<MoveReply> Adjust(
            string id, string node, int delta, string reason, StockState state, CancellationToken cancel) =>
            Ask(new SkuCommand.Adjust(id, node, delta, reason, state), cancel);

        public ValueTask<MoveReply> Move(
            string id, string node, int quantity, StockState from, StockState to, string reason,
            CancellationToken cancel) => Ask(new SkuCommand.Move(id, node, quantity, from, to, reason), cancel);

        public ValueTask<ClaimReply> Reserve(
            string order, long quantity, TimeSpan? holdFor, int step, CancellationToken cancel) =>
            Ask(new SkuCommand.Reserve(order, step, quantity, HoldFor: holdFor), cancel);

        public ValueTask<ClaimReply> Allocate(
            string order, int step, ImmutableArray<NodeUnits> picks, CancellationToken cancel) =>
            Ask(new SkuCommand.Allocate(order, step, picks), cancel);

        public ValueTask<ClaimReply> Release(
            string order, int step, long unallocated, ImmutableArray<NodeUnits> picks, CancellationToken cancel) =>
            Ask(new SkuCommand.Release(order, step, unallocated, picks), cancel);

        public ValueTask<ClaimReply> Ship(
            string order, int step, ImmutableArray<NodeUnits> picks, CancellationToken cancel) =>
            Ask(new SkuCommand.Ship(order, step, picks), cancel);

        public ValueTask<SupplyReply> Expect(SkuCommand.Expect supply, CancellationToken cancel) => Ask(supply, cancel);

        public ValueTask<SupplyReply> ChangeSupply(
            string id, int? units, DateTimeOffset? at, CancellationToken cancel) =>
            Ask(new SkuCommand.ChangeSupply(id, units, at), cancel);

        public ValueTask<SupplyReply> DropSupply(string id, string reason, CancellationToken cancel) =>
            Ask(new SkuCommand.DropSupply(id, reason), cancel);

        public ValueTask<SuppliesReply> Supplies(string? id, CancellationToken cancel) =>
            Ask(new SkuCommand.GetSupplies(id), cancel);

        public ValueTask<ImpactReply> Impact(SkuCommand.GetImpact question, CancellationToken cancel) =>
            Ask(question, cancel);

        public ValueTask<StockReply> Stock(CancellationToken cancel) => Ask(new SkuCommand.GetStock(), cancel);

        ValueTask<T> Ask<T>(ICommand<T> command, CancellationToken cancel) =>
            seat.Cluster.Ask(at, command, seat.Origin, cancel);
    }
}
