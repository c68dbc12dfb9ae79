using Fulfillment.Composition;
using Fulfillment.Inventory;
using Fulfillment.Tests.Support;

namespace Fulfillment.Tests.Engine;

/// <summary>Views can be made anew from the journal, whatever has become of their file.</summary>
public sealed class DamagedViewsTests : IDisposable
{
    readonly TempFolder _folder = new();

    [Theory]
    [InlineData("this is no database at all, and it is long enough to be looked at as one by whoever opens the file")]
    [InlineData("")]
    public async Task A_damaged_file_of_views_is_replaced(string content)
    {
        await using (var server = Open())
        {
            await new Seat(server.Cluster, "default", new("test", "test")).Sku("A").Define(
                new("Article", null, false, null, [], []));
        }

        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "views.db"), content);

        await using var again = Open();
        await again.ViewsReached();
        Assert.Equal(["A"], again.Views.Stock.List("default", null, 10).Items.Select(sku => sku.Sku));
    }

    public void Dispose() => _folder.Dispose();

    EmbeddedServer Open() => EmbeddedServer.Open(new(_folder.Path), new(), TimeProvider.System);
}
