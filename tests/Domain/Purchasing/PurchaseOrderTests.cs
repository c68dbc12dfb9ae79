using Fulfillment.Intake;
using Fulfillment.Inventory;
using Fulfillment.Purchasing;
using static Fulfillment.Purchasing.PurchaseCommand;
using static Fulfillment.Tests.Domain.Purchases;

namespace Fulfillment.Tests.Domain;

/// <summary>Purchase orders: what is expected of them, and who is told.</summary>
public sealed class PurchaseOrderTests
{
    [Fact]
    public void A_draft_may_be_replaced_and_nothing_is_expected_of_it()
    {
        var order = Given().When(new Write(Terms)).ThenSends();
        Assert.Equal(PurchaseStatus.Done, Assert.IsType<PurchaseReply>(order.Reply).Status);
        order.When(new Write(Terms)).ThenRefused(PurchaseStatus.AlreadyDone);
        order.When(new Write(Terms with { Supplier = "OTHER" }, IfVersion: 7)).ThenRefused(PurchaseStatus.Stale);
        order.When(new Write(Terms with { Supplier = "OTHER" }, IfVersion: 1)).Done();
        Assert.Equal(("OTHER", PurchaseState.Draft), (order.Now().Terms.Supplier, order.Now().State));
    }

    [Fact]
    public void What_a_SKU_heard_too_late_is_told_again_with_what_came()
    {
        var order = Sent().When(new Receive("r", [new("1", 95, 2, StockState.Quarantine)])).Done();
        var told = Assert.IsType<SkuCommand.PlanSupply>(Assert.Single(order.Sends).Command);
        var later = Product.Start.AddMinutes(5);

        order.At(later).When(new NoteSupply("po:P:1", told.Step, SupplyStatus.TooLate, told.Arrived[0].Id, []));

        var again = Assert.IsType<SkuCommand.PlanSupply>(Assert.Single(order.Sends).Command);
        Assert.Equal(told.Arrived.AsEnumerable(), again.Arrived);
        Assert.Equal((told.Step, told.Units, later + Transfer.TakenWithin), (again.Step, again.Units, again.Until));
        Assert.Null(order.Ask(new GetSettled()));
        order.When(new NoteSupply("po:P:1", again.Step, SupplyStatus.Done, again.Arrived[0].Id, []));
        Assert.NotNull(order.Ask(new GetSettled()));
    }

    [Fact]
    public void Sent_it_is_a_dated_supply_of_every_SKU()
    {
        var order = Drafted().When(new SendOut("send")).Done();
        const string source = "purchase order P of ACME";
        var until = Product.Start + Transfer.TakenWithin;
        order.ThenSends(
            new Send(EntityId.Of("sku", "default", "A"),
                new SkuCommand.PlanSupply("po:P:1", 1, "N1", 100, Monday, source, [], until)),
            new Send(EntityId.Of("sku", "default", "B"),
                new SkuCommand.PlanSupply("po:P:2", 1, "N1", 40, Monday, source, [], until)));
        Assert.Null(order.Ask(new GetSettled()));
        Assert.Equal(PurchaseState.Sent, order.Answered().Now().State);
        Assert.NotNull(order.Ask(new GetSettled()));
        order.When(new SendOut("send")).ThenRefused(PurchaseStatus.AlreadyDone);
        order.When(new SendOut("again")).ThenRefused(PurchaseStatus.AlreadySent);
        order.When(new Write(Terms with { Supplier = "OTHER" })).ThenRefused(PurchaseStatus.AlreadySent);
    }

    [Fact]
    public void The_supplier_says_what_he_delivers_and_when()
    {
        var order = Sent().When(new Acknowledge("a", [new("1", 90, Friday)])).Done();
        var told = Assert.Single(order.Told());
        Assert.Equal(("po:P:1", 2, 90, Friday), (told.Id, told.Step, told.Units, told.At));
        Assert.Equal(PurchaseState.Sent, order.Answered().Now().State);
        order.When(new Acknowledge("b", [])).Done().ThenSends();
        Assert.Equal(PurchaseState.Acknowledged, order.Now().State);
        order.When(new Acknowledge("c", [new("2", 0)])).Done();
        Assert.Equal(0, Assert.Single(order.Told()).Units);
    }

    [Fact]
    public void A_slipped_date_is_told_to_every_SKU_whose_date_it_is()
    {
        var order = Sent().When(new Reschedule("late", Friday, [new("2", Monday)])).Done();
        Assert.Equal(("po:P:1", Friday), (Assert.Single(order.Told()).Id, order.Told()[0].At));
        order.Answered().When(new Reschedule("late", Friday, [new("2", Monday)]))
            .ThenRefused(PurchaseStatus.AlreadyDone);
        order.When(new Reschedule("late", Monday, [])).ThenRefused(PurchaseStatus.DifferentContent);
    }

    [Fact]
    public void What_is_cancelled_does_not_come()
    {
        var order = Sent().When(new CancelLines("c", [new("1", 30)], "sold badly")).Done();
        Assert.Equal(70, Assert.Single(order.Told()).Units);
        Assert.Equal(30, order.Line().Cancelled);
        order.When(new CancelLines("d", [new("1", 71)], "")).ThenRefused(PurchaseStatus.MoreThanOpen);
        order.When(new CancelLines("e", [], "all of it")).Done();
        Assert.Equal(PurchaseState.Cancelled, order.Now().State);
        order.When(Count("r", 1)).ThenRefused(PurchaseStatus.Closed);
        Drafted().When(new CancelLines("c", [], "no")).Done().When(new SendOut("s")).ThenRefused(PurchaseStatus.Closed);
    }

    [Fact]
    public void Closed_what_has_not_come_is_short_and_no_more_is_received()
    {
        var order = Sent().When(Count("r", 60)).Done().Answered();
        Assert.Equal(PurchaseState.PartiallyReceived, order.Now().State);
        order.When(new Close("c", "never came")).Done();
        Assert.Equal(["po:P:1", "po:P:2"], order.Told().Select(t => t.Id));
        Assert.All(order.Told(), t => Assert.Equal(0, t.Units));
        order.Answered();
        Assert.Equal((PurchaseState.Closed, 40, 0), (order.Now().State, order.Line().Short, order.Line().Open));
        order.When(Count("s", 1)).ThenRefused(PurchaseStatus.Closed);
        order.When(Count("r", 60)).ThenRefused(PurchaseStatus.AlreadyDone);
        order.When(new Close("d", "")).ThenRefused(PurchaseStatus.Closed);
    }

    public static TheoryData<PurchaseCommand, PurchaseStatus> Refusals => new()
    {
        { new Acknowledge("x", [new("9")]), PurchaseStatus.UnknownLine },
        { new Acknowledge("x", [new("1", 9)]), PurchaseStatus.BelowReceived },
        { Count("x", 1, shipment: "none"), PurchaseStatus.UnknownShipment },
        { new FinishShipment("x", "none"), PurchaseStatus.UnknownShipment },
        { new FinishShipment("x", "done"), PurchaseStatus.ShipmentFinished },
        { Count("x", 1, shipment: "done"), PurchaseStatus.ShipmentFinished },
        { new Receive("x", [new("1", 1, 0, StockState.Damaged, "open", "q")]), PurchaseStatus.UnknownPackage },
        { Count("x", 96), PurchaseStatus.OverTolerance },
    };

    [Theory, MemberData(nameof(Refusals))]
    public void What_cannot_be_is_refused_and_writes_nothing(PurchaseCommand command, PurchaseStatus status)
    {
        var order = Sent(Terms with { TolerancePercent = 5 }).When(Asn("done", Monday, 5)).Done()
            .When(Asn("open", Monday, 5)).Done().When(new FinishShipment("f", "done")).Done()
            .When(Count("r", 10)).Done();
        order.When(command).ThenRefused(status);
    }

    [Fact]
    public void Nobody_changes_what_is_not_there_or_was_not_sent()
    {
        Given().When(new SendOut("s")).ThenRefused(PurchaseStatus.UnknownOrder);
        Drafted().When(Count("r", 1)).ThenRefused(PurchaseStatus.NotSent);
        Drafted().When(new Charge(new("c", ChargeKind.Freight, 1, ChargeBasis.Value)))
            .ThenRefused(PurchaseStatus.NotSent);
    }

    [Fact]
    public void Changes_and_charges_have_a_most()
    {
        var order = Sent();
        for (var i = 0; i < PurchaseOrder.MaxCharges; i++)
            order.When(new Charge(new($"c{i}", ChargeKind.Other, 1, ChargeBasis.Quantity))).Done();
        order.When(new Charge(new("x", ChargeKind.Insurance, 1, ChargeBasis.Volume))).ThenRefused(PurchaseStatus.Full);
        PurchaseOrder full = order.State with
        {
            Operations = [.. Enumerable.Repeat(new Operation("x", 1), PurchaseOrder.MaxOperations)],
        };
        var refused = PurchaseOrder.Decide(full, new Close("y", ""), new(Self, Product.Start, 9)).Reply;
        Assert.Equal(PurchaseStatus.TooManyChanges, Assert.IsType<PurchaseReply>(refused).Status);
    }

    [Theory]
    [InlineData(SupplyStatus.UnknownSku)]
    [InlineData(SupplyStatus.IsKit)]
    [InlineData(SupplyStatus.TooMany)]
    public void A_SKU_that_expects_nothing_is_named_at_its_line(SupplyStatus status)
    {
        var order = Drafted().When(new SendOut("send")).Answered(status);
        Assert.Equal(status, order.Line().Refused);
        order.When(new Reschedule("r", Friday, [])).Answered();
        Assert.Null(order.Line().Refused);
    }

    [Fact]
    public void An_answer_that_comes_twice_or_late_changes_nothing()
    {
        var order = Drafted().When(new SendOut("send"));
        var first = order.Sends[0];
        var late = PurchaseOrder.OnReply(first, new PlanSupplyReply(SupplyStatus.Done, []))!;
        order.When(new Reschedule("r", Friday, [])).Answered();
        order.When(late).ThenNothing();
        Assert.True(order.Now().Lines[0].Supplies[0].Answered == 2);
    }

    [Fact]
    public void An_order_that_a_SKU_wrote_stays_its_own_and_the_SKU_is_told_when_it_is_over()
    {
        var order = Drafted(Terms with { ReorderOf = "A" });
        order.When(new Write(Terms with { Supplier = "OTHER" })).Done();
        Assert.Equal("A", order.Now().Terms.ReorderOf);

        order.When(new CancelLines("c", [], "not now")).Done()
            .ThenSends(new Send(EntityId.Of("sku", "default", "A"), new SkuCommand.NoteReorder("P", true)));
    }

    [Fact]
    public void What_a_SKU_ordered_is_over_when_all_has_come_or_the_rest_will_not()
    {
        var order = Sent(Terms with { ReorderOf = "A" });
        Assert.DoesNotContain(order.When(Count("r", 90)).Done().Sends, s => s.Command is SkuCommand.NoteReorder);

        order.When(new Close("c", "enough")).Done();

        Assert.Contains(order.Sends, s => s.Command is SkuCommand.NoteReorder { Order: "P", Declined: false });
    }
}
