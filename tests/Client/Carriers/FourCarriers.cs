using System.Security.Cryptography;
using System.Text;
using Fulfillment.Connectors;
using Fulfillment.Tests.Support;

namespace Fulfillment.Tests.Client;

/// <summary>
/// UPS, FedEx, DHL Express and USPS, played by mocks that judge every call by the carriers' published documents, and
/// the settings that lead the product to them.
/// </summary>
public sealed class FourCarriers : IAsyncLifetime
{
    const string Secret = "what-carriers-sign-with";

    public UpsMock Ups { get; } = new();

    public FedExMock FedEx { get; } = new();

    public DhlExpressMock Dhl { get; } = new();

    public UspsMock Usps { get; } = new();

    public IReadOnlyDictionary<string, CarrierMock> All => new Dictionary<string, CarrierMock>
    {
        ["ups"] = Ups,
        ["fedex"] = FedEx,
        ["dhl-express"] = Dhl,
        ["usps"] = Usps,
    };

    /// <summary>Why what needs the published documents is skipped; null where they are here.</summary>
    public static string? Missing =>
        new[] { UpsMock.Folder, FedExMock.Folder, DhlExpressMock.SpecPath, UspsMock.Folder }
            .Where(path => Fixtures.Find(path) is null).Select(Fixtures.Missing).FirstOrDefault();

    /// <summary>Labels that were sold.</summary>
    public int Sold => All.Values.Sum(m => m.Purchases.Values.Sum());

    /// <summary>The variables of an operator who has accounts with all of them.</summary>
    public IReadOnlyList<(string Name, string Value)> Variables =>
    [
        .. Account("UPS", "CLIENT", "SECRET", Ups.Address), .. Account("FEDEX", "CLIENT", "SECRET", FedEx.Address),
        .. Account("DHL_EXPRESS", "USER", "PASSWORD", new(Dhl.Address, "mydhlapi/")),
        .. Account("USPS", "CLIENT", "SECRET", Usps.Address),
        ("FULFILLMENT_USPS_CRID", "12345678"), ("FULFILLMENT_USPS_MID", "123456789"),
    ];

    /// <summary>The same as the product reads it, and the local courier with his example prices.</summary>
    public CarrierSettings Settings => CarrierSettings.Read(
        name => Variables.Where(v => v.Name == name).Select(v => v.Value).FirstOrDefault(),
        _ => throw new FileNotFoundException()) with
    {
        Courier = CourierTables.Example,
    };

    public Task InitializeAsync() => Task.WhenAll(All.Values.Select(m => m.InitializeAsync()));

    /// <summary>Fails where a call was not as the published documents say.</summary>
    public async Task DisposeAsync()
    {
        foreach (var mock in All.Values) await mock.DisposeAsync();
    }

    /// <summary>What a carrier sends with a webhook, so that it is known to be his.</summary>
    public static (string Name, string Value) Signed(string carrier, string body, string secret = Secret)
    {
        var hash = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(body));
        return carrier switch
        {
            "ups" => ("credential", secret),
            "fedex" => ("fdx-signature", Convert.ToBase64String(hash)),
            "dhl-express" => ("X-Webhook-Token", secret),
            _ => ("X-HMAC", Convert.ToHexStringLower(hash)),
        };
    }

    /// <summary>That a parcel was delivered, as its carrier writes it.</summary>
    public static string Delivered(string carrier, string number, DateTimeOffset at) => carrier switch
    {
        "ups" => $$"""
            {"trackingNumber":"{{number}}","localActivityDate":"{{at:yyyyMMdd}}","localActivityTime":"{{at:HHmmss}}",
             "gmtActivityDate":"{{at:yyyyMMdd}}","gmtActivityTime":"{{at:HHmmss}}","receivedBy":"DOE",
             "activityStatus":{"type":"D","code":"FS","description":"DELIVERED"},
             "activityLocation":{"city":"ALISO VIEJO","country":"US"} }
            """,
        "fedex" => $$"""
            {"output":{"completeTrackResults":[{"trackingNumber":"{{number}}","trackResults":[{
             "trackingNumberInfo":{"trackingNumber":"{{number}}"},"deliveryDetails":{"receivedByName":"J.DOE"},
             "scanEvents":[{"date":"{{at:yyyy-MM-ddTHH:mm:ss}}+00:00","eventType":"DL","eventDescription":"Delivered",
              "derivedStatusCode":"DL"}]}]}]} }
            """,
        "dhl-express" => $$"""
            {"shipments":[{"shipmentTrackingNumber":"{{number}}","events":[{"date":"{{at:yyyy-MM-dd}}",
             "time":"{{at:HH:mm:ss}}","GMTOffset":"+00:00","typeCode":"OK",
             "description":"Delivered - Signed for by: B. Uyer"}]}]}
            """,
        _ => $$"""
            {"trackingNumber":"{{number}}","trackingEvents":[{"eventCode":"01","eventType":"DELIVERED",
             "GMTTimestamp":"{{at:yyyy-MM-ddTHH:mm:ss}}Z","eventCity":"ALISO VIEJO"}]}
            """,
    };

    static IEnumerable<(string, string)> Account(string prefix, string client, string secret, Uri api) =>
    [
        ($"FULFILLMENT_{prefix}_{client}", CarrierMock.Client), ($"FULFILLMENT_{prefix}_{secret}", CarrierMock.Secret),
        ($"FULFILLMENT_{prefix}_ACCOUNT", CarrierMock.Account), ($"FULFILLMENT_{prefix}_API", $"{api}"),
        ($"FULFILLMENT_{prefix}_WEBHOOK_SECRET", Secret),
    ];
}
