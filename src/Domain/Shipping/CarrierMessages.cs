using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Fulfillment.Shipping;

/// <summary>
/// What is to be rated. <c>ShipOn</c>: the day of hand-over, where it is sent from. <c>Currency</c>: of the prices,
/// where the carrier can choose; null for the account's. <c>Declared</c>: what the goods are worth, for parcels that
/// cross a border. <c>TimeZone</c>: where it is sent from (IANA); null for not known.
/// </summary>
public sealed record RateAsk(
    ShipAddress From, ShipAddress To, ImmutableArray<ParcelSpec> Parcels, DateOnly ShipOn, string? Currency = null,
    Money? Declared = null, string? TimeZone = null);

/// <summary>What a carrier says to that: what he offers, and what he does not and why.</summary>
public sealed record RateReply(ImmutableArray<Rate> Rates, ImmutableArray<RejectedRate> Rejected);

/// <summary>
/// A carrier's own words for why he does not. <c>Code</c>: his, or ours in kebab-case where he has none. <c>Says</c>:
/// null where he says nothing; without control characters and secrets.
/// </summary>
public sealed record CarrierRefusal(string Code, string? Says = null);

/// <summary>In what form a label is wanted.</summary>
public enum LabelFormat
{
    /// <summary>PDF of 4 x 6 inches, or 100 x 150 mm.</summary>
    [JsonStringEnumMemberName("pdf")] Pdf,

    /// <summary>ZPL II for a printer of 203 dots per inch.</summary>
    [JsonStringEnumMemberName("zpl")] Zpl,

    /// <summary>A GIF image: what a carrier gives who draws no PDF. Nobody asks for it.</summary>
    [JsonStringEnumMemberName("gif")] Gif,
}

/// <summary>Who pays duty and tax at the border (Incoterms 2020).</summary>
public enum Incoterm
{
    /// <summary>Delivered at place: the receiver pays.</summary>
    [JsonStringEnumMemberName("dap")] Dap,

    /// <summary>Delivered duty paid: the sender pays.</summary>
    [JsonStringEnumMemberName("ddp")] Ddp,
}

/// <summary>
/// Goods of one kind. <c>Value</c>: of one piece. <c>NetGrams</c>: of one piece. <c>HsCode</c>: 6 to 10 digits.
/// <c>Origin</c>: ISO 3166-1 alpha-2, where it was made.
/// </summary>
public sealed record CustomsLine(
    string Description, int Quantity, Money Value, long NetGrams, string HsCode, string Origin);

/// <summary>
/// What is told to customs. All lines are in one currency. <c>Invoice</c>: its number. <c>Eori</c>: of the seller, as
/// exporter. <c>Ioss</c> and <c>GbVat</c>: only where tax was collected with the price; they are told to the carrier,
/// and stand on no paper of ours. Null where there is none.
/// </summary>
public sealed record CustomsDeclaration(
    Incoterm Terms, string Invoice, DateOnly InvoicedOn, ImmutableArray<CustomsLine> Lines,
    ExportReason Reason = ExportReason.Sale, string? Eori = null, string? Ioss = null, string? GbVat = null);

/// <summary>
/// A label to be bought: one shipment of the service with all parcels. <c>References</c>: what is printed on it beside
/// the key, such as the order's number; none when default. <c>Customs</c>: null inside a customs area.
/// <c>TimeZone</c>: where it is sent from (IANA); null for not known.
/// </summary>
public sealed record LabelAsk(
    string Service, ShipAddress From, ShipAddress To, ImmutableArray<ParcelSpec> Parcels, DateOnly ShipOn,
    LabelFormat Format, ImmutableArray<string> References = default, CustomsDeclaration? Customs = null,
    string? TimeZone = null);

/// <summary>The label of one parcel, as its bytes are printed.</summary>
public sealed record ParcelLabel(string TrackingNumber, LabelFormat Format, ImmutableArray<byte> Content);

/// <summary>
/// What was bought. <c>Shipment</c>: the carrier's number of it, which voids it. <c>Price</c>: as the carrier charges
/// it, null where he does not tell. <c>Papers</c>: other documents of the shipment, PDF.
/// </summary>
public sealed record BoughtLabel(
    string Shipment, ImmutableArray<ParcelLabel> Parcels, Money? Price, ImmutableArray<ImmutableArray<byte>> Papers);

/// <summary>What became of buying a label, or of asking for one by its key.</summary>
public enum LabelStatus
{
    /// <summary>Here it is.</summary>
    [JsonStringEnumMemberName("bought")] Bought,

    /// <summary>
    /// It was bought, and the carrier gives it out only once: void the shipment and buy another with a new key.
    /// </summary>
    [JsonStringEnumMemberName("bought-without-label")] BoughtWithoutLabel,

    /// <summary>
    /// Labels of some parcels were bought, those that are told, and of the others none. The same key buys the rest;
    /// who wants none of them voids these, and takes a new key.
    /// </summary>
    [JsonStringEnumMemberName("bought-in-part")] BoughtInPart,

    /// <summary>The carrier refuses; nothing was bought.</summary>
    [JsonStringEnumMemberName("refused")] Refused,

    /// <summary>Nothing was bought under that key. It may be bought.</summary>
    [JsonStringEnumMemberName("not-found")] NotFound,

    /// <summary>
    /// The carrier knows nothing of that key yet; his index is behind. To be asked again before anything is bought.
    /// </summary>
    [JsonStringEnumMemberName("not-seen-yet")] NotSeenYet,
}

/// <summary>
/// <c>Label</c>: where it was bought; of one without its label the parcels' bytes are empty. <c>Refusal</c>: where it
/// was refused.
/// </summary>
public sealed record LabelReply(LabelStatus Status, BoughtLabel? Label = null, CarrierRefusal? Refusal = null);

/// <summary>A shipment to be voided: the carrier's number, the key that it was bought under, and its parcels.</summary>
public sealed record VoidAsk(string Shipment, string Key, ImmutableArray<string> TrackingNumbers);

/// <summary>What became of voiding a label.</summary>
public enum VoidStatus
{
    /// <summary>It is void; it costs nothing.</summary>
    [JsonStringEnumMemberName("voided")] Voided,

    /// <summary>It was voided before.</summary>
    [JsonStringEnumMemberName("already-void")] AlreadyVoid,

    /// <summary>It was manifested already; the carrier looks into giving the money back.</summary>
    [JsonStringEnumMemberName("refund-requested")] RefundRequested,

    /// <summary>The carrier has no call for it, and charges only what he has been given.</summary>
    [JsonStringEnumMemberName("lapses-unused")] LapsesUnused,

    /// <summary>The carrier refuses: he has the parcel, or too much time has passed.</summary>
    [JsonStringEnumMemberName("refused")] Refused,
}

/// <summary>What became of voiding a label. <c>Refusal</c>: where it was refused.</summary>
public sealed record VoidReply(VoidStatus Status, CarrierRefusal? Refusal = null);

/// <summary>
/// What a carrier tells of a parcel, oldest first. <c>Known</c>: false where he knows nothing of it (yet).
/// <c>Expected</c>: the day he means to deliver it. <c>Refusal</c>: where he refuses to tell. <c>SignedBy</c>: who has
/// taken it; a person's name, which stands in no event.
/// </summary>
public sealed record TrackReply(
    bool Known, ImmutableArray<TrackEvent> Events, DateOnly? Expected = null, CarrierRefusal? Refusal = null,
    string? SignedBy = null);

/// <summary>
/// A pickup to be booked: on that day between these times, local ones. <c>Service</c>: one of those to be collected.
/// <c>TimeZone</c>: where it is (IANA); null for not known.
/// </summary>
public sealed record PickupAsk(
    ShipAddress At, DateOnly Day, TimeOnly Ready, TimeOnly Close, int Parcels, long Grams, string Service,
    string ToCountry, string? TimeZone = null);

/// <summary>Outcome of what not every carrier can do.</summary>
public enum CarrierStatus
{
    /// <summary>Done.</summary>
    [JsonStringEnumMemberName("done")] Done,

    /// <summary>The carrier needs none.</summary>
    [JsonStringEnumMemberName("not-needed")] NotNeeded,

    /// <summary>The carrier has no such thing, or it is not connected here.</summary>
    [JsonStringEnumMemberName("unsupported")] Unsupported,

    /// <summary>The carrier refuses.</summary>
    [JsonStringEnumMemberName("refused")] Refused,
}

/// <summary>What became of a pickup. <c>Confirmation</c>: the carrier's number, which cancels it.</summary>
public sealed record PickupReply(CarrierStatus Status, string? Confirmation = null, CarrierRefusal? Refusal = null);

/// <summary>A booked pickup to be cancelled.</summary>
public sealed record PickupCancel(string Confirmation, DateOnly Day, string Service, string Reason);

/// <summary>What is handed over from one place on one day.</summary>
public sealed record ManifestAsk(
    ShipAddress From, DateOnly Day, ImmutableArray<string> TrackingNumbers, LabelFormat Format = LabelFormat.Pdf);

/// <summary>What became of a manifest. <c>Form</c>: what is printed and scanned at hand-over; empty for none.</summary>
public sealed record ManifestReply(
    CarrierStatus Status, string? Number = null, ImmutableArray<byte> Form = default, CarrierRefusal? Refusal = null);

/// <summary>Where parcels are left and fetched. <c>Metres</c>: from what was asked for, null where not told.</summary>
public sealed record ServicePoint(string Id, string Name, ShipAddress At, int? Metres = null);

/// <summary>Service points, nearest first as the carrier sorts them.</summary>
public sealed record PointsReply(
    CarrierStatus Status, ImmutableArray<ServicePoint> Points, CarrierRefusal? Refusal = null);

/// <summary>What a carrier thinks of an address.</summary>
public enum AddressVerdict
{
    /// <summary>He delivers there as it is written.</summary>
    [JsonStringEnumMemberName("valid")] Valid,

    /// <summary>He delivers there, and writes it otherwise.</summary>
    [JsonStringEnumMemberName("corrected")] Corrected,

    /// <summary>It may be one of several.</summary>
    [JsonStringEnumMemberName("ambiguous")] Ambiguous,

    /// <summary>He knows no such address.</summary>
    [JsonStringEnumMemberName("unknown")] Unknown,

    /// <summary>He checks none there.</summary>
    [JsonStringEnumMemberName("unchecked")] Unchecked,
}

/// <summary>What a carrier thinks of an address, and how he writes it; at most ten, none when unknown.</summary>
public sealed record AddressReply(
    AddressVerdict Verdict, ImmutableArray<ShipAddress> Suggestions, CarrierRefusal? Refusal = null);

/// <summary>What a carrier's connection can do.</summary>
[Flags]
public enum CarrierAbility
{
    /// <summary>Nothing.</summary>
    [JsonStringEnumMemberName("none")] None = 0,

    /// <summary>Prices.</summary>
    [JsonStringEnumMemberName("rates")] Rates = 1,

    /// <summary>Labels.</summary>
    [JsonStringEnumMemberName("labels")] Labels = 2,

    /// <summary>Labels are given out again by the key they were bought under.</summary>
    [JsonStringEnumMemberName("reprints")] Reprints = 4,

    /// <summary>Labels are voided by a call.</summary>
    [JsonStringEnumMemberName("voids")] Voids = 8,

    /// <summary>Tracking.</summary>
    [JsonStringEnumMemberName("tracking")] Tracking = 16,

    /// <summary>Pickups.</summary>
    [JsonStringEnumMemberName("pickups")] Pickups = 32,

    /// <summary>Manifests.</summary>
    [JsonStringEnumMemberName("manifests")] Manifests = 64,

    /// <summary>Service points.</summary>
    [JsonStringEnumMemberName("service-points")] ServicePoints = 128,

    /// <summary>Checks of addresses.</summary>
    [JsonStringEnumMemberName("address-checks")] AddressChecks = 256,

    /// <summary>Declarations to customs travel with the label.</summary>
    [JsonStringEnumMemberName("customs")] Customs = 512,
}

/// <summary>Whether a carrier is asked.</summary>
public enum BreakerState
{
    /// <summary>He is.</summary>
    [JsonStringEnumMemberName("closed")] Closed,

    /// <summary>He has failed again and again, and is left alone for a while.</summary>
    [JsonStringEnumMemberName("open")] Open,

    /// <summary>One call tries whether he answers again.</summary>
    [JsonStringEnumMemberName("half-open")] HalfOpen,
}
