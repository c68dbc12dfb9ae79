using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;

namespace Fulfillment;

/// <summary>Where a message goes: an entity (<c>sku</c>, <c>default/ABC-1</c>) or a connector (<c>router</c>, no key).
/// What a seller owns has the key <c>{seller}/{name}</c>; what the operator owns (a node) has no seller.</summary>
public readonly record struct EntityId(string Kind, string Key)
{
    /// <summary>The seller whose entity this is; empty for the operator's.</summary>
    public string Seller => Key.IndexOf('/', StringComparison.Ordinal) is >= 0 and var slash ? Key[..slash] : "";

    /// <summary>The id its owner knows it by, without the seller.</summary>
    public string Name => Key[(Key.IndexOf('/', StringComparison.Ordinal) + 1)..];

    /// <summary>The entity of <paramref name="seller"/> with this name.</summary>
    public static EntityId Of(string kind, string seller, string name) => new(kind, $"{seller}/{name}");

    /// <summary>Another entity of the same seller.</summary>
    public EntityId Sibling(string kind, string name) => Of(kind, Seller, name);

    /// <inheritdoc/>
    public override string ToString() => $"{Kind}/{Key}";
}

/// <summary>An amount in integer minor units of an ISO 4217 currency.</summary>
public readonly record struct Money(
    [property: JsonPropertyName("amount")] long AmountMinor, [property: JsonPropertyName("currency")] string Currency);

/// <summary>Data about a person, sealed with the key of <c>Subject</c>, which names nobody; only the edge has the keys.
/// Equal data of a subject seals alike, so rules compare it unread; destroying the key erases it for good.</summary>
public sealed record Personal<T>(string Subject, string Sealed);

/// <summary>Checks of what must be true whatever the input; a failure is a bug, in production too.</summary>
public static class Ensure
{
    /// <summary>Throws unless <paramref name="fact"/>.</summary>
    public static void That(
        [DoesNotReturnIf(false)] bool fact, [CallerArgumentExpression(nameof(fact))] string? text = null)
    {
        if (!fact) throw new InvalidOperationException($"This must hold and does not: {text}");
    }
}

/// <summary>A 64-bit FNV-1a hash: tells the same content under one id from other content. Not for security.</summary>
public static class Fingerprint
{
    /// <summary>The hash of the parts in order; <c>("ab", "c")</c> and <c>("a", "bc")</c> differ.</summary>
    public static long Of(params ReadOnlySpan<string?> parts)
    {
        var hash = 14695981039346656037UL;
        foreach (var part in parts)
        {
            foreach (var c in part ?? "\u0001") hash = (hash ^ c) * 1099511628211UL;
            hash = (hash ^ 0xFFFFU) * 1099511628211UL;
        }
        return unchecked((long)hash);
    }
}
