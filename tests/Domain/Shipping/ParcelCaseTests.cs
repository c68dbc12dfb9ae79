using Fulfillment.Shipping;
using static Fulfillment.Tests.Domain.Parcels;
using static Fulfillment.Tests.Domain.Product;

namespace Fulfillment.Tests.Domain;

/// <summary>What is wrong opens one case with a next step, and it ends when the parcel goes on or arrives.</summary>
public sealed class ParcelCaseTests
{
    static readonly DateTimeOffset Noon = new(2026, 12, 1, 12, 0, 0, TimeSpan.Zero);

    static readonly DateOnly Promised = new(2026, 12, 4);

    static Given<Parcel, ParcelCommand, ParcelEvent> Labelled() => new Given<Parcel, ParcelCommand, ParcelEvent>(
        Self, After(10),
        [Planned with { Terms = Terms with { DeliverBy = Promised } }, .. Asked(), Got()]).At(Noon);

    static ParcelCommand.NoteTracking Note(params (int Hour, Milestone Milestone, CaseReason? Why)[] told) => new(
        1, TrackSource.Webhook,
        [.. told.Select(t => new TrackEvent(Noon.AddHours(t.Hour), t.Milestone, $"{t.Why}", "says", null, t.Why))],
        null, null, "webhook");

    static IEnumerable<ParcelCase> Open(Given<Parcel, ParcelCommand, ParcelEvent> given) =>
        given.State.Sheet!.Cases.IsDefault ? [] : given.State.Sheet.Cases.Where(c => c.IsOpen);

    [Theory]
    [InlineData(CaseReason.FailedAttempt, CaseStep.AskBuyer)]
    [InlineData(CaseReason.Address, CaseStep.CorrectAddress)]
    [InlineData(CaseReason.Weather, CaseStep.TellBuyer)]
    [InlineData(CaseReason.Customs, CaseStep.SendPapers)]
    [InlineData(CaseReason.Held, CaseStep.AskCarrier)]
    [InlineData(CaseReason.Delay, CaseStep.TellBuyer)]
    [InlineData(null, CaseStep.AskCarrier)]
    public void An_exception_opens_one_case_that_ends_when_the_parcel_goes_on(CaseReason? why, CaseStep next)
    {
        var given = Labelled().When(Note((1, Milestone.InTransit, null), (2, Milestone.Exception, why)));
        var opened = Assert.IsType<ParcelEvent.CaseOpened>(given.Events[1]);
        Assert.Equal(
            new(1, why ?? CaseReason.Other, next, 1, Noon.AddHours(2), Noon, $"{why}", "says", Promised), opened.Case);
        Assert.Equal(
            ("o-1", 1, "LEJ1", Carrier, "T-1"),
            (opened.Order, opened.Fulfilment, opened.Node, opened.Carrier, opened.TrackingNumber));
        // Told again, or told more of the same: it is the same case.
        given.When(Note((2, Milestone.Exception, why))).ThenNothing();
        given.When(Note((3, Milestone.Exception, why)));
        Assert.IsType<ParcelEvent.ParcelTracked>(Assert.Single(given.Events));

        given.When(Note((4, Milestone.OutForDelivery, null)));
        Assert.Equal(
            new ParcelEvent.CaseClosed(null, 1, null, "webhook", Noon), given.Events[^1]);
        Assert.Empty(Open(given));
        // The next attempt that fails is another case.
        given.When(Note((5, Milestone.Exception, why)));
        Assert.Equal(2, Assert.Single(Open(given)).Number);
        given.When(Note((6, Milestone.Delivered, null)));
        Assert.Empty(Open(given));
    }

    [Fact]
    public void An_exception_that_is_over_when_it_is_told_opens_nothing()
    {
        var given = Labelled().When(Note((4, Milestone.InTransit, null)))
            .When(Note((2, Milestone.Exception, CaseReason.Weather)));

        Assert.Empty(Open(given));
    }

    [Fact]
    public void A_case_that_somebody_closed_stays_closed_until_there_is_something_else()
    {
        ParcelCommand.CloseCase close = new("c-1", 1, "the buyer is at home on Friday", "anna");
        var given = Labelled().When(Note((2, Milestone.Exception, CaseReason.FailedAttempt))).When(close);
        given.ThenHappens(new ParcelEvent.CaseClosed(
            new("c-1", Fingerprint.Of("close-case", "1", close.Resolution)), 1, close.Resolution, "anna", Noon));
        Assert.Equal(ParcelReplyStatus.AlreadyDone, ((ParcelReply)given.When(close).Reply!).Status);
        Assert.Equal(
            ParcelReplyStatus.DifferentContent,
            ((ParcelReply)given.When(close with { Resolution = "nothing" }).Reply!).Status);
        Assert.Equal(
            ParcelReplyStatus.CaseClosed, ((ParcelReply)given.When(close with { Id = "c-2" }).Reply!).Status);
        Assert.Equal(
            ParcelReplyStatus.UnknownCase,
            ((ParcelReply)given.When(close with { Id = "c-2", Case = 2 }).Reply!).Status);
        Given<Parcel, ParcelCommand, ParcelEvent> none = new(Self, After(0));
        Assert.Equal(ParcelReplyStatus.UnknownParcel, ((ParcelReply)none.When(close).Reply!).Status);

        given.When(Note((1, Milestone.HandedOver, null)));
        Assert.Empty(Open(given));
        given.When(Note((3, Milestone.Exception, CaseReason.FailedAttempt)));
        Assert.Equal(2, Assert.Single(Open(given)).Number);
    }

    [Fact]
    public void What_is_lost_is_one_case_until_it_is_found_at_the_door()
    {
        var given = Labelled().When(Note((4, Milestone.Lost, null))).When(Note((5, Milestone.Lost, null)));
        var lost = Assert.Single(Open(given));
        Assert.Equal((CaseReason.Lost, CaseStep.ClaimAndReplace), (lost.Reason, lost.Next));
        given.When(Note((9, Milestone.Delivered, null)));
        Assert.Empty(Open(given));
    }

    [Fact]
    public void What_comes_back_is_awaited_and_then_taken_in()
    {
        var given = Labelled().When(Note((4, Milestone.Returning, null)));
        Assert.Equal(CaseStep.AwaitGoods, Assert.Single(Open(given)).Next);
        given.When(Note((9, Milestone.Delivered, null)));
        var back = Assert.Single(Open(given));
        Assert.Equal((CaseReason.Returned, CaseStep.TakeInGoods), (back.Reason, back.Next));
        Assert.Equal(CaseReason.Returning, given.State.Sheet!.Cases[0].Reason);
        Assert.Empty(given.Sends);
    }

    [Fact]
    public void What_was_delivered_damaged_is_a_case_that_only_people_close()
    {
        var given = Labelled().When(Note((4, Milestone.Delivered, CaseReason.Damaged)));
        Assert.Equal(CaseReason.Damaged, Assert.Single(Open(given)).Reason);
        given.When(Note((3, Milestone.OutForDelivery, null)));
        Assert.Equal(CaseReason.Damaged, Assert.Single(Open(given)).Reason);
    }

    [Fact]
    public void The_buyer_is_told_of_a_delay_before_the_promised_day_has_passed()
    {
        var late = Note((1, Milestone.InTransit, null)) with { Expected = Promised.AddDays(2) };
        var given = Labelled().When(late);
        var risk = Assert.Single(Open(given));
        Assert.Equal(
            (CaseReason.LateRisk, CaseStep.TellBuyer, Promised, Promised.AddDays(2)),
            (risk.Reason, risk.Next, risk.Promised, risk.Expected));
        given.When(late).ThenNothing();
        // In time after all; and what is told of an earlier moment says nothing of the day to come.
        given.When(Note((2, Milestone.InTransit, null)) with { Expected = Promised });
        Assert.Empty(Open(given));
        given.When(Note((0, Milestone.HandedOver, null)) with { Expected = Promised.AddDays(3) });
        Assert.Equal(Promised, given.State.Sheet!.Expected);
    }

    [Fact]
    public void A_later_day_that_is_told_after_the_promised_one_is_a_delay_all_the_same()
    {
        var late = Note((1, Milestone.InTransit, null)) with { Expected = Promised.AddDays(2) };
        var passed = Labelled().At(Noon.AddDays(4)).When(late);
        Assert.Equal(CaseReason.LateRisk, Assert.Single(Open(passed)).Reason);
    }

    [Fact]
    public void Of_many_cases_the_newest_are_kept()
    {
        var given = Labelled().At(Noon.AddDays(8));
        for (var i = 0; i < 60; i++)
        {
            given.When(Note(((3 * i) + 1, Milestone.Exception, CaseReason.Weather)))
                .When(Note(((3 * i) + 2, Milestone.InTransit, null)));
        }

        Assert.Equal(
            (Parcel.MaxCases, 11, 60),
            (given.State.Sheet!.Cases.Length, given.State.Sheet.Cases[0].Number, given.State.Sheet.Cases[^1].Number));
    }
}
