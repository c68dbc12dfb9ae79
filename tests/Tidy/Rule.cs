using System.Text.RegularExpressions;

namespace Fulfillment.Tests.Tidy;

/// <summary>A rule of the tree: what breaks it, one text per place.</summary>
public static class Rule
{
    static readonly TimeSpan MostTime = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The rule holds here, and each of the changes would break it: a rule that nothing breaks proves nothing.
    /// </summary>
    public static void Holds(Func<Tree, IEnumerable<string>> rule, params (string Path, string Text)[] breaks)
    {
        string[] places = [.. rule(Tree.Repository)];
        Assert.True(places.Length == 0, string.Join('\n', places));
        Assert.All(breaks, change => Assert.NotEmpty(rule(Tree.Repository.With(change.Path, change.Text))));
    }

    /// <summary>Whether the pattern is found; <c>^</c> and <c>$</c> are the ends of a line.</summary>
    public static bool Has(this string text, string pattern) =>
        Regex.IsMatch(text, pattern, RegexOptions.Multiline, MostTime);

    /// <summary>Everything that the pattern finds.</summary>
    public static IEnumerable<Match> All(this string text, string pattern) =>
        Regex.Matches(text, pattern, RegexOptions.Multiline, MostTime);

    /// <summary>The places in the files where the pattern is found, as <c>path:line: what</c>.</summary>
    public static IEnumerable<string> Places(this IEnumerable<SourceFile> files, string pattern) =>
        files.SelectMany(file => file.Text.All(pattern).Select(found => file.Place(found.Index, found.Value)));

    /// <summary>As <see cref="Places"/>, where it is code, and not comment or literal.</summary>
    public static IEnumerable<string> PlacesInCode(this IEnumerable<SourceFile> files, string pattern) =>
        files.SelectMany(file => file.Code.All(pattern).Select(found => file.Place(found.Index, found.Value)));

    static string Place(this SourceFile file, int at, string what) =>
        $"{file.Path}:{file.Text.AsSpan(0, at).Count('\n') + 1}: {what.Trim()}";
}
