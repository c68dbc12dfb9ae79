using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Fulfillment.Engine;
using Fulfillment.Inventory;

namespace Fulfillment.Tests.Simulation;

/// <summary>How a SKU decides that has one rule broken.</summary>
interface ISkuBug
{
    /// <summary>In place of the SKU's own rules.</summary>
    static abstract Decision<SkuEvent> Decide(Sku sku, SkuCommand command, Turn turn);
}

/// <summary>The product's SKU, but for one rule. Its events and its state are written like the product's.</summary>
sealed record PlantedSku<TBug>(Sku Inner) : IEntity<PlantedSku<TBug>, SkuCommand, SkuEvent>
    where TBug : ISkuBug
{
    /// <inheritdoc/>
    public static PlantedSku<TBug> Initial => new(Sku.Initial);

    /// <summary>The kind that takes the SKU's place.</summary>
    public static EntityKind Kind { get; } = new EntityKind<PlantedSku<TBug>, SkuCommand, SkuEvent>(
        InventoryCalls.Kind, InventoryJson.Default.SkuCommand, InventoryJson.Default.SkuEvent,
        JsonMetadataServices.CreateValueInfo<PlantedSku<TBug>>(
            new JsonSerializerOptions { TypeInfoResolver = InventoryJson.Default }, new Converter()));

    /// <inheritdoc/>
    public static Decision<SkuEvent> Decide(PlantedSku<TBug> state, SkuCommand command, Turn turn) =>
        TBug.Decide(state.Inner, command, turn);

    /// <inheritdoc/>
    public static PlantedSku<TBug> Evolve(PlantedSku<TBug> state, SkuEvent happened) =>
        new(Sku.Evolve(state.Inner, happened));

    /// <inheritdoc/>
    public static Send[] React(PlantedSku<TBug> state, SkuEvent happened, Turn turn) =>
        Sku.React(state.Inner, happened, turn);

    /// <inheritdoc/>
    public static PlantedSku<TBug> Freeze(PlantedSku<TBug> state) => new(Sku.Freeze(state.Inner));

    /// <inheritdoc/>
    public static string? Check(PlantedSku<TBug> state, SkuEvent? last) => Sku.Check(state.Inner, last);

    sealed class Converter : JsonConverter<PlantedSku<TBug>>
    {
        public override PlantedSku<TBug> Read(
            ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(JsonSerializer.Deserialize(ref reader, InventoryJson.Default.Sku)!);

        public override void Write(Utf8JsonWriter writer, PlantedSku<TBug> value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, value.Inner, InventoryJson.Default.Sku);
    }
}

/// <summary>No bug: the rules are the SKU's.</summary>
sealed class HonestSku : ISkuBug
{
    public static Decision<SkuEvent> Decide(Sku sku, SkuCommand command, Turn turn) => Sku.Decide(sku, command, turn);
}

/// <summary>Promises units without looking whether they are there.</summary>
sealed class PromisesBlindly : ISkuBug
{
    public static Decision<SkuEvent> Decide(Sku sku, SkuCommand command, Turn turn)
    {
        var decision = Sku.Decide(sku, command, turn);
        if (command is not SkuCommand.Reserve c
            || decision.Reply is not ClaimReply { Status: ClaimStatus.Insufficient } refused)
            return decision;
        var available = sku.Available - c.Quantity;
        var standing = refused.Standing with { Version = sku.Version + 1, Step = c.Step, Held = c.Quantity };
        return new(
            refused with { Status = ClaimStatus.Done, Standing = standing, Available = available },
            new SkuEvent.StockReserved(
                c.Order, c.Step, c.Quantity, c.Quantity, 0, turn.Now, null, null, null, available));
    }
}

/// <summary>Takes the last unit twice: promises one more than there is, and says so to nobody.</summary>
sealed class OffByOne : ISkuBug
{
    public static Decision<SkuEvent> Decide(Sku sku, SkuCommand command, Turn turn) =>
        command is SkuCommand.Reserve { Quantity: > 1 } c
        && sku.Available == c.Quantity - 1 && sku.Card is { Backorder: false }
        && Sku.Decide(sku, c with { Quantity = c.Quantity - 1 }, turn) is { Events: [SkuEvent.StockReserved e] } taken
            ? new(taken.Reply, e with { Quantity = c.Quantity, Held = e.Held + 1, Available = e.Available - 1 })
            : Sku.Decide(sku, command, turn);
}

/// <summary>Does not compare the step of a claim with the last one applied: a repeat is done again.</summary>
sealed class ForgetsSteps : ISkuBug
{
    public static Decision<SkuEvent> Decide(Sku sku, SkuCommand command, Turn turn) => command switch
    {
        SkuCommand.Release c => Again(sku, c with { Step = After(sku, c.Order, c.Step) }, c.Step, turn),
        SkuCommand.Ship c => Again(sku, c with { Step = After(sku, c.Order, c.Step) }, c.Step, turn),
        SkuCommand.Allocate c => Again(sku, c with { Step = After(sku, c.Order, c.Step) }, c.Step, turn),
        _ => Sku.Decide(sku, command, turn),
    };

    static int After(Sku sku, string order, int step) => Math.Max(step, 1 + (sku.Claims.Find(order)?.Step ?? 0));

    static Decision<SkuEvent> Again(Sku sku, SkuCommand command, int step, Turn turn)
    {
        var decision = Sku.Decide(sku, command, turn);
        var reply = (ClaimReply)decision.Reply!;
        return new(reply with { Step = step }, [.. decision.Events.Select(e => e switch
        {
            SkuEvent.StockReleased r => r with { Step = step },
            SkuEvent.StockShipped s => s with { Step = step },
            SkuEvent.StockAllocated a => a with { Step = step },
            _ => e,
        })]);
    }
}

/// <summary>Does not remember movements: a delivery that is reported twice arrives twice.</summary>
sealed class ForgetsMovements : ISkuBug
{
    public static Decision<SkuEvent> Decide(Sku sku, SkuCommand command, Turn turn) =>
        Sku.Decide(command is SkuCommand.Receive ? sku with { Movements = new(Sku.MaxMovements) } : sku, command, turn);
}

/// <summary>Remembers neither how a supply stood last nor what came of it: whatever is told late holds.</summary>
sealed class BelievesOldPlans : ISkuBug
{
    public static Decision<SkuEvent> Decide(Sku sku, SkuCommand command, Turn turn) => Sku.Decide(
        command is SkuCommand.PlanSupply ? sku with { Movements = new(Sku.MaxMovements) } : sku, command, turn);
}

/// <summary>Never looks again when units are expected: who waits believes the first date for ever.</summary>
sealed class LeavesDates : ISkuBug
{
    public static Decision<SkuEvent> Decide(Sku sku, SkuCommand command, Turn turn) =>
        command is SkuCommand.RepegBackorders ? new(Done.It) : Sku.Decide(sku, command, turn);
}

/// <summary>Tells all who are moved but the first.</summary>
sealed class TellsAllButOne : ISkuBug
{
    public static Decision<SkuEvent> Decide(Sku sku, SkuCommand command, Turn turn) =>
        Sku.Decide(sku, command, turn) is var decision && command is SkuCommand.RepegBackorders
            && decision.Events is [SkuEvent.BackorderRepegged, .. var others]
            ? new(decision.Reply, others) : decision;
}
