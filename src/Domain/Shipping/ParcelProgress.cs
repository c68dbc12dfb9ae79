namespace Fulfillment.Shipping;

/// <summary>
/// How far a parcel has come: a status that never goes back. <c>Reached</c>: the farthest milestone; never
/// <see cref="Milestone.Exception"/> or <see cref="Milestone.Other"/>. <c>IsStopped</c>: something is in its way there.
/// <c>LatestAt</c>: of the events that count, by the carrier's time. <c>TurnedBack</c>: it was on its way to its
/// sender, whatever has become of it since.
/// </summary>
public readonly record struct ParcelProgress(
    Milestone Reached, bool IsStopped, DateTimeOffset LatestAt, bool TurnedBack = false)
{
    /// <summary>What is told of the parcel.</summary>
    public Milestone Status => IsStopped && !IsFinal(Reached) ? Milestone.Exception : Reached;

    /// <summary>A label, and nothing more.</summary>
    public static ParcelProgress Labelled(DateTimeOffset at) => new(Milestone.Labelled, false, at);

    /// <summary>
    /// After an event. Events that are late, come twice, go back or are unknown change nothing: they belong to the
    /// timeline. An exception stands until an event that is as far, and later, tells of progress. What is delivered
    /// after it was sent back has come back to its sender, even if that it was is told only afterwards. A parcel that
    /// was lost may be found at the door; what has been delivered, returned or voided stays so. A label is void only
    /// while no carrier has the parcel.
    /// </summary>
    public ParcelProgress After(TrackEvent told)
    {
        // Told late: it had turned back before it was delivered, and so to its sender.
        if (Reached == Milestone.Delivered && told.Milestone == Milestone.Returning && told.At < LatestAt)
            return this with { Reached = Milestone.Returned, TurnedBack = true };
        var back = TurnedBack || told.Milestone == Milestone.Returning;
        var milestone = told.Milestone == Milestone.Delivered && back ? Milestone.Returned : told.Milestone;
        if (IsFinal(Reached) || milestone == Milestone.Other) return this;
        var isLater = told.At >= LatestAt;
        if (milestone == Milestone.Exception)
            return isLater ? this with { IsStopped = true, LatestAt = told.At } : this;
        if (milestone == Milestone.Void)
            return Reached == Milestone.Labelled ? new(Milestone.Void, false, Later(told)) : this;
        if (Rank(milestone) > Rank(Reached)) return new(milestone, IsStopped && !isLater, Later(told), back);
        return Rank(milestone) == Rank(Reached) && isLater ? new(Reached, false, told.At, back)
            : this with { TurnedBack = back };
    }

    /// <summary>Whether nothing comes after it.</summary>
    public static bool IsFinal(Milestone milestone) =>
        milestone is Milestone.Delivered or Milestone.Returned or Milestone.Void;

    DateTimeOffset Later(TrackEvent told) => told.At > LatestAt ? told.At : LatestAt;

    static int Rank(Milestone milestone) => milestone switch
    {
        Milestone.Other or Milestone.Exception => -1,
        Milestone.Labelled => 0,
        Milestone.HandedOver => 1,
        Milestone.InTransit => 2,
        Milestone.OutForDelivery => 3,
        Milestone.Returning => 4,
        Milestone.Lost => 5,
        Milestone.Delivered or Milestone.Returned or Milestone.Void => 6,
    };
}
