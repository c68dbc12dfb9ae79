using System.Collections.Immutable;
using Fulfillment.Connectors;
using Fulfillment.Shipping;
using Fulfillment.Tests.Support;

namespace Fulfillment.Tests.Connectors;

/// <summary>What a label cannot do without is told before it is bought, and nobody is asked for it.</summary>
public sealed class CarrierNeedsTests
{
    static readonly Uri Nowhere = new("http://127.0.0.1:9/");

    static readonly ShipAddress Towson = new(
        "US", "21093", "Timonium", "MD", ["2311 York Rd"], "Ada Lovelace", "Acme Inc", "4105550100"),
        Viejo = new("US", "92656", "Aliso Viejo", "CA", ["26601 Aliso Creek Rd"], "Grace Hopper"),
        Berlin = new("DE", "10115", "Berlin", null, ["Invalidenstr. 1"], "Konrad Zuse", null, "+49 30 1234567"),
        Hanoi = new("VN", "100000", "Hanoi", "VN-HN", ["1 Trang Tien"], "B. Uyer", null, "+84 24 39 36 36 36");

    static ICarrier[] All()
    {
        CarrierAccess access = new(
            CarrierMock.Client, CarrierMock.Secret, CarrierMock.Account, Nowhere, TimeSpan.FromSeconds(1));
        return
        [
            new UpsCarrier(access, TimeProvider.System), new FedExCarrier(access, TimeProvider.System),
            new DhlExpressCarrier(access, TimeProvider.System), new UspsCarrier(access, TimeProvider.System),
        ];
    }

    public static TheoryData<string, string, string> Ways => new()
    {
        { "ups", "US US", "" },
        { "ups", "US US -state", "/to/state" },
        { "ups", "US DE", "" },
        { "ups", "DE US", "/to/phone" },
        { "ups", "US DE -phone", "/to/phone" },
        { "ups", "US VN", "" },
        { "ups", "US VN -state", "/to/state" },
        { "fedex", "US DE", "" },
        { "fedex", "US US", "/to/phone" },
        { "fedex", "US DE short", "/to/phone" },
        { "fedex", "DE DE long", "/to/phone" },
        { "dhl-express", "DE VN", "" },
        { "dhl-express", "DE US", "/to/phone" },
        { "usps", "US US", "" },
        { "usps", "US US -state", "/to/state" },
        { "usps", "US US name", "/to/state" },
    };

    [Theory, MemberData(nameof(Ways))]
    public async Task It_is_named_and_no_label_is_asked_for(string carrier, string way, string lacks)
    {
        var asked = All().Single(c => c.Name == carrier);
        var words = way.Split(' ');
        var (from, to) = (words[0] == "US" ? Towson : Berlin, At(words[1]));
        to = words.ElementAtOrDefault(2) switch
        {
            "-state" => to with { State = null },
            "name" => to with { State = "California" },
            "-phone" => to with { Phone = " - " },
            "short" => to with { Phone = "030 12345" },
            "long" => to with { Phone = "+49 30 1234567 ext. 12345678" },
            _ => to,
        };
        Assert.Equal(lacks.Length == 0 ? [] : [lacks], asked.Lacks(from, to));
        if (lacks.Length == 0) return;

        LabelAsk ask = new(
            carrier == "usps" ? "A:B:C" : "03", from, to, [new(300, 200, 100, 900)], new(2026, 11, 30), LabelFormat.Zpl,
            ImmutableArray.Create("o-1"));
        // Nobody is there: who asked him would not know what came of it.
        var refused = await asked.Buy("k", ask, default);
        Assert.Equal((LabelStatus.Refused, "incomplete"), (refused.Status, refused.Refusal!.Code));
        Assert.StartsWith(lacks, refused.Refusal.Says, StringComparison.Ordinal);
        (asked as IDisposable)!.Dispose();
    }

    static ShipAddress At(string country) => country switch
    {
        "DE" => Berlin,
        "VN" => Hanoi,
        _ => Viejo,
    };

    [Fact]
    public void A_node_is_asked_for_its_own() => Assert.Equal(
        ["/from/state", "/from/phone"], All().Single(c => c.Name == "fedex").Lacks(
            Towson with { State = null, Phone = null }, Berlin));
}
