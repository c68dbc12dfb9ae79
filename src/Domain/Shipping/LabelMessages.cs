using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Fulfillment.Shipping;

/// <summary>
/// What a label is bought with. <c>To</c>: sealed, for it names a person. <c>Quoted</c>: what the service was to cost
/// when it was chosen, null where nobody asked. <c>Override</c>: why it is another service than the one that meets the
/// promised day for least, null where it is that one. <c>Customs</c>: null inside a customs area. <c>TimeZone</c>:
/// where it is sent from (IANA); null for not known. <c>VoidOn</c>: a label that nobody has handed over by then is
/// voided. <c>Address</c>: a number for the order's address that <c>To</c> is, 0 for not known.
/// </summary>
public sealed record LabelTerms(
    string Carrier, string Service, LabelFormat Format, DateOnly ShipOn, ShipAddress From, Personal<ShipAddress> To,
    ImmutableArray<string> References, Money? Quoted, RateSource? QuotedBy, string? Override, DateTimeOffset VoidOn,
    CustomsDeclaration? Customs = null, string? TimeZone = null, long Address = 0)
{
    /// <summary>A number that is equal for equal content; the sealed address is one of its parts.</summary>
    public long Content() => Fingerprint.Of(
        "label", Carrier, Service, $"{Format}", $"{ShipOn:O}", To.Subject, To.Sealed, $"{Quoted}", Override);
}

/// <summary>
/// A label or another paper as it is kept: <c>File</c> is the name of its sealed bytes, which are <c>Length</c> before
/// they are sealed.
/// </summary>
public sealed record StoredPaper(string File, LabelFormat Format, int Length);

/// <summary>
/// What a carrier is asked about the label of a parcel. <c>Parcel</c>: our name of it, <c>{seller}/{parcel}</c>.
/// <c>Number</c>: counts the labels of the parcel from 1; both together are the key that the carrier knows it by.
/// </summary>
[JsonDerivedType(typeof(Buy), "buy")]
[JsonDerivedType(typeof(Void), "void")]
[JsonDerivedType(typeof(Close), "close")]
[JsonDerivedType(typeof(Fetch), "fetch")]
[JsonDerivedType(typeof(StopFetching), "stop-fetching")]
[JsonDerivedType(typeof(Track), "track")]
public abstract record LabelCall(string Parcel, int Number, string Carrier)
{
    /// <summary>Counts what was asked about this label, so that late answers are told from new ones.</summary>
    public int Step { get; init; }

    /// <summary>
    /// Buys it; or, where it is not <c>Wanted</c> any more, only tells whether it was bought. Whoever answers it keeps
    /// in mind, before he asks the carrier, that he does: asked again he first looks whether it was bought.
    /// </summary>
    public sealed record Buy(string Parcel, int Number, string Carrier, ParcelSpec Spec, LabelTerms Terms, bool Wanted)
        : LabelCall(Parcel, Number, Carrier), ICommand<LabelAnswer>;

    /// <summary>Voids it.</summary>
    public sealed record Void(string Parcel, int Number, string Carrier, string Shipment, string TrackingNumber)
        : LabelCall(Parcel, Number, Carrier), ICommand<VoidAnswer>;

    /// <summary>
    /// Tells what is handed over together. <c>Parcel</c>: our name of the manifest, <c>{seller}/{manifest}</c>.
    /// <c>Number</c>: counts what was tried for it; asked again under both, it is told again.
    /// </summary>
    public sealed record Close(
        string Parcel, int Number, string Carrier, ShipAddress From, DateOnly Day,
        ImmutableArray<string> TrackingNumbers)
        : LabelCall(Parcel, Number, Carrier), ICommand<CarrierCloseAnswer>;

    /// <summary>
    /// Books a pickup. <c>Parcel</c>: our name of it, <c>{seller}/{pickup}</c>. Whoever answers it asks the carrier
    /// once: asked again he says that nobody knows.
    /// </summary>
    public sealed record Fetch(string Parcel, int Number, string Carrier, PickupTerms Terms)
        : LabelCall(Parcel, Number, Carrier), ICommand<PickupAnswer>;

    /// <summary>Cancels a pickup.</summary>
    public sealed record StopFetching(string Parcel, int Number, string Carrier, PickupCancel Ask)
        : LabelCall(Parcel, Number, Carrier), ICommand<PickupAnswer>;

    /// <summary>
    /// What has happened to the parcel. <c>To</c>: with whose key the name of who signed is sealed, as long as he has
    /// one.
    /// </summary>
    public sealed record Track(
        string Parcel, int Number, string Carrier, string Shipment, string TrackingNumber, Personal<ShipAddress> To)
        : LabelCall(Parcel, Number, Carrier), ICommand<TrackAnswer>;
}

/// <summary>What is known of a label after a carrier was asked.</summary>
public enum LabelOutcome
{
    /// <summary>It was bought, and here it is.</summary>
    [JsonStringEnumMemberName("bought")] Bought,

    /// <summary>It was bought, and its carrier does not give it out again: it is to be voided.</summary>
    [JsonStringEnumMemberName("bought-without-label")] BoughtWithoutLabel,

    /// <summary>The carrier refuses; nothing was bought.</summary>
    [JsonStringEnumMemberName("refused")] Refused,

    /// <summary>Nothing was bought, as far as the carrier knows now; it was not to be bought.</summary>
    [JsonStringEnumMemberName("not-bought")] NotBought,

    /// <summary>The carrier did not say what came of it: it may have been bought.</summary>
    [JsonStringEnumMemberName("unclear")] Unclear,

    /// <summary>The carrier was not asked, for he has not answered others: nothing was bought by this call.</summary>
    [JsonStringEnumMemberName("not-asked")] NotAsked,
}

/// <summary>
/// What came of asking for a label. <c>Shipment</c>: the carrier's number, which voids it. <c>Price</c>: null where he
/// does not tell. <c>Refusal</c>: where he refuses. <c>Why</c>: what is unclear, in words.
/// </summary>
public sealed record LabelAnswer(
    LabelOutcome Outcome, string? Shipment = null, string? TrackingNumber = null, Money? Price = null,
    StoredPaper? Label = null, ImmutableArray<StoredPaper> Papers = default, CarrierRefusal? Refusal = null,
    string? Why = null);

/// <summary>What came of voiding. <c>Status</c> null: the carrier did not say; to be asked again.</summary>
public sealed record VoidAnswer(VoidStatus? Status, CarrierRefusal? Refusal = null, string? Why = null);

/// <summary>
/// What came of telling a carrier what is handed over. <c>Status</c> null: he did not say; to be asked again.
/// <c>Number</c>: his, null for none. <c>Form</c>: his form as it is kept, null for none. <c>Nothing</c>: he was not
/// told, for sure. <c>Unknown</c>: he was told, has not answered, and cannot be asked, nor told again without risk.
/// </summary>
public sealed record CarrierCloseAnswer(
    CarrierStatus? Status, string? Number = null, StoredPaper? Form = null, CarrierRefusal? Refusal = null,
    string? Why = null, bool Nothing = false, bool Unknown = false);
