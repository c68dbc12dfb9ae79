using Fulfillment.Inventory;
using static Fulfillment.Inventory.SkuCommand;
using static Fulfillment.Inventory.SkuEvent;
using static Fulfillment.Tests.Domain.Stock;

namespace Fulfillment.Tests.Domain;

public sealed class DefineTests
{
    static readonly SkuCard Full = new(
        "A thing", "It is blue.", false, new(1999, "EUR"), [new("colour", "blue"), new("size", "M")],
        ["https://example.org/1"], new(420, 120, 90, 95, ["fragile"], Product.After(60), 1150));

    [Fact]
    public void The_first_card_creates_the_sku() => Given()
        .When(new Define(Full))
        .Then(new DefineReply(DefineStatus.Created, 1), new SkuDefined(Full, 1));

    [Fact]
    public void The_same_card_again_changes_nothing() => Given(new SkuDefined(Full, 1))
        .When(new Define(Full with
        {
            Attributes = [.. Full.Attributes],
            Images = [.. Full.Images],
            Product = Full.Product! with { Handling = [.. Full.Product.Handling] },
        }))
        .Then(new DefineReply(DefineStatus.Unchanged, 1));

    public static TheoryData<string> Fields =>
        ["title", "description", "backorder", "price", "attributes", "images", "product", "grams", "handling",
        "packs", "lifecycle"];

    [Theory, MemberData(nameof(Fields))]
    public void A_card_that_differs_in_any_field_replaces_the_old_one(string field)
    {
        var other = field switch
        {
            "title" => Full with { Title = "Another thing" },
            "description" => Full with { Description = null },
            "backorder" => Full with { Backorder = true },
            "price" => Full with { Price = new(1999, "USD") },
            "attributes" => Full with { Attributes = [new("colour", "blue"), new("size", "L")] },
            "product" => Full with { Product = null },
            "grams" => Full with { Product = Full.Product! with { Grams = 421 } },
            "packs" => Full with { Packs = [new("case", 12)] },
            "lifecycle" => Full with { Lifecycle = SkuLifecycle.PhaseOut },
            "handling" => Full with { Product = Full.Product! with { Handling = ["hazmat"] } },
            _ => Full with { Images = [] },
        };

        Given(new SkuDefined(Full, 1))
            .When(new Define(other))
            .Then(new DefineReply(DefineStatus.Changed, 2), new SkuDefined(other, 2));
    }

    [Fact]
    public void No_handling_and_an_empty_list_of_it_say_the_same() =>
        Given(new SkuDefined(Full with { Product = new(420) }, 1))
            .When(new Define(Full with { Product = new(420, Handling: []) }))
            .Then(new DefineReply(DefineStatus.Unchanged, 1));

    [Fact]
    public void Who_claims_units_is_told_what_carrying_them_asks_for() => Given(new SkuDefined(Full, 1))
        .When(new Reserve("o-1", 1, 1))
        .Then(Told(ClaimStatus.Insufficient, 1, Standing.None, 0) with { Product = Full.Product })
        .When(new Receive("r-1", "N1", 1, "delivery", StockState.Available))
        .When(new Reserve("o-1", 1, 1))
        .Then(
            Told(ClaimStatus.Done, 1, Holds(3, 1, 1), 0, free: [N1(1)]) with { Product = Full.Product },
            Reserved("o-1", 1, 1, 0));

    [Fact]
    public void A_card_for_another_revision_is_stale() => Given(Defined())
        .When(new Define(Full, IfRevision: 2))
        .Then(new DefineReply(DefineStatus.Stale, 1));

    [Fact]
    public void Stale_is_told_even_to_who_brings_the_same_card() => Given(Defined())
        .When(new Define(Card(), IfRevision: 0))
        .Then(new DefineReply(DefineStatus.Stale, 1));

    [Fact]
    public void A_card_for_the_revision_that_is_replaces_it() => Given(Defined())
        .When(new Define(Full, IfRevision: 1))
        .Then(new DefineReply(DefineStatus.Changed, 2), new SkuDefined(Full, 2));

    [Fact]
    public void A_card_that_names_GTINs_is_refused_once_the_claims_are_over() => Given(Defined())
        .When(new Define(Full, Until: Product.After(-0.001))).Then(new DefineReply(DefineStatus.TooLate, 1))
        .When(new Define(Full, Until: Product.Start))
        .Then(new DefineReply(DefineStatus.Changed, 2), new SkuDefined(Full, 2));

    [Fact]
    public void Packs_that_cannot_be_are_no_card() => Given(Defined())
        .When(new Define(Full with { Packs = [new("each", 2)] })).Then(new DefineReply(DefineStatus.NotValid, 1));

    [Fact]
    public void A_GTIN_is_told_when_the_card_names_it_no_more_and_whether_it_does()
    {
        const string each = "04012345123456", box = "14012345123453";
        var both = Full with { Packs = [new("each", 1, each), new("case", 12, box)] };
        var one = Full with { Packs = [new("each", 1, each)] };

        Given(new SkuDefined(both, 1))
            .When(new GetNaming(box, 5)).Then(new NamingReply(1, true))
            .When(new Define(one)).ThenHappens(new SkuDefined(one, 2, [box]))
            .ThenSends(new Send(
                EntityId.Of("gtin", "default", box), new Catalog.TradeItemCommand.Doubt("ABC-1", 2)))
            .When(new GetNaming(box, 5)).Then(new NamingReply(2, false));
    }

    [Fact]
    public void Only_who_expects_no_card_creates_one() => Given()
        .When(new Define(Full, IfRevision: 1)).Then(new DefineReply(DefineStatus.Stale, 0))
        .When(new Define(Full, IfRevision: 0)).Then(new DefineReply(DefineStatus.Created, 1), new SkuDefined(Full, 1));

    [Fact]
    public void A_new_card_leaves_the_stock_alone()
    {
        var stock = Given([.. OnHand(5), Reserved("o-1", 1, 2, 3)]).When(new Define(Full)).Count();

        Assert.Equal((5L, 2L, 3L, 2L), (stock.OnHand, stock.Held, stock.Available, stock.Revision));
    }

    [Fact]
    public void A_sku_that_nobody_defined_has_no_card_and_no_stock()
    {
        var stock = Given().Count();

        Assert.Null(stock.Card);
        Assert.Equal((0L, 0L, 0L), (stock.Revision, stock.OnHand, stock.Version));
    }
}
