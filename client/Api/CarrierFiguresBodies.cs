namespace Fulfillment.Client.Api;

// What answers about figures of carriers look like.

/// <summary>
/// <c>Calls</c>: that he was asked since the start, <c>Failed</c> of them without an answer, by <c>Troubles</c>.
/// <c>NotAsked</c>: because he was left alone. Milliseconds of the last 1,000 calls, rounded up.
/// </summary>
public sealed record CarrierCallBody(
    string Carrier, string Call, long Calls, long Failed, IReadOnlyDictionary<string, long> Troubles, long NotAsked,
    long P50Ms, long P95Ms, long P99Ms, long LongestMs);

/// <summary>By carrier and kind of call; kinds that nobody asked for are missing.</summary>
public sealed record CarrierCallsBody(IReadOnlyList<CarrierCallBody> Items);

/// <summary>
/// Labels of a carrier in one currency. <c>Compared</c>: those with a price before and one charged; the amounts are
/// sums of these, in minor units. <c>Off</c>: without their signs. <c>Dearer</c>: labels that cost more than told,
/// <c>MostDearer</c> by how much at most. <c>OffPerMille</c>: of what was quoted.
/// </summary>
public sealed record QuoteErrorBody(
    string Carrier, string? Currency, long Labels, long Compared, long Quoted, long Charged, long Difference, long Off,
    long Dearer, long MostDearer, long? OffPerMille);

/// <summary>Of labels that were bought in that time.</summary>
public sealed record QuoteErrorsBody(DateTimeOffset From, DateTimeOffset Until, IReadOnlyList<QuoteErrorBody> Items);
