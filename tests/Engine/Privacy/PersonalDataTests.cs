using System.Text;
using Fulfillment.Composition;
using Fulfillment.Engine;
using Fulfillment.Ordering;

namespace Fulfillment.Tests.Engine;

/// <summary>
/// What identifies a person is unreadable wherever it is kept, readable through the cluster, and gone with its key.
/// </summary>
public sealed class PersonalDataTests : IDisposable
{
    const string Name = "Wilhelmine Kaltenbrunner", Street = "Lindenallee 17";
    readonly SqliteJournal _journal = new();

    [Fact]
    public async Task A_name_is_in_no_file_of_the_journal()
    {
        await using (var host = Open())
        {
            await Place(host, "ORDER-4711", "customer-1", Name);
            // While it is open too: the write-ahead log is a file like any other.
            AssertUnreadable();
        }

        AssertUnreadable();
    }

    [Fact]
    public async Task A_name_is_read_through_the_cluster_by_this_process_and_the_next()
    {
        await using (var first = Open())
        {
            await Place(first, "o-1", "customer-1", Name);
            Assert.Contains(Name, await NameOf(first, "o-1"));
        }

        await using var second = Open();
        Assert.Contains(Name, await NameOf(second, "o-1"));
    }

    [Fact]
    public async Task A_name_is_gone_with_its_key_and_all_else_stays()
    {
        await using (var first = Open())
        {
            await Place(first, "o-1", "customer-1", Name);
            await Place(first, "o-2", "customer-2", "Somebody Else");
            await Place(first, "o-3", "customer-1", Name);
        }

        Assert.Equal(1, _journal.Execute("delete from subjects where subject = 'customer-1'"));
        await using (var second = Open())
        {
            Assert.Null(await NameOf(second, "o-1"));
            Assert.Null(await NameOf(second, "o-3"));
            Assert.Contains("Somebody Else", await NameOf(second, "o-2"));
            Assert.Equal(OrderStatus.Rejected, (await Seat(second).Order("o-1").Outcome())!.Status);
        }

        _journal.AssertWhole(Kinds);
    }

    [Fact]
    public async Task A_repeat_with_the_same_name_is_a_repeat_and_with_another_is_not()
    {
        await using var host = Open();
        Assert.Equal(PlaceStatus.Placed, await Place(host, "o-1", "customer-1", Name));
        Assert.Equal(PlaceStatus.AlreadyPlaced, await Place(host, "o-1", "customer-1", Name));
        Assert.Equal(PlaceStatus.DifferentContent, await Place(host, "o-1", "customer-1", "Somebody Else"));
    }

    public void Dispose() => _journal.Dispose();

    void AssertUnreadable()
    {
        var bytes = Directory.GetFiles(_journal.Folder).SelectMany(ReadShared).ToArray();
        // The search finds what is there.
        Assert.True(Has(bytes, "ORDER-4711"));
        foreach (var secret in new[] { Name, "Wilhelmine", "Kaltenbrunner", Street, "Lindenallee" })
        {
            Assert.False(Has(bytes, secret), $"{secret} can be read");
            Assert.False(bytes.AsSpan().IndexOf(Encoding.Unicode.GetBytes(secret)) >= 0);
            Assert.False(Has(bytes, Convert.ToBase64String(Encoding.UTF8.GetBytes(secret))[..8]));
            Assert.False(Has(bytes, Convert.ToHexString(Encoding.UTF8.GetBytes(secret))));
        }
    }

    static byte[] ReadShared(string path)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }

    static bool Has(byte[] bytes, string text) => bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0;

    static Kinds Kinds => Everything.Kinds((_, _, _) => throw new InvalidOperationException("no router"));

    Host Open() => new(_journal.Connect(), kinds: Kinds);

    static Seat Seat(Host host) => new(host.Cluster, "default", new("tester", "a test"));

    static async Task<PlaceStatus> Place(Host host, string order, string subject, string name)
    {
        var text = $$"""{"name":"{{name}}","line1":"{{Street}}"}""";
        var buyer = await host.Cluster.Keyring.Seal<Buyer>(subject, Encoding.UTF8.GetBytes(text));
        return (await Seat(host).Order(order).Place(new(
            "web", null, new("DE", "04109"), buyer, [new("1", "unknown", 1, null)], PaymentPolicy.None,
            AllocationPolicy.AllOrNothing))).Status;
    }

    static async Task<string?> NameOf(Host host, string order)
    {
        var placed = (await Seat(host).Order(order).Get())!.Placed;
        return await host.Cluster.Keyring.Open(placed.Buyer!) is { } text ? Encoding.UTF8.GetString(text) : null;
    }
}
