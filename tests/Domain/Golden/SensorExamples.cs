using Fulfillment.Sensing;
using static Fulfillment.Tests.Domain.Product;

namespace Fulfillment.Tests.Domain;

/// <summary>One message of each type of a sensor, every field with a value of its own.</summary>
static class SensorExamples
{
    static readonly SensorTerms Terms = new("LEJ1", SensorKind.RfidGate, [new("A-01-03", "MUG-BLUE", 420)], 2);

    static readonly Reading Read = new("MUG-BLUE", "A-01-03", 7, 9, 4_711, true, ["S-9"]);

    public static IEnumerable<object> All =>
    [
        new SensorCommand.Register(Terms, 2),
        new SensorCommand.Observe("urn:uuid:1", 4_711, After(10), "ObjectEvent OBSERVE cycle_counting", [Read]),
        new SensorCommand.NoteClosed("sensor:gate-1:1"),
        new SensorCommand.Get(),
        new SensorEvent.SensorRegistered(Terms, 2),
        new SensorEvent.ObservationEntered(
            "urn:uuid:1", 4_711, After(10), "ObjectEvent OBSERVE cycle_counting", [Read],
            [new("sensor:gate-1:1", "A-01-03", "MUG-BLUE")]),
        new SensorEvent.TaskClosed("sensor:gate-1:1"),
    ];
}
