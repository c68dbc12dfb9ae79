using System.Collections.Immutable;

namespace Fulfillment.Client.Papers;

/// <summary>
/// What goes with a parcel. <c>Reference</c>: the fulfilment order; <c>From</c>, <c>To</c>: addresses, line by line.
/// <c>GiftMessage</c>: of whoever gives it; null when it is no gift. <c>Totals</c>: null where no price is to be seen,
/// as on a gift; then no line has any either. <c>MadeAt</c>: the moment that the paper tells of itself.
/// </summary>
public sealed record PackingSlip(
    string Seller, string Order, string Reference, DateTimeOffset MadeAt, ImmutableArray<string> From,
    ImmutableArray<string> To, ImmutableArray<PaperFact> Facts, ImmutableArray<SlipLine> Lines,
    ImmutableArray<SlipAbsent> Absent, string? GiftMessage = null, SlipTotals? Totals = null);

/// <summary>Units of a line that are in the parcel; <c>Money</c> null when it has no price, or shows none.</summary>
public sealed record SlipLine(PaperItem Item, int Units, SlipMoney? Money = null);

/// <summary>
/// What they cost, in minor units. <c>Each</c>: one of them; null where they do not all cost the same. <c>Amount</c>:
/// all of them, less the discount. <c>Tax</c>: of all of them, in the amount or on top of it as the totals say.
/// </summary>
public readonly record struct SlipMoney(long? Each, long Discount, long Tax, long Amount);

/// <summary>What all that is in the parcel costs, in minor units of the currency.</summary>
public sealed record SlipTotals(
    string Currency, long Goods, long Shipping, long Tax, bool TaxIncluded, long Total);

/// <summary>Ordered units that are not in the parcel, and why.</summary>
public sealed record SlipAbsent(PaperItem Item, int Units, string Why);
