using System.Security.Cryptography;
using System.Text;
using Fulfillment.Connectors;
using Fulfillment.Shipping;

namespace Fulfillment.Tests.Connectors;

/// <summary>What carriers tell by themselves is verified as each of them signs, and read as he writes.</summary>
public sealed class CarrierWebhookTests
{
    const string Secret = "sixteen-or-more-characters";

    const string Ups = """
        {"trackingNumber":"1Z999","localActivityDate":"20261130","localActivityTime":"090000",
         "gmtActivityDate":"20261130","gmtActivityTime":"140000",
         "activityLocation":{"city":"Alpharetta","country":"US"},
         "activityStatus":{"type":"D","code":"FS","description":"DELIVERED"},"scheduledDeliveryDate":"20261201",
         "receivedBy":"SMITH"}
        """;

    const string FedEx = """
        {"output":{"completeTrackResults":[{"trackingNumber":"7949","trackResults":[
         {"trackingNumberInfo":{"trackingNumber":"7949"},"deliveryDetails":{"receivedByName":"R. Eceiver"},
          "scanEvents":[{"date":"2026-11-30T08:00:00-06:00","eventType":"DY","derivedStatusCode":"DY",
           "eventDescription":"Delay","delayDetail":{"type":"WEATHER"}}]}]}]}}
        """;

    const string Dhl = """
        {"shipments":[{"shipmentTrackingNumber":"1234567890","events":[
         {"date":"2026-11-30","time":"11:59:23","GMTOffset":"+01:00","typeCode":"OK","description":"Delivered : ALBY H",
          "serviceArea":[{"code":"AKL","description":"AUCKLAND-NZ"}],"signedBy":""},
         {"date":"2026-11-29","time":"11:00:00","GMTOffset":"+01:00","typeCode":"NH","description":"Not home"}]}]}
        """;

    const string Usps = """
        {"trackingNumber":"9400","trackingEvents":[{"eventType":"Delivered","GMTTimestamp":"2026-11-30T14:03:12.041Z",
         "eventCode":"01","eventCity":"ATLANTA","name":"J DOE"}]}
        """;

    static readonly CarrierWebhooks Webhooks = new(
        Carriers.Known.ToDictionary(c => c, _ => Secret), new FakeTime());

    static CarrierWebhookReading Read(string carrier, string body, params (string Name, string Value)[] headers) =>
        Webhooks.Read(carrier, new(
            name => headers.FirstOrDefault(h => h.Name == name).Value, Encoding.UTF8.GetBytes(body)));

    static byte[] Hash(string body) =>
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes(body));

    [Theory]
    [InlineData("X", "The package was damaged in transit.", CaseReason.Damaged)]
    [InlineData("X", "Damage reported; no damage to the goods was found", null)]
    [InlineData("X", "The receiver has moved.", null)]
    [InlineData("D", "Delivered, damaged", null)]
    public void Damage_is_told_in_words_where_there_is_no_code_for_it(string type, string says, CaseReason? why)
    {
        var body = Ups.Replace("\"D\"", $"\"{type}\"", StringComparison.Ordinal)
            .Replace("DELIVERED", says, StringComparison.Ordinal);
        var told = Assert.Single(Assert.Single(Read("ups", body, ("credential", Secret)).Notices).Told.Events);
        Assert.Equal(why, told.Why);
    }

    [Fact]
    public void FedEx_and_USPS_tell_of_damage_too()
    {
        var fedEx = FedEx.Replace("\"Delay\"", "\"Delay\",\"exceptionDescription\":\"Damaged, refused\"",
            StringComparison.Ordinal);
        Assert.Equal(CaseReason.Damaged, Assert.Single(Assert.Single(Read(
            "fedex", fedEx, ("fdx-signature", Convert.ToBase64String(Hash(fedEx)))).Notices).Told.Events).Why);
        var usps = Usps.Replace("\"01\"", "\"ZZ\"", StringComparison.Ordinal)
            .Replace("Delivered", "Item Damaged", StringComparison.Ordinal);
        var told = Assert.Single(Assert.Single(Read(
            "usps", usps, ("X-HMAC", Convert.ToHexStringLower(Hash(usps)))).Notices).Told.Events);
        Assert.Equal((Milestone.Other, CaseReason.Damaged), (told.Milestone, told.Why));
    }

    [Fact]
    public void UPS_shows_the_credential_that_it_was_given()
    {
        var notice = Assert.Single(Read("ups", Ups, ("credential", Secret)).Notices);
        Assert.Equal(("1Z999", "SMITH", new DateOnly(2026, 12, 1)),
            (notice.TrackingNumber, notice.Told.SignedBy, notice.Told.Expected!.Value));
        Assert.Equal(
            new TrackEvent(new(2026, 11, 30, 14, 0, 0, TimeSpan.Zero), Milestone.Delivered, "D FS", "DELIVERED",
                "Alpharetta, US"), Assert.Single(notice.Told.Events));
        Assert.Equal(WebhookStatus.Unsigned, Read("ups", Ups).Status);
        Assert.Equal(WebhookStatus.WrongSignature, Read("ups", Ups, ("credential", Secret + "x")).Status);
        // A new day alone is no event.
        var day = Ups.Replace("\"D\"", "\"U\"", StringComparison.Ordinal);
        Assert.Empty(Assert.Single(Read("ups", day, ("credential", Secret)).Notices).Told.Events);
    }

    [Fact]
    public void FedEx_signs_the_body()
    {
        var signature = Convert.ToBase64String(Hash(FedEx));
        var notice = Assert.Single(Read("fedex", FedEx, ("fdx-signature", signature)).Notices);
        Assert.Equal(("7949", "R. Eceiver"), (notice.TrackingNumber, notice.Told.SignedBy));
        var told = Assert.Single(notice.Told.Events);
        Assert.Equal((Milestone.Exception, CaseReason.Weather), (told.Milestone, told.Why));
        Assert.Equal(WebhookStatus.Unsigned, Read("fedex", FedEx).Status);
        foreach (var wrong in (string[])[Convert.ToBase64String(Hash(FedEx + " ")), "AAAA", "*",
            Convert.ToHexStringLower(Hash(FedEx))])
            Assert.Equal(WebhookStatus.WrongSignature, Read("fedex", FedEx, ("fdx-signature", wrong)).Status);
    }

    [Fact]
    public void DHL_shows_the_token_and_who_signed_is_no_part_of_the_words()
    {
        var notice = Assert.Single(Read("dhl-express", Dhl, ("X-Webhook-Token", Secret)).Notices);
        Assert.Equal(("1234567890", "ALBY H"), (notice.TrackingNumber, notice.Told.SignedBy));
        Assert.Equal(["Not home", "Delivered"], notice.Told.Events.Select(e => e.Says));
        Assert.Equal(CaseReason.FailedAttempt, notice.Told.Events[0].Why);
        Assert.Equal(WebhookStatus.WrongSignature, Read("dhl-express", Dhl, ("X-Webhook-Token", "x")).Status);
    }

    [Fact]
    public void USPS_signs_the_body_in_hex_or_Base64()
    {
        foreach (var signature in (string[])[Convert.ToHexStringLower(Hash(Usps)), Convert.ToBase64String(Hash(Usps))])
        {
            var notice = Assert.Single(Read("usps", Usps, ("X-HMAC", signature)).Notices);
            Assert.Equal(("9400", "J DOE"), (notice.TrackingNumber, notice.Told.SignedBy));
            Assert.Equal("Delivered", Assert.Single(notice.Told.Events).Says);
        }

        Assert.Equal(WebhookStatus.WrongSignature, Read("usps", Usps, ("X-HMAC", new string('0', 64))).Status);
    }

    [Theory]
    [InlineData("ups", "credential")]
    [InlineData("dhl-express", "X-Webhook-Token")]
    public void What_is_signed_and_makes_no_sense_is_malformed(string carrier, string header)
    {
        foreach (var body in (string[])["", "[]", "{}", """{"trackingNumber":7}""", """{"shipments":{}}"""])
            Assert.Equal(WebhookStatus.Malformed, Read(carrier, body, (header, Secret)).Status);
    }
}
