namespace Fulfillment.Shipping;

/// <summary>
/// How far a parcel has come: a status that never goes back, and that is the same in whatever order the same is told.
/// <c>Reached</c>: the farthest milestone; never <see cref="Milestone.Exception"/> or <see cref="Milestone.Other"/>.
/// <c>At</c>: when, by the carrier's time: the last time that it was told, but the first time for what is final.
/// <c>StoppedAt</c>: of the last exception, null for none. <c>TurnedAt</c>: since when it was on its way back to its
/// sender, null where it was not before it arrived.
/// </summary>
public readonly record struct ParcelProgress(
    Milestone Reached, DateTimeOffset At, DateTimeOffset? StoppedAt = null, DateTimeOffset? TurnedAt = null)
{
    /// <summary>Something is in its way where it is; while no carrier has it, whatever the time.</summary>
    public bool IsStopped => StoppedAt is { } stopped && !IsFinal(Reached)
        && (stopped >= At || Reached == Milestone.Labelled);

    /// <summary>What is told of the parcel.</summary>
    public Milestone Status => IsStopped ? Milestone.Exception : Reached;

    /// <summary>A label, and nothing more.</summary>
    public static ParcelProgress Labelled(DateTimeOffset at) => new(Milestone.Labelled, at);

    /// <summary>
    /// After an event. Events that are late, come twice, go back or are unknown change nothing: they belong to the
    /// timeline. An exception stands until an event that is as far, and later, tells of progress. What is delivered
    /// after it was sent back has come back to its sender, in whatever order that is told. A parcel that was lost may
    /// be found at the door; of what is final the first counts. A label is void only while no carrier has the parcel,
    /// and then for good: that alone goes by the order in which it is told.
    /// </summary>
    public ParcelProgress After(TrackEvent told) => told.Milestone switch
    {
        Milestone.Other => this,
        _ when Reached == Milestone.Void => this,
        Milestone.Void => Reached == Milestone.Labelled ? new(Milestone.Void, told.At) : this,
        Milestone.Exception => IsFinal(Reached) || told.At <= StoppedAt ? this : this with { StoppedAt = told.At },
        Milestone.Delivered or Milestone.Returned => Arrived(told),
        Milestone.Returning => Turned(told.At).Went(told),
        _ => Went(told),
    };

    /// <summary>Whether nothing comes after it.</summary>
    public static bool IsFinal(Milestone milestone) =>
        milestone is Milestone.Delivered or Milestone.Returned or Milestone.Void;

    /// <summary>Of two ends the earlier one counts; at one moment, that it came back.</summary>
    ParcelProgress Arrived(TrackEvent told)
    {
        var isEarlier = !IsFinal(Reached) || told.At < At
            || (told.At == At && told.Milestone == Milestone.Returned);
        if (!isEarlier) return this;
        var turned = TurnedAt < told.At ? TurnedAt : null;
        return new(turned is null ? told.Milestone : Milestone.Returned, told.At, TurnedAt: turned);
    }

    ParcelProgress Turned(DateTimeOffset at)
    {
        if (TurnedAt <= at || (IsFinal(Reached) && at >= At)) return this;
        return this with
        {
            TurnedAt = at,
            Reached = Reached == Milestone.Delivered ? Milestone.Returned : Reached,
        };
    }

    ParcelProgress Went(TrackEvent told)
    {
        if (IsFinal(Reached) || Rank(told.Milestone) < Rank(Reached)) return this;
        return Rank(told.Milestone) > Rank(Reached) || told.At > At
            ? this with { Reached = told.Milestone, At = told.At } : this;
    }

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
