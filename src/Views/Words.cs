using System.Globalization;
using System.Text;
using Fulfillment.Ordering;

namespace Fulfillment.Views;

/// <summary>The words that users see for states, as the API and the database have them.</summary>
public static class Words
{
    static readonly Dictionary<OrderStatus, string> Orders =
        Enum.GetValues<OrderStatus>().ToDictionary(s => s, s => Kebab($"{s}"));

    static readonly Dictionary<FulfilmentStatus, string> Fulfilments =
        Enum.GetValues<FulfilmentStatus>().ToDictionary(s => s, s => Kebab($"{s}"));

    static readonly Dictionary<HoldType, string> Holds =
        Enum.GetValues<HoldType>().ToDictionary(t => t, t => Kebab($"{t}"));

    static readonly Dictionary<WorkRequest, string> Requests =
        Enum.GetValues<WorkRequest>().ToDictionary(r => r, r => Kebab($"{r}"));

    /// <summary>Of the question whether a node accepts work.</summary>
    public static string Of(WorkRequest request) => Requests[request];

    /// <summary>Of a hold.</summary>
    public static string Of(HoldType type) => Holds[type];

    /// <summary>Of an order.</summary>
    public static string Of(OrderStatus status) => Orders[status];

    /// <summary>Of a fulfilment order.</summary>
    public static string Of(FulfilmentStatus status) => Fulfilments[status];

    /// <summary><c>PartiallyShipped</c> is <c>partially-shipped</c>.</summary>
    public static string Kebab(string name)
    {
        StringBuilder kebab = new();
        foreach (var c in name)
        {
            if (char.IsUpper(c) && kebab.Length > 0) kebab.Append('-');
            kebab.Append(char.ToLowerInvariant(c));
        }

        return kebab.ToString();
    }
}

/// <summary>Opaque cursors: the position of the last row of a page.</summary>
static class Cursor
{
    public static long Read(string? cursor) => cursor is null ? long.MaxValue : Part(cursor);

    /// <summary>One number of a cursor. Throws <see cref="FormatException"/> for what no page ended with.</summary>
    public static long Part(string text) =>
        text.All(char.IsAsciiHexDigitLower)
        && long.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number)
        && number >= 0
            ? number : throw new FormatException("The cursor is not one that a page ended with.");

    public static Page<T> Page<T>(IReadOnlyList<T> rows, int limit, Func<T, long> position) => rows.Count <= limit
        ? new(rows, null)
        : new([.. rows.Take(limit)], position(rows[limit - 1]).ToString("x", CultureInfo.InvariantCulture));
}
