using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Fulfillment.Screening;

/// <summary>What kind of provider an e-mail address is at.</summary>
public enum EmailClass
{
    /// <summary>A domain of its own, or there is no address at all.</summary>
    [JsonStringEnumMemberName("other")] Other,

    /// <summary>A provider where anybody gets an address and keeps it.</summary>
    [JsonStringEnumMemberName("free")] Free,

    /// <summary>A provider whose addresses are thrown away after use.</summary>
    [JsonStringEnumMemberName("disposable")] Disposable,
}

/// <summary>
/// What rules may know of a buyer without knowing who he is. Made at the edge; null is "not known" everywhere.
/// </summary>
/// <param name="EmailKey">Pseudonym of the e-mail address: equal for all spellings of one mailbox.</param>
/// <param name="IpKey">Pseudonym of the IPv4 address, or of the IPv6 network of 64 bits.</param>
/// <param name="AddressKey">Pseudonym of the address that the goods go to.</param>
/// <param name="CardKey">Pseudonym of the provider's fingerprint of the means of payment.</param>
/// <param name="EmailClass">Where the e-mail address is.</param>
/// <param name="BillingCountry">ISO 3166-1 alpha-2, as the next three.</param>
/// <param name="ShippingCountry">Where the goods go.</param>
/// <param name="IpCountry">Where the channel saw the buyer.</param>
/// <param name="CardCountry">Where the card was issued.</param>
/// <param name="BillingDiffers">The invoice goes to another address than the goods.</param>
/// <param name="FailedAttempts">Payments that failed before this order, as the channel counts them; 0 to 100.</param>
/// <param name="LocalHour">The hour of the day where the buyer is, 0 to 23.</param>
public sealed record Signals(
    string? EmailKey = null, string? IpKey = null, string? AddressKey = null, string? CardKey = null,
    EmailClass EmailClass = EmailClass.Other, string? BillingCountry = null, string? ShippingCountry = null,
    string? IpCountry = null, string? CardCountry = null, bool BillingDiffers = false, int FailedAttempts = 0,
    int? LocalHour = null)
{
    /// <summary>The traces that these signals belong to: at most one of each kind, in the order of the enum.</summary>
    public ImmutableArray<TraceName> TraceNames()
    {
        var names = ImmutableArray.CreateBuilder<TraceName>();
        if (EmailKey is { } email) names.Add(new(TraceOf.Email, email));
        if (IpKey is { } ip) names.Add(new(TraceOf.Ip, ip));
        if (AddressKey is { } address) names.Add(new(TraceOf.Address, address));
        if (CardKey is { } card) names.Add(new(TraceOf.Card, card));
        return names.ToImmutable();
    }
}

/// <summary>What a trace is the trace of.</summary>
public enum TraceOf
{
    /// <summary>A mailbox.</summary>
    [JsonStringEnumMemberName("email")] Email,

    /// <summary>An IP address, or an IPv6 network. Many buyers may share it.</summary>
    [JsonStringEnumMemberName("ip")] Ip,

    /// <summary>An address that goods go to.</summary>
    [JsonStringEnumMemberName("address")] Address,

    /// <summary>A card, or another means of payment.</summary>
    [JsonStringEnumMemberName("card")] Card,
}

/// <summary>Which trace of a seller: its kind and the pseudonym, written <c>email:kq3N0bTz5lqzYbPpR1vX8g</c>.</summary>
public readonly record struct TraceName(TraceOf Of, string Key)
{
    /// <summary>The kind of the trace with this name.</summary>
    public static TraceOf KindOf(string name) => name[..name.IndexOf(':', StringComparison.Ordinal)] switch
    {
        "email" => TraceOf.Email,
        "ip" => TraceOf.Ip,
        "address" => TraceOf.Address,
        "card" => TraceOf.Card,
        var other => throw new ArgumentOutOfRangeException(nameof(name), other, "no kind of trace"),
    };

    /// <summary>The entity's name.</summary>
    public override string ToString() => Of switch
    {
        TraceOf.Email => $"email:{Key}",
        TraceOf.Ip => $"ip:{Key}",
        TraceOf.Address => $"address:{Key}",
        TraceOf.Card => $"card:{Key}",
    };
}

/// <summary>What the traces of an order have told; null for one that was not asked, or has not answered.</summary>
public sealed record Traces(
    TraceReply? Email = null, TraceReply? Ip = null, TraceReply? Address = null, TraceReply? Card = null)
{
    /// <summary>How many have told.</summary>
    public int Count() => (Email is null ? 0 : 1) + (Ip is null ? 0 : 1) + (Address is null ? 0 : 1)
        + (Card is null ? 0 : 1);

    /// <summary>What one has told; null when it has not.</summary>
    public TraceReply? Of(TraceOf of) => of switch
    {
        TraceOf.Email => Email,
        TraceOf.Ip => Ip,
        TraceOf.Address => Address,
        TraceOf.Card => Card,
    };

    /// <summary>With what one more has told.</summary>
    public Traces With(TraceOf of, TraceReply told) => of switch
    {
        TraceOf.Email => this with { Email = told },
        TraceOf.Ip => this with { Ip = told },
        TraceOf.Address => this with { Address = told },
        TraceOf.Card => this with { Card = told },
    };
}
