using System.Text.Json;
using Fulfillment.Warehousing;

namespace Fulfillment.Tests.Domain;

public sealed class NodeFactsTests
{
    static readonly NodeFacts Facts = new(
        "Europe/Berlin", Weekdays.WorkingDays, [new(2026, 12, 25)], new(14, 0), 1, 2, ["hazmat"],
        [new("S", 1, 2, 3, 4)], new Money(1, "EUR"), new Money(2, "EUR"));

    static readonly NodeCard Card = new("Leipzig", NodeType.Supplier, 1, null, null, null, null, null, Facts);

    public static TheoryData<NodeFacts?> Others =>
    [
        null, Facts with { TimeZone = "Etc/UTC" }, Facts with { Days = Weekdays.Monday }, Facts with { Holidays = [] },
        Facts with { Cutoff = new(14, 1) }, Facts with { ProcessingDays = 0 }, Facts with { LeadDays = 0 },
        Facts with { Handles = ["cold-chain"] }, Facts with { Boxes = [new("S", 1, 2, 3, 5)] },
        Facts with { PerOrder = null }, Facts with { PerUnit = new Money(2, "USD") },
    ];

    [Theory, MemberData(nameof(Others))]
    public void A_node_that_works_differently_has_another_card(NodeFacts? other)
    {
        Assert.False(Card.Says(Card with { Facts = other }));
        Assert.False((Card with { Facts = other }).Says(Card));
    }

    [Fact]
    public void The_same_facts_in_other_arrays_are_the_same() => Assert.True(Card.Says(Card with
    {
        Facts = Facts with { Holidays = [.. Facts.Holidays], Handles = [.. Facts.Handles], Boxes = [.. Facts.Boxes] },
    }));

    [Theory]
    [InlineData(Weekdays.None, null)]
    [InlineData(Weekdays.Monday, "monday")]
    [InlineData(Weekdays.Tuesday, "tuesday")]
    [InlineData(Weekdays.Wednesday, "wednesday")]
    [InlineData(Weekdays.Thursday, "thursday")]
    [InlineData(Weekdays.Friday, "friday")]
    [InlineData(Weekdays.Saturday, "saturday")]
    [InlineData(Weekdays.Sunday, "sunday")]
    [InlineData(Weekdays.WorkingDays, "working-days")]
    [InlineData(Weekdays.Sunday | Weekdays.Monday, "monday, sunday")]
    public void Days_are_written_by_their_names(Weekdays days, string? text)
    {
        var kind = Product.Kind<Node, NodeCommand, NodeEvent>();
        var card = Card with { Facts = Facts with { Days = days } };

        using var written = JsonDocument.Parse(Wire.Write(kind.Events, new NodeEvent.NodeDefined(card, 1)));

        var facts = written.RootElement.GetProperty("card").GetProperty("facts");
        Assert.Equal(text, facts.TryGetProperty("days", out var name) ? name.GetString() : null);
        Assert.True(card.Says(Wire.Through(kind.Events, new NodeEvent.NodeDefined(card, 1)).Card));
    }
}
