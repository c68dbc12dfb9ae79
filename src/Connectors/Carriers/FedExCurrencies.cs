using System.Collections.Frozen;
using System.Text.Json;

namespace Fulfillment.Connectors;

/// <summary>
/// FedEx's own codes of currencies (developer.fedex.com, Currency Codes): it writes SFR for Swiss francs. All others
/// are those of ISO 4217.
/// </summary>
static class FedExCurrencies
{
    static readonly FrozenDictionary<string, string> Iso = new Dictionary<string, string>
    {
        ["SFR"] = "CHF",
        ["UKL"] = "GBP",
        ["JYE"] = "JPY",
        ["NMP"] = "MXN",
        ["SID"] = "SGD",
        ["NTD"] = "TWD",
        ["WON"] = "KRW",
        ["DHS"] = "AED",
        ["KUD"] = "KWD",
        ["CHP"] = "CLP",
        ["ARN"] = "ARS",
        ["ECD"] = "XCD",
        ["JAD"] = "JMD",
        ["RDD"] = "DOP",
        ["UYP"] = "UYU",
        ["CID"] = "KYD",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    static readonly FrozenDictionary<string, string> Own =
        Iso.ToFrozenDictionary(c => c.Value, c => c.Key, StringComparer.Ordinal);

    /// <summary>A code of FedEx as the others write it; one that is none of its own stays.</summary>
    public static string? Read(string? code) => code is null ? null : Iso.GetValueOrDefault(code, code);

    /// <summary>A currency as FedEx writes it.</summary>
    public static string Write(string currency) => Own.GetValueOrDefault(currency, currency);

    /// <summary>The amount at a path, in a currency as FedEx writes it.</summary>
    public static Money? Charge(this JsonElement json, string? code, params ReadOnlySpan<string> path) =>
        json.Price(Read(code), path);
}
