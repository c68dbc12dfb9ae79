using System.Collections.Immutable;
using Fulfillment.Catalog;
using Fulfillment.Inventory;
using static Fulfillment.Catalog.ProductCommand;
using static Fulfillment.Catalog.ProductEvent;
using Stored = Fulfillment.Catalog.Product;

namespace Fulfillment.Tests.Domain;

/// <summary>Products tell the SKUs of their variants what is on their cards.</summary>
public sealed class ProductTests
{
    const string Gtin = "04012345123456";

    static readonly DateTimeOffset Until = Product.After(30);

    static Given<Stored, ProductCommand, ProductEvent> Given(params IEnumerable<ProductEvent> events) =>
        new(EntityId.Of("product", "default", "TEE"), Product.Start, events);

    /// <summary>A shirt in these colours, each SKU named for its own; the first with a barcode where told.</summary>
    static ProductTerms Tee(string colours, string? gtin = null, string title = "Tee") => new(
        title, null, [new("Colour", [.. colours.Split(' ')])], new(Price: new(1_999, "EUR")),
        [
            .. colours.Split(' ').Select((c, i) => new VariantTerms($"TEE-{c}", [c],
                new(Packs: gtin is not null && i == 0 ? [new(Pack.Each, 1, gtin)] : default))),
        ]);

    static Send Amend(string colour, int step, string title = "Tee", SkuLifecycle? lifecycle = null,
        ImmutableArray<Pack> packs = default) => new(
        EntityId.Of("sku", "default", $"TEE-{colour}"),
        new SkuCommand.Amend(
            lifecycle == SkuLifecycle.Discontinued ? new(Lifecycle: lifecycle)
                : new($"{title} - {colour}", Price: new(1_999, "EUR"), Packs: packs, Lifecycle: lifecycle),
            new("TEE", step, [new("Colour", colour)]), Until));

    static VariantAnswered Ready(string colour, int step = 1) => new($"TEE-{colour}", step);

    static void Sends(Given<Stored, ProductCommand, ProductEvent> given, params Send[] sends) => Assert.Equal(
        sends.Select(Text), given.Sends.Select(Text));

    static string Text(Send send) => $"{send.To} {send.Due} " + (send.Command is SkuCommand c
        ? System.Text.Json.JsonSerializer.Serialize(c, InventoryJson.Default.SkuCommand) : $"{send.Command}");

    static ProductReply Reply(Given<Stored, ProductCommand, ProductEvent> given) => (ProductReply)given.Reply!;

    [Fact]
    public void Each_combination_gets_a_card_with_what_the_product_says()
    {
        var given = Given().When(new Write(Tee("red blue")));
        Assert.Equal(ProductStatus.Done, Reply(given).Status);
        Sends(given, Amend("red", 1), Amend("blue", 1));
        Assert.All(given.State.Variants, v => Assert.Equal(VariantState.Asked, v.State));

        given.When(new NoteAmended("TEE-red", 1, DefineStatus.Created, null)).ThenHappens(Ready("red"));
        Assert.Null(given.Ask(new GetSettled()));
        given.When(new NoteAmended("TEE-blue", 1, DefineStatus.Unchanged, null)).ThenHappens(Ready("blue"));
        Assert.All(given.State.Variants, v => Assert.Equal(VariantState.Ready, v.State));
        Assert.NotNull(given.Ask(new GetSettled()));
    }

    [Fact]
    public void Its_GTINs_are_claimed_before_a_card_names_them()
    {
        var given = Given().When(new Write(Tee("red", Gtin)));
        Sends(given, new Send(EntityId.Of("gtin", "default", Gtin), new TradeItemCommand.Claim("TEE-red")));
        given.When(new NoteClaim("TEE-red", Gtin, ClaimGtinStatus.Claimed, "TEE-red", Until))
            .ThenHappens(new VariantGtinClaimed("TEE-red", Gtin, Until));
        Sends(given, Amend("red", 1, packs: [new(Pack.Each, 1, Gtin)]));
        given.When(new NoteClaim("TEE-red", Gtin, ClaimGtinStatus.Claimed, "TEE-red", Until)).ThenNothing();

        // Late: claimed and told again.
        given.When(new NoteAmended("TEE-red", 1, DefineStatus.TooLate, null))
            .ThenHappens(new VariantDelayed("TEE-red"));
        Assert.IsType<TradeItemCommand.Claim>(Assert.Single(given.Sends).Command);
    }

    [Fact]
    public void A_variant_whose_GTIN_is_taken_fails_alone_and_is_tried_again_when_told_again()
    {
        VariantAnswered failed = new("TEE-red", 1, VariantFault.GtinTaken, Gtin, "CUP");
        var given = Given(new ProductWritten(Tee("red blue", Gtin)), Ready("blue"))
            .When(new NoteClaim("TEE-red", Gtin, ClaimGtinStatus.Taken, "CUP", null)).ThenHappens(failed);
        Assert.Equal((VariantState.Failed, "CUP"), (given.State.Variants[0].State, given.State.Variants[0].Owner));
        Assert.NotNull(given.Ask(new GetSettled()));

        given.When(new Write(Tee("red blue", Gtin))).ThenHappens(new ProductRetried());
        Assert.Equal(EntityId.Of("gtin", "default", Gtin), Assert.Single(given.Sends).To);
        Assert.Equal((2, 1), (given.State.Variants[0].Step, given.State.Variants[1].Step));
    }

    [Theory]
    [InlineData(DefineStatus.OtherProduct, VariantFault.OtherProduct)]
    [InlineData(DefineStatus.NotValid, VariantFault.NotValid)]
    [InlineData(DefineStatus.PastDraft, VariantFault.PastDraft)]
    [InlineData(DefineStatus.HasStock, VariantFault.HasStock)]
    [InlineData(DefineStatus.HasUnnamedStock, VariantFault.HasUnnamedStock)]
    public void What_the_SKU_refuses_is_told(DefineStatus status, VariantFault fault) =>
        Given(new ProductWritten(Tee("red")))
            .When(new NoteAmended("TEE-red", 1, status, "MUG"))
            .ThenHappens(new VariantAnswered("TEE-red", 1, fault, null, "MUG"))
            .When(new NoteAmended("TEE-red", 1, DefineStatus.Created, null)).ThenNothing();

    [Fact]
    public void Only_what_changes_is_told_again()
    {
        var given = Given(new ProductWritten(Tee("red")), Ready("red"))
            .When(new Write(Tee("red"))).ThenNothing();
        Assert.Equal(ProductStatus.AlreadyDone, Reply(given).Status);

        given.When(new Write(Tee("red blue")));
        Sends(given, Amend("blue", 2));
        // An answer to what was told before says nothing of this.
        given.When(new NoteAmended("TEE-blue", 1, DefineStatus.Created, null)).ThenNothing();
        given.When(new NoteAmended("TEE-blue", 2, DefineStatus.Created, null)).ThenHappens(Ready("blue", 2));
        given.When(new Write(Tee("red blue", title: "Shirt")));
        Sends(given, Amend("red", 3, "Shirt"), Amend("blue", 3, "Shirt"));
    }

    [Fact]
    public void What_it_has_no_more_is_sold_no_more_and_what_comes_back_is_sold_again()
    {
        var given = Given(new ProductWritten(Tee("red blue")), Ready("red"), Ready("blue"))
            .When(new Write(Tee("red")));
        Sends(given, Amend("blue", 2, lifecycle: SkuLifecycle.Discontinued));
        given.When(new NoteAmended("TEE-blue", 2, DefineStatus.Changed, null)).ThenHappens(Ready("blue", 2));
        Assert.True(given.State.Variants[1].Removed);

        given.When(new Write(Tee("red blue")));
        Sends(given, Amend("blue", 3, lifecycle: SkuLifecycle.Active));
    }

    [Fact]
    public void What_never_became_a_SKU_of_it_is_forgotten_when_it_goes()
    {
        var given = Given(
            new ProductWritten(Tee("red blue")), Ready("red"),
            new VariantAnswered("TEE-blue", 1, VariantFault.OtherProduct, null, "MUG"));
        given.When(new Write(Tee("red")));
        Assert.Empty(given.Sends);
        Assert.Equal("TEE-red", Assert.Single(given.State.Variants).Sku);

        // It may have been heard before it went, or not: the SKU says.
        given = Given(new ProductWritten(Tee("red blue")), new ProductWritten(Tee("red")))
            .When(new NoteAmended("TEE-blue", 2, DefineStatus.NotValid, null));

        // What was told before may still come; it is asked again when that is over.
        var late = Product.Start + 2 * Stored.TakenWithin;
        given.ThenHappens(new VariantDelayed("TEE-blue", late));
        var again = Assert.Single(given.Sends);
        Assert.Equal(late, again.Due);
        Assert.Equal(late + Stored.TakenWithin, Assert.IsType<SkuCommand.Amend>(again.Command).Until);
        given.When(new NoteAmended("TEE-blue", 2, DefineStatus.NotValid, null));
        Assert.Equal("TEE-red", Assert.Single(given.State.Variants).Sku);
    }

    [Fact]
    public void No_more_than_a_few_are_asked_at_a_time()
    {
        var colours = string.Join(' ', Enumerable.Range(0, Stored.MaxAsked + 2));
        var given = Given().When(new Write(Tee(colours)));
        Assert.Equal(Stored.MaxAsked, given.Sends.Count);
        Assert.Equal(VariantState.Pending, given.State.Variants[^1].State);
        given.When(new NoteAmended("TEE-3", 1, DefineStatus.Created, null));
        Assert.Equal("TEE-20", Assert.Single(given.Sends).To.Name);
    }

    [Fact]
    public void What_cannot_be_or_is_stale_is_refused()
    {
        var given = Given();
        Assert.Equal(ProductStatus.UnknownProduct, ((ProductReply)given.Ask(new Get())!).Status);
        Assert.Equal(ProductStatus.Stale, Reply(given.When(new Write(Tee("red"), 1))).Status);
        var twice = Tee("red red");
        foreach (var bad in (ProductTerms[])[
            twice, twice with { Options = [new("Colour", ["red"])] }, Tee("red") with { Title = "" },
            Tee("red") with { Options = [new("Colour", ["blue"])] }, Tee("red") with { Options = [] },
            Tee("red") with { Shared = new(Packs: [new(Pack.Each, 1, Gtin)]) }])
            Assert.Equal(ProductStatus.NotValid, Reply(given.When(new Write(bad))).Status);

        Stored full = new(Tee("red"), 1, 1,
        [
            .. Enumerable.Range(0, Stored.MaxRemoved + 1)
                .Select(i => new Variant($"X{i}", [], new(), 1, VariantState.Ready, Removed: true)),
        ]);
        var refused = Stored.Decide(full, new Write(Tee("blue")), new(default, Product.Start, 1));
        Assert.Equal(ProductStatus.TooManyRemoved, ((ProductReply)refused.Reply!).Status);
    }

    [Theory]
    [InlineData("{product}-{1}-{2}", "TEE-DARKRED-XL")]
    [InlineData("{Size}.{colour}", "XL.DARKRED")]
    [InlineData("plain", "plain")]
    [InlineData("{3}", null)]
    [InlineData("{fit}", null)]
    [InlineData("{1", null)]
    public void SKUs_are_named_by_a_pattern(string pattern, string? sku) => Assert.Equal(
        sku, SkuPattern.Apply(
            pattern, "TEE", [new("Colour", ["dark red"]), new("Size", ["X/L"])], ["dark red", "X/L"]));

    [Fact]
    public void A_value_without_letters_of_ASCII_names_no_SKU() => Assert.Null(
        SkuPattern.Apply(SkuPattern.Usual(1), "TEE", [new("Farbe", ["白"])], ["白"]));
}
