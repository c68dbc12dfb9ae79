using System.Collections.Immutable;
using Fulfillment.Inventory;
using static Fulfillment.Inventory.SkuCommand;
using static Fulfillment.Inventory.SkuEvent;
using static Fulfillment.Tests.Domain.Stock;

namespace Fulfillment.Tests.Domain;

public sealed class KitTests
{
    static readonly SkuCard Kit = Card() with { Kit = [new("PLATE", 2), new("CUP", 1)] };

    static Define With(params KitPart[] parts) => new(Kit with { Kit = [.. parts] });

    static void Refused(DefineStatus status, Given<Sku, SkuCommand, SkuEvent> scene)
    {
        Assert.Equal(status, Assert.IsType<DefineReply>(scene.Reply).Status);
        scene.ThenNothing();
    }

    [Fact]
    public void Who_reserves_a_kit_is_told_its_components() => Given(new SkuDefined(Kit, 1))
        .When(new Reserve("o-1", 1, 3))
        .Then(Told(ClaimStatus.IsKit, 1, Standing.None, 0) with { Kit = Kit.Kit });

    [Fact]
    public void That_it_is_a_kit_is_told_before_anything_else_but_that_nobody_knows_it() => Given(new SkuDefined(Kit,
        1))
        .When(new Reserve("o-1", 1, -3)).ThenRefused(ClaimStatus.IsKit);

    [Fact]
    public void Nobody_holds_anything_of_a_kit() => Given(new SkuDefined(Kit, 1))
        .When(new Allocate("o-1", 2, [N1(1)])).ThenRefused(ClaimStatus.NothingHeld)
        .When(new Release("o-1", 2, 1, [])).ThenRefused(ClaimStatus.NothingHeld);

    [Fact]
    public void What_is_no_kit_tells_no_components() => Assert.Null(
        Assert.IsType<ClaimReply>(Given(Defined()).When(new Reserve("o-1", 1, 1)).Reply).Kit);

    [Fact]
    public void A_kit_has_no_stock_of_its_own() => Given(new SkuDefined(Kit, 1))
        .When(new Receive("r-1", "N1", 4, "delivery", StockState.Available)).ThenRefused(MoveStatus.IsKit)
        .When(new Adjust("a-1", "N1", 4, "count", StockState.Available)).ThenRefused(MoveStatus.IsKit)
        .When(new Move("m-1", "N1", 4, StockState.Qc, StockState.Available, "fine")).ThenRefused(MoveStatus.IsKit);

    [Fact]
    public void What_has_stock_does_not_become_a_kit() =>
        Refused(DefineStatus.HasStock, Given(OnHand(1)).When(new Define(Kit)));

    [Fact]
    public void What_an_order_waits_for_does_not_become_a_kit() =>
        Refused(DefineStatus.HasStock, Given(Defined(true), Reserved("o-1", 1, 0, 0, 1)).When(new Define(Kit)));

    [Fact]
    public void What_has_no_stock_any_more_may_become_a_kit_and_a_kit_something_else() => Given(OnHand(1))
        .When(new Adjust("a-1", "N1", -1, "count", StockState.Available)).ThenDone()
        .When(new Define(Kit)).ThenHappens(new SkuDefined(Kit, 2))
        .When(new Define(Card())).ThenHappens(new SkuDefined(Card(), 3))
        .When(new Receive("r-1", "N1", 4, "delivery", StockState.Available)).ThenDone();

    [Fact]
    public void Other_components_make_another_card() => Given(new SkuDefined(Kit, 1))
        .When(new Define(Kit with { Kit = [.. Kit.Kit] })).Then(new DefineReply(DefineStatus.Unchanged, 1))
        .When(With(new("PLATE", 2), new("CUP", 2))).ThenHappens(
            new SkuDefined(Kit with { Kit = [new("PLATE", 2), new("CUP", 2)] }, 2));

    [Fact]
    public void A_kit_of_itself_is_not_valid() =>
        Refused(DefineStatus.NotValid, Given().When(With(new("CUP", 1), new(Self.Name, 1))));

    [Fact]
    public void A_component_that_is_named_twice_is_not_valid() =>
        Refused(DefineStatus.NotValid, Given().When(With(new("CUP", 1), new("CUP", 2))));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_component_without_units_is_not_valid(int units) =>
        Refused(DefineStatus.NotValid, Given().When(With(new KitPart("CUP", units))));

    [Fact]
    public void Fifty_components_are_enough()
    {
        ImmutableArray<KitPart> parts = [.. Enumerable.Range(1, 51).Select(i => new KitPart($"P-{i}", 1))];

        Given().When(new Define(Kit with { Kit = parts[..50] })).ThenHappens(
            new SkuDefined(Kit with { Kit = parts[..50] }, 1));
        Refused(DefineStatus.NotValid, Given().When(new Define(Kit with { Kit = parts })));
    }

    [Fact]
    public void Substitutes_are_others_each_once_and_twenty_at_most()
    {
        ImmutableArray<string> many = [.. Enumerable.Range(1, 21).Select(i => $"S-{i}")];

        Given().When(Offering(many[..20])).ThenHappens(new SkuDefined(Card() with { Substitutes = many[..20] }, 1));
        Refused(DefineStatus.NotValid, Given().When(Offering(many)));
        Refused(DefineStatus.NotValid, Given().When(Offering(["S-1", "S-1"])));
        Refused(DefineStatus.NotValid, Given().When(Offering([Self.Name])));

        static Define Offering(ImmutableArray<string> substitutes) => new(Card() with { Substitutes = substitutes });
    }
}
