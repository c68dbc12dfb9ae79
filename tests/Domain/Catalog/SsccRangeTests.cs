using Fulfillment.Catalog;
using Fulfillment.Tests.Support;
using static Fulfillment.Catalog.SsccRangeCommand;

namespace Fulfillment.Tests.Domain;

/// <summary>Numbers of totes, cartons and pallets: valid, and each issued once.</summary>
public sealed class SsccRangeTests
{
    static readonly SsccRangeEvent Begun = new SsccRangeEvent.PrefixUsed("3", "4012345");

    static Given<SsccRange, SsccRangeCommand, SsccRangeEvent> Given(params IEnumerable<SsccRangeEvent> events) =>
        new(EntityId.Of(SsccRangeCalls.Kind, "default", "all"), Product.Start, events);

    static SsccReply Told(Given<SsccRange, SsccRangeCommand, SsccRangeEvent> scene) =>
        Assert.IsType<SsccReply>(scene.Reply);

    [Fact]
    public void A_number_is_valid_and_the_next_one_is_another()
    {
        var scene = Given(Begun).When(new Issue("a"));
        Assert.Equal((SsccStatus.Done, "340123450000000000"), (Told(scene).Status, Told(scene).Sscc));
        scene.ThenHappens(new SsccRangeEvent.SsccIssued("a", "340123450000000000"));

        Assert.Equal("340123450000000017", Told(scene.When(new Issue("b"))).Sscc);
        Assert.All((string[])["340123450000000000", "340123450000000017"], n => Assert.True(Sscc.IsOne(n)));
    }

    [Fact]
    public void A_repeat_gets_the_same_number_and_uses_none()
    {
        var scene = Given(Begun).When(new Issue("a")).When(new Issue("a"));
        Assert.Equal((SsccStatus.AlreadyDone, "340123450000000000"), (Told(scene).Status, Told(scene).Sscc));
        scene.ThenNothing();
    }

    [Fact]
    public void Without_a_prefix_there_are_no_numbers_and_with_a_wrong_one_neither()
    {
        Assert.Equal(SsccStatus.NoPrefix, Told(Given().When(new Issue("a"))).Status);
        foreach (var (extension, prefix) in ((string, string)[])
            [("3", "401234"), ("3", "40123450000"), ("33", "4012345"), ("x", "4012345"), ("3", "401234X"), ("", "")])
            Assert.Equal(SsccStatus.NotValid, Told(Given().When(new UsePrefix(extension, prefix))).Status);
    }

    [Fact]
    public void Prefixes_whose_numbers_could_be_the_same_are_refused()
    {
        var scene = Given(Begun).When(new UsePrefix("3", "40123456"));
        Assert.Equal(SsccStatus.Overlaps, Told(scene).Status);
        Assert.Equal(SsccStatus.Done, Told(scene.When(new UsePrefix("4", "40123456"))).Status);
        Assert.Equal(SsccStatus.AlreadyDone, Told(scene.When(new UsePrefix("4", "40123456"))).Status);
    }

    [Fact]
    public void A_prefix_that_was_used_before_goes_on_where_it_was()
    {
        var scene = Given(Begun).When(new Issue("a")).When(new UsePrefix("3", "9521234")).When(new Issue("b"))
            .When(new UsePrefix("3", "4012345")).When(new Issue("c"));
        Assert.Equal("340123450000000017", Told(scene).Sscc);
    }

    [Fact]
    public void When_all_were_issued_there_is_no_more_and_old_prefixes_are_counted()
    {
        SsccRange full = new([new("3", "4012345678", 1_000_000)], []);
        Turn turn = new(EntityId.Of(SsccRangeCalls.Kind, "default", "all"), Product.Start, 0);
        Assert.Equal(
            SsccStatus.Exhausted, Assert.IsType<SsccReply>(SsccRange.Decide(full, new Issue("a"), turn).Reply).Status);
        SsccRange many = new([.. Enumerable.Range(0, SsccRange.MaxPrefixes).Select(
            i => new SsccPrefix("3", $"{4_012_345 + i}"))], []);
        Assert.Equal(
            SsccStatus.TooMany,
            Assert.IsType<SsccReply>(SsccRange.Decide(many, new UsePrefix("3", "9521234"), turn).Reply).Status);
    }

    [Fact]
    public void The_last_thousand_are_remembered()
    {
        var scene = Given(Begun);
        for (var i = 0; i <= SsccRange.MaxIssued; i++) scene.When(new Issue($"n{i}"));
        Assert.Equal(SsccRange.MaxIssued, scene.State.Issued.Length);
        Assert.Equal(SsccStatus.AlreadyDone, Told(scene.When(new Issue("n1"))).Status);
    }

    [SkippableFact]
    public void What_is_issued_passes_the_checks_of_the_dictionary()
    {
        var path = Fixtures.Find("gs1/gs1-syntax-dictionary.txt");
        Skip.If(path is null, Fixtures.Missing("gs1/gs1-syntax-dictionary.txt"));
        // AI 00: eighteen digits with a check digit, and the prefix of a company from the second on.
        Assert.Contains(File.ReadLines(path!), line => line.StartsWith("00", StringComparison.Ordinal)
            && line.Contains("N18", StringComparison.Ordinal) && line.Contains("csum", StringComparison.Ordinal));
        var scene = Given(Begun);
        for (var i = 0; i < 200; i++)
        {
            var sscc = Told(scene.When(new Issue($"n{i}"))).Sscc!;
            Assert.Equal(18, sscc.Length);
            Assert.Null(Gs1Checks.Check("csum", sscc));
        }
    }
}
