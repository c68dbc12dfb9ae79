using System.Collections.Immutable;
using Fulfillment.Catalog;
using Fulfillment.Inventory;
using static Fulfillment.Catalog.ComplianceCommand;

namespace Fulfillment.Tests.Domain;

/// <summary>Compliance rules: in versions, and held against cards.</summary>
public sealed class ComplianceTests
{
    static readonly ComplianceRule NoHazmat = new(
        "no-hazmat", ComplianceKind.Prohibited, "Not by air.", new(Handling: ["hazmat"]), Countries: ["GB"]);

    static Given<ComplianceBook, ComplianceCommand, ComplianceEvent> Given() =>
        new(EntityId.Of("compliance-rules", "default", "book"), Product.Start);

    static ComplianceReply Reply(Given<ComplianceBook, ComplianceCommand, ComplianceEvent> given) =>
        (ComplianceReply)given.Reply!;

    static (ComplianceStatus, int) Told(Given<ComplianceBook, ComplianceCommand, ComplianceEvent> given) =>
        (Reply(given).Status, Reply(given).Version);

    static int? Active(Given<ComplianceBook, ComplianceCommand, ComplianceEvent> given) =>
        ((ComplianceReply)given.Ask(new Get())!).Active?.Version;

    [Fact]
    public void A_version_holds_once_it_is_activated_and_is_taken_back_in_one_step()
    {
        var given = Given().When(new Propose("1", [NoHazmat], "x", "ann"));
        Assert.Equal((ComplianceStatus.Done, 1), Told(given));
        Assert.Null(Active(given));
        Assert.Equal((ComplianceStatus.Done, 1), Told(given.When(new Activate("2", 1, null, "x", "ann"))));
        given.When(new Propose("3", [], "y", "ann")).When(new Activate("4", 2, null, "y", "ann"));
        Assert.Equal(2, Active(given));

        Assert.Equal((ComplianceStatus.Done, 1), Told(given.When(new RollBack("5", "z", "bob"))));
        Assert.Equal(1, Active(given));
        given.When(new RollBack("5", "z", "bob")).ThenNothing();
        Assert.Equal(ComplianceStatus.AlreadyDone, Reply(given).Status);
        Assert.Equal((ComplianceStatus.Done, 0), Told(given.When(new RollBack("6", "z", "bob"))));
        Assert.Null(Active(given));
        Assert.Equal(ComplianceStatus.NothingBefore, Reply(given.When(new RollBack("7", "z", "bob"))).Status);
    }

    [Fact]
    public void A_version_holds_from_its_time_on_unless_it_is_called_off()
    {
        var given = Given().When(new Propose("1", [NoHazmat], "x", "ann"))
            .When(new Activate("2", 1, Product.After(60), "x", "ann"));
        Assert.Null(Active(given));
        Assert.Equal(1, Reply(given).Next?.Version);
        given.At(Product.After(60));
        Assert.Equal(1, Active(given));
        Assert.Equal("no-hazmat", ((ComplianceReply)given.Ask(new Get())!).Rules.Single().Id);

        given.When(new Activate("3", 0, Product.After(120), "x", "ann")).When(new Activate("4", 1, null, "x", "ann"))
            .At(Product.After(180));
        Assert.Equal(1, Active(given));
        Assert.Equal(
            ComplianceStatus.TooLate, Reply(given.When(new Activate("5", 1, Product.Start, "x", "ann"))).Status);
    }

    [Fact]
    public void What_cannot_be_is_refused()
    {
        var given = Given().When(new Propose("1", [NoHazmat, NoHazmat], "x", "ann"));
        Assert.Equal(ComplianceStatus.NotValid, Reply(given).Status);
        Assert.Equal(ComplianceStatus.UnknownVersion, Reply(given.When(new Activate("2", 1, null, "x", "a"))).Status);
        Assert.Equal(ComplianceStatus.UnknownVersion, Reply(given.When(new Get(1))).Status);
        given.When(new Propose("3", [NoHazmat], "x", "ann")).When(new Propose("3", [], "x", "ann")).ThenNothing();
        Assert.Equal(ComplianceStatus.DifferentContent, Reply(given).Status);
        ComplianceBook full = new(
            [.. Enumerable.Repeat(new ComplianceVersion(1, [], new("a", default, "")), ComplianceBook.MaxVersions)], [],
            []);
        var refused = ComplianceBook.Decide(full, new Propose("1", [], "x", "ann"), default);
        Assert.Equal(ComplianceStatus.TooManyVersions, ((ComplianceReply)refused.Reply!).Status);
    }

    static readonly SkuCard Lamp = new(
        "Lamp", null, false, null, [new("battery", "li-ion")], [], new(Handling: ["hazmat"], HsCode: "85061000"));

    static IEnumerable<string> Broken(ComplianceRule rule, SkuCard? card = null, string? channel = null,
        string? from = null, string? to = null) =>
        ComplianceCheck.Of([rule], "LAMP", card ?? Lamp, channel, from, to).Select(v => v.Field);

    [Fact]
    public void Goods_are_prohibited_by_what_they_are_and_where_they_go()
    {
        Assert.Equal(["/product/handling"], Broken(NoHazmat, to: "GB"));
        Assert.Empty(Broken(NoHazmat, to: "DE"));
        Assert.Empty(Broken(NoHazmat));
        Assert.Empty(Broken(NoHazmat, Lamp with { Product = null }, to: "GB"));
        var shop = NoHazmat with { Countries = [], Channels = ["shop"] };
        Assert.Equal(["/product/handling"], Broken(shop, channel: "shop"));
        Assert.Empty(Broken(shop, channel: "api"));
        Assert.Equal(["/product/hsCode"], Broken(shop with { Channels = [], Goods = new(HsCodes: ["8506"]) }));
        Assert.Empty(Broken(shop with { Channels = [], Goods = new(HsCodes: ["61"]) }));
        Assert.Equal([""], Broken(shop with { Channels = [], Goods = new(Skus: ["LAMP"]) }));
        Assert.Equal(
            ["/attributes/battery"], Broken(shop with { Channels = [], Goods = new(Attributes: [new("battery")]) }));
        Assert.Empty(Broken(shop with { Channels = [], Goods = new(Attributes: [new("battery", "lead")]) }));
    }

    [Fact]
    public void A_label_that_is_missing_is_named_until_it_is_there()
    {
        ComplianceRule rule = new(
            "un", ComplianceKind.Labelling, "Batteries need a UN number.", new(Attributes: [new("battery")]),
            Requires: ["/attributes/un-number", "/product/origin", "/description"]);
        Assert.Equal(["/attributes/un-number", "/product/origin", "/description"], Broken(rule));
        Assert.Empty(Broken(rule, Lamp with
        {
            Description = "x",
            Attributes = Lamp.Attributes.Add(new("un-number", "UN3480")),
            Product = Lamp.Product! with { Origin = "CN" },
        }));
        ImmutableArray<string> every =
        [
            "/images", "/price", "/packs", "/product/grams", "/product/lengthMm", "/product/widthMm",
            "/product/heightMm", "/product/value", "/product/handling", "/product/hsCode",
        ];
        Assert.All(every, f => Assert.True(ComplianceCheck.IsField(f)));
        Assert.Equal(every[..8], Broken(rule with { Requires = every }));
        Assert.False(ComplianceCheck.IsField("/title/x"));
    }

    [Fact]
    public void A_lane_is_restricted_from_one_country_to_another()
    {
        var lane = NoHazmat with { Kind = ComplianceKind.RestrictedLane, FromCountries = ["CN"] };
        Assert.Equal(["/product/handling"], Broken(lane, from: "CN", to: "GB"));
        Assert.Empty(Broken(lane, from: "DE", to: "GB"));
        Assert.Empty(Broken(lane, to: "GB"));
    }
}
