using System.Collections.Immutable;
using Fulfillment.Catalog;
using Fulfillment.Inventory;
using Fulfillment.Shipping;
using static Fulfillment.Tests.Domain.Product;

namespace Fulfillment.Tests.Domain;

/// <summary>One message of each type of the catalogue, every field with a value of its own.</summary>
static class CatalogExamples
{
    static readonly ProductTerms Mug = new(
        "Enamel mug", "Holds some tea.", [new("Colour", ["blue", "red"]), new("Size", ["0.3 l"])],
        SkuExamples.Fields, [new("MUG-BLUE", ["blue", "0.3 l"], SkuExamples.Fields)], "{product}-{colour}");

    static readonly AttributeSetTerms Tableware = new(
        "Tableware",
        [
            new("glaze", AttributeType.Text, true, "Glaze", 20, Pattern: "[a-z]+"),
            new("volume", AttributeType.Number, false, "Volume", null, 1, 500, 2, "l"),
            new("height", AttributeType.Measure, Units: ["cm", "in"]),
            new("shape", AttributeType.Enum, Values: ["round", "square"]),
        ],
        true);

    static readonly ImmutableArray<ComplianceRule> Rules =
    [
        new(
            "battery", ComplianceKind.Labelling, "Batteries need a UN number.",
            new(["LAMP"], [new("battery", "li-ion")], ["hazmat"], ["8506"]), ["shop"], ["DE", "AT"], ["CN"],
            ["/attributes/un-number"]),
    ];

    static readonly CustomsPolicy Customs = new(
        MissingCustoms.Refuse, Incoterm.Ddp, [new(Incoterm.Ddp, ["US"], ["DE"])], ["DE1234567"], "IM2760000012",
        "GB980780684");

    static readonly ComplianceStep Step = new("ann", After(1), "new law");

    public static IEnumerable<object> All =>
    [
        new ComplianceCommand.Propose("c-1", Rules, "new law", "ann", Customs),
        new ComplianceCommand.Activate("c-2", 1, After(60), "new law", "ann"),
        new ComplianceCommand.RollBack("c-3", "too strict", "bob"),
        new ComplianceCommand.Get(1),
        new SkuAliasCommand.Assign("MUG-BLUE"),
        new SkuAliasCommand.Free("MUG-BLUE"),
        new SkuAliasCommand.Get(),
        new SkuAliasEvent.AliasAssigned("MUG-BLUE"),
        new SkuAliasEvent.AliasFreed("MUG-BLUE"),
        new ComplianceEvent.ComplianceProposed("c-1", 77, 1, Rules, Step, Customs),
        new ComplianceEvent.ComplianceActivated("c-2", 78, 1, After(60), Step, true),
        new AttributeSetCommand.Write(Tableware, 1),
        new AttributeSetCommand.Get(2),
        new AttributeSetEvent.AttributeSetWritten(2, Tableware),
        new ProductCommand.Write(Mug, 3),
        new ProductCommand.NoteClaim("MUG-BLUE", "04012345123456", ClaimGtinStatus.Claimed, "MUG-BLUE", After(30)),
        new ProductCommand.NoteAmended("MUG-BLUE", 4, DefineStatus.OtherProduct, "CUP"),
        new ProductCommand.Get(),
        new ProductCommand.GetSettled(),
        new ProductEvent.ProductWritten(Mug),
        new ProductEvent.ProductRetried(),
        new ProductEvent.VariantGtinClaimed("MUG-BLUE", "04012345123456", After(30)),
        new ProductEvent.VariantDelayed("MUG-BLUE", After(60)),
        new ProductEvent.VariantAnswered("MUG-BLUE", 4, VariantFault.GtinTaken, "04012345123456", "CUP-1"),
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
