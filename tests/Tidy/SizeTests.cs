using static Fulfillment.Tests.Tidy.Rule;

namespace Fulfillment.Tests.Tidy;

/// <summary>What keeps files readable, and the kernel and the engine from becoming a framework.</summary>
public sealed class SizeTests
{
    const int MostKernelLines = 150, MostEngineLines = 1_950, MostFileLines = 400, MostLine = 120, MostMethodLines = 60;

    const string SqlStore = "^(Sqlite|Postgres)", TypeHead = @"\b(class|record|struct|interface|enum|extension)\b",
        SaysNothing = @"^[\s{}();\]]*$|^(global )?using [\w.= ]+;|^namespace ", HeadGoesOn = @"^\s*(where\b|:|\)|$)";

    [Fact]
    public void The_kernel_has_at_most_150_lines_in_all() => Holds(
        tree => Over(MostKernelLines, tree.Code.Where(f => f.IsIn("src/Domain/Kernel")).Sum(f => f.Lines.Length)),
        ("src/Domain/Kernel/More.cs", new('\n', MostKernelLines + 1)));

    /// <summary>
    /// Counted are the lines that say something: no comments and docs, no blank lines, no usings and namespaces, and no
    /// lines of nothing but braces. The stores that speak SQL stand apart. The design says "about 1,500".
    /// </summary>
    [Fact]
    public void The_engine_without_SQL_has_about_1900_lines_that_say_something() => Holds(
        tree => Over(MostEngineLines, tree.Code.Where(f => f.IsIn("src/Engine") && !f.Name.Has(SqlStore))
            .Sum(f => f.Code.Split('\n').Count(line => !line.Has(SaysNothing)))),
        ("src/Engine/More.cs", Repeat("x();\n", MostEngineLines)));

    [Fact]
    public void A_file_has_at_most_400_lines() => Holds(
        tree => tree.Code.Where(f => f.Lines.Length > MostFileLines).Select(f => $"{f.Path}: {f.Lines.Length} lines"),
        ("src/Views/Long.cs", Repeat("//\n", MostFileLines + 1)));

    [Fact]
    public void A_line_has_at_most_120_characters() => Holds(
        tree => tree.Code.Places($"^.{{{MostLine + 1},}}$"),
        ("tests/Tidy/Wide.cs", $"//{new string('x', MostLine - 1)}\n"));

    [Fact]
    public void A_method_has_at_most_60_lines() => Holds(
        tree => tree.Code.SelectMany(LongBlocks),
        ("src/Views/Long.cs", Long("    void Method()\n", "        x();\n", "    }\n")),
        ("src/Views/Long.cs", Long("    int Switch(\n        int x) => x switch\n", "        1 => 2,\n", "    };\n")));

    static string Long(string head, string line, string end) =>
        $"class Long\n{{\n{head}    {{\n{Repeat(line, MostMethodLines + 1)}{end}}}\n";

    static string Repeat(string line, int times) => string.Concat(Enumerable.Repeat(line, times));

    static IEnumerable<string> Over(int most, int count) => count > most ? [$"{count} lines, at most {most}"] : [];

    /// <summary>
    /// The blocks of a file that are not a type's body and are too long: methods, and all else that a screen holds.
    /// Relies on the format that the build enforces: a block ends with a brace as far to the left as it begins.
    /// </summary>
    static IEnumerable<string> LongBlocks(SourceFile file)
    {
        var lines = file.Code.Split('\n');
        for (var first = 0; first < lines.Length; first++)
        {
            if (lines[first].Trim() != "{" || IsType(lines, first)) continue;
            var closing = lines[first].Replace('{', '}').TrimEnd();
            var last = Array.FindIndex(lines, first, line => line.StartsWith(closing, StringComparison.Ordinal));
            if (last - first - 1 > MostMethodLines) yield return $"{file.Path}:{first}: {last - first - 1} lines";
        }
    }

    /// <summary>Whether the block's head, which may take several lines, declares a type.</summary>
    static bool IsType(string[] lines, int brace)
    {
        var indent = Indent(lines[brace]);
        for (var i = brace - 1; i >= 0; i--)
            if (Indent(lines[i]) <= indent && !lines[i].Has(HeadGoesOn)) return lines[i].Has(TypeHead);
        return false;
    }

    static int Indent(string line) => line.Length - line.TrimStart().Length;
}
