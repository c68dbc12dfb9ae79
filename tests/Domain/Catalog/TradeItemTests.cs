using Fulfillment.Catalog;
using Fulfillment.Inventory;
using static Fulfillment.Catalog.TradeItemCommand;
using static Fulfillment.Catalog.TradeItemEvent;
using Claim = Fulfillment.Catalog.TradeItemCommand.Claim;

namespace Fulfillment.Tests.Domain;

public sealed class TradeItemTests
{
    const string Gtin = "04012345123456";

    static readonly DateTimeOffset Until = Product.After(30);

    static Given<TradeItem, TradeItemCommand, TradeItemEvent> Given(params IEnumerable<TradeItemEvent> events) =>
        new(EntityId.Of("gtin", "default", Gtin), Product.Start, events);

    static Send Question(string sku, int number, DateTimeOffset? due) =>
        new(EntityId.Of("sku", "default", sku), new SkuCommand.GetNaming(Gtin, number), due);

    [Fact]
    public void Who_claims_a_free_GTIN_has_it_and_is_asked_later_whether_its_card_names_it() => Given()
        .When(new Claim("A"))
        .Then(new ClaimGtinReply(ClaimGtinStatus.Claimed, "A", Until), new GtinClaimed("A", 1, Until))
        .ThenSends(Question("A", 1, Product.After(60)));

    [Fact]
    public void What_another_SKU_has_or_has_just_claimed_is_taken() => Given(new GtinClaimed("A", 1, Until))
        .When(new Claim("B"))
        .Then(new ClaimGtinReply(ClaimGtinStatus.Taken, "A", null))
        .When(new NoteNaming("A", 1, 3, true)).ThenHappens(new GtinConfirmed(3))
        .When(new Claim("B"))
        .Then(new ClaimGtinReply(ClaimGtinStatus.Taken, "A", null));

    [Fact]
    public void A_claim_that_came_to_nothing_ends_by_itself() => Given(new GtinClaimed("A", 1, Until))
        .When(new NoteNaming("A", 1, 0, false)).ThenHappens(new GtinFreed("A", 0))
        .When(new Get()).Then(new TradeItemReply(null))
        .When(new Claim("B"))
        .Then(new ClaimGtinReply(ClaimGtinStatus.Claimed, "B", Until), new GtinClaimed("B", 2, Until));

    [Fact]
    public void A_SKU_that_gives_it_up_is_asked_once_more() =>
        Given(new GtinClaimed("A", 1, Until), new GtinConfirmed(3))
            .When(new Doubt("A", 4)).ThenHappens(new GtinDoubted(4)).ThenSends(Question("A", 1, null))
            .When(new Doubt("A", 4)).ThenNothing()
            .When(new NoteNaming("A", 1, 4, false)).ThenHappens(new GtinFreed("A", 4));

    [Fact]
    public void Who_claims_it_again_keeps_it_whatever_was_said_about_the_claim_before() =>
        Given(new GtinClaimed("A", 1, Until), new GtinConfirmed(3), new GtinDoubted(4))
            .When(new Claim("A"))
            .Then(new ClaimGtinReply(ClaimGtinStatus.Claimed, "A", Until), new GtinClaimed("A", 2, Until))
            .When(new NoteNaming("A", 1, 4, false)).ThenNothing()
            .When(new NoteNaming("A", 2, 5, true)).ThenHappens(new GtinConfirmed(5));

    [Fact]
    public void While_it_is_claimed_nobody_is_asked_before_the_claim_is_over() => Given(new GtinClaimed("A", 1, Until))
        .When(new Doubt("A", 4)).ThenHappens(new GtinDoubted(4)).ThenSends(Question("A", 1, Product.After(60)));

    [Fact]
    public void Old_and_repeated_answers_change_nothing() =>
        Given(new GtinClaimed("A", 1, Until), new GtinConfirmed(3))
            .When(new NoteNaming("A", 1, 3, true)).ThenNothing()
            .When(new NoteNaming("A", 1, 2, false)).ThenNothing()
            .When(new NoteNaming("B", 1, 9, false)).ThenNothing()
            .When(new Doubt("B", 9)).ThenNothing()
            .When(new Doubt("A", 3)).ThenNothing();

    [Fact]
    public void An_answer_is_noted_for_the_claim_that_was_asked_about() => Assert.Equal(
        new NoteNaming("A", 7, 3, true), TradeItem.OnReply(Question("A", 7, null), new NamingReply(3, true)));
}
