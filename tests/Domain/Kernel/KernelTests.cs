using FsCheck;
using FsCheck.Fluent;

namespace Fulfillment.Tests.Domain;

public sealed class KernelTests
{
    [Fact]
    public void An_id_names_its_kind_its_seller_and_itself()
    {
        var id = EntityId.Of("sku", "acme", "ABC-1");

        Assert.Equal(
            ("sku", "acme/ABC-1", "acme", "ABC-1", "sku/acme/ABC-1"), (id.Kind, id.Key, id.Seller, id.Name, $"{id}"));
        Assert.Equal(new EntityId("order", "acme/o-1"), id.Sibling("order", "o-1"));
    }

    [Fact]
    public void What_the_operator_owns_has_no_seller()
    {
        EntityId node = new("node", "LEJ1"), router = new("router", "");

        Assert.Equal(("", "LEJ1"), (node.Seller, node.Name));
        Assert.Equal(("", ""), (router.Seller, router.Name));
    }

    [Fact]
    public void Only_the_first_slash_parts_seller_and_name()
    {
        var id = EntityId.Of("sku", "acme", "a/b");

        Assert.Equal(("acme", "a/b"), (id.Seller, id.Name));
    }

    [Fact]
    public void A_fingerprint_tells_where_one_part_ends_and_the_next_begins()
    {
        Assert.Equal(Fingerprint.Of("ab", "c"), Fingerprint.Of("ab", "c"));
        Assert.NotEqual(Fingerprint.Of("ab", "c"), Fingerprint.Of("a", "bc"));
        Assert.NotEqual(Fingerprint.Of("ab"), Fingerprint.Of("ab", ""));
        Assert.NotEqual(Fingerprint.Of(""), Fingerprint.Of((string?)null));
        Assert.NotEqual(Fingerprint.Of("a", "b"), Fingerprint.Of("b", "a"));
    }

    /// <summary>It is remembered in journals and snapshots, so it may never change.</summary>
    [Fact]
    public void A_fingerprint_is_the_same_on_every_machine_for_ever() =>
        Assert.Equal(3_401_145_748_081_269_948, Fingerprint.Of("receive", "N1", "Available", "10", "delivery"));

    [Fact]
    public void Other_text_has_another_fingerprint() => Prop.ForAll<string?, string?>(
        (a, b) => (a == b) == (Fingerprint.Of(a) == Fingerprint.Of(b))).QuickCheckThrowOnFailure();

    [Fact]
    public void What_must_hold_and_does_not_is_named()
    {
        var five = 5;
        Ensure.That(five == 5);

        var thrown = Assert.Throws<InvalidOperationException>(() => Ensure.That(five == 6));
        Assert.Contains("five == 6", thrown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Fault.Overloaded)]
    [InlineData(Fault.NotWritten)]
    [InlineData(Fault.OutcomeUnknown)]
    [InlineData(Fault.Stopping)]
    [InlineData(Fault.ReadOnly)]
    public void A_caller_without_a_reply_is_told_what_became_of_the_command(Fault fault)
    {
        ClusterException thrown = new(fault, "why", new TimeoutException());

        Assert.Equal((fault, "why"), (thrown.Fault, thrown.Message));
        Assert.IsType<TimeoutException>(thrown.InnerException);
    }
}
