using System.Diagnostics.CodeAnalysis;

namespace Fulfillment.Views;

/// <summary>
/// One object for equal texts of which there are few kinds, such as currencies: thousands of rows name the same ones.
/// A table of fixed size; what does not fit in takes the place of another.
/// </summary>
sealed class Same
{
    readonly string?[] _seen = new string?[1_024];

    /// <summary>A text equal to this one.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public string? Of(string? text)
    {
        if (text is null) return null;
        ref var seen = ref _seen[(uint)text.GetHashCode(StringComparison.Ordinal) % _seen.Length];
        return seen is { } known && known == text ? known : seen = text;
    }
}
