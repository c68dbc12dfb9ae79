using static Fulfillment.Tests.Tidy.Rule;

namespace Fulfillment.Tests.Tidy;

/// <summary>Where things stand, and who may see whom.</summary>
public sealed class LayoutTests
{
    const string Root = @"^(src|tests|silo|client|deploy)/|^\.|^Directory\.[^/]+$"
        + @"|^(Orleans\.Fulfillment\.sln|README\.md|LICENSE|global\.json|BannedSymbols\.txt)$";

    /// <summary>
    /// The rings from the inside: each may refer to those before it that it names. What refers to an inner ring may
    /// refer to what that one refers to. Tests may refer to all.
    /// </summary>
    static readonly Dictionary<string, string[]> Inner = new()
    {
        ["src/Domain"] = [],
        ["src/Engine"] = ["src/Domain"],
        ["src/Views"] = ["src/Domain"],
        ["src/Connectors"] = ["src/Domain"],
        ["src/Composition"] = ["src/Engine", "src/Views", "src/Connectors"],
        ["src/Simulation"] = ["src/Composition"],
        ["silo/Access"] = ["src/Domain"],
        ["silo/Host"] = ["src/Composition", "silo/Access"],
        ["client"] = ["src/Composition", "src/Simulation", "silo/Access"],
        ["client/Samples/FollowOrder"] = ["silo/Access"],
    };

    /// <summary>
    /// Views and the engine write through the same thin layer over SQLite. It is one file, built into both, because
    /// neither may see the other and it is too small for an assembly.
    /// </summary>
    static readonly (string Project, string File) SharedSource =
        ("src/Views/Fulfillment.Views.csproj", "src/Engine/Journal/SqliteDatabase.cs");

    static string Solution => Tree.Repository.Text(Projects.Solution);

    [Fact]
    public void Nothing_else_stands_at_the_root() => Holds(
        tree => tree.Files.Select(f => f.Path).Where(path => !path.Has(Root)),
        ("NOTES.md", ""), ("docs/plan.md", ""), ("Fulfillment.sln", ""));

    [Fact]
    public void Projects_refer_only_inwards() => Holds(
        tree => from project in Projects.Of(tree)
                where !project.IsIn("tests")
                from to in Projects.References(project)
                where !MayRefer(Projects.FolderOf(project.Path), Projects.FolderOf(to))
                select $"{project.Path} refers to {to}",
        ("src/Views/Fulfillment.Views.csproj", ReferenceTo("../Engine/Fulfillment.Engine.csproj")),
        ("src/Engine/Fulfillment.Engine.csproj", ReferenceTo(@"..\Views\Fulfillment.Views.csproj")),
        ("src/Connectors/Fulfillment.Connectors.csproj", ReferenceTo("../Engine/Fulfillment.Engine.csproj")),
        ("src/Domain/Fulfillment.Domain.csproj", ReferenceTo("../Engine/Fulfillment.Engine.csproj")),
        ("src/Composition/Fulfillment.Composition.csproj", ReferenceTo("../Simulation/Fulfillment.Simulation.csproj")),
        ("src/Domain/Fulfillment.Domain.csproj", """<Reference Include="Elsewhere" />"""));

    [Fact]
    public void Every_project_has_its_rule_and_is_in_the_solution() => Holds(
        tree => Projects.Of(tree).Select(f => f.Path).Except(Projects.InSolution(tree).Select(p => p.Path))
            .Concat(Projects.Of(tree).Where(f => !f.IsIn("tests") && !Inner.ContainsKey(Projects.FolderOf(f.Path)))
                .Select(f => f.Path)),
        ("tests/Novel/Fulfillment.Novel.csproj", "<Project />"),
        (Projects.Solution, Solution.Replace("\"src\\Engine\\", "\"src\\Motor\\", StringComparison.Ordinal)));

    [Fact]
    public void The_domain_takes_no_package_but_analyzers() => Holds(
        tree => tree.Files.Where(f => f.IsIn("src/Domain"))
            .Places("""<PackageReference (?![^>]*PrivateAssets="all")[^>]*>"""),
        ("src/Domain/Fulfillment.Domain.csproj", """<PackageReference Include="Dapper" />"""));

    [Fact]
    public void Projects_build_no_source_of_others_but_the_layer_over_SQLite() => Holds(
        tree => from project in Projects.Of(tree)
                from file in Projects.Sources(project)
                where !file.StartsWith(Projects.FolderOf(project.Path) + "/", StringComparison.Ordinal)
                    && (project.Path, file) != SharedSource
                select $"{project.Path} builds {file}",
        ("src/Views/Fulfillment.Views.csproj", """<Compile Include="../Engine/Activation.cs" />"""),
        ("client/Fulfillment.Client.csproj", """<Compile Include="..\src\Engine\Journal\SqliteDatabase.cs" />"""));

    [Fact]
    public void Projects_are_in_every_configuration_and_those_with_Orleans_only_in_Cluster() => Holds(
        tree => from project in Projects.InSolution(tree)
                let wanted = NamesOrleans(tree, project.Path) ? "Cluster" : "Cluster, Debug, Release"
                where string.Join(", ", project.Configurations) != wanted
                select $"{project.Path} is built in {string.Join(", ", project.Configurations)}",
        (Projects.Solution, Without("Debug")), (Projects.Solution, Without("Release")),
        (Projects.Solution, Without("Cluster")),
        (Projects.Solution, Solution.Replace("Build.0 = Cluster", "Build.0 = Debug", StringComparison.Ordinal)),
        (Projects.Solution, Solution.Replace("\"src\\Engine\\", "\"silo\\Engine\\", StringComparison.Ordinal)),
        ("tests/Client/Fulfillment.Tests.Client.csproj", ReferenceTo("../../silo/Host/Fulfillment.Host.csproj")));

    [Fact]
    public void Only_the_silo_names_Orleans() => Holds(
        tree => tree.Code.Where(f => !MayNameOrleans(f)).PlacesInCode(@"\bOrleans\b")
            .Concat(Projects.Of(tree).Where(f => !MayNameOrleans(f)).Places("Microsoft\\.Orleans[^\"]*"))
            .Concat(Projects.Of(tree).Where(f => f.IsIn("client") && !f.IsIn("client/Samples"))
                .SelectMany(Projects.Unconditional).Where(IsSilo)),
        ("src/Engine/Grain.cs", "using Orleans.Runtime;\n"),
        ("client/Fulfillment.Client.csproj", """<PackageReference Include="Microsoft.Orleans.Client" />"""),
        ("client/Fulfillment.Client.csproj", ReferenceTo("../silo/Access/Fulfillment.Access.csproj")));

    static bool MayNameOrleans(SourceFile file) => file.IsIn("silo") || file.IsIn("tests/Silo");

    static bool MayRefer(string from, string to) =>
        Inner.TryGetValue(from, out var inner) && inner.Any(ring => ring == to || MayRefer(ring, to));

    /// <summary>It lies in silo, or needs in every configuration what does.</summary>
    static bool NamesOrleans(Tree tree, string path) => IsSilo(path)
        || tree.Files.Where(f => f.Path == path).SelectMany(Projects.Unconditional).Any(IsSilo);

    static bool IsSilo(string path) => path.StartsWith("silo/", StringComparison.Ordinal);

    static string ReferenceTo(string path) => $"""<ProjectReference Include="{path}" />""";

    static string Without(string configuration) =>
        Solution.Replace($".{configuration}|Any CPU.Build.0", ".None", StringComparison.Ordinal);
}
