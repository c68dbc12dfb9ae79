using FsCheck;
using FsCheck.Fluent;
using Fulfillment.Ordering;
using Fulfillment.Shipping;
using static Fulfillment.Tests.Domain.Parcels;
using static Fulfillment.Tests.Domain.Product;

namespace Fulfillment.Tests.Domain;

/// <summary>What carriers tell is kept once, leads on and never back; who tells nothing is asked.</summary>
public sealed class ParcelTrackingTests
{
    static readonly DateTimeOffset Noon = new(2026, 12, 1, 12, 0, 0, TimeSpan.Zero);

    static Given<Parcel, ParcelCommand, ParcelEvent> Labelled() => Given([.. Asked(), Got()]).At(Noon);

    static TrackEvent Told(int hour, Milestone milestone, string code = "c", CaseReason? why = null) =>
        new(Noon.AddHours(hour), milestone, code, "says", "Leipzig, DE", why);

    static ParcelCommand.NoteTracking Note(params TrackEvent[] told) =>
        new(1, TrackSource.Webhook, [.. told], null, null, "webhook");

    static ParcelReplyStatus Status(Given<Parcel, ParcelCommand, ParcelEvent> given) =>
        ((ParcelReply)given.Reply!).Status;

    static Send Track(int step) => new(
        new(ParcelCalls.LabelsOf(Carrier), ""),
        new LabelCall.Track($"default/{Id}", 1, Carrier, "S-1", "T-1", Label.To) { Step = step });

    static Send Timer(int step, DateTimeOffset at) => new(Self, new ParcelCommand.AskTracking(1, step), at);

    [Fact]
    public void What_is_told_is_kept_once_and_the_list_is_told_how_far_the_parcel_is()
    {
        var given = Labelled().When(Note(Told(1, Milestone.InTransit), Told(0, Milestone.HandedOver)));
        given.ThenHappens(new ParcelEvent.ParcelTracked(
            null, 1, Carrier, TrackSource.Webhook,
            [Told(0, Milestone.HandedOver) with { Label = 1 }, Told(1, Milestone.InTransit) with { Label = 1 }], null,
            null, Milestone.InTransit, "webhook", Noon));
        Assert.Equal(ParcelStatus.InTransit, given.State.Sheet!.Status);

        Assert.Equal(ParcelReplyStatus.AlreadyDone, Status(given.When(Note(Told(1, Milestone.InTransit)))));
        given.ThenNothing();
        // What is late adds to the timeline, and changes nothing else.
        given.When(Note(Told(0, Milestone.Labelled, "late")));
        Assert.Null(Assert.IsType<ParcelEvent.ParcelTracked>(Assert.Single(given.Events)).Now);
        Assert.Equal([0, 0, 1], given.State.Sheet!.Events.Select(e => (e.At - Noon).Hours));
        Assert.Equal(ParcelStatus.InTransit, given.State.Sheet.Status);
    }

    [Fact]
    public void A_code_that_nobody_knows_is_kept_and_changes_nothing_else()
    {
        var given = Labelled().When(Note(Told(1, Milestone.Other, "ZZ")));

        Assert.Equal(ParcelStatus.Labelled, given.State.Sheet!.Status);
        Assert.Equal("ZZ", Assert.Single(given.State.Sheet.Events).Code);
        Assert.Empty(given.Sends);
    }

    [Fact]
    public void What_has_no_label_cannot_be_told_of()
    {
        Assert.Equal(ParcelReplyStatus.NoLabel, Status(Given().When(Note(Told(1, Milestone.InTransit)))));
        Assert.Equal(ParcelReplyStatus.NoLabel, Status(Given(Asked()).When(Note(Told(1, Milestone.InTransit)))));
        Given<Parcel, ParcelCommand, ParcelEvent> none = new(Self, After(0));
        Assert.Equal(ParcelReplyStatus.UnknownParcel, Status(none.When(Note(Told(1, Milestone.InTransit)))));
    }

    [Fact]
    public void Who_tells_by_hand_may_repeat_it_and_not_say_something_else()
    {
        var hand = Note(Told(1, Milestone.HandedOver)) with
        {
            Source = TrackSource.Hand,
            By = "anna",
            Operation = new("e-1", 5),
        };
        var given = Labelled().When(hand);
        Assert.Equal(ParcelReplyStatus.Done, Status(given));
        Assert.Equal(ParcelReplyStatus.AlreadyDone, Status(given.When(hand)));
        given.ThenNothing();
        Assert.Equal(
            ParcelReplyStatus.DifferentContent, Status(given.When(hand with { Operation = new("e-1", 6) })));
    }

    [Fact]
    public void A_parcel_that_has_arrived_tells_its_order_which_goods()
    {
        Send arrival = new(Buyers, new OrderCommand.Deliver($"parcel:{Id}/arrived", 1, $"parcel:{Id}"));
        Personal<string> name = new("s-1", "sealed-name");
        var given = Labelled().When(Note(Told(9, Milestone.Delivered)) with { SignedBy = name }).ThenSends(arrival);
        Assert.Equal(new ProofOfDelivery(Noon.AddHours(9), "Leipzig, DE", name), given.State.Sheet!.Proof);
        Assert.Equal(ParcelStatus.Delivered, given.State.Sheet.Status);
        given.When(Note(Told(9, Milestone.Delivered)) with { SignedBy = name }).ThenNothing();

        // The order may hear of the arrival before it hears of the hand-over.
        given.When(new ParcelCommand.NoteArrival(FulfilStatus.UnknownShipment));
        var untold = Assert.IsType<ParcelEvent.ArrivalUntold>(Assert.Single(given.Events));
        Assert.Equal((1, Noon.AddSeconds(10)), (untold.Telling, untold.TellAt));
        given.ThenSends(new Send(Self, new ParcelCommand.TellArrival(1), untold.TellAt));
        given.When(new ParcelCommand.TellArrival(1)).ThenSends(arrival);
        given.When(new ParcelCommand.TellArrival(0)).ThenNothing();
        given.When(new ParcelCommand.NoteArrival(FulfilStatus.Done)).ThenNothing();
        for (var i = 1; i < 60; i++)
        {
            given.When(new ParcelCommand.NoteArrival(FulfilStatus.UnknownShipment));
            Assert.InRange(
                Assert.IsType<ParcelEvent.ArrivalUntold>(Assert.Single(given.Events)).TellAt - Noon,
                TimeSpan.FromSeconds(20), TimeSpan.FromHours(6));
        }

        given.When(new ParcelCommand.NoteArrival(FulfilStatus.UnknownShipment)).ThenNothing();
    }

    [Fact]
    public void What_is_told_of_a_voided_label_is_in_the_timeline_and_counts_for_nothing_but_a_case()
    {
        var given = Labelled().When(new ParcelCommand.GiveUp("v1", "torn", "anna"))
            .When(Note(Told(1, Milestone.InTransit)));

        Assert.Equal(ParcelStatus.Planned, given.State.Sheet!.Status);
        Assert.Equal(1, Assert.Single(given.State.Sheet.Events).Label);
        var opened = Assert.IsType<ParcelEvent.CaseOpened>(given.Events[^1]).Case;
        Assert.Equal((CaseReason.VoidLabel, CaseStep.CheckLabel), (opened.Reason, opened.Next));
        given.When(Note(Told(2, Milestone.Delivered)));
        Assert.IsType<ParcelEvent.ParcelTracked>(Assert.Single(given.Events));
        Assert.Empty(given.Sends);
    }

    [Fact]
    public void A_carrier_who_calls_a_label_void_that_is_used_opens_a_case()
    {
        var given = Labelled().When(Note(Told(1, Milestone.Void)));

        Assert.Equal(ParcelStatus.Labelled, given.State.Sheet!.Status);
        Assert.Equal(CaseReason.VoidLabel, Assert.Single(given.State.Sheet.Cases).Reason);
    }

    [Fact]
    public void Of_too_many_events_the_first_and_the_newest_are_kept_and_progress_goes_on()
    {
        var given = Labelled().At(Noon.AddHours(700));
        for (var i = 0; i < 6; i++)
            given.When(Note([.. Enumerable.Range(0, 100).Select(n => Told((i * 100) + n + 1, Milestone.InTransit))]));
        var events = given.State.Sheet!.Events;
        Assert.Equal(Parcel.MaxEvents, events.Length);
        Assert.Equal((1, 102, 600), (Hour(events[0]), Hour(events[1]), Hour(events[^1])));

        given.When(Note(Told(50, Milestone.InTransit))).ThenNothing();
        given.When(Note(Told(60, Milestone.OutForDelivery)));
        Assert.Equal(ParcelStatus.OutForDelivery, given.State.Sheet!.Status);
        given.When(Note(Told(700, Milestone.Delivered)));
        Assert.Equal(ParcelStatus.Delivered, given.State.Sheet!.Status);

        static int Hour(TrackEvent e) => (int)(e.At - Noon).TotalHours;
    }

    [Fact]
    public void What_is_dated_more_than_a_day_ahead_is_kept_and_counts_for_nothing()
    {
        const int Century = 24 * 365 * 70;
        var given = Labelled().When(Note(
            Told(Century, Milestone.Delivered, "D"), Told(Century, Milestone.Exception, "X", CaseReason.Damaged)));
        Assert.Equal(ParcelStatus.Labelled, given.State.Sheet!.Status);
        Assert.All(given.State.Sheet.Events, e => Assert.Equal((Milestone.Other, null), (e.Milestone, e.Why)));
        Assert.True(given.State.Sheet.Cases.IsDefaultOrEmpty);
        given.When(Note(Told(Century, Milestone.Delivered, "D"))).ThenNothing();

        // A later exception stops it, and a later estimate counts.
        given.When(Note(Told(24, Milestone.InTransit)) with { Expected = new(2026, 12, 3) });
        given.When(Note(Told(24, Milestone.Exception, "X2", CaseReason.Weather)) with { Expected = new(2026, 12, 4) });
        Assert.Equal(ParcelStatus.Exception, given.State.Sheet!.Status);
        Assert.Equal(new DateOnly(2026, 12, 4), given.State.Sheet.Expected);

        // Of too many events those go first.
        given.At(Noon.AddHours(700));
        given.When(Note([.. Enumerable.Range(0, Parcel.MaxEvents).Select(n => Told(25 + n, Milestone.InTransit))]));
        Assert.DoesNotContain(given.State.Sheet!.Events, e => e.At > Noon.AddHours(700));
        Assert.Equal(Parcel.MaxEvents, given.State.Sheet.Events.Length);
    }

    [Fact]
    public void A_carrier_who_tells_nothing_is_asked_from_the_day_of_hand_over_on()
    {
        var given = Labelled().When(new ParcelCommand.AskTracking(1, 1));
        given.ThenHappens(new ParcelEvent.TrackingAsked(1, 2, Noon.AddHours(12)))
            .ThenSends(Track(2), Timer(2, Noon.AddHours(12)));
        given.When(new ParcelCommand.AskTracking(1, 1)).ThenNothing();

        var answer = (LabelCall)Track(2).Command;
        Assert.Equal(
            new ParcelCommand.NotePoll(1, 2, new(TrackOutcome.NotTold)),
            Parcel.OnReply(new(Self, answer), new TrackAnswer(TrackOutcome.NotTold)));
        given.When(new ParcelCommand.NotePoll(1, 2, new(TrackOutcome.NotTold, Why: "is slow"))).ThenNothing();
        given.When(new ParcelCommand.NotePoll(1, 2, new(TrackOutcome.Told, [Told(1, Milestone.InTransit)])));
        Assert.Equal(
            (TrackSource.Poll, Milestone.InTransit),
            Assert.Single(given.Events) is ParcelEvent.ParcelTracked t ? (t.Source, t.Now) : default);
        // News are fresh; on the day that it should arrive he is asked often.
        given.At(Noon.AddHours(12)).When(new ParcelCommand.AskTracking(1, 2))
            .ThenHappens(new ParcelEvent.TrackingAsked(1, 3, Noon.AddHours(24)));
        given.When(Note(Told(24, Milestone.OutForDelivery)) with { Source = TrackSource.Poll });
        given.At(Noon.AddHours(24)).When(new ParcelCommand.AskTracking(1, 3))
            .ThenHappens(new ParcelEvent.TrackingAsked(1, 4, Noon.AddHours(26)));
        // Who tells by himself is asked less.
        given.When(Note(Told(25, Milestone.OutForDelivery)));
        given.At(Noon.AddHours(26)).When(new ParcelCommand.AskTracking(1, 4))
            .ThenHappens(new ParcelEvent.TrackingAsked(1, 5, Noon.AddHours(34)));
        given.When(Note(Told(30, Milestone.Delivered)));
        // He told by himself how it ended; what he did not tell, he is asked for once more.
        var last = Noon.AddHours(26).AddDays(7);
        given.At(Noon.AddHours(34)).When(new ParcelCommand.AskTracking(1, 5))
            .ThenHappens(new ParcelEvent.TrackingAsked(1, 6, last));
        given.At(last).When(new ParcelCommand.AskTracking(1, 6))
            .ThenHappens(new ParcelEvent.TrackingEnded(1, 7)).ThenSends();
    }

    [Fact]
    public void After_sixty_days_without_news_nobody_asks_and_somebody_looks_for_it()
    {
        var given = Labelled().When(Note(Told(1, Milestone.InTransit)));
        var end = Noon + Parcel.FollowFor;
        given.At(end.AddSeconds(-1)).When(new ParcelCommand.AskTracking(1, 1));
        Assert.IsType<ParcelEvent.TrackingAsked>(Assert.Single(given.Events));
        given.At(end).When(new ParcelCommand.AskTracking(1, 2)).ThenSends();
        Assert.IsType<ParcelEvent.TrackingEnded>(given.Events[0]);
        var opened = Assert.IsType<ParcelEvent.CaseOpened>(given.Events[1]);
        Assert.Equal(
            (CaseReason.NoNews, CaseStep.AskCarrier, "o-1", "LEJ1"),
            (opened.Case.Reason, opened.Case.Next, opened.Order, opened.Node));
        given.When(new ParcelCommand.AskTracking(1, 3)).ThenNothing();
        // It is heard of again: the case is settled, and he is asked on.
        given.When(Note(Told(2_000, Milestone.InTransit)));
        Assert.Equal(
            ["ParcelTracked", "CaseClosed", "TrackingAsked"], given.Events.Select(e => e.GetType().Name));
    }

    [Fact]
    public void A_carrier_who_cannot_be_asked_is_not_asked_again()
    {
        var end = Noon + Parcel.FollowFor;
        var given = Labelled().When(new ParcelCommand.AskTracking(1, 1))
            .When(new ParcelCommand.NotePoll(1, 2, new(TrackOutcome.Unsupported)))
            .ThenHappens(new ParcelEvent.TrackingAsked(1, 3, end, true)).ThenSends(Timer(3, end));
        given.When(new ParcelCommand.NotePoll(1, 2, new(TrackOutcome.Unsupported))).ThenNothing();
        given.When(Note(Told(24, Milestone.InTransit)) with { Source = TrackSource.Hand });
        given.At(end).When(new ParcelCommand.AskTracking(1, 3));
        Assert.IsType<ParcelEvent.CaseOpened>(given.Events[^1]);
    }

    [Fact]
    public void Shuffled_and_told_twice_the_same_events_end_the_same() => Prop.ForAll<byte[], int>((kinds, seed) =>
    {
        Milestone[] milestones = Enum.GetValues<Milestone>();
        TrackEvent[] told =
        [
            .. kinds.Select(k => Told(k / milestones.Length % 8, milestones[k % milestones.Length], $"{k}")),
        ];
        TrackEvent[] shuffled = [.. told, .. told];
        new Random(seed).Shuffle(shuffled);
        var (once, bitwise) = (Labelled().When(Note(told)).State.Sheet!, Labelled());
        foreach (var few in shuffled.Chunk(2)) bitwise.When(Note(few));
        var then = bitwise.State.Sheet!;
        return then.Progress == once.Progress && then.Proof == once.Proof
            && then.Events.IsDefaultOrEmpty == once.Events.IsDefaultOrEmpty
            && (once.Events.IsDefaultOrEmpty || then.Events.SequenceEqual(once.Events));
    }).QuickCheckThrowOnFailure();
}
