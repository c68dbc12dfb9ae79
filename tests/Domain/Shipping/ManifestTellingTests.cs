using Fulfillment.Intake;
using Fulfillment.Shipping;
using static Fulfillment.Tests.Domain.Product;

namespace Fulfillment.Tests.Domain;

/// <summary>A carrier who does not answer, or is not set up any more, keeps no manifest open.</summary>
public sealed class ManifestTellingTests
{
    const string Id = "m-1", Carrier = "usps", One = Parcels.Id;

    static readonly EntityId Self = EntityId.Of(ManifestCalls.Kind, "default", Id);

    static readonly ShipAddress From = new("US");

    static ManifestCommand.Close Close(string id, int? untold = null) => new(id, [One], null, "dora", From, untold);

    /// <summary>A manifest whose parcel has left, and whose carrier is being told.</summary>
    static Given<Manifest, ManifestCommand, ManifestEvent> Told()
    {
        Given<Manifest, ManifestCommand, ManifestEvent> given = new(Self, After(10), [
            new ManifestEvent.ManifestOpened(new("LEJ1", Carrier, new(2026, 12, 1), null), "dora", After(0)),
            new ManifestEvent.CodeScanned(new("s1", 1), 1, "T-1", One, "T-1", false, "dora", After(1), null),
            new ManifestEvent.ScanBoarded(1, new("o-1", 1, [new("1", 2)], "T-1", "standard", 885)),
            new ManifestEvent.ScanAnswered(1, DockSignal.On, null),
        ]);
        return given.When(Close("c1")).When(new ManifestCommand.NoteParcel(One, true, default));
    }

    static ManifestCommand.NoteCarrier Silence(
        int step, string why = "not-configured", bool nothing = false, bool unknown = false) =>
        new(step, new(null, Why: why, Nothing: nothing, Unknown: unknown));

    static DockStatus Status(Given<Manifest, ManifestCommand, ManifestEvent> given) =>
        Assert.IsType<DockReply>(given.Reply).Status;

    static CarrierManifest Carried(Given<Manifest, ManifestCommand, ManifestEvent> given) =>
        given.State.Sheet!.Carrier!;

    /// <summary>Nobody answers, from that step on, until it is closed; the step of the last question.</summary>
    static int Wait(Given<Manifest, ManifestCommand, ManifestEvent> given, int step)
    {
        for (; ; step++)
        {
            given.When(Silence(step));
            if (given.State.Sheet!.Status == ManifestStatus.Closed) return step;
            given.At(Assert.IsType<ManifestEvent.CarrierUnclear>(Assert.Single(given.Events)).AskAt)
                .When(new ManifestCommand.AskAgain(step));
            Assert.InRange(step, 1, 40);
        }
    }

    [Fact]
    public void Who_does_not_answer_for_a_day_is_on_record_as_not_told_and_told_again_when_somebody_wants_it()
    {
        var given = Told();
        var step = Wait(given, 1);
        var closed = Assert.IsType<ManifestEvent.ManifestClosed>(Assert.Single(given.Events));
        Assert.Equal(("not-configured", false, null), (closed.Untold, closed.Unknown, closed.Status));
        Assert.InRange(closed.At - After(10), Manifest.TellFor, Manifest.TellFor * 1.5);
        Assert.Equal(("not-configured", null), (Carried(given).Trouble, Carried(given).Status));
        given.When(new ManifestCommand.AskAgain(step)).ThenNothing();
        given.When(Silence(step)).ThenNothing();

        // Under the same number: whoever was told before knows it again.
        Assert.Equal(DockStatus.AlreadyDone, Status(given.When(Close("c1"))));
        given.When(Close("c2")).ThenHappens(new ManifestEvent.CarrierTold(
            1, step + 1, new("c2", Fingerprint.Of("close", null)), closed.At));
        Assert.Equal(ManifestStatus.Closing, given.State.Sheet!.Status);
        step = Wait(given, step + 1);
        given.When(Close("c3")).When(new ManifestCommand.NoteCarrier(step + 1, new(CarrierStatus.Done, "M-7")));
        var carried = Carried(given);
        Assert.Equal((CarrierStatus.Done, "M-7", null), (carried.Status, carried.Id, carried.Trouble));
        Assert.Equal(DockStatus.Closed, Status(given.When(Close("c4"))));
    }

    [Fact]
    public void An_answer_that_comes_after_all_is_true()
    {
        var given = Told();
        var step = Wait(given, 1);
        given.When(new ManifestCommand.NoteCarrier(step, new(CarrierStatus.Done, "M-7")));

        Assert.Equal((CarrierStatus.Done, ManifestStatus.Closed), (Carried(given).Status, given.State.Sheet!.Status));
    }

    [Fact]
    public void Who_may_have_it_and_cannot_be_asked_is_told_again_only_when_somebody_says_that_he_has_it_not()
    {
        var given = Told().When(Silence(1, "did not answer", unknown: true)).ThenHappens(
            new ManifestEvent.ManifestClosed(null, null, null, null, After(10), "did not answer", true)).ThenSends();
        Assert.True(Carried(given).Unknown);

        Assert.Equal(DockStatus.Unclear, Status(given.When(Close("c2"))));
        Assert.Equal(DockStatus.Unclear, Status(given.When(Close("c2", 2))));
        given.When(Close("c2", 1)).ThenHappens(new ManifestEvent.CarrierTold(
            2, 2, new("c2", Fingerprint.Of("close", null, "1")), After(10)));
        // What was said of the first says nothing of the second.
        given.When(Silence(2, "did not answer", unknown: true));
        Assert.Equal(DockStatus.Unclear, Status(given.When(Close("c3", 1))));
        Assert.Equal(DockStatus.AlreadyDone, Status(given.When(Close("c2", 1))));
        Assert.Equal(DockStatus.DifferentContent, Status(given.When(Close("c2", 2))));
    }

    [Fact]
    public void Who_was_told_nothing_is_told_under_another_number()
    {
        var given = Told().When(Silence(1, "left alone", nothing: true)).ThenHappens(
            new ManifestEvent.CarrierUnclear("left alone", After(10).AddSeconds(20), true));

        given.When(new ManifestCommand.AskAgain(1)).ThenHappens(new ManifestEvent.CarrierTold(2, 2));
        Assert.Equal(2, Assert.IsType<LabelCall.Close>(Assert.Single(given.Sends).Command).Number);
        Assert.False(Carried(given).Nothing);
    }

    [Fact]
    public void A_carrier_is_told_only_so_often()
    {
        var given = Told().When(new ManifestCommand.NoteCarrier(1, new(null)));
        for (var step = 1; step < Manifest.MaxTells; step++)
        {
            given.When(new ManifestCommand.AskAgain(step)).When(new ManifestCommand.NoteCarrier(step + 1, new(null)));
        }

        Assert.Equal(ManifestStatus.Closed, given.State.Sheet!.Status);
        Assert.Equal(DockStatus.TooMany, Status(given.When(Close("c2"))));
    }
}
