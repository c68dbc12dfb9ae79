using Fulfillment.Shipping;
using static Fulfillment.Tests.Domain.Parcels;
using static Fulfillment.Tests.Domain.Product;

namespace Fulfillment.Tests.Domain;

/// <summary>A parcel that does not come on the day that was promised is a case before that day has passed.</summary>
public sealed class ParcelPromiseTests
{
    static readonly DateOnly Promised = new(2026, 12, 4);

    static readonly DateTimeOffset Left = new(2026, 12, 2, 16, 0, 0, TimeSpan.Zero),
        Morning = new(2026, 12, 4, 9, 0, 0, TimeSpan.Zero), Evening = new(2026, 12, 4, 20, 0, 0, TimeSpan.Zero);

    static readonly ParcelCommand.LookAtPromise First = new(1, false), Last = new(1, true);

    /// <summary>A parcel from Berlin that has left.</summary>
    static Given<Parcel, ParcelCommand, ParcelEvent> Gone(DateTimeOffset? left = null, DateOnly? promised = null)
    {
        var terms = Label with { TimeZone = "Europe/Berlin" };
        return new Given<Parcel, ParcelCommand, ParcelEvent>(
            Self, After(10),
            [
                Planned with { Terms = Terms with { DeliverBy = promised ?? Promised } },
                new ParcelEvent.LabelOrdered(new("b1", 7), 1, terms, "anna", After(1)),
                new ParcelEvent.LabelAsked(1, 1, true), Got(),
                new ParcelEvent.ParcelLeaving(new("l1", 7), 1, 1, null, "anna", left ?? Left),
            ]).At(left ?? Left)
            .When(new ParcelCommand.NoteLeave(Parcel.ShipmentOf(Id), Ordering.FulfilStatus.Done, null));
    }

    static ParcelCommand.NoteTracking Note(
        DateTimeOffset at, Milestone milestone, DateOnly? expected = null, CaseReason? why = null) => new(
        1, TrackSource.Webhook, [new(at, milestone, $"{milestone}", "says", null, why)], expected, null, "webhook");

    static IEnumerable<ParcelCase> Open(Given<Parcel, ParcelCommand, ParcelEvent> given) =>
        given.State.Sheet!.Cases.IsDefault ? [] : given.State.Sheet.Cases.Where(c => c.IsOpen);

    static Send Look(ParcelCommand.LookAtPromise look, DateTimeOffset at) => new(Self, look, at);

    [Fact]
    public void It_is_looked_twice_on_the_promised_day_by_the_clock_of_the_node() =>
        Gone().ThenSends(Look(First, Morning), Look(Last, Evening));

    [Fact]
    public void What_leaves_on_the_day_itself_has_half_of_the_time_that_is_left() =>
        Gone(Morning.AddHours(3)).ThenSends(
            Look(First, Morning.AddHours(7)), Look(Last, Evening));

    [Fact]
    public void What_leaves_too_late_is_looked_at_at_once() =>
        Gone(Evening.AddHours(1)).ThenSends(Look(Last, Evening.AddHours(1)));

    [Fact]
    public void Without_a_zone_the_clock_is_that_of_UTC_and_without_a_promise_nobody_looks()
    {
        var given = new Given<Parcel, ParcelCommand, ParcelEvent>(
            Self, Left, [Planned with { Terms = Terms with { DeliverBy = Promised } }, .. Asked(), Got()]);
        given.When(Note(Left, Milestone.HandedOver));
        Assert.Equal([Look(First, Morning.AddHours(1)), Look(Last, Evening.AddHours(1))], given.Sends);

        Parcels.Given([.. Asked(), Got()]).When(Note(Left, Milestone.HandedOver)).ThenSends();
    }

    [Fact]
    public void Who_is_told_first_by_the_carrier_looks_once_for_that()
    {
        var given = new Given<Parcel, ParcelCommand, ParcelEvent>(
            Self, Left, [Planned with { Terms = Terms with { DeliverBy = Promised } }, .. Asked(), Got()]);
        given.When(Note(Left, Milestone.Other)).When(Note(Left, Milestone.Exception));
        Assert.Empty(given.Sends);
        given.When(Note(Left, Milestone.HandedOver));
        Assert.Equal(2, given.Sends.Count);
        given.When(Note(Left.AddHours(2), Milestone.InTransit));
        Assert.Empty(given.Sends);
        given.When(Note(Left.AddHours(3), Milestone.OutForDelivery));
        Assert.Empty(given.Sends);
    }

    [Fact]
    public void What_is_still_on_its_way_that_morning_is_one_case()
    {
        var given = Gone().At(Morning).When(First);
        var opened = Assert.Single(given.Events.OfType<ParcelEvent.CaseOpened>()).Case;
        Assert.Equal(
            new(1, CaseReason.LateRisk, CaseStep.TellBuyer, 1, Morning, Morning, Promised: Promised), opened);
        given.When(First).ThenNothing();
        given.At(Evening).When(Last).ThenNothing();
        given.At(Evening.AddDays(2)).When(Note(Morning.AddDays(1), Milestone.InTransit, Promised.AddDays(3)));
        Assert.Single(given.State.Sheet!.Cases);
        given.When(Note(Morning.AddDays(3), Milestone.Delivered));
        Assert.Empty(Open(given));
    }

    [Fact]
    public void What_is_on_the_vehicle_is_a_case_once_the_vans_are_back()
    {
        var given = Gone().At(Morning).When(Note(Morning, Milestone.OutForDelivery)).When(First);
        given.ThenNothing();
        given.At(Evening).When(Last);
        Assert.Equal(CaseReason.LateRisk, Assert.Single(Open(given)).Reason);
    }

    [Fact]
    public void A_vehicle_that_stopped_does_not_count()
    {
        var given = Gone().At(Morning.AddHours(2)).When(Note(Morning, Milestone.OutForDelivery))
            .When(Note(Morning.AddHours(1), Milestone.Exception, why: CaseReason.FailedAttempt)).When(First);
        Assert.Equal([CaseReason.FailedAttempt, CaseReason.LateRisk], Open(given).Select(c => c.Reason));
    }

    [Theory]
    [InlineData(Milestone.Delivered)]
    [InlineData(Milestone.Lost)]
    [InlineData(Milestone.Returning)]
    [InlineData(Milestone.Returned)]
    public void What_has_arrived_or_has_a_case_that_says_more_is_no_risk(Milestone reached)
    {
        var given = Gone().When(Note(Left.AddHours(2), reached));
        given.At(Morning).When(First).ThenNothing();
        given.At(Evening).When(Last).ThenNothing();
    }

    [Fact]
    public void A_risk_ends_where_the_parcel_is_lost()
    {
        var given = Gone().At(Morning).When(First).When(Note(Morning, Milestone.Lost));
        Assert.Equal(CaseReason.Lost, Assert.Single(Open(given)).Reason);
    }

    [Fact]
    public void Of_a_label_that_it_has_no_more_nothing_was_promised() =>
        Gone().At(Morning).When(new ParcelCommand.LookAtPromise(2, false)).ThenNothing();

    [Fact]
    public void A_fresh_day_in_time_ends_it_until_the_vans_are_back_without_it()
    {
        var given = Gone().At(Morning).When(First);
        // That it moves says nothing of the day.
        given.When(Note(Morning, Milestone.InTransit));
        Assert.Single(Open(given));
        given.When(Note(Morning.AddHours(1), Milestone.InTransit, Promised));
        Assert.Empty(Open(given));
        given.When(First);
        Assert.Equal(2, Assert.Single(Open(given)).Number);

        var late = Gone().When(Note(Left.AddHours(1), Milestone.InTransit, Promised.AddDays(1)))
            .When(Note(Left.AddHours(2), Milestone.InTransit, Promised)).At(Evening).When(Last);
        Assert.Equal(2, Assert.Single(Open(late)).Number);
        // A day in time that is told once the day is over is none.
        late.At(Evening.AddHours(1)).When(Note(Evening, Milestone.InTransit, Promised.AddDays(-1)));
        Assert.Single(Open(late));
    }

    [Fact]
    public void What_somebody_has_seen_to_is_a_case_again_only_for_another_day()
    {
        var given = Gone().At(Morning).When(First).When(new ParcelCommand.CloseCase("c-1", 1, "she knows", "anna"));
        given.At(Evening).When(Last).ThenNothing();
        given.When(Note(Evening, Milestone.InTransit, Promised.AddDays(2)));
        Assert.Equal(2, Assert.Single(Open(given)).Number);
    }
}
