using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;

namespace Fulfillment;

/// <summary>An amount in integer minor units of an ISO 4217 currency.</summary>
public readonly record struct Money(
    [property: JsonPropertyName("amount")] long AmountMinor,
    [property: JsonPropertyName("currency")] string Currency);

/// <summary>
/// Data about a person, sealed with the key of <paramref name="Subject"/>, which itself names nobody. Equal data of one
/// subject seals to equal text, so rules can compare it without reading it; destroying the key erases it everywhere.
/// </summary>
/// <typeparam name="T">What is inside; only the edge, which has the keys, sees it.</typeparam>
[SuppressMessage("Major Code Smell", "S2326", Justification = "T says what is sealed.")]
#pragma warning disable MA0192
public sealed record Personal<T>(string Subject, string Sealed);
#pragma warning restore MA0192

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
