using Fulfillment.Warehousing;
using static Fulfillment.Tests.Domain.Product;

namespace Fulfillment.Tests.Domain;

/// <summary>One message of each type about places, every field with a value of its own.</summary>
static class PlaceExamples
{
    static readonly Zone Zone = new("COLD", ZoneKind.Packing, ["cold-chain", "food"], new(1_000, 2_000, 3_000));

    static readonly Aisle Aisle = new("A-01", new(4_000, 5_000, 1), new(4_000, 25_000, 2), true, true);

    static readonly Bin Bin = new(
        "A-01-03-2", "COLD", BinRole.PickFace, "A-01", 3, 2, 1, new(2_000, 6_000, 500), new(4_000, 6_500, 3),
        new(120_000_000, 80_000, 2, true, 500), new("default", "MUG-BLUE", 12, 48));

    public static IEnumerable<object> All =>
    [
        new LayoutCommand.PutZone(Zone),
        new LayoutCommand.RemoveZone("COLD"),
        new LayoutCommand.PutAisles([Aisle]),
        new LayoutCommand.RemoveAisle("A-01"),
        new LayoutCommand.PutBins([Bin], 7, "default"),
        new LayoutCommand.Block("A-01-03-2", "a broken shelf"),
        new LayoutCommand.Open("A-01-03-2", "mended"),
        new LayoutCommand.Close("A-01-03-2", "the rack goes"),
        new LayoutCommand.Remove("A-01-03-2", 9),
        new LayoutCommand.Admit(["A-01-03-2", "A-01-04-1"]),
        new LayoutCommand.GetPlan(),
        new LayoutCommand.GetBin("A-01-03-2"),
        new LayoutCommand.GetFloor(["A-01-03-2", "A-01-04-1"]),
        new LayoutEvent.ZonePut(Zone),
        new LayoutEvent.ZoneRemoved("COLD"),
        new LayoutEvent.AislesPut([Aisle]),
        new LayoutEvent.AisleRemoved("A-01"),
        new LayoutEvent.BinsPut([Bin]),
        new LayoutEvent.BinTurned("A-01-03-2", BinStatus.Blocked, "a broken shelf", After(30)),
        new LayoutEvent.BinRemoved("A-01-03-2"),
    ];
}
