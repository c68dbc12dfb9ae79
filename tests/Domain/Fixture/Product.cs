using Fulfillment.Composition;
using Fulfillment.Engine;

namespace Fulfillment.Tests.Domain;

/// <summary>The kinds of the product as it ships, and the day on which all tests play.</summary>
static class Product
{
    /// <summary>All kinds and connectors; nobody asks the router here.</summary>
    public static Kinds Kinds { get; } = Everything.Kinds((_, _, _) => throw new InvalidOperationException());

    /// <summary>The folder of these tests in the repository that they were built in.</summary>
    public static string TestFolder { get; } = Path.Combine(Repository(), "tests", "Domain");

    /// <summary>When a test begins.</summary>
    public static DateTimeOffset Start { get; } = new(2026, 11, 27, 8, 0, 0, TimeSpan.Zero);

    /// <summary>So long after a test begins, to the millisecond.</summary>
    public static DateTimeOffset After(double seconds) => Start.AddMilliseconds(Math.Round(seconds * 1_000));

    /// <summary>The kind of an entity.</summary>
    public static EntityKind<T, TCommand, TEvent> Kind<T, TCommand, TEvent>()
        where T : class, IEntity<T, TCommand, TEvent>
        where TCommand : class
        where TEvent : class => Kinds.Entities.OfType<EntityKind<T, TCommand, TEvent>>().Single();

    static string Repository()
    {
        var folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Orleans.Fulfillment.sln")))
            folder = Path.GetDirectoryName(folder);
        return folder
            ?? throw new DirectoryNotFoundException("Orleans.Fulfillment.sln is in no folder above the tests.");
    }
}
