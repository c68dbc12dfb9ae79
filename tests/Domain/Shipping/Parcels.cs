using Fulfillment.Ordering;
using Fulfillment.Shipping;
using static Fulfillment.Tests.Domain.Product;

namespace Fulfillment.Tests.Domain;

/// <summary>A parcel for tests: two units of an order at LEJ1, and a label of a courier.</summary>
static class Parcels
{
    public const string Id = "340123450000000014", Carrier = "local-courier";

    public static readonly EntityId Self = EntityId.Of(ParcelCalls.Kind, "default", Id);

    public static readonly EntityId Buyers = EntityId.Of(OrderingCalls.Kind, "default", "o-1");

    public static readonly ParcelTerms Terms = new("o-1", 1, "LEJ1", Id, [new("1", 2)], new(310, 210, 160, 885));

    public static readonly LabelTerms Label = new(
        Carrier, "standard", LabelFormat.Pdf, new(2026, 12, 1), new("DE"), new("s-1", "sealed"), ["o-1"],
        new(549, "EUR"), RateSource.Carrier, null, After(60 * 24 * 7));

    public static readonly StoredPaper Paper = new("0123-sealed-45", LabelFormat.Pdf, 1_000);

    public static readonly LabelAnswer Bought = new(
        LabelOutcome.Bought, "S-1", "T-1", new(549, "EUR"), Paper, []);

    public static ParcelEvent.ParcelPlanned Planned => new(Terms, "anna", After(0));

    public static Given<Parcel, ParcelCommand, ParcelEvent> Given(params ParcelEvent[] events) =>
        new(Self, After(10), [Planned, .. events]);

    public static Send Ask(int number, int step, bool wanted = true) => new(
        new(ParcelCalls.LabelsOf(Carrier), ""),
        new LabelCall.Buy($"default/{Id}", number, Carrier, Terms.Spec, Label, wanted) { Step = step });

    /// <summary>The order is told that its units may leave otherwise.</summary>
    public static Send Freed(int number = 1) => new(Buyers, new OrderCommand.TakeFromParcel(Id, number));

    public static ParcelEvent[] Asked(int number = 1) =>
    [
        new ParcelEvent.LabelOrdered(new($"b{number}", 7), number, Label, "anna", After(1)),
        new ParcelEvent.LabelAsked(number, 1, true),
    ];

    public static ParcelEvent.LabelBought Got(int number = 1, bool lives = true, StoredPaper? paper = null) => new(
        number, "S-1", "T-1", new(549, "EUR"), lives ? paper ?? Paper : paper, [], After(2), lives);
}
