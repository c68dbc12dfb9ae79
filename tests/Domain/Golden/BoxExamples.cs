using Fulfillment.Packing;

namespace Fulfillment.Tests.Domain;

/// <summary>One message of each type about boxes, every field with a value of its own.</summary>
static class BoxExamples
{
    static readonly Box Box = new(
        "M", new(300, 200, 150), new(310, 210, 160), 180, 12_000, new(85, "EUR"), true, 40);

    public static IEnumerable<object> All =>
    [
        new BoxCommand.Put(Box, 3),
        new BoxCommand.Remove("M", 4),
        new BoxCommand.Get(),
        new BoxEvent.BoxPut(Box),
        new BoxEvent.BoxRemoved("M"),
    ];
}
