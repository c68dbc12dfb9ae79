using Fulfillment.Inventory;
using Fulfillment.Ordering;

namespace Fulfillment.Tests.Domain;

/// <summary>No word that users see goes untested: each value of each enum is named by a test of the rule.</summary>
public sealed class EveryStatusTests
{
    /// <summary>Steps on the way, which nobody sees but in what they lead to.</summary>
    static readonly Type[] Inner = [typeof(StockOpKind), typeof(Grant), typeof(OrderPhase), typeof(OrderChecks),
        typeof(RoomState)];

    public static TheoryData<Type> Enums =>
        [.. typeof(Sku).Assembly.GetExportedTypes().Where(t => t.IsEnum).Except(Inner)];

    [Theory, MemberData(nameof(Enums))]
    public void Every_value_is_named_by_a_test(Type words)
    {
        // Words that are exchanged with providers are tested with the connectors.
        string[] folders = [Product.TestFolder, Path.Combine(Product.TestFolder, "..", "Connectors")];
        var tests = string.Concat(folders
            .SelectMany(f => Directory.EnumerateFiles(f, "*Tests.cs", SearchOption.AllDirectories))
            .Where(f => Path.GetFileName(f) != $"{nameof(EveryStatusTests)}.cs").Select(File.ReadAllText));

        var missing = Enum.GetNames(words).Select(name => $"{words.Name}.{name}")
            .Where(word => !tests.Contains(word, StringComparison.Ordinal));

        Assert.Equal([], missing);
    }
}
