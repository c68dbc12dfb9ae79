namespace Fulfillment.Client.Import;

/// <summary>
/// Why units were taken off stock, in a word. What somebody typed into the description may name anybody, so it does not
/// go into a stock movement, which has no place for personal data.
/// </summary>
static class CorrectionReason
{
    static readonly (string Reason, string[] Signs)[] Reasons =
    [
        ("thrown away", ["throw"]),
        ("damaged",
            ["damag", "broken", "smash", "crush", "crack", "wet", "rust", "mould", "faulty", "smudge", "unsale"]),
        ("lost", ["lost", "missing", "mia"]),
        ("samples and display", ["sample", "display", "showroom"]),
        ("sold otherwise", ["sold", "ebay", "amazon", "dotcom", "set"]),
        ("miscounted", ["wrong", "label", "barcode", "mix up", "adjust", "count", "check", "credit", "put back"]),
    ];

    /// <summary>The reason of the stock movement.</summary>
    public static string Of(string description)
    {
        foreach (var (reason, signs) in Reasons)
        {
            if (signs.Any(s => description.Contains(s, StringComparison.OrdinalIgnoreCase)))
                return $"stock correction: {reason}";
        }

        return "stock correction: no reason given";
    }
}
