using Fulfillment.Inventory;
using static Fulfillment.Inventory.SkuCommand;
using static Fulfillment.Tests.Domain.Product;
using static Fulfillment.Tests.Domain.Stock;

namespace Fulfillment.Tests.Domain;

public sealed class ClaimBookTests
{
    static ClaimBook After(params IEnumerable<SkuEvent> events) => Given(events).State.Claims;

    static IEnumerable<string> Orders(IEnumerable<Claim> claims) => claims.Select(c => c.Order);

    [Fact]
    public void An_empty_book_knows_nobody()
    {
        ClaimBook book = new();

        Assert.Equal((0L, 0L, DateTimeOffset.MinValue), (book.Held, book.Backordered, book.ForgottenUntil));
        Assert.Null(book.NextExpiry);
        Assert.Null(book.Find("o-1"));
        Assert.False(book.TryGetClosed("o-1", out _));
        Assert.Empty(book.Open);
        Assert.Empty(book.Waiting);
    }

    [Fact]
    public void Counters_are_the_sums_of_the_open_claims()
    {
        var book = After([
            .. OnHand(5, backorder: true), Reserved("o-1", 1, 3, 2), Reserved("o-2", 1, 2, 0, backordered: 4),
            Allocated("o-1", 2, 0, N1(1)), Released("o-2", 2, 0, 0, backordered: 1),
        ]);

        Assert.Equal((4L, 3L), (book.Held, book.Backordered));
        Assert.Equal(2, book.Open.Count);
    }

    [Fact]
    public void Holds_are_known_by_when_they_end()
    {
        var book = After([
            .. OnHand(9), Reserved("o-3", 1, 1, 8, until: Product.After(30), sweep: Product.After(30)),
            Reserved("o-2", 1, 1, 7, until: Product.After(10), sweep: Product.After(10)),
            Reserved("o-1", 1, 1, 6, until: Product.After(30)), Reserved("o-4", 1, 1, 5),
        ]);

        Assert.Equal(Product.After(10), book.NextExpiry);
        Assert.Empty(book.Expired(Product.After(9)));
        Assert.Equal(["o-2"], Orders(book.Expired(Product.After(10))));
        Assert.Equal(["o-2", "o-1", "o-3"], Orders(book.Expired(Product.After(30))));
        Assert.Equal(Product.After(30), book.Later(Product.After(10)));
        Assert.Null(book.Later(Product.After(30)));
    }

    [Fact]
    public void Tentative_units_are_those_of_other_undecided_orders()
    {
        var book = After([
            .. OnHand(9), Reserved("o-1", 1, 1, 8, tentative: Product.After(10)),
            Reserved("o-2", 1, 2, 6, tentative: Product.After(20)), Reserved("o-3", 1, 4, 2),
        ]);

        Assert.Equal(3, book.TentativeUnits(Start, except: "o-9"));
        Assert.Equal(1, book.TentativeUnits(Start, except: "o-2"));
        Assert.Equal(2, book.TentativeUnits(Product.After(10), except: "o-9"));
        Assert.Equal(0, book.TentativeUnits(Product.After(20), except: "o-9"));
    }

    [Fact]
    public void A_claim_that_opens_again_is_closed_no_more()
    {
        var book = After([.. OnHand(9), Reserved("o-1", 1, 1, 8), Released("o-1", 2, 1, 9), Reserved("o-1", 3, 1, 8)]);

        Assert.False(book.TryGetClosed("o-1", out _));
        Assert.Empty(book.Remembered);
        Assert.Equal(3, book.Find("o-1")!.Step);
    }

    [Fact]
    public void A_closed_claim_is_remembered_with_its_last_step_and_when_it_asked()
    {
        var book = After([
            .. OnHand(9), Reserved("o-1", 1, 1, 8, asked: Product.After(-3)), Released("o-1", 2, 1, 9),
        ]);

        Assert.True(book.TryGetClosed("o-1", out var closed));
        Assert.Equal(new Closed(2, 4, Product.After(-3)), closed);
        Assert.Null(book.Find("o-1"));
    }

    [Fact]
    public void A_copy_has_a_life_of_its_own()
    {
        var scene = Given([
            .. OnHand(9, backorder: true), Reserved("o-1", 1, 2, 7, until: Product.After(60), sweep: Product.After(60)),
            Reserved("o-2", 1, 7, 0, 5, tentative: Product.After(60)), Reserved("o-3", 1, 0, 0, 2),
        ]);
        var before = scene.Bytes();
        var copy = Sku.Freeze(scene.State);

        scene.When(new Release("o-1", 2, 2, [])).ThenDone()
            .When(new Release("o-2", 2, 12, [])).ThenDone()
            .When(new Receive("r-9", "N2", 1, "delivery", StockState.Available)).ThenDone();

        Assert.NotEqual(before, scene.Bytes());
        Assert.Equal(before, System.Text.Encoding.UTF8.GetString(Kind<Sku, SkuCommand, SkuEvent>().Write(copy)));
        Assert.Equal((9L, 7L), (copy.Claims.Held, copy.Claims.Backordered));
        Assert.Equal(["o-2", "o-3"], Orders(copy.Claims.Waiting));
        Assert.Equal(["o-1"], Orders(copy.Claims.Expired(Product.After(60))));
        Assert.Equal(7, copy.Claims.TentativeUnits(Start, except: ""));
    }

    [Fact]
    public void Once_twenty_thousand_are_closed_the_oldest_is_forgotten_and_its_repeats_are_too_old()
    {
        var scene = Given([.. OnHand(1), .. Closing(ClaimBook.MaxClosed + 1)]);
        Reserve first = new("o-1", 1, 1, Product.After(1)), second = new("o-2", 1, 1, Product.After(2));

        Assert.Equal(ClaimBook.MaxClosed, scene.State.Claims.Remembered.Count());
        Assert.Equal(Product.After(1), scene.State.Claims.ForgottenUntil);
        scene.At(Product.After(2))
            .When(first).ThenRefused(ClaimStatus.TooOld)
            .When(second).ThenRefused(ClaimStatus.OrderClosed)
            .When(first with { Asked = Product.After(1).AddTicks(1) }).ThenDone();
    }

    /// <summary>So many orders that asked, one second after the other, and gave back.</summary>
    static IEnumerable<SkuEvent> Closing(int count) => Enumerable.Range(1, count).SelectMany(i => (SkuEvent[])
        [Reserved($"o-{i}", 1, 1, 0, asked: Product.After(i)), Released($"o-{i}", 2, 1, 1)]);
}
