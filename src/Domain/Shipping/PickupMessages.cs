using System.Text.Json.Serialization;
using Fulfillment.Intake;

namespace Fulfillment.Shipping;

/// <summary>How a pickup stands.</summary>
public enum PickupState
{
    /// <summary>The carrier is asked.</summary>
    [JsonStringEnumMemberName("booking")] Booking,

    /// <summary>He comes.</summary>
    [JsonStringEnumMemberName("booked")] Booked,

    /// <summary>He refuses, or has no pickups.</summary>
    [JsonStringEnumMemberName("refused")] Refused,

    /// <summary>
    /// He did not say whether he comes, and is not asked twice, for he might come twice: somebody has to call him.
    /// </summary>
    [JsonStringEnumMemberName("unclear")] Unclear,

    /// <summary>He is told not to come.</summary>
    [JsonStringEnumMemberName("cancelling")] Cancelling,

    /// <summary>He does not come.</summary>
    [JsonStringEnumMemberName("cancelled")] Cancelled,
}

/// <summary>
/// A pickup: on that day between these times, as the clocks of the node show them. <c>Service</c>: one of those that
/// are to be collected. <c>ToCountry</c>: where the parcels go, as some carriers ask. <c>TimeZone</c>: of the node
/// (IANA); null for not known.
/// </summary>
public sealed record PickupTerms(
    string Node, string Carrier, ShipAddress At, DateOnly Day, TimeOnly Ready, TimeOnly Close, int Parcels, long Grams,
    string Service, string ToCountry, string? TimeZone = null)
{
    /// <summary>A number that is equal for equal content.</summary>
    public long Content() => Fingerprint.Of(
        "pickup", Node, Carrier, $"{Day:O}", $"{Ready:O}", $"{Close:O}", $"{Parcels}", $"{Grams}", Service, ToCountry);
}

/// <summary>
/// A pickup as callers see it. <c>Confirmation</c>: the carrier's number. <c>Refusal</c>: of the last thing that he
/// refused. <c>Why</c>: what is unclear. <c>Step</c>: counts what he was asked.
/// </summary>
public sealed record PickupSheet(
    PickupTerms Terms, string By, DateTimeOffset At, PickupState State, int Step, string? Confirmation = null,
    CarrierRefusal? Refusal = null, string? Why = null)
{
    /// <summary>The carrier has answered.</summary>
    [JsonIgnore]
    public bool IsSettled => State is not (PickupState.Booking or PickupState.Cancelling);
}

/// <summary>What came of a question about a pickup. <c>Status</c> null: the carrier did not say.</summary>
public sealed record PickupAnswer(
    CarrierStatus? Status, string? Confirmation = null, CarrierRefusal? Refusal = null, string? Why = null);

/// <summary>Outcome of a change of a pickup, in the order tested.</summary>
public enum PickupReplyStatus
{
    /// <summary>There is no such pickup.</summary>
    UnknownPickup,

    /// <summary>The same was asked before.</summary>
    AlreadyDone,

    /// <summary>Something else was asked under this id.</summary>
    DifferentContent,

    /// <summary>The carrier is being asked.</summary>
    UnderWay,

    /// <summary>He does not come anyway.</summary>
    NotBooked,

    /// <summary>Nobody knows whether he comes, or under which number: only he can cancel it.</summary>
    Unclear,

    /// <summary>More than <see cref="Pickup.MaxOperations"/> changes.</summary>
    TooMany,

    /// <summary>Done, or begun.</summary>
    Done,
}

/// <summary>The pickup after a change; null when there is none.</summary>
public sealed record PickupTold(PickupReplyStatus Status, PickupSheet? Pickup, long Version);

/// <summary>What a pickup can be asked.</summary>
[JsonDerivedType(typeof(Book), "book")]
[JsonDerivedType(typeof(Cancel), "cancel")]
[JsonDerivedType(typeof(Get), "get")]
[JsonDerivedType(typeof(GetSettled), "get-settled")]
[JsonDerivedType(typeof(NoteAnswer), "note-answer")]
public abstract record PickupCommand
{
    /// <summary>Books it. Repeatable: what it is never changes.</summary>
    public sealed record Book(PickupTerms Terms, string By) : PickupCommand, ICommand<PickupTold>;

    /// <summary>Cancels it. Repeatable by id.</summary>
    public sealed record Cancel(string Id, string Reason, string By) : PickupCommand, ICommand<PickupTold>;

    /// <summary>Asks for the pickup now.</summary>
    public sealed record Get : PickupCommand, ICommand<PickupTold>;

    /// <summary>Like <see cref="Get"/>, but answered only once the carrier has answered.</summary>
    public sealed record GetSettled : PickupCommand, ICommand<PickupTold>;

    /// <summary>What came of the question of that number.</summary>
    public sealed record NoteAnswer(int Step, PickupAnswer Answer) : PickupCommand, ICommand<Done>;
}

/// <summary>What happened to a pickup.</summary>
[JsonDerivedType(typeof(PickupAsked), "pickup-asked")]
[JsonDerivedType(typeof(PickupAnswered), "pickup-answered")]
[JsonDerivedType(typeof(CancelAsked), "cancel-asked")]
[JsonDerivedType(typeof(CancelAnswered), "cancel-answered")]
public abstract record PickupEvent
{
    /// <summary>The carrier is asked to come.</summary>
    public sealed record PickupAsked(PickupTerms Terms, string By, DateTimeOffset At) : PickupEvent;

    /// <summary>What came of it; <c>Status</c> null: he did not say.</summary>
    public sealed record PickupAnswered(
        CarrierStatus? Status, string? Confirmation, CarrierRefusal? Refusal, string? Why)
        : PickupEvent;

    /// <summary>He is told not to come.</summary>
    public sealed record CancelAsked(Operation Operation, string Reason, string By, int Step) : PickupEvent;

    /// <summary>What came of that; <c>Status</c> null: he did not say, and comes as far as is known.</summary>
    public sealed record CancelAnswered(CarrierStatus? Status, CarrierRefusal? Refusal, string? Why) : PickupEvent;
}
