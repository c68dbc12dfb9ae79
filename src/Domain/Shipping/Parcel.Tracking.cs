using System.Collections.Immutable;
using System.Diagnostics;
using Fulfillment.Intake;
using Fulfillment.Ordering;

namespace Fulfillment.Shipping;

// Tracking: what carriers tell is kept once, the way goes on and never back, and who tells nothing is asked.
public sealed partial record Parcel
{
    /// <summary>The most events of a timeline: the first and the newest.</summary>
    public const int MaxEvents = 500;

    /// <summary>After so long without news nobody asks any more.</summary>
    public static readonly TimeSpan FollowFor = TimeSpan.FromDays(60);

    /// <summary>
    /// What a carrier dates further ahead is kept, and counts for nothing: no clock of his is so wrong.
    /// </summary>
    public static readonly TimeSpan MostAhead = TimeSpan.FromDays(1);

    static readonly TimeSpan LastLook = TimeSpan.FromDays(7);

    const int MostTellings = 60, TellAtMostEveryHours = 6, HearsForDays = 3, DueForDays = 3, QuietDays = 7,
        RestWhereHeard = 4;

    static Decision<ParcelEvent> Note(Parcel parcel, ParcelCommand.NoteTracking c, Turn turn)
    {
        if (parcel.Sheet is null) return parcel.Answer(ParcelReplyStatus.UnknownParcel);
        if (c.Operation is { } by && parcel.Known.Repeats(by) is { } same)
            return parcel.Answer(same ? ParcelReplyStatus.AlreadyDone : ParcelReplyStatus.DifferentContent, c.Number);
        if (parcel.LabelOf(c.Number) is not { BoughtAt: not null }) return parcel.Answer(ParcelReplyStatus.NoLabel);
        ParcelEvent[] events = [.. parcel.Tracked(c, turn)];
        return events is [] ? parcel.Answer(ParcelReplyStatus.AlreadyDone, c.Number)
            : parcel.After(ParcelReplyStatus.Done, c.Number, events);
    }

    IEnumerable<ParcelEvent> Noted(ParcelCommand.NotePoll c, Turn turn)
    {
        if (LabelOf(c.Number) is not { BoughtAt: not null } || Trail is null) return [];
        if (c.Answer.Outcome == TrackOutcome.Told)
            return Tracked(
                new(c.Number, TrackSource.Poll, c.Answer.Events.IsDefault ? [] : c.Answer.Events, c.Answer.Expected,
                    c.Answer.SignedBy, "poll"), turn);
        var isMute = c.Answer.Outcome == TrackOutcome.Unsupported && Trail.Label == c.Number && Trail.Step == c.Step
            && Trail.IsOn;
        return isMute ? [new ParcelEvent.TrackingAsked(c.Number, c.Step + 1, Trail.NewsAt + FollowFor, true)] : [];
    }

    /// <summary>What is new in it, and what follows.</summary>
    IEnumerable<ParcelEvent> Tracked(ParcelCommand.NoteTracking c, Turn turn)
    {
        var isLive = LabelOf(c.Number)!.IsLive;
        var news = News(c, isLive, turn.Now);
        var expected = isLive && c.Expected != Sheet!.Expected && !IsOld(c, turn.Now) ? c.Expected : null;
        var before = Sheet!.Progress?.Status;
        var tracked = new ParcelEvent.ParcelTracked(
            c.Operation, c.Number, LabelOf(c.Number)!.Terms.Carrier, c.Source, news, expected, null, null, c.By,
            turn.Now);
        var then = Evolve(this, tracked);
        var signed = then.Sheet!.Proof is { } proof && isLive && c.SignedBy is not null && c.SignedBy != proof.SignedBy
            ? c.SignedBy : null;
        if (news.IsEmpty && expected is null && signed is null && c.Operation is null) return [];
        var now = then.Sheet.Progress?.Status;
        tracked = tracked with { SignedBy = signed, Now = now != before ? now : null };
        then = Evolve(this, tracked);
        return [tracked, .. then.CasesAfter(tracked, turn), .. then.Resumed(c.Number, turn)];
    }

    /// <summary>Events that were not told before: those that the timeline keeps, and those that lead on.</summary>
    ImmutableArray<TrackEvent> News(ParcelCommand.NoteTracking c, bool isLive, DateTimeOffset now)
    {
        List<TrackEvent> news = [];
        foreach (var told in c.Told.Select(e => InTime(e, now) with { Label = c.Number }))
            if (!Timeline.Any(told.IsSame) && !news.Any(told.IsSame)) news.Add(told);
        var kept = Kept(news, now);
        return
        [
            .. news.Order(TimelineOrder.It).Where(e => kept.Any(e.IsSame)
                || (isLive && Sheet!.Progress is { } p && p.After(Counted(e)) != p)),
        ];
    }

    /// <summary>What was told before what is known says nothing of the day to come.</summary>
    bool IsOld(ParcelCommand.NoteTracking c, DateTimeOffset now) =>
        c.Told.Where(e => !IsAhead(e, now)).MaxBy(e => e.At) is { } last
        && Timeline.LastOrDefault(e => e.Label == c.Number && !IsAhead(e, now)) is { } newest && last.At < newest.At;

    static bool IsAhead(TrackEvent told, DateTimeOffset now) => told.At > now + MostAhead;

    static TrackEvent InTime(TrackEvent told, DateTimeOffset now) =>
        IsAhead(told, now) ? told with { Milestone = Milestone.Other, Why = null } : told;

    ImmutableArray<TrackEvent> Timeline => Sheet!.Events.IsDefault ? [] : Sheet.Events;

    ImmutableArray<Operation> Known => Trail is { } t ? t.Known : [];

    /// <summary>
    /// The timeline with events: of too many the first and the newest, in whatever order they were told, and of those
    /// that are dated far ahead none.
    /// </summary>
    ImmutableArray<TrackEvent> Kept(IEnumerable<TrackEvent> news, DateTimeOffset now)
    {
        ImmutableArray<TrackEvent> all = [.. Timeline.Concat(news).Order(TimelineOrder.It)];
        if (all.Length <= MaxEvents) return all;
        all = [.. all.Where(e => !IsAhead(e, now))];
        return all.Length <= MaxEvents ? all : [all[0], .. all[^(MaxEvents - 1)..]];
    }

    /// <summary>That a carrier calls a label void says nothing of where the parcel is.</summary>
    static TrackEvent Counted(TrackEvent told) =>
        told.Milestone == Milestone.Void ? told with { Milestone = Milestone.Other } : told;

    IEnumerable<ParcelEvent> Resumed(int number, Turn turn) =>
        Trail is { IsOn: false } t && t.Label == number && Sheet!.Progress is { } p
            && !ParcelProgress.IsFinal(p.Reached)
            ? [new ParcelEvent.TrackingAsked(number, t.Step + 1, turn.Now + Pace(turn.Now))] : [];

    IEnumerable<ParcelEvent> AskTracking(ParcelCommand.AskTracking c, Turn turn)
    {
        if (Trail is not { IsOn: true } t || t.Label != c.Number || t.Step != c.Step) yield break;
        if (LabelOf(c.Number) is not { IsLive: true } label || Sheet!.Progress is not { } p
            || ParcelProgress.IsFinal(p.Reached))
        {
            // Who told by himself how it ended may not have told the rest: he is asked for it once more.
            var isLast = LabelOf(c.Number)!.IsLive && !t.IsSilent && t.HeardAt == t.NewsAt
                && turn.Now < t.NewsAt + LastLook;
            yield return isLast ? new ParcelEvent.TrackingAsked(c.Number, c.Step + 1, t.NewsAt + LastLook)
                : new ParcelEvent.TrackingEnded(c.Number, c.Step + 1);
        }
        else if (turn.Now - t.NewsAt < FollowFor)
        {
            yield return new ParcelEvent.TrackingAsked(
                c.Number, c.Step + 1, t.IsSilent ? t.NewsAt + FollowFor : turn.Now + Pace(turn.Now), t.IsSilent);
        }
        else
        {
            yield return new ParcelEvent.TrackingEnded(c.Number, c.Step + 1);
            foreach (var opened in Opened(label, [new(CaseReason.NoNews, t.NewsAt)], turn)) yield return opened;
        }
    }

    /// <summary>
    /// Until he is asked again: often on the day that it should arrive and where something is in its way, seldom when
    /// there was news today, or none for a week, or the carrier tells by himself.
    /// </summary>
    TimeSpan Pace(DateTimeOffset now)
    {
        var p = Sheet!.Progress!.Value;
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var day = Sheet.Expected ?? Sheet.Terms.DeliverBy;
        var isDue = day <= today && today <= day.Value.AddDays(DueForDays);
        var quiet = now - Trail!.NewsAt;
        var hours = p.Reached switch
        {
            Milestone.Returning or Milestone.Lost => 24,
            Milestone.Labelled => 12,
            _ when isDue => 2,
            _ when quiet >= TimeSpan.FromDays(QuietDays) => 24,
            _ when p.IsStopped || p.Reached == Milestone.OutForDelivery => 2,
            _ => quiet < TimeSpan.FromDays(1) ? 12 : 6,
        };
        var hears = now - Trail.HeardAt < TimeSpan.FromDays(HearsForDays);
        return TimeSpan.FromHours(hears ? RestWhereHeard * hours : hours);
    }

    /// <summary>The parcel whose new label is followed: from the day of hand-over on, it is asked for.</summary>
    Parcel Follow(ParcelEvent.LabelBought e) => this with
    {
        Trail = new(e.Number, (Trail?.Step ?? 0) + 1, true, false, FollowFrom(e), null, 0, Known),
        Sheet = Sheet! with { Expected = null, Proof = null },
    };

    DateTimeOffset FollowFrom(ParcelEvent.LabelBought e)
    {
        DateTimeOffset noon = new(LabelOf(e.Number)!.Terms.ShipOn, new(12, 0), TimeSpan.Zero);
        return noon > e.At ? noon : e.At;
    }

    IEnumerable<ParcelEvent> Noted(ParcelCommand.NoteArrival c, Turn turn)
    {
        if (c.Status != FulfilStatus.UnknownShipment || Trail is not { } t || t.Tellings >= MostTellings
            || Sheet?.Progress is not { Reached: Milestone.Delivered }) yield break;
        var pause = Pause(t.Tellings);
        if (pause > TimeSpan.FromHours(TellAtMostEveryHours)) pause = TimeSpan.FromHours(TellAtMostEveryHours);
        yield return new ParcelEvent.ArrivalUntold(t.Tellings + 1, turn.Now + pause);
    }

    IEnumerable<ParcelEvent> Tell(ParcelCommand.TellArrival c) =>
        Trail?.Tellings == c.Telling && Sheet?.Progress is { Reached: Milestone.Delivered }
            ? [new ParcelEvent.ArrivalTold(c.Telling)] : [];

    /// <summary>The parcel after something was told, or somebody was asked.</summary>
    Parcel Followed(ParcelEvent happened) => happened switch
    {
        ParcelEvent.ParcelTracked e => Tracked(e),
        ParcelEvent.TrackingAsked e => this with
        {
            Trail = Trail! with { Step = e.Step, IsOn = true, IsSilent = e.Silent },
        },
        ParcelEvent.TrackingEnded e => this with { Trail = Trail! with { Step = e.Step, IsOn = false } },
        ParcelEvent.CaseOpened e => With(e.Case),
        ParcelEvent.CaseClosed e => Closed(e),
        ParcelEvent.ArrivalUntold e => this with { Trail = Trail! with { Tellings = e.Telling } },
        ParcelEvent.ArrivalTold => this,
        _ => throw new UnreachableException(),
    };

    Parcel Tracked(ParcelEvent.ParcelTracked e)
    {
        var isLive = LabelOf(e.Number)!.IsLive;
        var kept = Kept(e.Told, e.At);
        var progress = isLive && Sheet!.Progress is { } p
            ? e.Told.Aggregate(p, (at, told) => at.After(Counted(told))) : Sheet!.Progress;
        var proof = progress is { Reached: Milestone.Delivered } done
            ? new ProofOfDelivery(
                done.At, kept.FirstOrDefault(k => k.At == done.At && k.Milestone == Milestone.Delivered)?.Place,
                e.SignedBy ?? Sheet.Proof?.SignedBy)
            : null;
        var known = Know(e.Operation);
        return known with
        {
            Sheet = Sheet with
            {
                Events = kept,
                Progress = progress,
                Expected = e.Expected ?? Sheet.Expected,
                Proof = isLive ? proof : Sheet.Proof,
            },
            Trail = known.Trail! with
            {
                NewsAt = isLive && !e.Told.IsEmpty ? e.At : known.Trail!.NewsAt,
                HeardAt = e.Source == TrackSource.Webhook ? e.At : known.Trail!.HeardAt,
            },
        };
    }

    /// <summary>The newest are known; a label that was bought has a trail.</summary>
    Parcel Know(Operation? operation)
    {
        var trail = Trail ?? new(0, 0, false, true, DateTimeOffset.MinValue, null, 0, []);
        if (operation is not { } by) return this with { Trail = trail };
        var known = trail.Known.Add(by);
        return this with
        {
            Trail = trail with { Known = known.Length > MaxOperations ? known[^MaxOperations..] : known },
        };
    }

    Send[] Sent(ParcelEvent happened, Turn turn) => happened switch
    {
        ParcelEvent.LabelBought { Lives: true } e =>
            [new(turn.Self, new ParcelCommand.AskTracking(e.Number, Trail!.Step), FollowFrom(e))],
        ParcelEvent.TrackingAsked { Silent: true } e => [Asks(e, turn)],
        ParcelEvent.TrackingAsked e when LabelOf(e.Number) is { } label =>
        [
            Call(new LabelCall.Track(
                turn.Self.Key, e.Number, label.Terms.Carrier, label.Shipment!, label.TrackingNumber!,
                label.Terms.To)
            {
                Step = e.Step,
            }),
            Asks(e, turn),
        ],
        ParcelEvent.ParcelTracked { Now: Milestone.Delivered } or ParcelEvent.ArrivalTold => [Arrives(turn)],
        ParcelEvent.ArrivalUntold e => [new(turn.Self, new ParcelCommand.TellArrival(e.Telling), e.TellAt)],
        _ => [],
    };

    static Send Asks(ParcelEvent.TrackingAsked e, Turn turn) =>
        new(turn.Self, new ParcelCommand.AskTracking(e.Number, e.Step), e.NextAt);

    /// <summary>The goods of the parcel, and no others, have arrived.</summary>
    Send Arrives(Turn turn) => new(
        turn.Self.Sibling(OrderingCalls.Kind, Sheet!.Terms.Order),
        new OrderCommand.Deliver(
            $"{Sent(turn)}/arrived", Sheet.Terms.Fulfilment, Sent(turn)));

    string Sent(Turn turn) => ShipmentOf(turn.Self.Name, Sheet!.Leave?.Attempt ?? 1);

    /// <summary>The id under which the goods of a parcel leave, and arrive, at its order.</summary>
    public static string ShipmentOf(string parcel) => $"parcel:{parcel}";
}
