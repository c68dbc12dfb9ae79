using Fulfillment.Warehousing;
using static Fulfillment.Warehousing.NodeCommand;
using static Fulfillment.Warehousing.NodeEvent;

namespace Fulfillment.Tests.Domain;

public sealed class NodeTests
{
    static readonly NodeCard Leipzig = new("Leipzig", NodeType.Warehouse, 10, "DE", "04109", 51.34, 12.37, 500);

    static Given<Node, NodeCommand, NodeEvent> Given(params IEnumerable<NodeEvent> events) =>
        new(new("node", "LEJ1"), Product.Start, events);

    [Fact]
    public void The_first_card_creates_the_node() => Given()
        .When(new Define(Leipzig))
        .Then(new DefineNodeReply(NodeStatus.Created, 1), new NodeDefined(Leipzig, 1));

    [Fact]
    public void The_same_card_again_changes_nothing() => Given(new NodeDefined(Leipzig, 1))
        .When(new Define(Leipzig with { }))
        .Then(new DefineNodeReply(NodeStatus.Unchanged, 1));

    [Theory]
    [InlineData(NodeType.Store)]
    [InlineData(NodeType.ThirdParty)]
    [InlineData(NodeType.Supplier)]
    public void A_node_may_become_another_kind_of_place(NodeType type) => Given(new NodeDefined(Leipzig, 1))
        .When(new Define(Leipzig with { Type = type }))
        .Then(new DefineNodeReply(NodeStatus.Changed, 2), new NodeDefined(Leipzig with { Type = type }, 2));

    public static TheoryData<string> Fields =>
        ["name", "priority", "country", "postcode", "latitude", "longitude", "capacity"];

    [Theory, MemberData(nameof(Fields))]
    public void A_card_that_differs_in_any_field_replaces_the_old_one(string field)
    {
        var other = field switch
        {
            "name" => Leipzig with { Name = "Halle" },
            "priority" => Leipzig with { Priority = 0 },
            "country" => Leipzig with { Country = null },
            "postcode" => Leipzig with { Postcode = null },
            "latitude" => Leipzig with { Latitude = 0 },
            "longitude" => Leipzig with { Longitude = null },
            _ => Leipzig with { CapacityPerDay = null },
        };

        Given(new NodeDefined(Leipzig, 1))
            .When(new Define(other))
            .Then(new DefineNodeReply(NodeStatus.Changed, 2), new NodeDefined(other, 2))
            .When(new Get()).Then(new NodeReply(other, 2));
    }

    [Theory]
    [InlineData(Weekdays.None)]
    [InlineData(Weekdays.Monday)]
    [InlineData(Weekdays.Tuesday | Weekdays.Wednesday | Weekdays.Thursday)]
    [InlineData(Weekdays.Friday)]
    [InlineData(Weekdays.Saturday | Weekdays.Sunday)]
    public void A_node_that_works_on_other_days_has_another_card(Weekdays days)
    {
        var ordinary = Leipzig with { Facts = NodeFacts.Ordinary };
        var other = Leipzig with { Facts = NodeFacts.Ordinary with { Days = days } };

        Assert.Equal(Weekdays.WorkingDays, ordinary.Facts.Days);
        Given(new NodeDefined(ordinary, 1))
            .When(new Define(other)).Then(new DefineNodeReply(NodeStatus.Changed, 2), new NodeDefined(other, 2))
            .When(new Define(other with { Facts = other.Facts with { Holidays = [], Boxes = [] } }))
            .Then(new DefineNodeReply(NodeStatus.Unchanged, 2));
    }

    [Fact]
    public void A_card_for_another_revision_is_stale() => Given(new NodeDefined(Leipzig, 1))
        .When(new Define(Leipzig with { Priority = 1 }, IfRevision: 0)).Then(new DefineNodeReply(NodeStatus.Stale, 1))
        .When(new Define(Leipzig, IfRevision: 2)).Then(new DefineNodeReply(NodeStatus.Stale, 1));

    [Fact]
    public void A_card_for_the_revision_that_is_replaces_it() => Given(new NodeDefined(Leipzig, 1))
        .When(new Define(Leipzig with { Priority = 1 }, IfRevision: 1))
        .Then(new DefineNodeReply(NodeStatus.Changed, 2), new NodeDefined(Leipzig with { Priority = 1 }, 2));

    [Fact]
    public void A_node_that_nobody_defined_has_no_card() => Given()
        .When(new Get()).Then(new NodeReply(null, 0));
}
