using System.Text.Json;
using Fulfillment.Ordering;
using static Fulfillment.Tests.Domain.Orders;

namespace Fulfillment.Tests.Domain;

/// <summary>What an order costs: whole minor units of one currency, whatever is cancelled.</summary>
public sealed class MoneyTests
{
    static readonly OrderEvent.OrderPlaced Priced =
        PlacedPrepaid(1_234, Line("1", "A", 3, 333), Line("2", "B", 1, 235));

    [Fact]
    public void The_same_amount_in_another_currency_is_other_money()
    {
        Assert.Equal(new Money(1, "EUR"), Eur(1));
        Assert.NotEqual(new Money(1, "USD"), Eur(1));
        Assert.NotEqual(Eur(2), Eur(1));
    }

    [Fact]
    public void It_is_written_as_amount_and_currency()
    {
        Assert.Equal("""{"amount":1999,"currency":"EUR"}""", JsonSerializer.Serialize(Eur(1_999)));
        Assert.Equal(
            Eur(long.MaxValue), JsonSerializer.Deserialize<Money>(JsonSerializer.Serialize(Eur(long.MaxValue))));
    }

    [Fact]
    public void An_order_costs_the_sum_of_its_lines()
    {
        var order = Given(Priced).See();

        Assert.Equal((Eur(1_234), Eur(1_234)), (order.Placed.Total, order.Due));
    }

    [Fact]
    public void What_is_cancelled_is_not_due_and_the_total_stays()
    {
        var order = Given(Priced, new OrderEvent.OrderCancelled("c-1", "", [], [Of("1", 2)], [])).See();

        Assert.Equal((Eur(1_234), Eur(568)), (order.Placed.Total, order.Due));
    }

    [Fact]
    public void An_order_cancelled_whole_costs_nothing() => Assert.Equal(
        Eur(0), Given(Priced, new OrderEvent.OrderCancelled("c-1", "", [], [Of("1", 3), Of("2", 1)], [])).See().Due);

    [Fact]
    public void An_order_without_all_prices_has_no_sum()
    {
        var order = Given(Placed(Line("1", "A", 3, 333), Line("2", "B", 1))).See();

        Assert.Null(order.Placed.Total);
        Assert.Null(order.Due);
    }

    [Fact]
    public void The_largest_sum_that_fits_is_exact()
    {
        const long half = long.MaxValue / 2;
        var order = Given().When(Place(Line("1", "A", 2, half), Line("2", "B", 1, 1))).See();

        Assert.Equal(Eur(long.MaxValue), order.Due);
    }
}
