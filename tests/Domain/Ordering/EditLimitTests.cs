using Fulfillment.Ordering;
using static Fulfillment.Ordering.OrderCommand;
using static Fulfillment.Tests.Domain.Orders;

namespace Fulfillment.Tests.Domain;

/// <summary>Numbers that no edit may have, however they are hidden.</summary>
public sealed class EditLimitTests
{
    static readonly Edit None = new("e-1", [], [], null, null, "changed my mind");

    [Theory]
    [InlineData(2, -1)]
    [InlineData(1, 0)]
    [InlineData(-1, 2)]
    public void A_quantity_that_is_not_positive_is_not_made_up_for_by_another_of_the_line(int one, int other) =>
        Given(AtNode()).When(None with { Fewer = [Of("1", one), Of("1", other)] })
            .ThenRefused(EditStatus.QuantityNotPositive);

    [Theory]
    [InlineData(-201L, EditStatus.AmountTooLarge)]
    [InlineData(-200L, EditStatus.Begun)]
    public void What_is_due_does_not_become_negative(long price, EditStatus status) =>
        Given(AtNode(Placed(Place(Line("1", "A", 2, 100)), Eur(200))))
            .When(None with { Added = [Line("2", "B", 1, price)] }).ThenTold(status);

    [Fact]
    public void A_total_that_does_not_fit_is_told_before_charges_that_are_bad() =>
        Given(AtNode(Placed(Place(Line("1", "A", 2, 100)), Eur(200))))
            .When(None with { Added = [new("2", "B", 2, Eur(long.MaxValue), DiscountMinor: -1)] })
            .ThenRefused(EditStatus.AmountTooLarge);
}
