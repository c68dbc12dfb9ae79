using Fulfillment.Catalog;

namespace Fulfillment.Tests.Domain;

/// <summary>What channels and suppliers call SKUs.</summary>
public sealed class SkuAliasTests
{
    static Given<SkuAlias, SkuAliasCommand, SkuAliasEvent> Given(params IEnumerable<SkuAliasEvent> events) =>
        new(EntityId.Of("sku-alias", "default", "channel/amazon/B00X"), Product.Start, events);

    [Fact]
    public void It_is_of_one_SKU_at_a_time() => Given()
        .When(new SkuAliasCommand.Assign("A"))
        .Then(new SkuAliasReply(AliasStatus.Done, "A"), new SkuAliasEvent.AliasAssigned("A"))
        .When(new SkuAliasCommand.Assign("A")).Then(new SkuAliasReply(AliasStatus.AlreadyDone, "A"))
        .When(new SkuAliasCommand.Assign("B")).Then(new SkuAliasReply(AliasStatus.Taken, "A"))
        .When(new SkuAliasCommand.Free("B")).Then(new SkuAliasReply(AliasStatus.Taken, "A"))
        .When(new SkuAliasCommand.Free("A"))
        .Then(new SkuAliasReply(AliasStatus.Done, null), new SkuAliasEvent.AliasFreed("A"))
        .When(new SkuAliasCommand.Free("A")).Then(new SkuAliasReply(AliasStatus.AlreadyDone, null))
        .When(new SkuAliasCommand.Assign("B"))
        .Then(new SkuAliasReply(AliasStatus.Done, "B"), new SkuAliasEvent.AliasAssigned("B"));

    [Theory]
    [InlineData(AliasSource.Channel, "ebay", "12 34/5")]
    [InlineData(AliasSource.Supplier, "ACME", "RED-L-01")]
    public void Its_name_tells_whose_word_it_is(AliasSource source, string owner, string id)
    {
        AliasName name = new(source, owner, id);
        Assert.Equal(name, AliasName.Of(name.Key));
    }
}
