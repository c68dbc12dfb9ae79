using Fulfillment.Ordering;
using Fulfillment.Shipping;
using static Fulfillment.Tests.Domain.Parcels;
using static Fulfillment.Tests.Domain.Product;

namespace Fulfillment.Tests.Domain;

/// <summary>What a carrier does not give back, does not tell, or has against our will: somebody settles it.</summary>
public sealed class LabelDoubtTests
{
    static readonly CarrierRefusal Refusal = new("190102", "too late");

    static ParcelCommand.GiveUp Again(string id = "v2", int number = 1) => new(id, "asked by phone", "anna", number);

    static Given<Parcel, ParcelCommand, ParcelEvent> Refused() => Given([.. Asked(), Got()])
        .When(new ParcelCommand.GiveUp("v1", "torn", "anna"))
        .When(new ParcelCommand.NoteVoid(1, 2, new(VoidStatus.Refused, Refusal)));

    static ParcelCase Only(Given<Parcel, ParcelCommand, ParcelEvent> given) => Assert.Single(given.State.Sheet!.Cases);

    [Fact]
    public void A_refused_void_is_a_case_and_the_label_stays_paid()
    {
        var given = Refused();

        Assert.Equal(new ParcelEvent.LabelVoided(1, VoidStatus.Refused, Refusal, After(10)), given.Events[0]);
        Assert.Equal(
            new(1, CaseReason.NotVoided, CaseStep.DisputeCharge, 1, After(10), After(10), "190102", "too late"),
            Only(given));
        Assert.True(given.State.Sheet!.Labels[0].IsPaid);
        Assert.Equal(ParcelReplyStatus.Done, Status(given.When(new ParcelCommand.Buy("b2", 7, Label, "anna"))));
    }

    [Fact]
    public void A_person_asks_once_more_and_the_case_ends_with_the_label()
    {
        var given = Refused().When(Again());
        Assert.Equal(
            new ParcelEvent.LabelGivenUp(
                new("v2", Fingerprint.Of("ask-once-more", "asked by phone", "1")), 1, "asked by phone", "anna",
                After(10)), given.Events[0]);
        given.ThenSends(Freed(), Void(1, 3));
        Assert.Equal(ParcelReplyStatus.AlreadyDone, Status(given.When(Again())));
        Assert.Equal(ParcelReplyStatus.DifferentContent, Status(given.When(Again(number: 2))));
        given.When(new ParcelCommand.NoteVoid(1, 3, new(VoidStatus.Refused, Refusal))).ThenHappens(
            new ParcelEvent.LabelVoided(1, VoidStatus.Refused, Refusal, After(10)));

        given.When(Again("v3")).When(new ParcelCommand.NoteVoid(1, 4, new(VoidStatus.RefundRequested)));
        Assert.Equal(new ParcelEvent.CaseClosed(null, 1, null, Carrier, After(10)), given.Events[1]);
        Assert.False(Only(given).IsOpen);
        Assert.Equal(ParcelReplyStatus.NoLabel, Status(given.When(Again("v4"))));
        Assert.Equal(ParcelReplyStatus.UnknownParcel, Status(
            new Given<Parcel, ParcelCommand, ParcelEvent>(Self, After(0)).When(Again())));
    }

    [Fact]
    public void A_label_that_was_given_up_is_asked_about_also_when_the_parcel_has_left_under_another()
    {
        var given = Refused().When(new ParcelCommand.Buy("b2", 7, Label, "anna"))
            .When(new ParcelCommand.NoteOrder(2, FulfilStatus.Done))
            .When(new ParcelCommand.NoteLabel(2, 1, Bought with { TrackingNumber = "T-2" }))
            .When(new ParcelCommand.Leave("h", null, "dora"))
            .When(new ParcelCommand.NoteLeave($"parcel:{Id}", FulfilStatus.Done, null));
        Assert.Equal(ParcelReplyStatus.HandedOver, Status(given.When(Again("v5", 2))));

        given.When(Again());
        Assert.Equal((ParcelStatus.HandedOver, LabelState.Voiding), (
            given.State.Sheet!.Status, given.State.Sheet.Labels[0].State));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Nobody_is_asked_for_more_than_a_week_about_a_label_that_nobody_knows_of(bool isWanted)
    {
        var given = Given(Asked());
        if (!isWanted) given.When(new ParcelCommand.GiveUp("v1", "too slow", "anna"));
        var step = 1;
        for (; given.State.Sheet!.Cases.IsDefaultOrEmpty; step++)
        {
            given.When(new ParcelCommand.NoteLabel(1, step, new(LabelOutcome.Unclear, Why: "does not know of it yet")));
            var unclear = Assert.IsType<ParcelEvent.LabelUnclear>(Assert.Single(given.Events));
            given.At(unclear.AskAt).When(new ParcelCommand.AskAgain(1, step));
            Assert.InRange(step, 1, 50);
        }

        given.ThenSends();
        var opened = Only(given);
        Assert.Equal((CaseReason.LabelUnclear, CaseStep.AskCarrier), (opened.Reason, opened.Next));
        Assert.InRange(opened.OpenedAt - After(10), Parcel.AskFor - TimeSpan.FromHours(1), Parcel.AskFor * 1.1);
        given.When(new ParcelCommand.AskAgain(1, step - 1)).ThenNothing();

        // Whoever wants to know it has the carrier asked again, and that settles it.
        given.When(isWanted ? new ParcelCommand.GiveUp("v1", "too slow", "anna") : Again());
        given.ThenSends(Freed(), Ask(1, step, wanted: false));
        given.When(new ParcelCommand.NoteLabel(1, step, Bought));
        Assert.False(Only(given).IsOpen);
        Assert.Equal(LabelState.Voiding, given.State.Sheet!.Labels[0].State);
    }

    [Fact]
    public void A_carrier_who_does_not_answer_to_a_void_for_a_week_has_not_voided_it()
    {
        var given = Given([.. Asked(), Got()]).When(new ParcelCommand.GiveUp("v1", "torn", "anna"));
        for (var step = 2; given.State.Sheet!.Cases.IsDefaultOrEmpty; step++)
        {
            given.When(new ParcelCommand.NoteVoid(1, step, new(null, Why: "is down")));
            given.At(Assert.IsType<ParcelEvent.VoidUnclear>(Assert.Single(given.Events)).AskAt)
                .When(new ParcelCommand.AskAgain(1, step));
            Assert.InRange(step, 1, 50);
        }

        Assert.Equal((CaseReason.NotVoided, "is down"), (Only(given).Reason, Only(given).Says));
        given.When(Again());
        Assert.Single(given.Sends, s => s.Command is LabelCall.Void);
    }

    [Theory]
    [InlineData(FulfilStatus.Intercepted)]
    [InlineData(FulfilStatus.OnHold)]
    public void What_its_order_stops_when_its_carrier_has_it_is_to_be_brought_back(FulfilStatus why)
    {
        TrackEvent seen = new(After(9), Milestone.InTransit, "X", "seen");
        var given = Given([.. Asked(), Got()])
            .When(new ParcelCommand.NoteTracking(1, TrackSource.Webhook, [seen], null, null, "webhook"))
            .When(new ParcelCommand.Leave("h", null, "dora"))
            .When(new ParcelCommand.NoteLeave($"parcel:{Id}", why, null));
        var opened = Only(given);
        Assert.Equal(
            (CaseReason.Stopped, CaseStep.Intercept, $"stopped at the dock: {why}", true),
            (opened.Reason, opened.Next, opened.Says, opened.IsOpen));
        given.When(new ParcelCommand.NoteTracking(
            1, TrackSource.Webhook, [seen with { At = After(10), Code = "Y" }], null, null, "webhook"));
        Assert.True(Only(given).IsOpen);

        // It may leave after all.
        given.When(new ParcelCommand.Leave("h2", null, "dora"))
            .When(new ParcelCommand.NoteLeave($"parcel:{Id}/2", FulfilStatus.Done, null));
        Assert.False(Only(given).IsOpen);
    }

    [Fact]
    public void What_its_order_has_stopped_and_its_carrier_takes_all_the_same_is_a_case_until_it_is_back()
    {
        var given = Given([.. Asked(), Got()]).When(new ParcelCommand.Leave("h", null, "dora"))
            .When(new ParcelCommand.NoteLeave($"parcel:{Id}", FulfilStatus.OnHold, null));
        Assert.True(given.State.Sheet!.Cases.IsDefaultOrEmpty);
        given.When(new ParcelCommand.NoteTracking(
            1, TrackSource.Webhook, [new(After(11), Milestone.InTransit, "X", "seen")], null, null, "webhook"));
        Assert.Equal(CaseReason.Stopped, Only(given).Reason);

        given.When(new ParcelCommand.NoteTracking(
            1, TrackSource.Webhook, [new(After(20), Milestone.Returned, "R", "back")], null, null, "webhook"));
        Assert.False(given.State.Sheet!.Cases.Single(c => c.Reason == CaseReason.Stopped).IsOpen);
    }

    static ParcelReplyStatus Status(Given<Parcel, ParcelCommand, ParcelEvent> given) =>
        Assert.IsType<ParcelReply>(given.Reply).Status;

    static Send Void(int number, int step) => new(
        new(ParcelCalls.LabelsOf(Carrier), ""),
        new LabelCall.Void($"default/{Id}", number, Carrier, "S-1", "T-1") { Step = step });
}
