using Fulfillment.Intake;
using Fulfillment.Ordering;
using Fulfillment.Packing;
using Fulfillment.Shipping;
using static Fulfillment.Tests.Domain.Parcels;
using static Fulfillment.Tests.Domain.Product;

namespace Fulfillment.Tests.Domain;

/// <summary>A parcel is on one manifest at most, and its units are shipped at their order exactly once.</summary>
public sealed class ParcelDockTests
{
    static readonly EntityId Dock = EntityId.Of(ManifestCalls.Kind, "default", "m-1");

    static readonly EntityId Job = EntityId.Of(PackCalls.Kind, "default", "o-1-F1");

    static ParcelCommand.Board Board(
        string manifest = "m-1", int scan = 1, string node = "LEJ1", string carrier = Carrier,
        string? number = "T-1") =>
        new(manifest, scan, node, carrier, number);

    static Given<Parcel, ParcelCommand, ParcelEvent> Labelled() => Given([.. Asked(), Got()]);

    static ParcelReplyStatus Status(Given<Parcel, ParcelCommand, ParcelEvent> given) =>
        Assert.IsType<ParcelReply>(given.Reply).Status;

    static Send Ship(string id = $"parcel:{Id}", DateTimeOffset? due = null) => new(
        Job, new PackCommand.ShipBoxes(id, [Id], [], Carrier, "T-1", new(0, false, [], [], []), Id), due);

    [Fact]
    public void It_says_why_it_does_not_go_on_a_manifest()
    {
        Assert.Equal(ParcelReplyStatus.NoLabel, Status(Given().When(Board())));
        Assert.Equal(ParcelReplyStatus.LabelUnderWay, Status(Given(Asked()).When(Board())));
        Assert.Equal(ParcelReplyStatus.OtherNode, Status(Labelled().When(Board(node: "MUC1"))));
        Assert.Equal(ParcelReplyStatus.OtherCarrier, Status(Labelled().When(Board(carrier: "ups"))));
        var voided = Labelled().When(new ParcelCommand.GiveUp("v", "torn", "dora"));
        Assert.Equal(ParcelReplyStatus.VoidLabel, Status(voided.When(Board())));
        var cancelled = Labelled().When(new ParcelCommand.Cancel("x", "not wanted", "dora"));
        Assert.Equal(ParcelReplyStatus.Cancelled, Status(cancelled.When(Board())));
    }

    [Fact]
    public void It_is_on_one_manifest_and_late_questions_change_nothing()
    {
        var given = Labelled().When(Board());
        given.ThenHappens(new ParcelEvent.ParcelBoarded(
            new("manifest/m-1/1", Fingerprint.Of("board", "LEJ1", Carrier, "T-1")), "m-1", 1));
        Assert.Equal(ParcelReplyStatus.AlreadyDone, Status(given.When(Board())));
        Assert.Equal(ParcelReplyStatus.OtherManifest, Status(given.When(Board("m-2"))));
        given.When(new ParcelCommand.Unboard("m-2", 9)).ThenNothing();

        given.When(new ParcelCommand.Unboard("m-1", 2));
        Assert.Null(given.State.Sheet!.Dock);
        Assert.Equal(ParcelReplyStatus.AlreadyDone, Status(given.When(Board())));
        Assert.Null(given.State.Sheet!.Dock);
        given.When(Board(scan: 4));
        given.When(new ParcelCommand.Unboard("m-1", 3)).ThenNothing();
        Assert.Equal(new ParcelPlace("m-1", 4), given.State.Sheet!.Dock);
    }

    [Theory]
    [InlineData(FulfilStatus.Intercepted, true)]
    [InlineData(FulfilStatus.NothingOpen, true)]
    [InlineData(FulfilStatus.MoreThanOpen, true)]
    [InlineData(FulfilStatus.OnHold, false)]
    public void What_is_stopped_at_the_scan_loses_its_label_where_it_will_never_leave(FulfilStatus status, bool loses)
    {
        var given = Labelled().When(Board()).When(new ParcelCommand.Unboard("m-1", 1, status));

        Assert.Equal(loses ? LabelState.Voiding : LabelState.Bought, given.State.Sheet!.Labels[0].State);
        Assert.Null(given.State.Sheet.Dock);
        var again = Status(given.When(Board(scan: 2)));
        Assert.Equal(loses ? ParcelReplyStatus.Cancelled : ParcelReplyStatus.Done, again);
    }

    [Theory]
    [InlineData(FulfilStatus.NothingOpen, ParcelReplyStatus.Cancelled)]
    [InlineData(FulfilStatus.OtherAddress, ParcelReplyStatus.VoidLabel)]
    public void What_its_order_has_withdrawn_is_stopped_where_no_other_label_would_help(
        FulfilStatus why, ParcelReplyStatus status)
    {
        var given = Labelled().When(new ParcelCommand.Withdraw(1, why));

        Assert.Equal(status, Status(given.When(Board())));
        Assert.Equal(status, Status(given.When(Board(scan: 2, number: null))));
    }

    [Fact]
    public void Its_box_leaves_through_the_bench_once_and_the_label_stays()
    {
        var given = Labelled().When(Board()).When(new ParcelCommand.Leave("manifest/m-1", "m-1", "dora"))
            .ThenSends(Ship());
        Assert.Equal(ParcelReplyStatus.Leaving, Status(given.When(new ParcelCommand.GiveUp("v", "torn", "dora"))));
        Assert.Equal(ParcelReplyStatus.AlreadyDone, Status(given.When(
            new ParcelCommand.Leave("manifest/m-1", "m-1", "dora"))));
        given.When(new ParcelCommand.EndLabel(1)).ThenNothing();
        Assert.Null(given.Ask(new ParcelCommand.GetSettled()));

        given.When(new ParcelCommand.NoteLeave($"parcel:{Id}", null, null))
            .ThenHappens(new ParcelEvent.LeaveWaits(1, After(10).AddSeconds(1)))
            .ThenSends(Ship(due: After(10).AddSeconds(1)));
        given.When(new ParcelCommand.NoteLeave("parcel:other", FulfilStatus.Done, null)).ThenNothing();
        given.When(new ParcelCommand.NoteLeave($"parcel:{Id}", FulfilStatus.Done, null))
            .ThenHappens(new ParcelEvent.ParcelLeft(After(10)))
            .ThenSends(new Send(Dock, new ManifestCommand.NoteParcel(Id, true, default)));
        given.When(new ParcelCommand.NoteLeave($"parcel:{Id}", FulfilStatus.AlreadyDone, null)).ThenNothing();

        var sheet = given.State.Sheet!;
        Assert.Equal(
            (ParcelStatus.HandedOver, Parcel.HandOver), (sheet.Status, Assert.Single(sheet.Events).Code));
        Assert.Equal(ParcelReplyStatus.HandedOver, Status(given.When(new ParcelCommand.GiveUp("v", "torn", "dora"))));
        given.When(new ParcelCommand.EndLabel(1)).ThenNothing();
    }

    [Fact]
    public void Goods_of_no_bench_leave_through_their_order()
    {
        Given<Parcel, ParcelCommand, ParcelEvent> given = new(
            Self, After(10), [Planned with { Terms = Terms with { Box = null } }, .. Asked(), Got()]);

        given.When(new ParcelCommand.Leave("h", null, "dora")).ThenSends(new Send(
            Buyers, new OrderCommand.Ship($"parcel:{Id}", 1, [new("1", 2)], Carrier, "T-1", Parcel: Id)));
        given.When(new ParcelCommand.NoteLeave($"parcel:{Id}", FulfilStatus.AlreadyDone, null))
            .ThenHappens(new ParcelEvent.ParcelLeft(After(10))).ThenSends();
    }

    [Theory]
    [InlineData(FulfilStatus.Intercepted, null)]
    [InlineData(FulfilStatus.MoreThanOpen, null)]
    [InlineData(null, PackReplyStatus.WrongState)]
    public void What_must_not_leave_is_off_and_its_label_voided_and_it_may_leave_later(
        FulfilStatus? order, PackReplyStatus? bench)
    {
        var given = Labelled().When(Board()).When(new ParcelCommand.Leave("manifest/m-1", "m-1", "dora"));
        given.When(new ParcelCommand.NoteLeave($"parcel:{Id}", order, bench));

        Assert.Equal(new ParcelEvent.ParcelStopped(order, bench, After(10)), given.Events[0]);
        Assert.Contains(
            new Send(Dock, new ManifestCommand.NoteParcel(Id, false, new(order, bench))), given.Sends);
        Assert.Single(given.Sends, s => s.Command is LabelCall.Void);
        Assert.Equal(LabelState.Voiding, given.State.Sheet!.Labels[0].State);
        Assert.Equal(ParcelStatus.Planned, given.State.Sheet.Status);

        given.When(new ParcelCommand.Buy("b2", 8, Label, "dora"));
        given.When(new ParcelCommand.NoteOrder(2, FulfilStatus.Done));
        given.When(new ParcelCommand.NoteLabel(2, 1, Bought));
        given.When(new ParcelCommand.Leave("h2", null, "dora")).ThenSends(Ship($"parcel:{Id}/2"));
    }

    [Fact]
    public void Its_manifest_hears_of_it_also_where_it_has_held_the_scan_for_answered()
    {
        Labelled().When(Board()).ThenSends(new Send(Dock, new ManifestCommand.NoteBoard(
            1, ParcelReplyStatus.Done, DockGoods.Of(Labelled().State.Sheet!))));
    }

    [Fact]
    public void What_is_held_for_a_while_keeps_its_label_and_leaves_later()
    {
        var given = Labelled().When(Board()).When(new ParcelCommand.Leave("manifest/m-1", "m-1", "dora"));
        given.When(new ParcelCommand.NoteLeave($"parcel:{Id}", FulfilStatus.OnHold, null)).ThenHappens(
            new ParcelEvent.ParcelStopped(FulfilStatus.OnHold, null, After(10)));

        Assert.Equal(ParcelStatus.Labelled, given.State.Sheet!.Status);
        given.When(new ParcelCommand.Leave("h2", null, "dora")).ThenSends(Ship($"parcel:{Id}/2"));
    }

    [Fact]
    public void It_leaves_with_the_manifest_that_it_is_on_and_only_with_a_label()
    {
        Assert.Equal(ParcelReplyStatus.NoLabel, Status(Given().When(new ParcelCommand.Leave("h", null, "dora"))));
        Assert.Equal(
            ParcelReplyStatus.LabelUnderWay, Status(Given(Asked()).When(new ParcelCommand.Leave("h", null, "dora"))));
        var given = Labelled().When(Board());
        Assert.Equal(ParcelReplyStatus.OtherManifest, Status(given.When(new ParcelCommand.Leave("h", null, "dora"))));
        Assert.Equal(
            ParcelReplyStatus.OtherManifest, Status(given.When(new ParcelCommand.Leave("h", "m-2", "dora"))));
    }

    [Fact]
    public void A_label_that_is_given_up_takes_the_parcel_off_and_the_manifest_hears_of_it()
    {
        var given = Labelled().When(Board()).When(new ParcelCommand.GiveUp("v", "torn", "dora"));

        Assert.Null(given.State.Sheet!.Dock);
        Assert.Contains(
            new Send(Dock, new ManifestCommand.NoteParcel(
                Id, false, new(Parcel: ParcelReplyStatus.VoidLabel), 1)), given.Sends);
    }
}
