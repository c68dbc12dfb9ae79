using Fulfillment.Shipping;
using static Fulfillment.Tests.Domain.Parcels;
using static Fulfillment.Tests.Domain.Product;

namespace Fulfillment.Tests.Domain;

/// <summary>The buyer is told once of each case that is his to know, however often it takes.</summary>
public sealed class ParcelNoticeTests
{
    static readonly DateTimeOffset Noon = new(2026, 12, 1, 12, 0, 0, TimeSpan.Zero);

    static readonly DateOnly Promised = new(2026, 12, 4);

    static Given<Parcel, ParcelCommand, ParcelEvent> Labelled(DateOnly? promised) =>
        new Given<Parcel, ParcelCommand, ParcelEvent>(
            Self, After(10), [Planned with { Terms = Terms with { DeliverBy = promised } }, .. Asked(), Got()])
            .At(Noon);

    static ParcelCommand.NoteTracking Note(
        int hour, Milestone milestone, CaseReason? why = null, DateOnly? expected = null) => new(
        1, TrackSource.Webhook, [new(Noon.AddHours(hour), milestone, $"{why}{hour}", "says", null, why)], expected,
        null, "webhook");

    static Given<Parcel, ParcelCommand, ParcelEvent> Stopped() =>
        Labelled(Promised).When(Note(1, Milestone.Exception, CaseReason.Weather));

    static Send Tells(int step, CaseReason what = CaseReason.Weather, DateOnly? expected = null) => new(
        new(ParcelCalls.Notices, ""), new NoticeCall.Tell(
            $"default/{Id}", 1, step, what, "o-1", Carrier, "T-1", Label.To, Promised, expected));

    static ParcelCommand.NoteNotice Answered(NoticeOutcome outcome, int step = 1, string? why = null) =>
        new(1, step, new(outcome, outcome == NoticeOutcome.Sent ? "m-1@example.com" : null, null, why));

    static ParcelNotice One(Given<Parcel, ParcelCommand, ParcelEvent> given) =>
        Assert.Single(given.State.Sheet!.Notices);

    [Theory]
    [InlineData(CaseReason.FailedAttempt, true)]
    [InlineData(CaseReason.Address, true)]
    [InlineData(CaseReason.Weather, true)]
    [InlineData(CaseReason.Delay, true)]
    [InlineData(CaseReason.Customs, false)]
    [InlineData(CaseReason.Held, false)]
    [InlineData(CaseReason.Other, false)]
    [InlineData(CaseReason.Damaged, false)]
    public void Of_an_exception_the_buyer_is_told_what_is_his_to_know(CaseReason why, bool isTold)
    {
        var given = Labelled(Promised).When(Note(1, Milestone.Exception, why));
        Assert.Single(given.Events.OfType<ParcelEvent.CaseOpened>());
        if (!isTold)
        {
            Assert.Empty(given.Events.OfType<ParcelEvent.NoticeAsked>());
            return;
        }

        Assert.Equal(new ParcelEvent.NoticeAsked(1, 1, Noon), given.Events[^1]);
        Assert.Equal(new ParcelNotice(1, why, ParcelNoticeStatus.Asked, Noon, 1), One(given));
        Assert.Contains(Tells(1, why), given.Sends);
        // Told again, or told more of the same, it is the same case.
        given.When(Note(1, Milestone.Exception, why)).ThenNothing();
        given.When(Note(2, Milestone.Exception, why));
        Assert.Empty(given.Sends);
    }

    [Theory]
    [InlineData(Milestone.Lost, CaseReason.Lost)]
    [InlineData(Milestone.Returning, CaseReason.Returning)]
    public void Of_what_does_not_come_he_is_told(Milestone milestone, CaseReason reason) => Assert.Contains(
        Tells(1, reason), Labelled(Promised).When(Note(1, milestone)).Sends);

    [Fact]
    public void Of_what_has_come_back_and_of_labels_he_is_told_nothing()
    {
        var given = Labelled(Promised).When(Note(1, Milestone.Returned)).When(Note(2, Milestone.Void));
        Assert.Contains(given.State.Sheet!.Cases, c => c.Reason == CaseReason.Returned);
        Assert.True(given.State.Sheet.Notices.IsDefaultOrEmpty);
    }

    [Fact]
    public void A_new_day_is_told_where_it_is_one()
    {
        Assert.Contains(
            Tells(1, CaseReason.LateRisk, Promised.AddDays(2)),
            Labelled(Promised).When(Note(1, Milestone.InTransit, null, Promised.AddDays(2))).Sends);
        Assert.Contains(
            Tells(1, CaseReason.Weather), Labelled(Promised)
                .When(Note(1, Milestone.Exception, CaseReason.Weather, Promised)).Sends);
    }

    [Theory]
    [InlineData(NoticeOutcome.Sent, ParcelNoticeStatus.Sent)]
    [InlineData(NoticeOutcome.NoAddress, ParcelNoticeStatus.NoAddress)]
    [InlineData(NoticeOutcome.Off, ParcelNoticeStatus.Off)]
    [InlineData(NoticeOutcome.Refused, ParcelNoticeStatus.Refused)]
    public void What_came_of_it_is_kept(NoticeOutcome outcome, ParcelNoticeStatus status)
    {
        ParcelCommand.NoteNotice answer = new(1, 1, new(outcome, "m-1", "550", "no such mailbox"));
        var given = Stopped().At(Noon.AddMinutes(1)).When(answer);
        given.ThenHappens(new ParcelEvent.NoticeAnswered(
            1, status, "m-1", "550", "no such mailbox", Noon.AddMinutes(1)));
        Assert.Equal(
            new(1, CaseReason.Weather, status, Noon.AddMinutes(1), 1, "m-1", "550", "no such mailbox"), One(given));
        given.When(answer).ThenNothing();
        given.When(Answered(NoticeOutcome.Failing)).ThenNothing();
    }

    [Fact]
    public void What_fails_is_tried_again_and_then_sent()
    {
        var given = Stopped().When(Answered(NoticeOutcome.Failing, why: "cannot be reached"));
        var again = Noon.AddSeconds(20);
        given.ThenHappens(new ParcelEvent.NoticeUntold(1, "cannot be reached", again, Noon))
            .ThenSends(new Send(Self, new ParcelCommand.AskNotice(1, 1), again));
        Assert.Equal((ParcelNoticeStatus.Failing, "cannot be reached"), (One(given).Status, One(given).Why));

        given.At(again).When(new ParcelCommand.AskNotice(1, 1))
            .ThenHappens(new ParcelEvent.NoticeAsked(1, 2, again)).ThenSends(Tells(2));
        given.When(new ParcelCommand.AskNotice(1, 1)).ThenNothing();
        given.When(Answered(NoticeOutcome.Failing)).ThenNothing();
        given.When(Answered(NoticeOutcome.Sent, 2));
        Assert.Equal((ParcelNoticeStatus.Sent, null), (One(given).Status, One(given).Why));
        given.When(new ParcelCommand.AskNotice(1, 2)).ThenNothing();
    }

    [Fact]
    public void That_it_was_sent_is_true_however_late_it_is_told()
    {
        var given = Stopped().When(Answered(NoticeOutcome.Failing)).When(new ParcelCommand.AskNotice(1, 1))
            .When(Answered(NoticeOutcome.Refused, 2)).When(Answered(NoticeOutcome.Sent));
        Assert.Equal(ParcelNoticeStatus.Sent, One(given).Status);
    }

    [Fact]
    public void It_is_given_up_some_days_after_the_promised_one()
    {
        var given = Stopped();
        var (now, step) = (Noon, 1);
        while (given.When(Answered(NoticeOutcome.Failing, step, "busy")).Events[0] is ParcelEvent.NoticeUntold untold)
        {
            Assert.InRange(untold.AskAt - now, TimeSpan.FromSeconds(20), Parcel.AskAtMostEvery);
            given.At(now = untold.AskAt).When(new ParcelCommand.AskNotice(1, step++));
        }

        Assert.Equal((ParcelNoticeStatus.GivenUp, "busy"), (One(given).Status, One(given).Why));
        DateTimeOffset passed = new(Promised.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero);
        Assert.InRange(now, passed + Parcel.TellFor - Parcel.AskAtMostEvery, passed + Parcel.TellFor);
    }

    [Fact]
    public void Without_a_promise_it_is_tried_for_some_days_too()
    {
        var given = Labelled(null).When(Note(1, Milestone.Lost));
        given.At(Noon + Parcel.TellFor).When(Answered(NoticeOutcome.Failing));
        Assert.Equal(ParcelNoticeStatus.GivenUp, One(given).Status);
    }

    [Fact]
    public void What_could_not_be_told_before_its_case_ended_need_not_be_told()
    {
        var given = Stopped().When(Answered(NoticeOutcome.Failing)).When(Note(2, Milestone.Delivered));
        given.When(new ParcelCommand.AskNotice(1, 1));
        Assert.Equal(ParcelNoticeStatus.NotNeeded, One(given).Status);
        Assert.Empty(given.Sends);
    }

    [Fact]
    public void Of_what_is_no_case_nothing_is_noted()
    {
        Stopped().When(Answered(NoticeOutcome.Sent) with { Case = 2 }).ThenNothing();
        Stopped().When(new ParcelCommand.AskNotice(2, 1)).ThenNothing();
        Given<Parcel, ParcelCommand, ParcelEvent> none = new(Self, After(0));
        none.When(Answered(NoticeOutcome.Sent)).ThenNothing();
        none.When(new ParcelCommand.AskNotice(1, 1)).ThenNothing();
        none.When(new ParcelCommand.LookAtPromise(1, true)).ThenNothing();
    }

    [Fact]
    public void Messages_of_cases_that_are_forgotten_are_forgotten_too()
    {
        var given = Labelled(Promised);
        for (var i = 0; i < Parcel.MaxCases + 5; i++)
            given.When(Note((3 * i) + 1, Milestone.Exception, CaseReason.Weather))
                .When(Note((3 * i) + 2, Milestone.InTransit));
        Assert.Equal(
            given.State.Sheet!.Cases.Select(c => c.Number), given.State.Sheet.Notices.Select(n => n.Case));
    }

    [Fact]
    public void What_the_connector_answers_comes_back_to_the_parcel() => Assert.Equal(
        Answered(NoticeOutcome.Sent, 3),
        Parcel.OnReply(Tells(3), new NoticeAnswer(NoticeOutcome.Sent, "m-1@example.com")));
}
