using Fulfillment.Intake;
using Fulfillment.Ordering;
using Fulfillment.Shipping;
using static Fulfillment.Tests.Domain.Product;

namespace Fulfillment.Tests.Domain;

/// <summary>One message of each type of a parcel and of its labels, every field with a value of its own.</summary>
static class ParcelExamples
{
    static readonly ParcelTerms Terms = new(
        "o-1001", 2, "LEJ1", "340123450000000014", [new("1", 2)], new(310, 210, 160, 885), new(2026, 12, 4),
        new(3_998, "EUR"));

    static readonly ShipAddress From = new(
        "DE", "04158", "Leipzig", "SN", ["Messe-Allee 1"], null, "Example GmbH", "+49 341 1", "dock@example.com", true,
        "buyer@example.com");

    static readonly CustomsDeclaration Customs = new(
        Incoterm.Ddp, "INV-7", new(2026, 12, 1), [new("Mug", 2, new(1_999, "EUR"), 380, "691110", "DE")],
        ExportReason.Gift, "DE1234567", "IM2760000012", "GB123456789");

    static readonly LabelTerms Label = new(
        "ups", "11", LabelFormat.Zpl, new(2026, 12, 1), From with { Name = "Dock" }, new("subject-1", "sealed-address"),
        ["o-1001"], new(610, "EUR"), RateSource.LastKnown, "the buyer paid for it", After(7 * 24 * 60), Customs,
        "Europe/Berlin", 815);

    static readonly StoredPaper Paper = new("0123abcd-sealed-4567", LabelFormat.Zpl, 1_234);

    static readonly CarrierRefusal Refusal = new("120201", "The account is closed.");

    static readonly TrackEvent Told = new(
        After(5), Milestone.Exception, "X 48", "Nobody was there", "Leipzig, DE", CaseReason.FailedAttempt, 1);

    static readonly Personal<string> SignedBy = new("subject-1", "sealed-name");

    static readonly ParcelCase Case = new(
        3, CaseReason.LateRisk, CaseStep.TellBuyer, 1, After(5), After(6), "X 48", "Nobody was there",
        new(2026, 12, 4), new(2026, 12, 7), After(7), "the buyer knows", "anna");

    static Operation By(string id) => new(id, 4_711);

    public static IEnumerable<object> All =>
    [
        new ParcelCommand.Plan(Terms, "anna"),
        new ParcelCommand.Buy("label-1", 815, Label, "anna"),
        new ParcelCommand.GiveUp("void-1", "a torn label", "anna", 1),
        new ParcelCommand.Cancel("cancel-1", "the box is packed again", "anna"),
        new ParcelCommand.Get(),
        new ParcelCommand.GetSettled(),
        new ParcelCommand.NoteOrder(1, FulfilStatus.InParcel, "340123450000000021"),
        new ParcelCommand.NoteLabel(1, 2, new(
            LabelOutcome.BoughtWithoutLabel, "1Z-shipment", "1Z999", new(612, "EUR"), Paper, [Paper], Refusal, "late")),
        new ParcelCommand.NoteVoid(1, 3, new(VoidStatus.RefundRequested, Refusal, "late")),
        new ParcelCommand.AskAgain(1, 3),
        new ParcelCommand.EndLabel(1),
        new ParcelCommand.Withdraw(1, FulfilStatus.OtherAddress),
        new ParcelCommand.NoteTracking(
            1, TrackSource.Hand, [Told], new(2026, 12, 7), SignedBy, "anna", By("events-1")),
        new ParcelCommand.CloseCase("close-1", 3, "the buyer knows", "anna"),
        new ParcelCommand.NotePoll(1, 4, new(TrackOutcome.Unsupported, [Told], new(2026, 12, 7), SignedBy, "late")),
        new ParcelCommand.AskTracking(1, 4),
        new ParcelCommand.NoteArrival(FulfilStatus.UnknownShipment),
        new ParcelCommand.TellArrival(2),
        new ParcelEvent.ParcelPlanned(Terms, "anna", After(1)),
        new ParcelEvent.LabelOrdered(By("label-1"), 1, Label, "anna", After(2)),
        new ParcelEvent.LabelAsked(1, 2, true),
        new ParcelEvent.LabelStopped(1, FulfilStatus.InParcel, "340123450000000021"),
        new ParcelEvent.LabelUnclear(1, "did not answer", After(3), true),
        new ParcelEvent.LabelBought(1, "1Z-shipment", "1Z999", new(612, "EUR"), Paper, [Paper], After(4), true),
        new ParcelEvent.LabelRefused(1, Refusal),
        new ParcelEvent.LabelGivenUp(By("void-1"), 1, "a torn label", "anna", After(5), FulfilStatus.NothingOpen),
        new ParcelEvent.VoidAsked(1, 3),
        new ParcelEvent.VoidUnclear(1, "did not answer", After(6)),
        new ParcelEvent.LabelVoided(1, VoidStatus.RefundRequested, Refusal, After(7)),
        new ParcelEvent.ParcelCancelled(By("cancel-1"), "the box is packed again", "anna", After(8)),
        new ParcelEvent.ParcelTracked(
            By("events-1"), 1, "ups", TrackSource.Poll, [Told], new(2026, 12, 7), SignedBy, Milestone.Exception, "poll",
            After(9)),
        new ParcelEvent.TrackingAsked(1, 5, After(10), true),
        new ParcelEvent.TrackingEnded(1, 6),
        new ParcelEvent.CaseOpened(Case, "o-1001", 2, "LEJ1", "ups", "1Z999"),
        new ParcelEvent.CaseClosed(By("close-1"), 3, "the buyer knows", "anna", After(11)),
        new ParcelEvent.ArrivalTold(2),
        new ParcelEvent.ArrivalUntold(2, After(12)),
        new ParcelCommand.LookAtPromise(1, true),
        new ParcelCommand.NoteNotice(3, 2, new(NoticeOutcome.Refused, "m-3@example.com", "550 5.1.1", "no mailbox")),
        new ParcelCommand.AskNotice(3, 2),
        new ParcelEvent.NoticeAsked(3, 2, After(13)),
        new ParcelEvent.NoticeUntold(3, "cannot be reached", After(15), After(14)),
        new ParcelEvent.NoticeAnswered(
            3, ParcelNoticeStatus.Refused, "m-3@example.com", "550 5.1.1", "no mailbox", After(16)),
        new NoticeCall.Tell(
            "default/340123450000000014", 3, 2, CaseReason.LateRisk, "o-1001", "ups", "1Z999", Label.To,
            new(2026, 12, 4), new(2026, 12, 7)),
        new LabelCall.Track("default/340123450000000014", 1, "ups", "1Z-shipment", "1Z999", Label.To)
        {
            Step = 5,
        },
        new LabelCall.Buy("default/340123450000000014", 1, "ups", Terms.Spec, Label, true) { Step = 2 },
        new LabelCall.Void("default/340123450000000014", 1, "ups", "1Z-shipment", "1Z999") { Step = 3 },
        new OrderCommand.MayLeave(2, [new("1", 2)], 1),
    ];
}
