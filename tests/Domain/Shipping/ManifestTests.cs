using Fulfillment.Intake;
using Fulfillment.Ordering;
using Fulfillment.Packing;
using Fulfillment.Shipping;
using static Fulfillment.Tests.Domain.Product;

namespace Fulfillment.Tests.Domain;

/// <summary>What is scanned at the dock, what is compared with it, and who is told when it is closed.</summary>
public sealed class ManifestTests
{
    const string Id = "m-1", Carrier = "local-courier", One = Parcels.Id, Two = "p-2";

    static readonly EntityId Self = EntityId.Of(ManifestCalls.Kind, "default", Id);

    static readonly ManifestTerms Terms = new("LEJ1", Carrier, new(2026, 12, 1), null);

    static readonly ShipAddress From = new("DE");

    static EntityId ParcelOf(string parcel) => EntityId.Of(ParcelCalls.Kind, "default", parcel);

    static Given<Manifest, ManifestCommand, ManifestEvent> Given(params ManifestEvent[] events) =>
        new(Self, After(10), [new ManifestEvent.ManifestOpened(Terms, "dora", After(0)), .. events]);

    static ManifestCommand.Scan Scan(string id, string? parcel = One, bool isOut = false) =>
        new(id, "T-1", parcel, "T-1", isOut, "dora");

    static ManifestEvent.CodeScanned Scanned(
        int number, string? parcel = One, DockSignal? signal = null, bool isOut = false) => new(
        new($"s{number}", Fingerprint.Of("scan", "T-1", $"{isOut}")), number, "T-1", parcel, "T-1", isOut, "dora",
        After(10), signal);

    static readonly DockGoods Goods = new("o-1", 1, [new("1", 2)], "T-1", "standard", 885);

    static ManifestEvent.ScanBoarded Boarded(int scan) => new(scan, Goods);

    static ManifestEvent[] On(int scan, string parcel = One) =>
    [
        Scanned(scan, parcel), Boarded(scan), new ManifestEvent.ScanAnswered(scan, DockSignal.On, null),
    ];

    static ManifestCommand.Close Close(string id, string? why, params string[] due) =>
        new(id, [.. due], why, "dora", From);

    static DockReply Reply(Given<Manifest, ManifestCommand, ManifestEvent> given) =>
        Assert.IsType<DockReply>(given.Reply);

    [Fact]
    public void It_is_opened_once_for_one_node_carrier_and_day()
    {
        Given<Manifest, ManifestCommand, ManifestEvent> fresh = new(Self, After(0));

        Assert.Equal(DockStatus.UnknownManifest, Reply(fresh.When(new ManifestCommand.Get())).Status);
        fresh.When(new ManifestCommand.Open(Terms, "dora"))
            .ThenHappens(new ManifestEvent.ManifestOpened(Terms, "dora", After(0)));
        Assert.Equal(ManifestStatus.Open, fresh.State.Sheet!.Status);
        Assert.Equal(DockStatus.AlreadyDone, Reply(fresh.When(
            new ManifestCommand.Open(Terms with { Account = "***1" }, "carl"))).Status);
        Assert.Equal(DockStatus.DifferentContent, Reply(fresh.When(
            new ManifestCommand.Open(Terms with { Node = "MUC1" }, "dora"))).Status);
    }

    [Fact]
    public void The_parcel_is_asked_first_and_then_its_order()
    {
        var given = Given().When(Scan("s1")).ThenHappens(Scanned(1)).ThenSends(
            new Send(ParcelOf(One), new ParcelCommand.Board(Id, 1, "LEJ1", Carrier, "T-1")));
        Assert.Equal(ManifestStatus.Scanning, given.State.Sheet!.Status);
        Assert.Null(given.Ask(new ManifestCommand.GetSettled()));

        given.When(new ManifestCommand.NoteBoard(1, ParcelReplyStatus.Done, Goods)).ThenHappens(Boarded(1))
            .ThenSends(new Send(Parcels.Buyers, new OrderCommand.MayLeave(1, [new("1", 2)], 1)));
        given.When(new ManifestCommand.NoteOrder(1, FulfilStatus.Done))
            .ThenHappens(new ManifestEvent.ScanAnswered(1, DockSignal.On, null)).ThenSends();
        Assert.NotNull(given.Ask(new ManifestCommand.GetSettled()));
        Assert.Equal(One, Assert.Single(given.State.Sheet!.Parcels).Parcel);

        Assert.Equal(DockStatus.AlreadyDone, Reply(given.When(Scan("s1"))).Status);
        Assert.Equal(DockStatus.DifferentContent, Reply(given.When(Scan("s1", isOut: true))).Status);
    }

    [Theory]
    [InlineData(ParcelReplyStatus.UnknownParcel, DockSignal.UnknownParcel)]
    [InlineData(ParcelReplyStatus.Cancelled, DockSignal.Stopped)]
    [InlineData(ParcelReplyStatus.HandedOver, DockSignal.HandedOver)]
    [InlineData(ParcelReplyStatus.Leaving, DockSignal.HandedOver)]
    [InlineData(ParcelReplyStatus.LabelUnderWay, DockSignal.NoLabel)]
    [InlineData(ParcelReplyStatus.NoLabel, DockSignal.NoLabel)]
    [InlineData(ParcelReplyStatus.TooMany, DockSignal.Full)]
    [InlineData(ParcelReplyStatus.OtherNode, DockSignal.OtherNode)]
    [InlineData(ParcelReplyStatus.VoidLabel, DockSignal.VoidLabel)]
    [InlineData(ParcelReplyStatus.OtherCarrier, DockSignal.OtherCarrier)]
    [InlineData(ParcelReplyStatus.OtherManifest, DockSignal.OtherManifest)]
    public void A_wrong_scan_has_its_own_signal_and_puts_nothing_on_it(ParcelReplyStatus status, DockSignal signal)
    {
        var given = Given(Scanned(1)).When(new ManifestCommand.NoteBoard(1, status, null))
            .ThenHappens(new ManifestEvent.ScanAnswered(1, signal, null)).ThenSends();

        Assert.Empty(given.State.Sheet!.Parcels);
    }

    [Fact]
    public void What_its_order_has_withdrawn_never_came_onto_it_and_comes_off_where_it_thinks_otherwise()
    {
        const ParcelReplyStatus withdrawn = ParcelReplyStatus.Cancelled;
        ManifestEvent answered = new ManifestEvent.ScanAnswered(
            1, DockSignal.Stopped, null, FulfilStatus.NothingOpen);
        var given = Given(Scanned(1))
            .When(new ManifestCommand.NoteBoard(1, withdrawn, null, FulfilStatus.NothingOpen))
            .ThenHappens(answered).ThenSends();
        Assert.Equal(FulfilStatus.NothingOpen, given.State.Sheet!.Scans[0].Order);

        // The question came once more, after it had another label.
        given.When(new ManifestCommand.NoteBoard(1, ParcelReplyStatus.Done, Goods))
            .ThenHappens(new ManifestEvent.BoardUndone(1));
    }

    [Theory]
    [InlineData(FulfilStatus.MoreThanOpen, DockSignal.Stopped)]
    [InlineData(FulfilStatus.OtherAddress, DockSignal.VoidLabel)]
    public void What_loses_its_label_while_its_order_is_asked_is_told_whether_another_helps(
        FulfilStatus why, DockSignal signal)
    {
        FulfilStatus? withdrawn = signal == DockSignal.Stopped ? why : null;
        var given = Given(Scanned(1), Boarded(1)).When(new ManifestCommand.NoteParcel(One, false, new(why), 1));

        Assert.Equal(new ManifestEvent.ScanAnswered(1, signal, null, withdrawn), given.Events[^1]);
        given.When(new ManifestCommand.NoteOrder(1, why)).ThenNothing();
    }

    [Fact]
    public void What_is_known_here_is_told_at_once()
    {
        var given = Given(On(1));

        given.When(Scan("s2", null)).ThenHappens(Scanned(2, null, DockSignal.UnknownParcel)).ThenSends();
        Assert.Equal(DockStatus.Signalled, Reply(given).Status);
        given.When(Scan("s3")).ThenHappens(Scanned(3, One, DockSignal.ScannedTwice)).ThenSends();
        given.When(Scan("s4", Two, true)).ThenHappens(Scanned(4, Two, DockSignal.NotOnManifest, true)).ThenSends();
        given.When(Scan("s5", isOut: true)).ThenHappens(Scanned(5, One, DockSignal.Off, true))
            .ThenSends(new Send(ParcelOf(One), new ParcelCommand.Unboard(Id, 5)));
        Assert.Empty(given.State.Sheet!.Parcels);
        given.When(Scan("s6", isOut: true)).ThenHappens(Scanned(6, One, DockSignal.ScannedTwice, true));
        given.When(Scan("s7")).ThenHappens(Scanned(7));
    }

    [Fact]
    public void What_its_order_stops_is_taken_off_again()
    {
        var given = Given(Scanned(1), Boarded(1)).When(new ManifestCommand.NoteOrder(1, FulfilStatus.Intercepted))
            .ThenHappens(new ManifestEvent.ScanAnswered(1, DockSignal.Stopped, FulfilStatus.Intercepted))
            .ThenSends(new Send(ParcelOf(One), new ParcelCommand.Unboard(Id, 1, FulfilStatus.Intercepted)));

        Assert.Empty(given.State.Sheet!.Parcels);
    }

    [Fact]
    public void A_parcel_that_was_taken_off_while_its_order_is_asked_is_not_put_on_it_by_a_late_word()
    {
        ManifestEvent off = Scanned(2, One, DockSignal.Off, true);
        ManifestEvent gone = new ManifestEvent.ParcelDone(
            One, false, new(Parcel: ParcelReplyStatus.VoidLabel), After(10));

        foreach (var why in new[] { off, gone })
        {
            var given = Given(Scanned(1), Boarded(1), why);

            given.When(new ManifestCommand.NoteBoard(1, ParcelReplyStatus.Done, Goods)).ThenNothing();
            given.When(new ManifestCommand.NoteBoard(1, ParcelReplyStatus.AlreadyDone, Goods)).ThenNothing();
            given.When(new ManifestCommand.NoteOrder(1, FulfilStatus.Done))
                .ThenHappens(new ManifestEvent.ScanAnswered(1, DockSignal.VoidLabel, null)).ThenSends();
            Assert.Empty(given.State.Sheet!.Parcels);
        }
    }

    [Fact]
    public void A_parcel_that_takes_itself_to_be_on_it_by_a_late_question_is_told_otherwise()
    {
        var refused = Given(Scanned(1), new ManifestEvent.ScanAnswered(1, DockSignal.OtherManifest, null));

        refused.When(new ManifestCommand.NoteBoard(1, ParcelReplyStatus.AlreadyDone, Goods)).ThenNothing();
        refused.When(new ManifestCommand.NoteBoard(1, ParcelReplyStatus.Done, Goods))
            .ThenHappens(new ManifestEvent.BoardUndone(1))
            .ThenSends(new Send(ParcelOf(One), new ParcelCommand.Unboard(Id, 1)));
        Given(On(1)).When(new ManifestCommand.NoteBoard(1, ParcelReplyStatus.Done, Goods)).ThenNothing();
    }

    [Fact]
    public void It_is_not_closed_with_a_mismatch_unless_somebody_says_why()
    {
        var given = Given(On(1));

        Assert.Equal(DockStatus.Busy, Reply(Given(Scanned(1)).When(Close("c", null))).Status);
        var reply = Reply(given.When(Close("c1", null, Two)));
        Assert.Equal((DockStatus.Mismatch, Two, One), (reply.Status, reply.Missing.Single(), reply.Extra.Single()));
        Assert.Equal(ManifestStatus.Scanning, given.State.Sheet!.Status);

        given.When(Close("c1", "the driver waits", Two)).ThenHappens(new ManifestEvent.ManifestClosing(
                new("c1", Fingerprint.Of("close", "the driver waits")), [Two], [One], "the driver waits", "dora", From,
                After(10)))
            .ThenSends(new Send(ParcelOf(One), new ParcelCommand.Leave("manifest/m-1", Id, "dora")));
        Assert.Equal(ManifestStatus.Closing, given.State.Sheet!.Status);
        Assert.Equal(DockStatus.Closed, Reply(given.When(Scan("s9", Two))).Status);
        Assert.Equal(DockStatus.Closed, Reply(given.When(Close("c2", null))).Status);
        Assert.Equal(DockStatus.AlreadyDone, Reply(given.When(Close("c1", "the driver waits"))).Status);
        Assert.Equal(DockStatus.DifferentContent, Reply(given.When(Close("c1", null))).Status);
    }

    [Fact]
    public void The_carrier_is_told_of_those_that_left_and_asked_again_under_the_same_key()
    {
        var given = Given([.. On(1), .. On(2, Two)]).When(Close("c1", null, One, Two));
        given.When(new ManifestCommand.NoteParcel(Two, false, new(FulfilStatus.OnHold)))
            .ThenHappens(new ManifestEvent.ParcelDone(Two, false, new(FulfilStatus.OnHold), After(10)));
        given.When(new ManifestCommand.NoteParcel(One, true, default))
            .ThenHappens(
                new ManifestEvent.ParcelDone(One, true, default, After(10)),
                new ManifestEvent.CarrierTold(1, 1, At: After(10)))
            .ThenSends(Told(1, 1));
        given.When(new ManifestCommand.NoteParcel(One, true, default)).ThenNothing();
        given.When(new ManifestCommand.NoteCarrier(1, new(null, Why: "is slow")))
            .ThenHappens(new ManifestEvent.CarrierUnclear("is slow", After(10).AddSeconds(20)))
            .ThenSends(new Send(Self, new ManifestCommand.AskAgain(1), After(10).AddSeconds(20)));
        Assert.NotNull(given.Ask(new ManifestCommand.GetSettled()));
        given.When(new ManifestCommand.AskAgain(1)).ThenHappens(new ManifestEvent.CarrierTold(1, 2))
            .ThenSends(Told(1, 2));
        given.When(new ManifestCommand.NoteCarrier(1, new(CarrierStatus.Done))).ThenNothing();
        given.When(new ManifestCommand.NoteCarrier(2, new(CarrierStatus.Done, "M-7", Parcels.Paper)))
            .ThenHappens(new ManifestEvent.ManifestClosed(CarrierStatus.Done, "M-7", Parcels.Paper, null, After(10)));
        var sheet = given.State.Sheet!;
        Assert.Equal((ManifestStatus.Closed, Two), (sheet.Status, Assert.Single(sheet.Stops).Parcel));

        static Send Told(int number, int step) => new(
            new(ParcelCalls.LabelsOf(Carrier), ""),
            new LabelCall.Close("default/m-1", number, Carrier, From, Terms.Day, ["T-1"]) { Step = step });
    }

    [Fact]
    public void What_a_carrier_refuses_is_tried_again_under_another_key_and_nothing_leaves_twice()
    {
        var given = Given(On(1)).When(Close("c1", null, One));
        given.When(new ManifestCommand.NoteParcel(One, true, default));
        given.When(new ManifestCommand.NoteCarrier(1, new(CarrierStatus.Refused, Refusal: new("late"))));
        Assert.Equal(ManifestStatus.Closed, given.State.Sheet!.Status);

        given.When(Close("c2", null)).ThenHappens(
            new ManifestEvent.CarrierTold(2, 2, new("c2", Fingerprint.Of("close", null)), After(10)));
        Assert.IsType<LabelCall.Close>(Assert.Single(given.Sends).Command);
        for (var number = 2; number <= Manifest.MaxTries; number++)
        {
            given.When(new ManifestCommand.NoteCarrier(number, new(CarrierStatus.Refused)));
            given.When(Close($"c{number + 1}", null));
        }

        Assert.Equal(DockStatus.TooMany, Reply(given).Status);
    }

    [Fact]
    public void Where_nothing_leaves_no_carrier_is_told()
    {
        var given = Given(On(1)).When(Close("c1", null, One));
        given.When(new ManifestCommand.NoteParcel(One, false, new(Bench: PackReplyStatus.WrongState))).ThenHappens(
            new ManifestEvent.ParcelDone(One, false, new(Bench: PackReplyStatus.WrongState), After(10)),
            new ManifestEvent.ManifestClosed(null, null, null, null, After(10))).ThenSends();

        Assert.Equal(ManifestStatus.Closed, given.State.Sheet!.Status);
        Assert.Equal(DockStatus.Done, Reply(Given().When(Close("c1", null))).Status);
    }

    [Fact]
    public void A_parcel_that_loses_its_label_is_off_and_told_as_stopped()
    {
        var given = Given(On(1)).When(
            new ManifestCommand.NoteParcel(One, false, new(Parcel: ParcelReplyStatus.VoidLabel)));

        Assert.Empty(given.State.Sheet!.Parcels);
        Assert.Equal(ManifestStatus.Scanning, given.State.Sheet.Status);
        Assert.Equal(One, Assert.Single(given.State.Sheet.Stops).Parcel);
    }

    [Fact]
    public void What_a_parcel_told_of_another_scan_is_over_and_of_one_that_is_asked_is_its_answer()
    {
        Given([Scanned(1, null, DockSignal.UnknownParcel), .. On(2)])
            .When(new ManifestCommand.NoteParcel(One, false, new(Parcel: ParcelReplyStatus.VoidLabel), 1))
            .ThenNothing();
        var given = Given(Scanned(1)).When(
            new ManifestCommand.NoteParcel(One, false, new(Parcel: ParcelReplyStatus.VoidLabel), 1));
        given.ThenHappens(new ManifestEvent.ScanAnswered(1, DockSignal.VoidLabel, null)).ThenSends();
        given.When(new ManifestCommand.NoteBoard(1, ParcelReplyStatus.Done, Goods))
            .ThenHappens(new ManifestEvent.BoardUndone(1));
    }

    [Fact]
    public void A_parcel_that_loses_its_label_while_its_order_is_asked_does_not_come_back_when_it_is_told_twice()
    {
        var given = Given(Scanned(1), Boarded(1)).When(
            new ManifestCommand.NoteParcel(One, false, new(Parcel: ParcelReplyStatus.VoidLabel), 1));
        given.ThenHappens(
            new ManifestEvent.ParcelDone(One, false, new(Parcel: ParcelReplyStatus.VoidLabel), After(10)),
            new ManifestEvent.ScanAnswered(1, DockSignal.VoidLabel, null)).ThenSends();

        given.When(new ManifestCommand.NoteBoard(1, ParcelReplyStatus.Done, Goods))
            .ThenHappens(new ManifestEvent.BoardUndone(1));
        given.When(new ManifestCommand.NoteOrder(1, FulfilStatus.Done)).ThenNothing();
        Assert.Empty(given.State.Sheet!.Parcels);
    }
}
