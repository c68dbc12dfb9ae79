using Fulfillment.Composition;
using Fulfillment.Connectors;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Fulfillment.Tests.Client;

/// <summary>A label that was bought, and that its carrier does not give out again.</summary>
public sealed class LostLabelTests : IAsyncLifetime
{
    readonly WebApplication _carrier = Sold();

    ApiServer? _api;

    public async Task InitializeAsync()
    {
        await _carrier.StartAsync();
        CarrierAccess access = new("user", "secret", "123456789", new(_carrier.Urls.Single()), TimeSpan.FromSeconds(5));
        _api = await ApiServer.Start(carriers: CarrierSettings.Default with
        {
            Accounts = new Dictionary<string, CarrierAccess> { [DhlExpressCarrier.Carrier] = access },
        });
    }

    public async Task DisposeAsync()
    {
        await _api!.DisposeAsync();
        await _carrier.DisposeAsync();
    }

    [Fact]
    public async Task A_label_that_was_bought_and_never_came_is_told_so_voided_and_another_is_bought()
    {
        var api = _api!;
        await ParcelShop.Order(api, "LOST", 1, ParcelShop.Munich.Replace("}", ",\"phone\":\"+49 89 1\"}"));
        (await ParcelShop.Plan(api, "LOST-F1", "LOST-1")).Is(201);
        // Whoever was buying it died before the answer came.
        LabelSafe safe = new(api.Embedded.Cluster.Keyring, api.Embedded.Files);
        Assert.True(await safe.Begin("default", LabelDesk.KeyOf("default/LOST-1", 1), CancellationToken.None));
        const string dhl = ",\"carrier\":\"dhl-express\",\"service\":\"N\",\"override\":\"the buyer asked for it\"";

        var lost = (await ParcelShop.Buy(api, "LOST-1", more: dhl)).IsProblem(409, "label-lost");
        Assert.Contains("Buy another under a new id", lost.Text("detail"), StringComparison.Ordinal);
        var parcel = await api.Until("/v1/parcels/LOST-1", p => p.Text("labels/0/status") == "void");
        Assert.Equal(
            ("planned", "1234567890", "without-label", "lapses-unused"),
            (parcel.Text("status"), parcel.Text("labels/0/shipment"), parcel.Text("labels/0/trouble"),
                parcel.Text("labels/0/voided")));
        Assert.Equal("local-courier", (await ParcelShop.Buy(
            api, "LOST-1", "l2", ",\"carrier\":\"local-courier\"")).Is(201).Text("carrier"));
    }

    /// <summary>DHL Express as far as he is asked here: he tells no prices, and has sold one shipment.</summary>
    static WebApplication Sold()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(http =>
        {
            if (http.Request.Path.Value!.EndsWith("/tracking", StringComparison.Ordinal))
                return http.Response.WriteAsJsonAsync(new
                {
                    shipments = (object[])
                    [
                        new
                        {
                            shipmentTrackingNumber = "1234567890",
                            pieces = (object[])[new { trackingNumber = "JD01" }],
                        },
                    ],
                });
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });
        return app;
    }
}
