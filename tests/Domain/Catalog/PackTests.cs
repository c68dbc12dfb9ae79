using System.Collections.Immutable;
using Fulfillment.Catalog;

namespace Fulfillment.Tests.Domain;

public sealed class PackTests
{
    static readonly Pack Inner = new("inner", 4), Case = new("case", 12, "14012345123453", "inner");

    [Fact]
    public void No_packs_an_inner_and_a_case_of_inners_can_be()
    {
        Assert.Null(Packs.Check(default));
        Assert.Null(Packs.Check([Inner, Case, new("pallet", 480, "24012345123450", "case"), new("drum", 7)]));
    }

    public static TheoryData<string, int, PackFault> Flaws => new()
    {
        { "", 0, PackFault.BadUnit }, { "2-pack", 0, PackFault.BadUnit }, { "a case", 0, PackFault.BadUnit },
        { "none", 0, PackFault.BadEaches }, { "each of two", 0, PackFault.BadEaches },
        { "twice", 1, PackFault.DuplicateUnit }, { "of crates", 0, PackFault.UnknownUnit },
        { "of itself", 0, PackFault.NotSmaller }, { "of larger", 0, PackFault.NotSmaller },
        { "of fives", 1, PackFault.DoesNotDivide }, { "of 13 digits", 0, PackFault.BadGtin },
        { "of a wrong check digit", 0, PackFault.BadGtin }, { "of one number", 1, PackFault.DuplicateGtin },
        { "too many", Packs.Most, PackFault.TooMany },
    };

    [Theory, MemberData(nameof(Flaws))]
    public void What_cannot_be_is_told_with_its_place(string name, int at, PackFault fault)
    {
        ImmutableArray<Pack> packs = name switch
        {
            "none" => [new("case", 0)],
            "each of two" => [new("each", 2)],
            "twice" => [Inner, Inner],
            "of crates" => [new("case", 12, Of: "crate")],
            "of itself" => [new("case", 12, Of: "case")],
            "of larger" => [new("inner", 4, Of: "case"), new("case", 12)],
            "of fives" => [new("inner", 5), new("case", 12, Of: "inner")],
            "of 13 digits" => [new("each", 1, "4012345123456")],
            "of a wrong check digit" => [new("each", 1, "04012345123457")],
            "of one number" => [new("each", 1, "04012345123456"), new("case", 12, "04012345123456")],
            "too many" => [.. Enumerable.Range(0, Packs.Most + 1).Select(i => new Pack($"u{i}", i + 1))],
            _ => [new(name, 12)],
        };

        Assert.Equal(new(at, fault), Packs.Check(packs));
    }

    [Fact]
    public void One_each_is_one_piece_told_or_not()
    {
        Assert.Equal(new("each", 1), Packs.Of([Case], "each"));
        Assert.Equal(Case, Packs.Of([Inner, Case], "case"));
        Assert.Null(Packs.Of([Case], "pallet"));
        Assert.Equal(Case, Packs.Numbered([Inner, Case], "14012345123453"));
        Assert.Null(Packs.Numbered(default, "14012345123453"));
    }
}
