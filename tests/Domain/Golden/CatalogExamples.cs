using Fulfillment.Catalog;
using static Fulfillment.Tests.Domain.Product;

namespace Fulfillment.Tests.Domain;

/// <summary>One message of each type of the catalogue, every field with a value of its own.</summary>
static class CatalogExamples
{
    public static IEnumerable<object> All =>
    [
        new TradeItemCommand.Claim("MUG-BLUE"),
        new TradeItemCommand.Doubt("MUG-BLUE", 8),
        new TradeItemCommand.NoteNaming("MUG-BLUE", 3, 9, true),
        new TradeItemCommand.Get(),
        new TradeItemEvent.GtinClaimed("MUG-BLUE", 3, After(30)),
        new TradeItemEvent.GtinDoubted(8),
        new TradeItemEvent.GtinConfirmed(9),
        new TradeItemEvent.GtinFreed("MUG-BLUE", 10),
    ];
}
