using System.Globalization;
using Fulfillment.Tests.Support;

namespace Fulfillment.Tests.Client;

/// <summary><c>kill -9</c> while labels are bought from carriers: none is bought twice, and none is forgotten.</summary>
[Collection(Processes.Name)]
public sealed class CarrierKillTests
{
    const int OfEach = 6;

    static readonly string[] Carriers = ["dhl-express", "fedex", "ups", "usps"];

    static IEnumerable<string> Orders(string carrier) =>
        Enumerable.Range(1, OfEach).Select(i => string.Create(CultureInfo.InvariantCulture, $"{carrier}-{i}"));

    [SkippableFact]
    public async Task A_server_that_dies_among_purchases_buys_none_twice_and_finds_those_that_were_under_way()
    {
        Skip.If(FourCarriers.Missing is not null, FourCarriers.Missing);
        FourCarriers carriers = new();
        await carriers.InitializeAsync();
        using TempFolder folder = new();
        using (var first = await ServerProcess.Serve(carriers.Variables, "--data", folder.Path))
        {
            MugShop shop = new(first);
            await shop.Open(100);
            foreach (var carrier in Carriers)
                foreach (var order in Orders(carrier))
                    await shop.Parcel(order, carrier == "dhl-express" ? MugShop.Zurich : MugShop.California);
            // Of each carrier one purchase is made whose answer nobody hears.
            foreach (var (name, mock) in carriers.All) mock.FailPurchases(ProviderFault.Silence);
            var under = Carriers.Select(c => Buy(first, c)).ToArray();
            using CancellationTokenSource late = new(TimeSpan.FromSeconds(60));
            while (carriers.All.Values.Any(m => m.Purchases.Count < 2)) await Task.Delay(5, late.Token);
            first.Kill();
            foreach (var buying in under) await Assert.ThrowsAnyAsync<HttpRequestException>(() => buying);
        }

        var before = carriers.Sold;
        using var second = await ServerProcess.Serve(carriers.Variables, "--data", folder.Path);
        foreach (var carrier in Carriers) await Settle(second, carrier);
        Assert.InRange(before, Carriers.Length, Carriers.Length * OfEach);
        foreach (var (name, mock) in carriers.All)
        {
            // A label that is not given out again is voided, and another one is bought under its own key.
            var lost = name is "fedex" or "dhl-express" ? mock.Purchases.Count - OfEach : 0;
            Assert.True(lost is >= 0 and <= 4, $"{name} sold {mock.Purchases.Count}");
            Assert.Equal(OfEach + lost, mock.Purchases.Values.Sum());
            if (name == "fedex") Assert.Equal(lost, mock.Effects.Count(e => e == "void"));
        }

        await carriers.DisposeAsync();
    }

    static Task<Answer> Buy(ServerProcess server, string carrier) => server.Post("/v1/label-batches", $$"""
        {"id":"b","carrier":"{{carrier}}","format":"zpl","parcels":[{{string.Join(
            ',', Orders(carrier).Select(o => $"\"{o}-P\""))}}]}
        """);

    /// <summary>The same batch again, until every parcel has a label; what was lost is bought once more.</summary>
    static async Task Settle(ServerProcess server, string carrier)
    {
        using CancellationTokenSource late = new(TimeSpan.FromSeconds(120));
        while (true)
        {
            var told = (await Buy(server, carrier)).Is(200);
            var open = 0;
            foreach (var label in told.Items("labels"))
            {
                if (label.GetProperty("status").GetString() == "bought") continue;
                var parcel = label.GetProperty("parcel").GetString()!;
                var now = (await server.Get($"/v1/parcels/{parcel}")).Is(200);
                if (now.Text("status") == "labelled") continue;
                open++;
                if (now.Text("labels/0/status") is "void" or "voiding" or "lapsed")
                    await server.Post($"/v1/parcels/{parcel}/label",
                        $$"""{"id":"again","carrier":"{{carrier}}","format":"zpl"}""");
            }

            if (open == 0) return;
            Assert.False(late.IsCancellationRequested, told.Body);
            await Task.Delay(200);
        }
    }
}
