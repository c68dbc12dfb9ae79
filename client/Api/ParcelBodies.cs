namespace Fulfillment.Client.Api;

// What requests and answers about parcels look like. Millimetres and grams.

/// <summary>
/// A parcel of a fulfilment order. <c>Box</c>: the LPN of a closed box of its bench, which tells the rest; else
/// <c>Id</c>, edges and weight. <c>Lines</c>: all that may leave when missing.
/// </summary>
public sealed record ParcelRequest(
    string? Id, string? Box, IReadOnlyList<LineUnitsBody?>? Lines, long? LengthMm, long? WidthMm, long? HeightMm,
    long? Grams, string? By = null) : IChangeRequest;

/// <summary>Prices of carriers for a parcel. <c>DeliverBy</c>: the day that was promised when missing.</summary>
public sealed record ParcelRatesRequest(
    string? ShipOn, string? DeliverBy, IReadOnlyList<string?>? Carriers, string? Currency);

/// <summary>
/// A label. Without <c>Service</c> the cheapest that meets the promised day is bought, of <c>Carrier</c> where one is
/// named. <c>ShipOn</c>: when missing, the next day on which it can be handed over at its node. <c>Override</c>: why it
/// is another one. <c>VoidAfterDays</c>: days after <c>ShipOn</c>; a label that is not handed over by then is voided.
/// </summary>
public sealed record LabelRequest(
    string? Id, string? Carrier, string? Service, string? Format, string? ShipOn, string? Override,
    long? VoidAfterDays, string? By) : IChangeRequest;

/// <summary>Labels of many parcels, each as <see cref="LabelRequest"/> has it; at most 500.</summary>
public sealed record LabelBatchRequest(
    string? Id, IReadOnlyList<string?>? Parcels, string? Carrier, string? Service, string? Format, string? ShipOn,
    string? Override, long? VoidAfterDays, string? By) : IChangeRequest;

/// <summary>
/// What came of one. <c>Status</c>: of its label, or <c>failed</c>; then <c>Code</c> and <c>Detail</c> say why.
/// </summary>
public sealed record LabelResultBody(
    string Parcel, string Status, string? Carrier, string? Service, string? TrackingNumber, MoneyBody? Price,
    string? Code, string? Detail);

/// <summary>One result a parcel, in the order of the request.</summary>
public sealed record LabelBatchBody(string Id, IReadOnlyList<LabelResultBody> Labels);

public sealed record ParcelChangeRequest(string? Id, string? Reason, string? By) : IChangeRequest;

/// <summary>
/// A label is given up. <c>Label</c>: the number of one that was given up before: its carrier is asked about it again.
/// </summary>
public sealed record LabelVoidRequest(string? Id, string? Reason, string? By, long? Label) : IChangeRequest;

/// <summary>
/// <c>Price</c>: as the carrier charges it. <c>Quoted</c>: as it was told before. <c>Wanted</c>: false: it was given
/// up. <c>Trouble</c>: what is unclear. <c>Stopped</c>: why the order did not let its goods go.
/// </summary>
public sealed record LabelBody(
    int Number, string Carrier, string Service, string Status, string Format, DateOnly ShipOn, bool Wanted,
    string? TrackingNumber, string? Shipment, MoneyBody? Price, MoneyBody? Quoted, string? QuotedBy, string? Override,
    string? Code, string? Detail, string? Trouble, string? Stopped, string? Voided, int? Bytes, int Papers, string By,
    DateTimeOffset AskedAt, DateTimeOffset? BoughtAt, DateTimeOffset VoidOn);

/// <summary>
/// <c>Expected</c>: the day that its carrier means to deliver it. <c>UnknownCodes</c>: how many of the events have a
/// code that there is no word for. <c>Proof</c>: once it is delivered. <c>Notices</c>: what the buyer is told of cases.
/// </summary>
public sealed record ParcelBody(
    string Parcel, string Order, string FulfilmentOrder, string Node, string? Box, string Status,
    IReadOnlyList<LineUnitsBody> Lines, int LengthMm, int WidthMm, int HeightMm, long Grams, DateOnly? DeliverBy,
    MoneyBody? Value, string? Carrier, string? Service, string? TrackingNumber, IReadOnlyList<LabelBody> Labels,
    DateOnly? Expected, IReadOnlyList<TrackEventBody> Events, int UnknownCodes, ProofBody? Proof,
    IReadOnlyList<ParcelCaseBody> Cases, IReadOnlyList<ParcelNoticeBody> Notices, string? Manifest,
    DateTimeOffset PlannedAt, string By, long Revision);

public sealed record ParcelListBody(
    string Parcel, string Order, string FulfilmentOrder, string Node, string Status, string? Carrier, string? Service,
    string? TrackingNumber, DateOnly? ShipOn, DateTimeOffset PlannedAt);
