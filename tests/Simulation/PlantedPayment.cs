using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Fulfillment.Engine;
using Fulfillment.Payments;

namespace Fulfillment.Tests.Simulation;

/// <summary>How a payment decides and what it sends that has one rule broken.</summary>
interface IPaymentBug
{
    /// <summary>In place of the payment's own rules.</summary>
    static virtual Decision<PaymentEvent> Decide(Payment payment, PaymentCommand command, Turn turn) =>
        Payment.Decide(payment, command, turn);

    /// <summary>In place of the payment's own sends.</summary>
    static virtual Send[] React(Payment payment, PaymentEvent happened, Turn turn) =>
        Payment.React(payment, happened, turn);
}

/// <summary>The product's payment, but for one rule. Its events and its state are written like the product's.</summary>
sealed record PlantedPayment<TBug>(Payment Inner) : IEntity<PlantedPayment<TBug>, PaymentCommand, PaymentEvent>
    where TBug : IPaymentBug
{
    /// <inheritdoc/>
    public static PlantedPayment<TBug> Initial => new(Payment.Initial);

    /// <summary>The kind that takes the payment's place.</summary>
    public static EntityKind Kind { get; } = new EntityKind<PlantedPayment<TBug>, PaymentCommand, PaymentEvent>(
        PaymentsCalls.Kind, PaymentsJson.Default.PaymentCommand, PaymentsJson.Default.PaymentEvent,
        JsonMetadataServices.CreateValueInfo<PlantedPayment<TBug>>(
            new JsonSerializerOptions { TypeInfoResolver = PaymentsJson.Default }, new Converter()));

    /// <inheritdoc/>
    public static Decision<PaymentEvent> Decide(PlantedPayment<TBug> state, PaymentCommand command, Turn turn) =>
        TBug.Decide(state.Inner, command, turn);

    /// <inheritdoc/>
    public static PlantedPayment<TBug> Evolve(PlantedPayment<TBug> state, PaymentEvent happened) =>
        new(Payment.Evolve(state.Inner, happened));

    /// <inheritdoc/>
    public static Send[] React(PlantedPayment<TBug> state, PaymentEvent happened, Turn turn) =>
        TBug.React(state.Inner, happened, turn);

    /// <inheritdoc/>
    public static PaymentCommand? OnReply(Send asked, object reply) => Payment.OnReply(asked, reply);

    /// <inheritdoc/>
    public static string? Check(PlantedPayment<TBug> state, PaymentEvent? last) => Payment.Check(state.Inner, last);

    sealed class Converter : JsonConverter<PlantedPayment<TBug>>
    {
        public override PlantedPayment<TBug> Read(
            ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(JsonSerializer.Deserialize(ref reader, PaymentsJson.Default.Payment)!);

        public override void Write(Utf8JsonWriter writer, PlantedPayment<TBug> value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, value.Inner, PaymentsJson.Default.Payment);
    }
}

/// <summary>No bug: the rules are the payment's.</summary>
sealed class HonestPayment : IPaymentBug;

/// <summary>Asks for each capture under two keys: the bank takes it twice.</summary>
sealed class TakesTwice : IPaymentBug
{
    public static Send[] React(Payment payment, PaymentEvent happened, Turn turn)
    {
        var sends = Payment.React(payment, happened, turn);
        return happened is PaymentEvent.CaptureAsked or PaymentEvent.AuthorisationAsked { Take: true }
            ? [.. sends, sends[0]] : sends;
    }
}

/// <summary>Keeps the money of an order that is cancelled.</summary>
sealed class KeepsTheMoney : IPaymentBug
{
    public static Decision<PaymentEvent> Decide(Payment payment, PaymentCommand command, Turn turn) => Payment.Decide(
        payment, command is PaymentCommand.Pursue { Goal: { DueMinor: 0 } goal } && payment.Goal is { } known
            ? new PaymentCommand.Pursue(known with { Revision = goal.Revision }) : command, turn);
}

/// <summary>Takes a no for a yes.</summary>
sealed class BelievesTheRefused : IPaymentBug
{
    public static Decision<PaymentEvent> Decide(Payment payment, PaymentCommand command, Turn turn) => Payment.Decide(
        payment, command is PaymentCommand.TakeAnswer { Answer: { Status: ProviderStatus.Declined } answer } c
            ? c with { Answer = answer with { Status = ProviderStatus.Done } } : command, turn);
}
