using System.Globalization;
using System.Text.Json;
using Fulfillment.Tests.Support;
using Xunit.Abstractions;

namespace Fulfillment.Tests.Client;

/// <summary><c>kill -9</c> while labels are bought: none is bought twice, and none is forgotten.</summary>
[Collection(Processes.Name)]
public sealed class CarrierKillTests(ITestOutputHelper output)
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
        // Nothing has happened to them but their labels.
        foreach (var mock in carriers.All.Values) mock.Steps = mock == carriers.Dhl ? 0 : 1;
        using TempFolder folder = new();
        using (var first = await ServerProcess.Serve(carriers.Variables, "--data", folder.Path))
        {
            MugShop shop = new(first);
            await shop.Open(100);
            foreach (var carrier in Carriers)
                foreach (var order in Orders(carrier))
                    await shop.Parcel(order, carrier == "dhl-express" ? MugShop.Zurich : MugShop.California);
            // Answers to some are lost. FedEx, DHL and UPS, who cannot say that they have sold none, have heard of all;
            // USPS is in the middle.
            foreach (var mock in carriers.All.Values)
                mock.FailPurchases(ProviderFault.Silence, ProviderFault.Silence);
            using CancellationTokenSource late = new(TimeSpan.FromSeconds(60));
            List<Task<Answer>> under = [Buy(first, "fedex"), Buy(first, "dhl-express"), Buy(first, "ups")];
            CarrierMock[] hear = [carriers.FedEx, carriers.Dhl, carriers.Ups];
            while (hear.Any(m => m.Purchases.Count < OfEach))
                await Task.Delay(5, late.Token);
            under.Add(Buy(first, "usps"));
            while (carriers.Usps.Purchases.IsEmpty) await Task.Delay(5, late.Token);
            first.Kill();
            await ((Task)Task.WhenAll(under)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        using var second = await ServerProcess.Serve(carriers.Variables, "--data", folder.Path);
        foreach (var (name, mock) in carriers.All)
        {
            var labels = await Settle(second, name);
            Assert.All(mock.Purchases.Values, times => Assert.Equal(1, times));
            // A label whose paper is not given out again is given up, and the next is bought under a key of its own.
            Assert.Equal(OfEach, labels.Count(l => l.GetProperty("status").GetString() == "bought"));
            Assert.Equal(mock.Purchases.Count, labels.Count(IsKnown));
            output.WriteLine($"{name} sold {mock.Purchases.Count} for {OfEach} parcels");
        }

        await carriers.DisposeAsync();
    }

    static bool IsKnown(JsonElement label) =>
        label.TryGetProperty("shipment", out var shipment) && shipment.ValueKind == JsonValueKind.String;

    static Task<Answer> Buy(ServerProcess server, string carrier) => server.Post("/v1/label-batches", $$"""
        {"id":"b","carrier":"{{carrier}}","format":"pdf","parcels":[{{string.Join(
            ',', Orders(carrier).Select(o => $"\"{o}-P\""))}}]}
        """);

    /// <summary>All labels of its parcels, once each has a good one; what was lost is bought once more.</summary>
    static async Task<IReadOnlyList<JsonElement>> Settle(ServerProcess server, string carrier)
    {
        using CancellationTokenSource late = new(TimeSpan.FromSeconds(120));
        (await Buy(server, carrier)).Is(200);
        List<JsonElement> labels = [];
        foreach (var parcel in Orders(carrier).Select(o => $"{o}-P"))
        {
            Answer now;
            while ((now = (await server.Get($"/v1/parcels/{parcel}")).Is(200)).Text("status") != "labelled")
            {
                Assert.False(late.IsCancellationRequested, now.Body);
                if (now.Each("status", "labels").All(s => s is "void" or "not-voided" or "refused"))
                    await server.Post(
                        $"/v1/parcels/{parcel}/label", $$"""{"id":"again","carrier":"{{carrier}}","format":"pdf"}""");
                await Task.Delay(200);
            }

            labels.AddRange(now.Items("labels"));
        }

        return labels;
    }
}
