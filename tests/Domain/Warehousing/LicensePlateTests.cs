using Fulfillment.Inventory;
using Fulfillment.Warehousing;
using static Fulfillment.Warehousing.LicensePlateCommand;

namespace Fulfillment.Tests.Domain;

/// <summary>Totes, cartons and pallets: where they are, what stands on what, and who is told.</summary>
public sealed class LicensePlateTests
{
    static readonly PlateCard Pallet = new(PlateKind.Pallet, new(1_200, 800, 150, 20_000, 1_000_000), "LEJ1", "DOCK"),
        Carton = new(PlateKind.Carton, default, "LEJ1", "DOCK");

    static readonly LicensePlateEvent Here = new LicensePlateEvent.PlateRegistered(Pallet, []),
        Box = new LicensePlateEvent.PlateRegistered(Carton, ["CUP"]);

    static Given<LicensePlate, LicensePlateCommand, LicensePlateEvent> Given(
        string name, params IEnumerable<LicensePlateEvent> events) =>
        new(EntityId.Of(PlateCalls.Kind, "default", name), Product.Start, events);

    static Given<LicensePlate, LicensePlateCommand, LicensePlateEvent> Then(
        Given<LicensePlate, LicensePlateCommand, LicensePlateEvent> scene, PlateReplyStatus status)
    {
        Assert.Equal(status, Assert.IsType<PlateReply>(scene.Reply).Status);
        return status == PlateReplyStatus.Done ? scene : scene.ThenNothing();
    }

    static PlateAdmission Admitted(
        Given<LicensePlate, LicensePlateCommand, LicensePlateEvent> scene, string sku, string bin = "DOCK") =>
        Assert.IsType<PlateAdmitReply>(scene.When(new Admit(sku, "LEJ1", bin)).Reply).Status;

    static TakeStatus Taken(Given<LicensePlate, LicensePlateCommand, LicensePlateEvent> scene, Take take) =>
        Assert.IsType<TakeReply>(scene.When(take).Reply).Status;

    [Fact]
    public void What_nobody_registered_takes_any_name_and_is_nowhere()
    {
        var scene = Given("T");
        Assert.Equal(PlateAdmission.Unregistered, Admitted(scene, "CUP"));
        Then(scene.When(new Move("m", "A-1")), PlateReplyStatus.Unknown);
        Then(scene.When(new Get()), PlateReplyStatus.Unknown);
        Then(scene.When(new Register(Pallet, [])), PlateReplyStatus.Done);
        Then(scene.When(new Register(Pallet, ["CUP"])), PlateReplyStatus.AlreadyDone);
        Then(scene.When(new Register(Carton, [])), PlateReplyStatus.DifferentContent);
    }

    [Fact]
    public void Units_that_came_after_it_was_moved_are_told_again_and_an_older_answer_does_not_count()
    {
        var scene = Given("P", Here);
        Admitted(scene, "MUG");
        Then(scene.When(new Move("m-1", "A-1")), PlateReplyStatus.Done);
        scene.When(new NoteUnits("MUG", "LEJ1")).ThenHappens(new LicensePlateEvent.UnitsCame("MUG"))
            .ThenSends(new Send(new("sku", "default/MUG"), new SkuCommand.Carry("P", 2, "LEJ1", "A-1")));
        scene.When(new NoteCarried("MUG", 1, 0)).ThenNothing();
        scene.When(new NoteCarried("MUG", 2, 5)).ThenHappens(new LicensePlateEvent.UnitsFollowed("MUG", 2, 5));
        Assert.Equal("MUG", scene.State.Plate!.Skus.Single());

        // Whatever the SKU was taken off for before.
        scene.When(new NoteUnits("CUP", "LEJ1")).ThenHappens(new LicensePlateEvent.UnitsCame("CUP"));
        Assert.Equal("CUP MUG", string.Join(' ', scene.State.Plate!.WaitsFor));
        scene.When(new NoteUnits("CUP", "BER2")).ThenNothing();
        Given("Q").When(new NoteUnits("CUP", "LEJ1")).ThenNothing();
    }

    [Fact]
    public void Every_sku_that_was_let_on_is_told_of_every_place_and_it_is_there_when_all_have_followed()
    {
        var scene = Given("P", Here);
        Assert.Equal(PlateAdmission.Admitted, Admitted(scene, "MUG"));
        scene.ThenHappens(new LicensePlateEvent.SkuAdmitted("MUG"));
        Assert.Equal(PlateAdmission.Admitted, Admitted(scene, "CUP"));
        Admitted(scene, "CUP");
        scene.ThenNothing();

        Then(scene.When(new Move("m-1", "A-1")), PlateReplyStatus.Done);
        Assert.Equal(
            [
                new(new("sku", "default/CUP"), new SkuCommand.Carry("P", 1, "LEJ1", "A-1")),
                new Send(new("sku", "default/MUG"), new SkuCommand.Carry("P", 1, "LEJ1", "A-1")),
            ], scene.Sends);
        Then(scene.When(new Move("m-1", "A-1")), PlateReplyStatus.AlreadyDone);
        Then(scene.When(new Move("m-1", "A-2")), PlateReplyStatus.DifferentContent);
        Then(scene.When(new Move("m-2", "A-2")), PlateReplyStatus.Moving);
        Assert.Equal(PlateAdmission.Moving, Admitted(scene, "PAN", "A-1"));
        Assert.Null(scene.Ask(new GetSettled()));

        scene.When(new NoteCarried("CUP", 1, 4)).When(new NoteCarried("CUP", 1, 4)).ThenNothing();
        scene.When(new NoteCarried("MUG", 0, 4)).ThenNothing();
        scene.When(new NoteCarried("MUG", 1, 0)).ThenHappens(new LicensePlateEvent.UnitsFollowed("MUG", 1, 0));
        Assert.Equal(["CUP"], scene.State.Plate!.Skus.AsEnumerable());
        Assert.True(scene.State.Plate.IsSettled);
        Assert.Equal(PlateAdmission.Elsewhere, Admitted(scene, "PAN"));
        scene.ThenNothing();
        scene.When(new Admit("PAN", "LEJ1", null, AnyBin: true))
            .Then(
                new PlateAdmitReply(PlateAdmission.Admitted, "LEJ1", "A-1", 1),
                new LicensePlateEvent.SkuAdmitted("PAN"));
        Then(scene.When(new Move("m-2", "A-1")), PlateReplyStatus.Unchanged);
        Then(scene.When(new Move("m-3", "A-2", Product.Start.AddSeconds(-1))), PlateReplyStatus.TooLate);
        Then(scene.When(new Move("m-3", "A-2", Product.Start)), PlateReplyStatus.Done);
    }

    [Fact]
    public void A_carton_stands_on_a_pallet_and_goes_where_it_goes()
    {
        var (box, pallet) = (Given("C", Box), Given("P", Here));
        Then(box.When(new Load("l-1", "P")), PlateReplyStatus.Done);
        var take = Assert.IsType<Take>(Assert.Single(box.Sends).Command);
        Assert.Equal(TakeStatus.Taken, Taken(pallet, take));
        Assert.Equal(TakeStatus.Taken, Taken(pallet, take));
        pallet.ThenNothing();
        box.When(new NoteTaken("P", TakeStatus.Taken, "DOCK", 0, 1));
        Assert.Equal(("P", true), (box.State.Plate!.Parent, box.State.Plate.IsSettled));
        Then(box.When(new Move("m-1", "A-1")), PlateReplyStatus.OnParent);
        Then(box.When(new Load("l-2", "Q")), PlateReplyStatus.OnParent);

        pallet.When(new Move("m-1", "A-1"));
        var follow = Assert.IsType<Follow>(Assert.Single(pallet.Sends).Command);
        box.When(follow);
        Assert.Equal(new FollowReply(true), box.Reply);
        Assert.Equal(new SkuCommand.Carry("C", 1, "LEJ1", "A-1"), Assert.Single(box.Sends).Command);
        Assert.False(pallet.State.Plate!.IsSettled);
        box.When(new NoteCarried("CUP", 1, 6));
        var followed = Assert.IsType<NoteFollowed>(Assert.Single(box.Sends).Command);
        pallet.When(followed).When(followed).ThenNothing();
        Assert.True(pallet.State.Plate!.IsSettled);
        Assert.Equal("A-1", box.State.Plate!.Bin);
        box.When(follow).ThenNothing();

        Then(box.When(new Unload("u-1")), PlateReplyStatus.Done);
        pallet.When(Assert.IsType<LetGo>(Assert.Single(box.Sends).Command));
        Assert.Empty(pallet.State.Plate!.Carries);
        Assert.Equal(TakeStatus.Taken, Taken(pallet, take));
        pallet.ThenNothing();
        Taken(pallet, take with { Loads = 2 });
        pallet.ThenHappens(new LicensePlateEvent.ChildTaken("C", 2)).When(new LetGo("C", 1)).ThenNothing();
        Then(box.When(new Unload("u-2")), PlateReplyStatus.NotLoaded);
        box.When(follow with { Step = 9 });
        Assert.Equal(new FollowReply(false), box.Reply);
        Assert.IsType<NoteFollowed>(LicensePlate.OnReply(
            new(EntityId.Of(PlateCalls.Kind, "default", "C"), follow), new FollowReply(false)));
    }

    [Fact]
    public void A_carton_that_is_loaded_while_the_pallet_moves_ends_where_the_pallet_does()
    {
        var box = Given("C", Box).When(new Load("l-1", "P"));
        box.When(new Follow("P", "A-9", 5)).When(new NoteTaken("P", TakeStatus.Taken, "DOCK", 4, 1));

        Assert.Equal(("A-9", "P"), (box.State.Plate!.Bin, box.State.Plate.Parent));
        box.When(new NoteCarried("CUP", 1, 6));
        Assert.Equal(new NoteFollowed("C", 5), Assert.Single(box.Sends).Command);

        var late = Given("C", Box).When(new Load("l-1", "P")).When(new NoteTaken("P", TakeStatus.Taken, "A-8", 4, 1));
        Assert.Equal(("A-8", false), (late.State.Plate!.Bin, late.State.Plate.IsSettled));
        late.When(new Follow("P", "A-9", 5)).When(new NoteCarried("CUP", 1, 6)).ThenNothing();
        late.When(new NoteCarried("CUP", 2, 6));
        Assert.True(late.State.Plate!.IsSettled);
    }

    [Fact]
    public void What_cannot_carry_it_says_why_and_it_stays_where_it_is()
    {
        var box = Given("C", Box).When(new Load("l-1", "T"));
        box.When(new NoteTaken("T", TakeStatus.WrongKind, null, 0, 1));
        Assert.Equal((null, TakeStatus.WrongKind), (box.State.Plate!.Parent, box.State.Plate.NotTaken));
        Then(box.When(new Load("l-1", "T")), PlateReplyStatus.AlreadyDone);

        Take take = new("C", PlateKind.Carton, "LEJ1", 1);
        Assert.Equal(TakeStatus.UnknownParent, Taken(Given("P"), take));
        Assert.Equal(TakeStatus.OtherNode, Taken(Given("P", Here), take with { Node = "BER2" }));
        Assert.Equal(TakeStatus.WrongKind, Taken(Given("C2", Box), take));
        Assert.Equal(TakeStatus.Taken, Taken(Given("C2", Box), take with { Kind = PlateKind.Tote }));
        var closed = Given("P", Here).When(new LicensePlateCommand.Turn("t", PlateStatus.Closed));
        Assert.Equal(TakeStatus.NotOpen, Taken(closed, take));
        var full = Enumerable.Range(0, LicensePlate.MaxChildren)
            .Select(i => new LicensePlateEvent.ChildTaken($"C{i}", 2));
        Assert.Equal(TakeStatus.TooMany, Taken(Given("P", [Here, .. full]), take));
    }

    [Fact]
    public void A_pallet_that_took_a_carton_when_that_did_not_ask_any_more_lets_it_go()
    {
        var box = Given("C", Box).When(new Load("l-1", "P"))
            .When(new NoteTaken("P", TakeStatus.NotOpen, null, 0, 1));
        box.When(new NoteTaken("P", TakeStatus.Taken, "DOCK", 4, 1))
            .ThenHappens(new LicensePlateEvent.LoadForgone("P", 1));
        Assert.Equal(new LetGo("C", 1), Assert.Single(box.Sends).Command);
        box.When(new NoteTaken("P", TakeStatus.NotOpen, null, 0, 1)).ThenNothing();

        box.When(new Load("l-2", "P")).When(new NoteTaken("P", TakeStatus.Taken, "DOCK", 4, 2));
        box.When(new NoteTaken("P", TakeStatus.Taken, "DOCK", 4, 2)).ThenNothing();
    }

    [Fact]
    public void What_is_still_on_its_way_to_one_that_has_left_comes_too_late()
    {
        var scene = Given("T", new LicensePlateEvent.PlateRegistered(Carton, ["CUP"]));
        Then(scene.When(new LicensePlateCommand.Turn("s", PlateStatus.Shipped)), PlateReplyStatus.Done);
        Assert.Equal(new SkuCommand.Carry("T", 1, "LEJ1", "DOCK"), Assert.Single(scene.Sends).Command);
        scene.When(new NoteCarried("CUP", 1, 0));
        Assert.True(scene.State.Plate!.IsSettled);
        Then(scene.When(new LicensePlateCommand.Turn("v", PlateStatus.Void)), PlateReplyStatus.Gone);
    }

    [Fact]
    public void A_carton_on_a_pallet_leaves_with_it_or_not_at_all()
    {
        var scene = Given("C", new LicensePlateEvent.PlateRegistered(Carton, []),
            new LicensePlateEvent.LoadAsked(new("l", 1), "P"),
            new LicensePlateEvent.LoadAnswered("P", TakeStatus.Taken, "DOCK", 0));
        Then(scene.When(new LicensePlateCommand.Turn("s", PlateStatus.Shipped)), PlateReplyStatus.OnParent);
        Then(scene.When(new LicensePlateCommand.Turn("v", PlateStatus.Void)), PlateReplyStatus.OnParent);
    }

    [Fact]
    public void A_closed_one_takes_no_units_and_one_that_left_is_gone()
    {
        var scene = Given("P", [Here, new LicensePlateEvent.ChildTaken("C", 1)]);
        Then(scene.When(new LicensePlateCommand.Turn("t-1", PlateStatus.Closed)), PlateReplyStatus.Done);
        Then(scene.When(new LicensePlateCommand.Turn("t-2", PlateStatus.Closed)), PlateReplyStatus.Unchanged);
        Assert.Equal(PlateAdmission.NotOpen, Admitted(scene, "CUP"));
        Then(scene.When(new LicensePlateCommand.Turn("t-3", PlateStatus.Void)), PlateReplyStatus.NotEmpty);
        scene.When(new LetGo("C", 1)).When(new LetGo("C", 1)).ThenNothing();
        Then(scene.When(new LicensePlateCommand.Turn("t-3", PlateStatus.Shipped)), PlateReplyStatus.Done);
        Then(scene.When(new LicensePlateCommand.Turn("t-4", PlateStatus.Open)), PlateReplyStatus.Gone);
        Then(scene.When(new Move("m-1", "A-1")), PlateReplyStatus.Gone);
    }

    [Fact]
    public void There_are_at_most_five_hundred_skus_on_it()
    {
        var many = Enumerable.Range(0, LicensePlate.MaxSkus).Select(i => new LicensePlateEvent.SkuAdmitted($"S{i}"));
        Assert.Equal(PlateAdmission.TooMany, Admitted(Given("P", [Here, .. many]), "CUP"));
        Assert.Equal(PlateAdmission.Admitted, Admitted(Given("P", [Here, .. many]), "S7"));
    }

    [Fact]
    public void Units_on_it_follow_whatever_they_are_and_what_was_let_on_earlier_does_not_come_after_it()
    {
        var sku = Stock.Given(new SkuEvent.SkuDefined(Stock.Card(), 1));
        sku.When(Put("r-1", 5, StockState.Available, 0)).When(Put("r-2", 2, StockState.Damaged, 0));
        sku.When(new SkuCommand.Receive("r-3", "N1", 9, "x", StockState.Available, null, new("DOCK")));

        sku.When(new SkuCommand.Carry("P", 2, "N1", "A-1"));
        Assert.Equal(new CarryReply(7), sku.Reply);
        Assert.Equal(
            ["A-1 5", "A-1 2", "DOCK 9"],
            Assert.IsType<SlotsReply>(sku.Ask(new SkuCommand.GetSlots())).Slots.OrderBy(s => s.Bin)
                .ThenBy(s => s.State).Select(s => $"{s.Bin} {s.Units}"));
        sku.When(new SkuCommand.Carry("P", 2, "N1", "A-1")).ThenNothing();
        sku.When(new SkuCommand.Carry("P", 1, "N1", "OLD")).ThenNothing();
        sku.When(Put("r-4", 1, StockState.Available, 1)).ThenRefused(MoveStatus.TooLate);
        sku.When(Put("r-4", 1, StockState.Available, 2)).ThenDone();
        sku.When(Put("r-1", 5, StockState.Available, 0)).ThenRefused(MoveStatus.AlreadyDone);
        Stock.Given().When(new SkuCommand.Carry("P", 1, "N1", "A-1")).Then(new CarryReply(0));

        static SkuCommand.Receive Put(string id, int quantity, StockState state, long step) =>
            new(id, "N1", quantity, "x", state, null, new("DOCK", Lpn: "P"), LpnStep: step);
    }

    [Theory]
    [InlineData(PlateStatus.Open)]
    [InlineData(PlateStatus.Closed)]
    [InlineData(PlateStatus.Shipped)]
    [InlineData(PlateStatus.Void)]
    public void A_status_is_kept_as_it_was_written(PlateStatus status)
    {
        var events = Product.Kind<LicensePlate, LicensePlateCommand, LicensePlateEvent>().Events;
        Assert.Equal(status, Wire.Through(events, new LicensePlateEvent.PlateTurned(new("t", 1), status)).Status);
    }
}
