using System.Text;
using System.Text.Json;
using Fulfillment.Client.Api;
using Fulfillment.Screening;

namespace Fulfillment.Tests.Client;

/// <summary>What screening may know of a buyer: the same for all spellings of one thing, and nobody's name.</summary>
public sealed class SignalReaderTests
{
    static readonly DateTimeOffset Evening = new(2026, 11, 27, 23, 45, 0, TimeSpan.Zero);

    /// <summary>With pseudonyms that can be read, so that a failure shows what was made equal.</summary>
    static Signals? Read(
        string? customer = null, string? shipTo = null, string? billTo = null, string? payment = null,
        DateTimeOffset? orderedAt = null) => SignalReader.Read(
            Json(customer), Json(shipTo), Json(billTo), Json(payment), orderedAt, text => $"<{text}>");

    static JsonElement? Json(string? text)
    {
        if (text is null) return null;
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    static string? Email(string email) => Read($$"""{"email":{{JsonSerializer.Serialize(email)}}}""")?.EmailKey;

    static string? Ip(string ip) => Read($$"""{"ip":"{{ip}}"}""")?.IpKey;

    static string? Address(string shipTo) => Read(shipTo: shipTo)?.AddressKey;

    [Theory]
    [InlineData("ada@example.com", "<email ada@example.com>")]
    [InlineData("  Ada@Example.COM ", "<email ada@example.com>")]
    [InlineData("ada@example.com.", "<email ada@example.com>")]
    [InlineData("a.d.a+shop@gmail.com", "<email ada@gmail.com>")]
    [InlineData("Ada@GoogleMail.com", "<email ada@gmail.com>")]
    [InlineData("ada.l+1@outlook.com", "<email ada.l@outlook.com>")]
    [InlineData("ada.l+1@example.com", "<email ada.l+1@example.com>")]
    [InlineData("+1@outlook.com", "<email +1@outlook.com>")]
    [InlineData("\"a@b\"@example.com", "<email \"a@b\"@example.com>")]
    [InlineData("ada", null)]
    [InlineData("@example.com", null)]
    [InlineData("ada@", null)]
    [InlineData("ada l@example.com", null)]
    [InlineData("...@gmail.com", null)]
    [InlineData("", null)]
    public void Spellings_of_a_mailbox_are_one(string email, string? key) => Assert.Equal(key, Email(email));

    [Theory]
    [InlineData("a@mailinator.com", EmailClass.Disposable)]
    [InlineData("a@x.y.MAILINATOR.com", EmailClass.Disposable)]
    [InlineData("a@notmailinator.com", EmailClass.Other)]
    [InlineData("a@gmail.com", EmailClass.Free)]
    [InlineData("a@mail.gmail.com", EmailClass.Other)]
    [InlineData("a@example.com", EmailClass.Other)]
    public void A_mailbox_is_of_the_class_of_its_provider(string email, EmailClass of) =>
        Assert.Equal(of, Read($$"""{"email":"{{email}}"}""")!.EmailClass);

    [Theory]
    [InlineData("25.45.36.165", "<ip 25.45.36.165>")]
    [InlineData("::ffff:25.45.36.165", "<ip 25.45.36.165>")]
    [InlineData("2001:db8:1:2::5", "<ip 20010DB800010002/64>")]
    [InlineData("2001:DB8:1:2:ffff::1", "<ip 20010DB800010002/64>")]
    [InlineData("2001:db8:1:3::5", "<ip 20010DB800010003/64>")]
    [InlineData("10.0.0.1", null)]
    [InlineData("172.16.0.1", null)]
    [InlineData("172.32.0.1", "<ip 172.32.0.1>")]
    [InlineData("192.168.1.1", null)]
    [InlineData("100.64.0.1", null)]
    [InlineData("169.254.1.1", null)]
    [InlineData("127.0.0.1", null)]
    [InlineData("0.0.0.0", null)]
    [InlineData("::1", null)]
    [InlineData("fe80::1", null)]
    [InlineData("fd00::1", null)]
    [InlineData("1", null)]
    [InlineData("25.45.36", null)]
    [InlineData("somewhere", null)]
    public void A_network_is_a_household_and_who_shares_with_everybody_has_none(string ip, string? key) =>
        Assert.Equal(key, Ip(ip));

    [Theory]
    [InlineData("""{"line1":"Lindenstraße 17","line2":"c/o Abel","postcode":"1010","city":"Wien","country":"AT"}""")]
    [InlineData("""{"line1":"LINDENSTR. 17","line2":"C/O ABEL","postcode":"10 10","country":"at"}""")]
    [InlineData("""{"line1":"Linden-Strasse 17","line2":" c/o  abel","postcode":"1010","country":"AT","name":"X"}""")]
    public void Spellings_of_an_address_are_one(string shipTo) =>
        Assert.Equal("<address AT 1010 lindenstr17 coabel>", Address(shipTo));

    [Theory]
    [InlineData("""{"line1":"Lindenstr. 18","line2":"c/o Abel","postcode":"1010","country":"AT"}""")]
    [InlineData("""{"line1":"Lindenstr. 17","postcode":"1010","country":"AT"}""")]
    [InlineData("""{"line1":"Lindenstr. 17","line2":"c/o Abel","postcode":"1011","country":"AT"}""")]
    [InlineData("""{"line1":"Lindenstr. 17","line2":"c/o Abel","postcode":"1010","country":"DE"}""")]
    public void Another_address_is_another_one(string shipTo) =>
        Assert.NotEqual("<address AT 1010 lindenstr17 coabel>", Address(shipTo));

    [Fact]
    public void A_town_is_nobodys_address() => Assert.Equal(
        new Signals(ShippingCountry: "AT"), Read(shipTo: """{"postcode":"1010","city":"Wien","country":"AT"}"""));

    [Theory]
    [InlineData("""{"line1":"A St. 1","postcode":"1","country":"DE"}""", false)]
    [InlineData("""{"line1":"a street 1","postcode":"1"}""", false)]
    [InlineData("""{"line1":"B street 1","postcode":"1","country":"DE"}""", true)]
    [InlineData("""{"line1":"a street 1","postcode":"2","country":"DE"}""", true)]
    [InlineData("""{"postcode":"2","country":"DE"}""", false)]
    public void An_invoice_goes_elsewhere_only_if_both_addresses_are_known(string billTo, bool differs)
    {
        var signals = Read(shipTo: """{"line1":"A Street 1","postcode":"1","country":"DE"}""", billTo: billTo);

        Assert.Equal(differs, signals!.BillingDiffers);
    }

    [Fact]
    public void Everything_that_a_channel_tells_is_read() => Assert.Equal(
        new Signals(
            "<email a@gmail.com>", "<ip 25.45.36.165>", "<address FR 1 a1 >", "<card fp-1>", EmailClass.Free, "DE",
            "FR", "NL", "US", true, 4, 1),
        Read(
            """{"email":"a@gmail.com","ip":"25.45.36.165","ipCountry":"nl","utcOffsetMinutes":90,"phone":"1"}""",
            """{"line1":"A 1","postcode":"1","country":"FR"}""", """{"line1":"B 1","country":"DE"}""",
            """{"fingerprint":"fp-1","country":"US","failedAttempts":4}""", Evening));

    [Theory]
    [InlineData(0, 23)]
    [InlineData(-1_440, null)]
    [InlineData(-600, 13)]
    [InlineData(840, 13)]
    [InlineData(841, null)]
    public void The_hour_is_the_buyers(int offset, int? hour) => Assert.Equal(hour, Read(
        $$"""{"ip":"1.2.3.4","utcOffsetMinutes":{{offset}}}""", orderedAt: Evening)!.LocalHour);

    [Fact]
    public void Nothing_known_is_no_signals()
    {
        Assert.Null(Read());
        Assert.Null(Read("""{"id":"c-1","name":"Ada"}""", "[]", "7", "null", Evening));
        Assert.Null(Read("""{"email":7,"ip":{},"ipCountry":"Austria"}""", payment: """{"failedAttempts":"3"}"""));
    }

    [Theory]
    [InlineData("-5", 0)]
    [InlineData("101", 100)]
    [InlineData("99999999999999", 0)]
    [InlineData("1.5", 0)]
    public void Odd_numbers_of_attempts_are_no_reason_to_fail(string attempts, int read) => Assert.Equal(
        read, Read("""{"ip":"1.2.3.4"}""", payment: $$"""{"failedAttempts":{{attempts}}}""")!.FailedAttempts);

    [Fact]
    public void Longer_than_any_address_is_none() =>
        Assert.Null(Read($$"""{"email":"{{new StringBuilder().Insert(0, "a", 400)}}@example.com"}"""));
}
