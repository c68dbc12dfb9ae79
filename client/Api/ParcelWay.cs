using System.Text.Json;
using Fulfillment.Ordering;
using Fulfillment.Shipping;
using Fulfillment.Warehousing;

namespace Fulfillment.Client.Api;

/// <summary>
/// From where to where a parcel goes, as carriers are told. <c>Subject</c>: whose key seals the address.
/// </summary>
sealed record ParcelWay(
    ShipAddress From, ShipAddress To, string Subject, NodeFacts? Facts, OrderReply Order)
{
    /// <summary>Of the node, IANA; null where it is not told.</summary>
    public string? TimeZone => Facts?.TimeZone;

    /// <summary>
    /// The way of an order's goods from a node. Throws where the one has no address or the other none that is known.
    /// </summary>
    public static async ValueTask<ParcelWay> Of(Seat seat, Backend backend, string order, string node, HttpContext http)
    {
        var reply = await seat.Order(order).Get(http.RequestAborted);
        var buyer = reply?.Placed.Buyer;
        var known = await OrderIntake.Open(buyer, backend);
        if (known.ShipTo is not { } shipTo || buyer is null)
            throw new ProblemException(Problem.Conflict(
                "address-missing", $"Order {order} has no address to send to, or it was erased."));
        var (from, facts) = await Place(seat, node, http);
        var to = Read(shipTo) with { NoticesTo = MailOf(known.Customer) };
        if (to.Name is null && to.Company is null || to.Lines.IsEmpty || to.City is null)
            throw new ProblemException(Problem.Conflict(
                "address-incomplete", $"Order {order} is sent nowhere without {Missing(to)}: change its address."));
        return new(from, to, buyer.Subject, facts, reply!);
    }

    /// <summary>Where a node is. Throws where it has no address.</summary>
    public static async ValueTask<ShipAddress> At(Seat seat, string node, HttpContext http) =>
        (await Place(seat, node, http)).From;

    static async ValueTask<(ShipAddress From, NodeFacts? Facts)> Place(Seat seat, string node, HttpContext http)
    {
        var card = (await seat.Node(node).Get(http.RequestAborted)).Card;
        if (card is not { Country: { } country, Address: { } at })
            throw new ProblemException(Problem.Conflict(
                "node-without-address", $"Node {node} has no country and address: PUT it with them."));
        ShipAddress from = new(
            country, card.Postcode, at.City, at.Region, [at.Line1, .. at.Line2 is { } more ? [more] : (string[])[]],
            Company: at.Company, Phone: at.Phone, Email: at.Email);
        return (from, card.Facts);
    }

    static string Missing(ShipAddress to) => string.Join(", ", (string[])
    [
        .. to.Name is null && to.Company is null ? ["/shipTo/name"] : (string[])[],
        .. to.Lines.IsEmpty ? ["/shipTo/line1"] : (string[])[],
        .. to.City is null ? ["/shipTo/city"] : (string[])[],
    ]);

    /// <summary>Where the buyer is written to; who gets the goods may be somebody else.</summary>
    static string? MailOf(JsonElement? customer) =>
        customer is { ValueKind: JsonValueKind.Object } c && c.TryGetProperty("email", out var mail)
            && mail.ValueKind == JsonValueKind.String && !string.IsNullOrWhiteSpace(mail.GetString())
            ? mail.GetString() : null;

    static ShipAddress Read(JsonElement shipTo)
    {
        var company = Text("company");
        return new(
            Text("country") ?? "", Text("postcode"), Text("city"), Text("region"),
            [.. ((string?[])[Text("line1"), Text("line2")]).OfType<string>()], Text("name"), company, Text("phone"),
            Text("email"), Residential: company is null);

        string? Text(string name) =>
            shipTo.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
                && value.GetString() is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;
    }

    /// <summary>What carriers are asked for a parcel.</summary>
    public RateAsk Ask(ParcelTerms terms, DateOnly shipOn, string? currency) => new(
        From, To, [terms.Spec], shipOn, currency,
        CrossesBorder ? terms.Value : null, TimeZone);

    /// <summary>Where customs see it leave and arrive.</summary>
    public CustomsPlace Leaves => CustomsArea.Of(From.Country, From.Postcode);

    /// <inheritdoc cref="Leaves"/>
    public CustomsPlace Arrives => CustomsArea.Of(To.Country, To.Postcode);

    /// <summary>Its goods are declared.</summary>
    public bool CrossesBorder => CustomsArea.IsLeft(Leaves, Arrives);

    /// <summary>The day it is where the parcel is sent from.</summary>
    public DateOnly Today(DateTimeOffset now) => Today(TimeZone, now);

    /// <summary>The day it is in a time zone (IANA); in UTC where none is known.</summary>
    public static DateOnly Today(string? timeZone, DateTimeOffset now) => DateOnly.FromDateTime(
        timeZone is not null && TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out var known)
            ? TimeZoneInfo.ConvertTime(now, known).DateTime : now.UtcDateTime);
}
