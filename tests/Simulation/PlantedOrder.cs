using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Fulfillment.Engine;
using Fulfillment.Inventory;
using Fulfillment.Ordering;

namespace Fulfillment.Tests.Simulation;

/// <summary>How an order decides and what it sends that has one rule broken.</summary>
interface IOrderBug
{
    /// <summary>In place of the order's own rules.</summary>
    static virtual Decision<OrderEvent> Decide(Order order, OrderCommand command, Turn turn) =>
        Order.Decide(order, command, turn);

    /// <summary>In place of the order's own sends.</summary>
    static virtual Send[] React(Order order, OrderEvent happened, Turn turn) => Order.React(order, happened, turn);
}

/// <summary>The product's order, but for one rule. Its events and its state are written like the product's.</summary>
sealed record PlantedOrder<TBug>(Order Inner) : IEntity<PlantedOrder<TBug>, OrderCommand, OrderEvent>
    where TBug : IOrderBug
{
    /// <inheritdoc/>
    public static PlantedOrder<TBug> Initial => new(Order.Initial);

    /// <summary>The kind that takes the order's place.</summary>
    public static EntityKind Kind { get; } = new EntityKind<PlantedOrder<TBug>, OrderCommand, OrderEvent>(
        OrderingCalls.Kind, OrderingJson.Default.OrderCommand, OrderingJson.Default.OrderEvent,
        JsonMetadataServices.CreateValueInfo<PlantedOrder<TBug>>(
            new JsonSerializerOptions { TypeInfoResolver = OrderingJson.Default }, new Converter()));

    /// <inheritdoc/>
    public static Decision<OrderEvent> Decide(PlantedOrder<TBug> state, OrderCommand command, Turn turn) =>
        TBug.Decide(state.Inner, command, turn);

    /// <inheritdoc/>
    public static PlantedOrder<TBug> Evolve(PlantedOrder<TBug> state, OrderEvent happened) =>
        new(Order.Evolve(state.Inner, happened));

    /// <inheritdoc/>
    public static Send[] React(PlantedOrder<TBug> state, OrderEvent happened, Turn turn) =>
        TBug.React(state.Inner, happened, turn);

    /// <inheritdoc/>
    public static OrderCommand? OnReply(Send asked, object reply) => Order.OnReply(asked, reply);

    /// <inheritdoc/>
    public static string? Check(PlantedOrder<TBug> state, OrderEvent? last) => Order.Check(state.Inner, last);

    sealed class Converter : JsonConverter<PlantedOrder<TBug>>
    {
        public override PlantedOrder<TBug> Read(
            ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(JsonSerializer.Deserialize(ref reader, OrderingJson.Default.Order)!);

        public override void Write(Utf8JsonWriter writer, PlantedOrder<TBug> value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, value.Inner, OrderingJson.Default.Order);
    }
}

/// <summary>No bug: the rules are the order's.</summary>
sealed class HonestOrder : IOrderBug;

/// <summary>Gives nothing back: a cancelled order keeps its units for ever.</summary>
sealed class ReleasesNothing : IOrderBug
{
    public static Send[] React(Order order, OrderEvent happened, Turn turn) =>
        [.. Order.React(order, happened, turn).Where(s => s.Command is not SkuCommand.Release)];
}

/// <summary>Counts a payment again that is confirmed twice.</summary>
sealed class CountsPaymentsTwice : IOrderBug
{
    public static Decision<OrderEvent> Decide(Order order, OrderCommand command, Turn turn) => Order.Decide(
        command is OrderCommand.ConfirmPayment ? order with { Operations = [] } : order, command, turn);
}

/// <summary>Believes whatever a SKU says, even if it said it long ago and has said something else since.</summary>
sealed class BelievesOldAnswers : IOrderBug
{
    public static Decision<OrderEvent> Decide(Order order, OrderCommand command, Turn turn)
    {
        var decision = Order.Decide(order, command, turn);
        return command is OrderCommand.TakeAnswer { Answer: var answer } && decision.Events.Length == 0
            && order.Demands.Any(d => d.Sku == answer.Sku)
            ? new(decision.Reply, new OrderEvent.ClaimChanged(answer.Sku, answer.Standing, answer.Free)) : decision;
    }
}

/// <summary>Forgets to set the timer that ends the wait for a payment.</summary>
sealed class WaitsForEver : IOrderBug
{
    public static Send[] React(Order order, OrderEvent happened, Turn turn) =>
        [.. Order.React(order, happened, turn).Where(s => s.Command is not OrderCommand.EndPaymentWait)];
}

/// <summary>Lets units into a parcel with a label that are in another with one.</summary>
sealed class PacksTwice : IOrderBug
{
    public static Decision<OrderEvent> Decide(Order order, OrderCommand command, Turn turn) =>
        Order.Decide(
            command is OrderCommand.PutInParcel ? order with { Parcelled = [] } : order, command, turn);
}

/// <summary>Lets units leave by hand that are in a parcel with a label.</summary>
sealed class ShipsFromParcels : IOrderBug
{
    public static Decision<OrderEvent> Decide(Order order, OrderCommand command, Turn turn) =>
        Order.Decide(command is OrderCommand.Ship ? order with { Parcelled = [] } : order, command, turn);
}
