namespace Fulfillment.Tests.Support;

/// <summary>
/// Real data that is too large or not ours to keep here: in the folder that <c>FULFILLMENT_FIXTURES</c> names, or in
/// <c>shared/fixtures</c> beside the repository. Tests skip with a reason where it is absent.
/// </summary>
public static class Fixtures
{
    /// <summary>The path of a fixture; null when it is not here.</summary>
    public static string? Find(string path) =>
        Folder() is { } folder && System.IO.Path.Combine(folder, path) is var full && System.IO.Path.Exists(full)
            ? full : null;

    /// <summary>Why a test that needs it is skipped.</summary>
    public static string Missing(string path) =>
        $"{path} is not here: FULFILLMENT_FIXTURES names the folder of the fixtures.";

    /// <summary>The root of the repository that this assembly was built in.</summary>
    public static string Repository()
    {
        var folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder, "Orleans.Fulfillment.sln")))
            folder = System.IO.Path.GetDirectoryName(folder);
        return folder
            ?? throw new DirectoryNotFoundException("Orleans.Fulfillment.sln is in no folder above the tests.");
    }

    static string? Folder() => Environment.GetEnvironmentVariable("FULFILLMENT_FIXTURES") is { Length: > 0 } named
        ? named : System.IO.Path.Combine(Repository(), "..", "shared", "fixtures");
}
