using Fulfillment.Ordering;
using Fulfillment.Shipping;
using static Fulfillment.Tests.Domain.Parcels;
using static Fulfillment.Tests.Domain.Product;

namespace Fulfillment.Tests.Domain;

/// <summary>A label is bought once, looked for when nobody knows, and voided when nobody wants it.</summary>
public sealed class ParcelLabelTests
{
    static ParcelCommand.Buy Buy(string id = "b1", long content = 7) => new(id, content, Label, "anna");

    [Fact]
    public void A_parcel_is_planned_once()
    {
        Given<Parcel, ParcelCommand, ParcelEvent> fresh = new(Self, After(0));

        Assert.Equal(ParcelReplyStatus.UnknownParcel, Status(fresh.When(Buy())));
        fresh.When(new ParcelCommand.Plan(Terms, "anna")).ThenHappens(Planned);
        Assert.Equal(ParcelReplyStatus.AlreadyDone, Status(fresh.When(new ParcelCommand.Plan(Terms, "bert"))));
        Assert.Equal(ParcelReplyStatus.DifferentContent, Status(fresh.When(
            new ParcelCommand.Plan(Terms with { Order = "o-2" }, "anna"))));
        Assert.Equal(ParcelStatus.Planned, fresh.State.Sheet!.Status);
    }

    [Fact]
    public void The_order_is_asked_first_and_then_the_carrier()
    {
        var given = Given().When(Buy()).ThenHappens(
            new ParcelEvent.LabelOrdered(new("b1", 7), 1, Label, "anna", After(10)));
        given.ThenSends(new Send(Buyers, new OrderCommand.PutInParcel(1, [new("1", 2)], Id, 1)));
        Assert.Equal(ParcelStatus.Labelling, given.State.Sheet!.Status);
        Assert.Null(given.Ask(new ParcelCommand.GetSettled()));

        given.When(new ParcelCommand.NoteOrder(1, FulfilStatus.Done))
            .ThenHappens(new ParcelEvent.LabelAsked(1, 1, true)).ThenSends(Ask(1, 1));
        given.When(new ParcelCommand.NoteLabel(1, 1, Bought)).ThenHappens(Got() with { At = After(10) })
            .ThenSends(
                new Send(Self, new ParcelCommand.EndLabel(1), Label.VoidOn),
                new Send(Self, new ParcelCommand.AskTracking(1, 1), new(2026, 12, 1, 12, 0, 0, TimeSpan.Zero)));
        Assert.Equal(
            (ParcelStatus.Labelled, "T-1"), (given.State.Sheet!.Status, given.State.Sheet.Label!.TrackingNumber));
        Assert.NotNull(given.Ask(new ParcelCommand.GetSettled()));
    }

    [Theory]
    [InlineData(FulfilStatus.OnHold)]
    [InlineData(FulfilStatus.Intercepted)]
    [InlineData(FulfilStatus.NothingOpen)]
    public void What_may_not_leave_gets_no_label(FulfilStatus status)
    {
        var given = Given(Asked()[0]).When(new ParcelCommand.NoteOrder(1, status))
            .ThenHappens(new ParcelEvent.LabelStopped(1, status)).ThenSends(Freed());

        Assert.Equal(ParcelStatus.Planned, given.State.Sheet!.Status);
        Assert.Equal(ParcelReplyStatus.Done, Status(given.When(Buy("b2"))));
    }

    [Fact]
    public void One_label_at_a_time_and_repeats_change_nothing()
    {
        var given = Given(Asked());

        Assert.Equal(ParcelReplyStatus.AlreadyDone, Status(given.When(Buy())));
        Assert.Equal(ParcelReplyStatus.DifferentContent, Status(given.When(Buy(content: 8))));
        Assert.Equal(ParcelReplyStatus.LabelUnderWay, Status(given.When(Buy("b2"))));
        given.When(new ParcelCommand.NoteLabel(1, 1, Bought));
        Assert.Equal(ParcelReplyStatus.AlreadyLabelled, Status(given.When(Buy("b2"))));
        given.When(new ParcelCommand.NoteLabel(1, 1, Bought)).ThenNothing();
    }

    [Fact]
    public void What_is_unclear_is_asked_again_ever_more_seldom_and_never_under_another_key()
    {
        var given = Given(Asked());
        for (var step = 1; step < 20; step++)
        {
            given.When(new ParcelCommand.NoteLabel(1, step, new(LabelOutcome.Unclear, Why: "is slow")));
            var unclear = Assert.IsType<ParcelEvent.LabelUnclear>(Assert.Single(given.Events));
            Assert.InRange(unclear.AskAt - After(10), TimeSpan.FromSeconds(20), Parcel.AskAtMostEvery);
            given.ThenSends(new Send(Self, new ParcelCommand.AskAgain(1, step), unclear.AskAt));
            given.When(new ParcelCommand.AskAgain(1, step)).ThenSends(Ask(1, step + 1));
            given.When(new ParcelCommand.AskAgain(1, step)).ThenNothing();
        }

        Assert.Equal(ParcelReplyStatus.LabelUnderWay, Status(given.When(Buy("b2"))));
        given.When(new ParcelCommand.NoteLabel(1, 3, new(LabelOutcome.Refused))).ThenNothing();
        given.When(new ParcelCommand.NoteLabel(1, 3, Bought));
        Assert.Equal(ParcelStatus.Labelled, given.State.Sheet!.Status);
    }

    [Fact]
    public void Who_was_not_asked_is_asked_later() => Given(Asked())
        .When(new ParcelCommand.NoteLabel(1, 1, new(LabelOutcome.NotAsked, Why: "left alone")))
        .ThenHappens(new ParcelEvent.LabelUnclear(1, "left alone", After(10) + TimeSpan.FromSeconds(20)));

    [Fact]
    public void A_refusal_ends_it_and_another_label_may_be_bought()
    {
        CarrierRefusal refusal = new("120201", "no");
        var given = Given(Asked()).When(new ParcelCommand.NoteLabel(1, 1, new(LabelOutcome.Refused, Refusal: refusal)))
            .ThenHappens(new ParcelEvent.LabelRefused(1, refusal));

        given.When(Buy("b2"));
        Assert.Equal(2, ((ParcelReply)given.Reply!).Number);
    }

    [Fact]
    public void A_label_that_was_given_up_is_voided_and_another_takes_its_place()
    {
        var given = Given([.. Asked(), Got()]).When(new ParcelCommand.GiveUp("v1", "torn", "anna")).ThenHappens(
            new ParcelEvent.LabelGivenUp(new("v1", Fingerprint.Of("give-up", "torn")), 1, "torn", "anna", After(10)),
            new ParcelEvent.VoidAsked(1, 2));
        given.ThenSends(Freed(), Void(1, 2));
        Assert.Equal(ParcelStatus.Planned, given.State.Sheet!.Status);
        Assert.Null(given.Ask(new ParcelCommand.GetSettled()));

        given.When(new ParcelCommand.NoteVoid(1, 2, new(null, Why: "is slow")));
        var unclear = Assert.IsType<ParcelEvent.VoidUnclear>(Assert.Single(given.Events));
        given.When(new ParcelCommand.AskAgain(1, 2)).ThenSends(Void(1, 3));
        given.When(new ParcelCommand.NoteVoid(1, 2, new(VoidStatus.Refused))).ThenNothing();
        given.When(new ParcelCommand.NoteVoid(1, 3, new(VoidStatus.Voided)))
            .ThenHappens(new ParcelEvent.LabelVoided(1, VoidStatus.Voided, null, After(10)));
        Assert.Equal("is slow", unclear.Why);
        Assert.Equal(LabelState.Void, given.State.Sheet!.Labels[0].State);
        Assert.Equal(ParcelReplyStatus.NoLabel, Status(given.When(new ParcelCommand.GiveUp("v2", "torn", "anna"))));
        Assert.Equal(ParcelReplyStatus.Done, Status(given.When(Buy("b2"))));
    }

    [Fact]
    public void What_the_carrier_does_not_void_stays_paid()
    {
        CarrierRefusal refusal = new("190102", "too late");
        var given = Given([.. Asked(), Got()]).When(new ParcelCommand.GiveUp("v1", "torn", "anna"))
            .When(new ParcelCommand.NoteVoid(1, 2, new(VoidStatus.Refused, refusal)));

        var label = given.State.Sheet!.Labels[0];
        Assert.Equal((LabelState.NotVoided, true, refusal), (label.State, label.IsPaid, label.Refusal));
    }

    [Fact]
    public void One_given_up_before_anybody_knows_is_looked_for_and_voided_when_it_was_bought()
    {
        var given = Given(Asked()).When(new ParcelCommand.GiveUp("v1", "too slow", "anna"));
        given.ThenSends(Freed());
        Assert.Equal(ParcelReplyStatus.Done, Status(given.When(Buy("b2"))));
        given.When(new ParcelCommand.NoteOrder(2, FulfilStatus.Done))
            .When(new ParcelCommand.NoteLabel(2, 1, Bought with { TrackingNumber = "T-2" }));
        given.When(new ParcelCommand.NoteLabel(1, 1, Bought)).ThenHappens(
            Got(lives: false, paper: Paper) with { At = After(10) }, new ParcelEvent.VoidAsked(1, 2));

        Assert.Equal("T-2", given.State.Sheet!.Label!.TrackingNumber);
        given.ThenSends(Void(1, 2));
    }

    [Fact]
    public void Nobody_buys_what_was_given_up_and_it_is_sure_only_after_a_while_that_nobody_did()
    {
        var given = Given(Asked()).When(new ParcelCommand.GiveUp("v1", "too slow", "anna"))
            .When(new ParcelCommand.NoteLabel(1, 1, new(LabelOutcome.Unclear, Why: "is slow")));
        for (var step = 2; step < 2 + Parcel.SureAfter; step++)
        {
            given.When(new ParcelCommand.AskAgain(1, step - 1)).ThenSends(Ask(1, step, wanted: false));
            given.When(new ParcelCommand.NoteLabel(1, step, new(LabelOutcome.NotBought, Why: "knows of none")));
        }

        given.ThenHappens(new ParcelEvent.LabelRefused(1, null));
        Assert.Equal("too slow", given.State.Sheet!.Labels[0].Why);
    }

    [Fact]
    public void A_label_that_came_without_its_paper_is_voided()
    {
        var given = Given(Asked()).When(new ParcelCommand.NoteLabel(
            1, 1, new(LabelOutcome.BoughtWithoutLabel, "S-1", "T-1", new(549, "EUR"))));

        given.ThenHappens(Got(lives: false) with { At = After(10) }, new ParcelEvent.VoidAsked(1, 2));
        Assert.Equal((ParcelStatus.Planned, "without-label"),
            (given.State.Sheet!.Status, given.State.Sheet.Labels[0].Why));
        Assert.Equal(ParcelReplyStatus.Done, Status(given.When(Buy("b2"))));
    }

    [Fact]
    public void One_that_nobody_used_is_voided_by_itself()
    {
        var given = Given([.. Asked(), Got()]).At(Label.VoidOn).When(new ParcelCommand.EndLabel(1));

        given.ThenHappens(
            new ParcelEvent.LabelGivenUp(null, 1, "unused", "timer", Label.VoidOn), new ParcelEvent.VoidAsked(1, 2));
        given.When(new ParcelCommand.EndLabel(1)).ThenNothing();
    }

    [Fact]
    public void A_cancelled_parcel_has_no_label_and_gets_none()
    {
        var given = Given([.. Asked(), Got()]).When(new ParcelCommand.Cancel("c1", "packed again", "anna"));

        Assert.Equal(3, given.Events.Count);
        given.ThenSends(Freed(), Void(1, 2));
        Assert.Equal(ParcelStatus.Cancelled, given.State.Sheet!.Status);
        Assert.Equal(ParcelReplyStatus.AlreadyDone,
            Status(given.When(new ParcelCommand.Cancel("c1", "packed again", "anna"))));
        Assert.Equal(ParcelReplyStatus.Cancelled, Status(given.When(Buy("b2"))));
    }

    [Fact]
    public void A_cancelled_parcel_whose_label_is_on_its_way_voids_it_when_it_comes()
    {
        var given = Given(Asked()[0]).When(new ParcelCommand.Cancel("c1", "no", "anna"));
        Assert.Equal(LabelState.Refused, given.State.Sheet!.Labels[0].State);

        given = Given(Asked()).When(new ParcelCommand.Cancel("c1", "no", "anna"))
            .When(new ParcelCommand.NoteLabel(1, 1, Bought));
        given.ThenSends(Void(1, 2));
        Assert.Equal(ParcelStatus.Cancelled, given.State.Sheet!.Status);
    }

    [Fact]
    public void A_box_that_was_opened_again_is_another_parcel_until_it_has_a_label()
    {
        var again = Terms with { Lines = [new("1", 1)], Spec = new(310, 210, 160, 445) };
        var given = Given().When(new ParcelCommand.Cancel("c1", "packed again", "anna"));
        given.When(new ParcelCommand.Plan(again, "anna")).ThenHappens(new ParcelEvent.ParcelPlanned(
            again, "anna", After(10)));
        Assert.Equal((ParcelStatus.Planned, again.Spec), (given.State.Sheet!.Status, given.State.Sheet.Terms.Spec));

        given = Given([.. Asked(), Got()]).When(new ParcelCommand.Plan(again, "anna"));
        Assert.Equal(ParcelReplyStatus.DifferentContent, Status(given));
    }

    [Fact]
    public void A_label_that_was_held_for_refused_comes_too_late_and_is_voided()
    {
        var given = Given(Asked()).When(new ParcelCommand.NoteLabel(1, 1, new(LabelOutcome.Refused)));
        given.ThenSends(Freed());
        given.When(new ParcelCommand.NoteLabel(1, 1, Bought));

        given.ThenSends(Freed(), Void(1, 2));
        Assert.Null(given.State.Sheet!.Label);
    }

    [Fact]
    public void A_question_that_reached_the_carrier_twice_is_followed_until_it_is_clear()
    {
        var given = Given(Asked()).When(new ParcelCommand.NoteLabel(1, 1, new(LabelOutcome.Refused)));
        given.When(Buy("b2")).When(new ParcelCommand.NoteLabel(1, 1, new(LabelOutcome.Unclear, Why: "is slow")));
        Assert.Equal((LabelState.Unclear, false), (
            given.State.Sheet!.Labels[0].State, given.State.Sheet.Labels[0].Wanted));

        given.When(new ParcelCommand.AskAgain(1, 1)).ThenSends(Ask(1, 2, wanted: false));
        given.When(new ParcelCommand.NoteLabel(1, 2, Bought)).ThenSends(Void(1, 3));
    }

    [Fact]
    public void There_are_not_more_labels_than_so_many()
    {
        var given = Given();
        for (var n = 1; n <= Parcel.MaxLabels; n++)
        {
            Assert.Equal(ParcelReplyStatus.Done, Status(given.When(Buy($"b{n}"))));
            given.When(new ParcelCommand.NoteOrder(n, FulfilStatus.OnHold));
        }

        Assert.Equal(ParcelReplyStatus.TooMany, Status(given.When(Buy("one more"))));
    }

    [Theory]
    [InlineData(Milestone.Labelled, ParcelStatus.Labelled)]
    [InlineData(Milestone.HandedOver, ParcelStatus.HandedOver)]
    [InlineData(Milestone.InTransit, ParcelStatus.InTransit)]
    [InlineData(Milestone.OutForDelivery, ParcelStatus.OutForDelivery)]
    [InlineData(Milestone.Exception, ParcelStatus.Exception)]
    [InlineData(Milestone.Returning, ParcelStatus.Returning)]
    [InlineData(Milestone.Lost, ParcelStatus.Lost)]
    [InlineData(Milestone.Returned, ParcelStatus.Returned)]
    [InlineData(Milestone.Delivered, ParcelStatus.Delivered)]
    public void Once_the_carrier_has_it_its_label_stays(Milestone reached, ParcelStatus status)
    {
        var labelled = Given([.. Asked(), Got()]).State;
        var stopped = reached == Milestone.Exception;
        ParcelProgress progress = new(
            stopped ? Milestone.InTransit : reached, After(5), stopped ? After(5) : null);
        var parcel = labelled with { Sheet = labelled.Sheet! with { Progress = progress } };

        var reply = (ParcelReply)Parcel.Decide(
            parcel, new ParcelCommand.GiveUp("v1", "late", "anna"), new(Self, After(10), 4)).Reply!;
        Assert.Equal(status, parcel.Sheet.Status);
        Assert.Equal(
            reached == Milestone.Labelled ? ParcelReplyStatus.Done : ParcelReplyStatus.HandedOver, reply.Status);
    }

    [Fact]
    public void A_label_says_how_it_stands()
    {
        List<LabelState> states = [];
        var given = Given();
        Note(given.When(Buy()));
        Note(given.When(new ParcelCommand.NoteOrder(1, FulfilStatus.Done)));
        Note(given.When(new ParcelCommand.NoteLabel(1, 1, new(LabelOutcome.Unclear))));
        Note(given.When(new ParcelCommand.NoteLabel(1, 1, Bought)));
        Note(given.When(new ParcelCommand.GiveUp("v1", "torn", "anna")));

        Assert.Equal(
            [LabelState.Checking, LabelState.Asked, LabelState.Unclear, LabelState.Bought, LabelState.Voiding], states);

        void Note(Given<Parcel, ParcelCommand, ParcelEvent> now) => states.Add(now.State.Sheet!.Labels[0].State);
    }

    static Send Void(int number, int step) => new(
        new(ParcelCalls.LabelsOf(Carrier), ""),
        new LabelCall.Void($"default/{Id}", number, Carrier, "S-1", "T-1") { Step = step });

    static ParcelReplyStatus Status(Given<Parcel, ParcelCommand, ParcelEvent> given) =>
        ((ParcelReply)given.Reply!).Status;
}
