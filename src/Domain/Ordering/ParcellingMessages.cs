using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Fulfillment.Ordering;

/// <summary>
/// Units of a fulfilment order that are in a parcel which has a label, or is getting one. <c>Label</c>: its number.
/// <c>Lines</c>: none once it has left or lost that label; what is told late under that number changes nothing then.
/// <c>Address</c>: a number for the one on the label, see <see cref="Order.AddressOf"/>; 0 for not known.
/// </summary>
public sealed record ParcelledUnits(
    string Parcel, int Label, int Fulfilment, ImmutableArray<LineUnits> Lines, long Address = 0)
{
    /// <summary>Units of a line of a fulfilment order.</summary>
    public int Of(int fulfilment, string line) =>
        Fulfilment == fulfilment ? Lines.Where(l => l.Line == line).Sum(l => l.Units) : 0;
}

[JsonDerivedType(typeof(PutInParcel), "put-in-parcel")]
[JsonDerivedType(typeof(TakeFromParcel), "take-from-parcel")]
public abstract partial record OrderCommand
{
    /// <summary>
    /// A parcel with these units gets a label, of its own number: from now on they leave with it, and in no other
    /// parcel. Answered with the statuses of <see cref="Ship"/> but for those about time, bench and picking; without
    /// the order. Repeatable by parcel and label.
    /// </summary>
    public sealed record PutInParcel(
        int Fulfilment, ImmutableArray<LineUnits> Lines, string Parcel, int Label, long Address = 0)
        : OrderCommand, ICommand<FulfilReply>;

    /// <summary>A parcel has lost that label, or never got it: its units may leave otherwise. Repeatable.</summary>
    public sealed record TakeFromParcel(string Parcel, int Label) : OrderCommand, ICommand<Done>;
}

[JsonDerivedType(typeof(UnitsParcelled), "units-parcelled")]
[JsonDerivedType(typeof(UnitsUnparcelled), "units-unparcelled")]
public abstract partial record OrderEvent
{
    /// <summary>Units are in a parcel that has a label, or is getting one.</summary>
    public sealed record UnitsParcelled(ParcelledUnits Units) : OrderEvent;

    /// <summary>A parcel has lost that label, or never got it.</summary>
    public sealed record UnitsUnparcelled(string Parcel, int Label) : OrderEvent;
}
