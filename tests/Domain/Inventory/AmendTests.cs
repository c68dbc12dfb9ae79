using Fulfillment.Catalog;
using Fulfillment.Inventory;

namespace Fulfillment.Tests.Domain;

/// <summary>What a product tells of its variant is set on the card, and the rest stays.</summary>
public sealed class AmendTests
{
    static readonly DateTimeOffset Until = Product.After(30);

    static readonly SkuCard Known = new(
        "Shirt", "Of cotton.", true, new(900, "EUR"), [new("care", "30 C"), new("fit", "slim")], ["http://x/1"],
        new(200, 10, Handling: ["fragile"], HsCode: "61091000"), Packs: [new("case", 12)]);

    static Given<Sku, SkuCommand, SkuEvent> Given(params IEnumerable<SkuEvent> events) =>
        new(EntityId.Of("sku", "default", "TEE-RED"), Product.Start, events);

    static VariantOf Red(int step, string product = "TEE") => new(product, step, [new("Colour", "red")]);

    static DefineReply Reply(Given<Sku, SkuCommand, SkuEvent> given) => (DefineReply)given.Reply!;

    [Fact]
    public void Fields_that_are_told_are_set_and_others_stay()
    {
        var given = Given(new SkuEvent.SkuDefined(Known, 1)).When(new SkuCommand.Amend(
            new("Tee - red", Attributes: [new("fit", "wide")], Product: new(210, Origin: "PT")), Red(1), Until));
        Assert.Equal(new DefineReply(DefineStatus.Changed, 2), given.Reply);
        Assert.True(given.State.Card!.Says(Known with
        {
            Title = "Tee - red",
            Attributes = [new("care", "30 C"), new("fit", "wide")],
            Product = new(210, 10, Handling: ["fragile"], HsCode: "61091000", Origin: "PT"),
            Variant = Red(1),
        }));
    }

    [Fact]
    public void A_new_SKU_is_made_and_a_card_set_by_hand_stays_a_variant()
    {
        var given = Given().When(new SkuCommand.Amend(new("Tee - red"), Red(1), Until));
        Assert.Equal(DefineStatus.Created, Reply(given).Status);
        given.When(new SkuCommand.Define(Known));
        Assert.True(given.State.Card!.Says(Known with { Variant = Red(1) }));
    }

    [Fact]
    public void A_repeat_changes_nothing_and_an_earlier_step_is_stale()
    {
        var given = Given().When(new SkuCommand.Amend(new("Tee - red"), Red(2), Until))
            .When(new SkuCommand.Define(Known));
        Assert.Equal(
            DefineStatus.Unchanged, Reply(given.When(new SkuCommand.Amend(new("Tee - red"), Red(2), Until))).Status);
        Assert.Equal(DefineStatus.Stale, Reply(given.When(new SkuCommand.Amend(new("T"), Red(1), Until))).Status);
        Assert.Equal("Shirt", given.State.Card!.Title);
    }

    [Fact]
    public void Another_product_gets_nothing_of_it_and_what_is_gone_makes_no_card()
    {
        var given = Given();
        Assert.Equal(
            DefineStatus.NotValid,
            Reply(given.When(new SkuCommand.Amend(new(Lifecycle: SkuLifecycle.Discontinued), Red(1), Until))).Status);
        given.When(new SkuCommand.Amend(new("Tee - red"), Red(1), Until));
        Assert.Equal(
            new DefineReply(DefineStatus.OtherProduct, 1, "TEE"),
            given.When(new SkuCommand.Amend(new("Mug - red"), Red(9, "MUG"), Until)).Reply);
        given.At(Product.After(31));
        Assert.Equal(DefineStatus.TooLate, Reply(given.When(new SkuCommand.Amend(new("T"), Red(2), Until))).Status);
    }

    [Fact]
    public void What_the_card_gives_up_is_told_to_its_GTIN()
    {
        const string gtin = "04012345123456";
        var given = Given()
            .When(new SkuCommand.Amend(new("Tee - red", Packs: [new(Pack.Each, 1, gtin)]), Red(1), Until))
            .When(new SkuCommand.Amend(new("Tee - red", Packs: [new(Pack.Each, 1)]), Red(2), Until));
        Assert.Equal(EntityId.Of("gtin", "default", gtin), Assert.Single(given.Sends).To);
    }
}
