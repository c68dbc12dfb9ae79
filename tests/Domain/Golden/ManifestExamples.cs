using Fulfillment.Intake;
using Fulfillment.Ordering;
using Fulfillment.Packing;
using Fulfillment.Shipping;
using static Fulfillment.Tests.Domain.Product;

namespace Fulfillment.Tests.Domain;

/// <summary>One message of each type of a manifest, and of a parcel at the dock.</summary>
static class ManifestExamples
{
    static readonly ManifestTerms Terms = new("LEJ1", "ups", new(2026, 12, 1), "***B2C3");

    static readonly ShipAddress From = new(
        "DE", "04158", "Leipzig", "SN", ["Messe-Allee 1"], "Dock", "Example GmbH", "+49 341 1", "dock@example.com",
        true, "buyer@example.com");

    static readonly StoredPaper Form = new("0123abcd-sealed-4567", LabelFormat.Zpl, 1_234);

    static readonly DockGoods Goods = new("o-1001", 2, [new("1", 2)], "1Z999", "11", 885);

    static readonly CarrierRefusal Refusal = new("160103", "A number is unknown.");

    static readonly StopReason Reason = new(
        FulfilStatus.Intercepted, PackReplyStatus.WrongState, ParcelReplyStatus.NoLabel);

    static readonly PickupTerms Pickup = new(
        "LEJ1", "ups", From, new(2026, 12, 1), new(14, 0), new(17, 30), 12, 34_000, "11", "AT",
        "Europe/Berlin");

    static Operation By(string id) => new(id, 4_711);

    public static IEnumerable<object> All =>
    [
        new ParcelCommand.Board("m-1", 3, "LEJ1", "ups", "1Z999"),
        new ParcelCommand.Unboard("m-1", 4, FulfilStatus.Intercepted),
        new ParcelCommand.Leave("manifest/m-1", "m-1", "dora"),
        new ParcelCommand.NoteLeave("parcel:p-1", FulfilStatus.OnHold, PackReplyStatus.WrongState),
        new ParcelEvent.ParcelBoarded(By("manifest/m-1/3"), "m-1", 3),
        new ParcelEvent.ParcelUnboarded(By("manifest/m-1/4/off"), "m-1", 4, FulfilStatus.NothingOpen),
        new ParcelEvent.ParcelLeaving(By("manifest/m-1"), 2, 1, "m-1", "dora", After(1)),
        new ParcelEvent.LeaveWaits(2, After(2)),
        new ParcelEvent.ParcelLeft(After(3)),
        new ParcelEvent.ParcelStopped(FulfilStatus.OnHold, PackReplyStatus.WrongState, After(4)),
        new PickupCommand.Book(Pickup, "fritz"),
        new PickupCommand.Cancel("c-1", "nothing to fetch", "fritz"),
        new PickupCommand.Get(),
        new PickupCommand.GetSettled(),
        new PickupCommand.NoteAnswer(2, new(CarrierStatus.Refused, "P-7", Refusal, "late")),
        new PickupEvent.PickupAsked(Pickup, "fritz", After(1)),
        new PickupEvent.PickupAnswered(CarrierStatus.Refused, "P-7", Refusal, "late"),
        new PickupEvent.CancelAsked(By("c-1"), "nothing to fetch", "fritz", 2),
        new PickupEvent.CancelAnswered(CarrierStatus.Refused, Refusal, "late"),
        new LabelCall.Fetch("default/p-1", 1, "ups", Pickup) { Step = 1 },
        new LabelCall.StopFetching(
            "default/p-1", 1, "ups", new("P-7", new(2026, 12, 1), "11", "nothing to fetch")) { Step = 2 },
        new ManifestCommand.Open(Terms, "dora"),
        new ManifestCommand.Scan("s-1", "1Z 999", "p-1", "1Z999", true, "dora"),
        new ManifestCommand.Close("c-1", ["p-1", "p-2"], "the driver waits", "dora", From, 2),
        new ManifestCommand.Get(),
        new ManifestCommand.GetSettled(),
        new ManifestCommand.NoteBoard(3, ParcelReplyStatus.OtherNode, Goods, FulfilStatus.NothingOpen),
        new ManifestCommand.NoteOrder(3, FulfilStatus.OnHold),
        new ManifestCommand.NoteParcel("p-1", true, Reason, 3),
        new ManifestCommand.NoteCarrier(2, new(CarrierStatus.Refused, "M-7", Form, Refusal, "late", true, true)),
        new ManifestCommand.AskAgain(2),
        new ManifestEvent.ManifestOpened(Terms, "dora", After(1)),
        new ManifestEvent.CodeScanned(
            By("s-1"), 3, "1Z 999", "p-1", "1Z999", true, "dora", After(2), DockSignal.ScannedTwice),
        new ManifestEvent.ScanBoarded(3, Goods),
        new ManifestEvent.ScanAnswered(3, DockSignal.Stopped, FulfilStatus.OnHold, FulfilStatus.NothingOpen),
        new ManifestEvent.BoardUndone(3),
        new ManifestEvent.ManifestClosing(
            By("c-1"), ["p-2"], ["p-3"], "the driver waits", "dora", From, After(3)),
        new ManifestEvent.ParcelDone("p-1", true, Reason, After(4)),
        new ManifestEvent.CarrierTold(2, 3, By("c-2"), After(5)),
        new ManifestEvent.CarrierUnclear("did not answer", After(5), true),
        new ManifestEvent.ManifestClosed(
            CarrierStatus.NotNeeded, "M-7", Form, Refusal, After(6), "did not answer", true),
        new LabelCall.Close("default/m-1", 2, "ups", From, new(2026, 12, 1), ["1Z999"]) { Step = 3 },
    ];
}
