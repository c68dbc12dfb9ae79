using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Fulfillment.Tests.Tidy;

/// <summary>
/// A file of the repository: its path from the root, with slashes, and its text; binary files are empty.
/// </summary>
public sealed class SourceFile(string path, string text)
{
    readonly Lazy<string> _code = new(() => path.EndsWith(".cs", StringComparison.Ordinal) ? CodeText.Of(text) : text);

    public string Path { get; } = path;

    public string Text { get; } = text;

    public string Name => Path[(Path.LastIndexOf('/') + 1)..];

    /// <summary>Without the end that the last line's feed makes.</summary>
    public string[] Lines => Text.TrimEnd('\n').Split('\n');

    /// <summary>The text with comments and what literals say blanked out, line by line as before.</summary>
    public string Code => _code.Value;

    public bool IsCode => Path.EndsWith(".cs", StringComparison.Ordinal);

    public bool IsIn(string folder) => Path.StartsWith(folder + "/", StringComparison.Ordinal);
}

/// <summary>The files of the repository, or what they would be with a change.</summary>
public sealed class Tree(IReadOnlyList<SourceFile> files)
{
    static readonly Lazy<Tree> Here = new(Read);

    /// <summary>
    /// What is here: all that git tracks or would add; without git, all but what builds leave behind.
    /// </summary>
    public static Tree Repository => Here.Value;

    public IReadOnlyList<SourceFile> Files { get; } = files;

    public IEnumerable<SourceFile> Code => Files.Where(f => f.IsCode);

    public string Text(string path) => Files.Single(f => f.Path == path).Text;

    public Tree With(string path, string text) => new([.. Files.Where(f => f.Path != path), new(path, text)]);

    static Tree Read()
    {
        var root = Root();
        var paths = Tracked(root) ?? Walk(root);
        return new([.. paths.Order(StringComparer.Ordinal).Select(p => new SourceFile(p, TextOf(root, p)))]);
    }

    static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Orleans.Fulfillment.sln")))
            folder = Path.GetDirectoryName(folder);
        return folder ?? throw new DirectoryNotFoundException(
            "Orleans.Fulfillment.sln is in no folder above the tests.");
    }

    static string TextOf(string root, string path)
    {
        var bytes = File.ReadAllBytes(Path.Combine(root, path));
        return bytes.AsSpan().Contains((byte)0) ? "" : Encoding.UTF8.GetString(bytes);
    }

    /// <summary>Null where this is no clone, or git is missing or refuses.</summary>
    static List<string>? Tracked(string root)
    {
        if (!Path.Exists(Path.Combine(root, ".git"))) return null;
        ProcessStartInfo start = new(
            "git", ["-C", root, "ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var git = Process.Start(start)!;
            var names = git.StandardOutput.ReadToEnd();
            git.WaitForExit();
            if (git.ExitCode != 0) return null;
            return [.. names.Split('\0', StringSplitOptions.RemoveEmptyEntries)
                .Where(name => File.Exists(Path.Combine(root, name)))];
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    static List<string> Walk(string root)
    {
        string[] left = ["bin", "obj", "data", "TestResults", ".git", ".vs", ".idea"];
        List<string> found = [];
        Stack<string> folders = new([root]);
        while (folders.TryPop(out var folder))
        {
            found.AddRange(Directory.GetFiles(folder).Select(f => Path.GetRelativePath(root, f).Replace('\\', '/')));
            foreach (var sub in Directory.GetDirectories(folder))
                if (!left.Contains(Path.GetFileName(sub))) folders.Push(sub);
        }

        return found;
    }
}
