using System.Collections.Frozen;

namespace Fulfillment.Client.Import;

/// <summary>The country names of the history as ISO 3166-1 alpha-2 codes.</summary>
static class Countries
{
    static readonly FrozenDictionary<string, string> Codes = new[]
    {
        ("United Kingdom", "GB"), ("Germany", "DE"), ("France", "FR"), ("EIRE", "IE"), ("Spain", "ES"),
        ("Netherlands", "NL"), ("Belgium", "BE"), ("Switzerland", "CH"), ("Australia", "AU"), ("Portugal", "PT"),
        ("Norway", "NO"), ("Finland", "FI"), ("Italy", "IT"), ("Cyprus", "CY"), ("Japan", "JP"), ("Sweden", "SE"),
        ("Austria", "AT"), ("Hong Kong", "HK"), ("Poland", "PL"), ("Israel", "IL"), ("Denmark", "DK"),
        ("Singapore", "SG"), ("Canada", "CA"), ("Iceland", "IS"), ("Greece", "GR"), ("Malta", "MT"), ("Lebanon", "LB"),
        ("Lithuania", "LT"), ("Brazil", "BR"), ("United Arab Emirates", "AE"), ("USA", "US"), ("Bahrain", "BH"),
        ("Czech Republic", "CZ"), ("Saudi Arabia", "SA"), ("RSA", "ZA"), ("Korea", "KR"), ("Nigeria", "NG"),
        ("Thailand", "TH"), ("Bermuda", "BM"),
    }.ToFrozenDictionary(c => c.Item1, c => c.Item2);

    /// <summary>The code; null for what has none: Channel Islands, European Community, Unspecified.</summary>
    public static string? CodeOf(string name) => Codes.GetValueOrDefault(name);
}
