using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Fulfillment.Screening;

namespace Fulfillment.Client.Api;

/// <summary>
/// Reads what fraud screening may know from what a channel tells of a buyer. What identifies him becomes a pseudonym
/// here, after different spellings of one thing have been made equal, and goes no further. What cannot be read is not
/// known: a buyer's odd address is no reason to refuse his order.
/// </summary>
public static class SignalReader
{
    const int MostAttempts = 100, MostText = 320, NetworkBytes = 8, MostOffset = 14 * 60;

    /// <summary>What a line of an address may say in two ways, each with the way that counts.</summary>
    static readonly (string Long, string Short)[] Abbreviations =
    [
        ("strasse", "str"), ("straße", "str"), ("street", "st"), ("road", "rd"), ("avenue", "ave"),
        ("boulevard", "blvd"), ("apartment", "apt"),
    ];

    /// <summary>
    /// The signals of an order; null when there are none. Read are <c>customer.email, ip, ipCountry,
    /// utcOffsetMinutes</c>, <c>paymentMethod.fingerprint, country, failedAttempts</c>, and both addresses.
    /// </summary>
    /// <param name="customer">As the channel sent it, like all of these.</param>
    /// <param name="shipTo">Where the goods go.</param>
    /// <param name="billTo">Where the invoice goes.</param>
    /// <param name="paymentMethod">What he pays with: no number of a card, but the provider's mark of it.</param>
    /// <param name="orderedAt">When the channel says that he ordered.</param>
    /// <param name="pseudonym">Makes a name of a text that tells nothing about it.</param>
    public static Signals? Read(
        JsonElement? customer, JsonElement? shipTo, JsonElement? billTo, JsonElement? paymentMethod,
        DateTimeOffset? orderedAt, Func<string, string> pseudonym)
    {
        var email = Mailbox(Text(customer, "email"));
        var address = Address(shipTo);
        var billing = Address(billTo);
        var (shipping, invoice) = (Country(shipTo, "country"), Country(billTo, "country"));
        Signals signals = new(
            Key("email", email?.Name), Key("ip", Network(Text(customer, "ip"))),
            Key("address", address is null ? null : $"{shipping} {address}"),
            Key("card", Text(paymentMethod, "fingerprint")),
            email is { } known ? EmailDomains.ClassOf(known.Domain) : EmailClass.Other, invoice, shipping,
            Country(customer, "ipCountry"), Country(paymentMethod, "country"),
            billing is not null && address is not null && billing != address,
            Math.Clamp(Number(paymentMethod, "failedAttempts") ?? 0, 0, MostAttempts), LocalHour(customer, orderedAt));
        return signals == new Signals() ? null : signals;

        string? Key(string kind, string? text) => text is null ? null : pseudonym($"{kind} {text}");
    }

    /// <summary>
    /// One spelling of a mailbox, and its domain: lower case, without a tag behind a plus where the provider ignores
    /// it, and for Gmail without dots; null for what is no address.
    /// </summary>
    static (string Name, string Domain)? Mailbox(string? email)
    {
        var text = email?.ToLowerInvariant();
        var at = text?.LastIndexOf('@') ?? -1;
        if (text is null || at <= 0) return null;
        var (name, domain) = (text[..at], text[(at + 1)..].TrimEnd('.'));
        if (domain.Length == 0 || text.Any(char.IsWhiteSpace)) return null;
        if (domain == "googlemail.com") domain = "gmail.com";
        if (EmailDomains.HasPlusAddressing(domain) && name.IndexOf('+', StringComparison.Ordinal) is > 0 and var plus)
            name = name[..plus];
        if (domain == "gmail.com") name = name.Replace(".", "", StringComparison.Ordinal);
        return name.Length == 0 ? null : ($"{name}@{domain}", domain);
    }

    /// <summary>
    /// An IPv4 address, or the network of 64 bits of an IPv6 address, for a household has one of those (RFC 6177); null
    /// for what is none, or is nobody's in particular: loopback, private and link-local addresses.
    /// </summary>
    static string? Network(string? ip)
    {
        if (ip is null || !IPAddress.TryParse(ip, out var address)) return null;
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        if (IPAddress.IsLoopback(address) || address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any))
            return null;
        var bytes = address.GetAddressBytes();
        if (address.AddressFamily == AddressFamily.InterNetwork)
        {
            // Four numbers: "1" is read as 0.0.0.1, and means no address.
            if (ip.Count(c => c == '.') != 3 || IsPrivate(bytes)) return null;
            return address.ToString();
        }

        if (address.IsIPv6LinkLocal || address.IsIPv6UniqueLocal || address.IsIPv6Multicast) return null;
        return $"{Convert.ToHexString(bytes, 0, NetworkBytes)}/64";
    }

    /// <summary>RFC 1918, RFC 3927 and the shared addresses of RFC 6598.</summary>
    static bool IsPrivate(byte[] ip) => (ip[0], ip[1]) is (10, _) or (172, >= 16 and <= 31) or (192, 168) or (169, 254)
        or (100, >= 64 and <= 127);

    /// <summary>
    /// One spelling of an address in its country: the postcode, and the lines in lower case with common words
    /// abbreviated and nothing but letters and digits; null without a first line, for a town is nobody's address.
    /// </summary>
    static string? Address(JsonElement? address)
    {
        var line1 = Line(Text(address, "line1"));
        if (line1.Length == 0) return null;
        return $"{Letters(Text(address, "postcode"))} {line1} {Line(Text(address, "line2"))}";
    }

    static string Line(string? text)
    {
        var line = text?.ToLowerInvariant() ?? "";
        foreach (var (full, brief) in Abbreviations) line = line.Replace(full, brief, StringComparison.Ordinal);
        return Letters(line);
    }

    static string Letters(string? text)
    {
        StringBuilder letters = new();
        foreach (var c in text ?? "")
            if (char.IsLetterOrDigit(c)) letters.Append(char.ToLowerInvariant(c));
        return letters.ToString();
    }

    /// <summary>
    /// The hour where the buyer is: only if the channel says both when it was and how far he is from UTC.
    /// </summary>
    static int? LocalHour(JsonElement? customer, DateTimeOffset? orderedAt) =>
        orderedAt is { } at && Number(customer, "utcOffsetMinutes") is >= -MostOffset and <= MostOffset and var minutes
            ? at.UtcDateTime.TimeOfDay.Add(TimeSpan.FromMinutes(minutes + 24 * 60)).Hours : null;

    static string? Country(JsonElement? parent, string name) =>
        Text(parent, name)?.ToUpperInvariant() is { Length: 2 } code && code.All(char.IsAsciiLetterUpper) ? code : null;

    static string? Text(JsonElement? parent, string name) =>
        Find(parent, name) is { ValueKind: JsonValueKind.String } value
        && value.GetString()!.Trim() is { Length: > 0 and <= MostText } text ? text : null;

    static int? Number(JsonElement? parent, string name) =>
        Find(parent, name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out var number)
            ? number : null;

    static JsonElement? Find(JsonElement? parent, string name) =>
        parent is { ValueKind: JsonValueKind.Object } found && found.TryGetProperty(name, out var value) ? value : null;
}
