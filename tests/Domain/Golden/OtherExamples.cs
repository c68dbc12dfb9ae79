using System.Collections.Immutable;
using Fulfillment.Intake;
using Fulfillment.Warehousing;

namespace Fulfillment.Tests.Domain;

/// <summary>One message of each type of nodes, keys and quarantine, every field with a value of its own.</summary>
static class OtherExamples
{
    static readonly NodeCard Card = new(
        "Leipzig 1", NodeType.ThirdParty, 10, "DE", "04109", 51.339695, 12.373075, 500,
        new(
            "Europe/Berlin", Weekdays.WorkingDays | Weekdays.Saturday, [new(2026, 12, 25)], new(13, 30), 1, 2,
            ["cold-chain", "hazmat"], [new("S", 300, 200, 100, 5_000)], new Money(150, "EUR"), new Money(20, "EUR")),
        new("Example GmbH", "Messe-Allee 1", "Tor 3", "Leipzig", "SN", "+49 341 1", "dock@example.com"));

    static readonly ImmutableArray<DayRoom> Days = [new(new(2026, 11, 30), 2), new(new(2026, 12, 1), 1)];
    static readonly ImmutableArray<string> Orders = ["default/o-1001", "default/o-1002"];
    static readonly ImmutableArray<Defect> Defects = [new("/lines/0/quantity", "out-of-range", "must be positive")];

    /// <summary>As the keyring writes it: what is inside, only who has the key can tell.</summary>
    static readonly Personal<Received> Text = new(
        "kq3N0bTz5lqzYbPpR1vX8g", "9dZy1uV8bW6cXeRt5sAqL0GhJkNpQvSwUz4fJrQnYw2mTq0Zx7HqkM3o");

    public static IEnumerable<object> All =>
    [
        new NodeCommand.Define(Card, 2),
        new NodeCommand.Get(),
        new NodeCommand.TakeOffline("no power", "ann"),
        new NodeCommand.BringOnline("power is back", "bob"),
        new NodeCommand.ClaimRoom("default/o-1001", 3, Days),
        new NodeCommand.SeekWork(Product.After(-60)),
        new NodeCommand.TakeWork(new(Orders, true, "default/o-1002")),
        new NodeEvent.NodeDefined(Card, 3),
        new NodeEvent.NodeTakenOffline(new(Product.After(-60), "no power", "ann")),
        new NodeEvent.NodeBroughtOnline(Product.After(3_600), "power is back", "bob"),
        new NodeEvent.RoomClaimed(
            "default/o-1001", 3, Days, [new(new(2026, 11, 30), 412), new(new(2026, 12, 1), 7)], new(2026, 11, 27)),
        new NodeEvent.WorkSought(),
        new NodeEvent.WorkFound(Orders, true, "default/o-1002"),
        new BoardMessage.FindWork("LEJ1", true, "default/o-1000"),
        new RequestCommand.Claim("Vb3cXw8YtQpR5sLkJhGfDz"),
        new RequestEvent.KeyClaimed("Vb3cXw8YtQpR5sLkJhGfDz"),
        new QuarantineCommand.Put("orders.ndjson:17", Text, Defects),
        new QuarantineCommand.Replay("order o-1001"),
        new QuarantineCommand.Discard("a test of the channel"),
        new QuarantineCommand.Get(),
        new QuarantineEvent.MessageQuarantined("orders.ndjson:17", Text, Defects),
        new QuarantineEvent.MessageReplayed("order o-1001"),
        new QuarantineEvent.MessageDiscarded("a test of the channel"),
    ];
}
