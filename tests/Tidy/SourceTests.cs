using static Fulfillment.Tests.Tidy.Rule;

namespace Fulfillment.Tests.Tidy;

/// <summary>What no file may say, and what must be said of every public type.</summary>
public sealed class SourceTests
{
    const string DocsOn = "<GenerateDocumentationFile>true<", Strict = "<TreatWarningsAsErrors>true<",
        DocsOff = "1591|<GenerateDocumentationFile>(?!true)", Undocumented = "[{tests,client}/**.cs]";

    // Put together here, so that this file does not say them.
    static readonly string[] Leftovers =
        ["TO" + "DO", "FIX" + "ME", "TB" + "D", "HA" + "CK", "NotImplemented" + "Exception"];

    static readonly string Skipping = "Skip " + "= \"";
    static readonly string[] Folders = ["work", "home", "root"];

    [Fact]
    public void Nothing_is_left_over() => Holds(
        tree => tree.Files.Places($@"\b({string.Join('|', Leftovers)})\b|{Skipping}"),
        [
            ("tests/Views/Left.cs", $"[Fact({Skipping}slow\")]\n"),
            .. Leftovers.Select(word => ("src/Views/Left.cs", $"// {word}: later\n")),
        ]);

    [Fact]
    public void No_path_of_one_machine_is_named() => Holds(
        tree => tree.Files.Places($@"(?<![\w.~])/({string.Join('|', Folders)})/\S*"),
        [.. Folders.Select(folder => ("deploy/run.sh", $"cd /{folder}/here\n"))]);

    /// <summary>The compiler demands the docs; here is to see that nobody stops it.</summary>
    [Fact]
    public void Every_public_type_of_the_product_must_be_documented() => Holds(
        tree => tree.Files.Where(f => f.IsIn("src") || f.Path == "Directory.Build.props").Places(DocsOff)
            .Concat(new[] { DocsOn, Strict }.Where(says => !tree.Text("Directory.Build.props").Has(says)))
            .Concat(tree.Files.Where(f => f.Name == ".editorconfig").SelectMany(Silenced)),
        ("src/Views/Fulfillment.Views.csproj", "<NoWarn>$(NoWarn);CS1591</NoWarn>"),
        ("src/Engine/Quiet.cs", "#pragma warning disable CS1591\n"),
        ("src/Engine/Fulfillment.Engine.csproj", "<GenerateDocumentationFile>false</GenerateDocumentationFile>"),
        ("Directory.Build.props", $"{DocsOn}/GenerateDocumentationFile>"),
        ("Directory.Build.props", $"{Strict}/TreatWarningsAsErrors>"),
        ("Directory.Build.props", $"{DocsOn}{Strict}<NoWarn>1591</NoWarn>"),
        ("src/.editorconfig", $"{Undocumented}\n[*.cs]\ndotnet_diagnostic.CS1591.severity = none\n"),
        (".editorconfig", "[*.cs]\ndotnet_diagnostic.CS1591.severity = none\n"));

    [Theory]
    [InlineData("a(); // b", "a();     ")]
    [InlineData("a /* b\n */ c", "a     \n    c")]
    [InlineData("a = \"b\" + c", "a = \" \" + c")]
    [InlineData("a = \"\\\"b\" + c", "a = \"   \" + c")]
    [InlineData("a = \"\" + b", "a = \"\" + b")]
    [InlineData("a = $\"b{c(\"d\")}{{e}}\" + f", "a = $\" {c(\" \")}     \" + f")]
    [InlineData("a = @\"\\\"\"\" + b", "a = @\"   \" + b")]
    [InlineData("a = $@\"\\{b}\" + c", "a = $@\" {b}\" + c")]
    [InlineData("a = \"\"\"b\"c\"\"\" + d", "a = \"\"\"   \"\"\" + d")]
    [InlineData("a = $$\"\"\"{b}{{c}}\"\"\" + d", "a = $$\"\"\"   {{c}}\"\"\" + d")]
    [InlineData("a = '\"' + '\\'' + @b", "a =     +      + @b")]
    public void Code_is_told_from_what_is_written_in_it(string text, string code) =>
        Assert.Equal(code, CodeText.Of(text));

    /// <summary>Lines that switch the demand off, except for tests and hosts.</summary>
    static IEnumerable<string> Silenced(SourceFile config)
    {
        var section = "";
        foreach (var line in config.Lines)
        {
            if (line.StartsWith('[')) section = line;
            var may = config.Path == ".editorconfig" && section == Undocumented;
            if (line.Has(DocsOff) && !may) yield return $"{config.Path} {section}: {line}";
        }
    }
}
