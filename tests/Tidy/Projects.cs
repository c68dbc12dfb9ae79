namespace Fulfillment.Tests.Tidy;

/// <summary>What project files and the solution say.</summary>
public static class Projects
{
    /// <summary>The solution's path.</summary>
    public const string Solution = "Orleans.Fulfillment.sln";

    const string Reference = "<(?<kind>ProjectReference|Reference)\\s[^>]*Include=\"(?<to>[^\"]+)\"",
        Source = "<Compile\\s[^>]*Include=\"(?<file>[^\"]+)\"",
        OnlyCluster = "(?s)<ItemGroup [^>]*'Cluster'.*?</ItemGroup>|<\\w+ [^>]*'Cluster'[^>]*>",
        Listing = "= \"[^\"]+\", \"(?<path>[^\"]+\\.csproj)\", \"(?<id>{[^\"]+})\"",
        Build = @"(?<id>{[0-9A-F-]+})\.(?<wanted>\w+)\|Any CPU\.Build\.0 = (?<built>\w+)\|Any CPU";

    /// <summary>All project files.</summary>
    public static IEnumerable<SourceFile> Of(Tree tree) =>
        tree.Files.Where(f => f.Path.EndsWith(".csproj", StringComparison.Ordinal));

    /// <summary>Paths of the projects that it refers to; other assemblies as they are named.</summary>
    public static IEnumerable<string> References(SourceFile project) => ReferencesIn(project.Path, project.Text);

    /// <summary>As <see cref="References"/>, without those that only the configuration Cluster has.</summary>
    public static IEnumerable<string> Unconditional(SourceFile project) =>
        ReferencesIn(project.Path, project.Text.All(OnlyCluster).Aggregate(
            project.Text, (text, part) => text.Replace(part.Value, "", StringComparison.Ordinal)));

    /// <summary>Paths of the source files that the project names.</summary>
    public static IEnumerable<string> Sources(SourceFile project) =>
        project.Text.All(Source).Select(m => Resolve(project.Path, m.Groups["file"].Value));

    /// <summary>The projects of the solution, and the configurations that build each as they are named.</summary>
    public static IEnumerable<(string Path, string[] Configurations)> InSolution(Tree tree)
    {
        var solution = tree.Text(Solution);
        var builds = solution.All(Build).Where(m => m.Groups["wanted"].Value == m.Groups["built"].Value)
            .ToLookup(m => m.Groups["id"].Value, m => m.Groups["wanted"].Value);
        return from m in solution.All(Listing)
               let path = m.Groups["path"].Value.Replace('\\', '/')
               select (path, builds[m.Groups["id"].Value].Order(StringComparer.Ordinal).ToArray());
    }

    /// <summary>The folder that a file is in.</summary>
    public static string FolderOf(string path) => path[..Math.Max(0, path.LastIndexOf('/'))];

    static IEnumerable<string> ReferencesIn(string path, string text) =>
        from m in text.All(Reference)
        let to = m.Groups["to"].Value
        select m.Groups["kind"].Value == "Reference" ? to : Resolve(path, to);

    static string Resolve(string from, string relative)
    {
        List<string> parts = [.. FolderOf(from).Split('/')];
        foreach (var part in relative.Replace('\\', '/').Split('/'))
        {
            if (part == "..") parts.RemoveAt(parts.Count - 1);
            else parts.Add(part);
        }

        return string.Join('/', parts);
    }
}
