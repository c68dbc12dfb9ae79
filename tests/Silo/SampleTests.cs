using System.Diagnostics;
using Fulfillment.Access;
using Fulfillment.Tests.Support;

namespace Fulfillment.Tests.Silo;

/// <summary>The sample of an internal service, run as it is against silos.</summary>
public sealed class SampleTests
{
    [SkippableFact]
    public async Task The_sample_follows_its_order_until_it_is_allocated_and_goes_on_where_it_was()
    {
        Skip.If(PostgresServer.Instance.Missing is not null, PostgresServer.Instance.Missing);
        ClusterPlace place = new(PostgresServer.Instance.NewDatabase());
        await using RealCluster cluster = new(place, silos: 2);
        await cluster.Start();

        var first = await Run(place.Postgres, "m-1");
        Assert.Equal(["hold for the cart: Done", "order m-1: Placed"], first[..2]);
        Assert.Contains(" order/default/m-1@1 order-placed by ", first[2], StringComparison.Ordinal);
        Assert.Contains(" fulfilment-opened by ", first[^1], StringComparison.Ordinal);

        // It was down after its first event.
        var second = await Run(place.Postgres, "m-1", first[2].Split(' ')[0]);
        Assert.Equal("order m-1: AlreadyPlaced", second[1]);
        Assert.Equal(first[3..], second[2..]);
    }

    // From its own folder: here, other versions of what it uses lie about.
    static string Program => Path.Combine(
        Fixtures.Repository(), "client/Samples/FollowOrder/bin",
        Path.GetRelativePath(Path.Combine(Fixtures.Repository(), "tests/Silo/bin"), AppContext.BaseDirectory),
        "follow-order.dll");

    static async Task<string[]> Run(params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet", [Program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await output + await errors);
        return (await output).Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
    }
}
