using System.Diagnostics;
using Fulfillment.Connectors;
using Fulfillment.Shipping;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Fulfillment.Tests.Connectors;

/// <summary>Answers that do not end: a body that trickles, and one larger than anybody reads.</summary>
public sealed class CarrierBodyTests
{
    const int Mebibyte = 1 << 20;

    static readonly RateAsk Ask = new(
        new("US", "21093", "Timonium", "MD"), new("US", "92656", "Aliso Viejo", "CA"), [new(300, 200, 100, 2_000)],
        new(2026, 11, 30));

    [Fact]
    public async Task A_body_that_trickles_is_waited_for_no_longer_than_an_answer()
    {
        var started = Stopwatch.GetTimestamp();
        var thrown = await Rate(async (http, stop) =>
        {
            while (!stop.IsCancellationRequested)
            {
                await http.Response.WriteAsync(" ", stop);
                await http.Response.Body.FlushAsync(stop);
                await Task.Delay(50, stop);
            }
        });
        Assert.Equal(ProviderTrouble.Timeout, thrown.Trouble);
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task A_body_without_an_end_is_read_no_further_than_the_largest_answer()
    {
        var thrown = await Rate(async (http, stop) =>
        {
            var block = new byte[Mebibyte];
            Array.Fill(block, (byte)' ');
            while (!stop.IsCancellationRequested) await http.Response.Body.WriteAsync(block, stop);
        });
        // Whoever read on would be told that it was too late.
        Assert.Equal(ProviderTrouble.Garbled, thrown.Trouble);
    }

    static async Task<ProviderUnclearException> Rate(Func<HttpContext, CancellationToken, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var app = builder.Build();
        app.Run(async http =>
        {
            http.Response.ContentType = "application/json";
            if (http.Request.Path.Value!.EndsWith("oauth/token", StringComparison.Ordinal))
            {
                await http.Response.WriteAsync(
                    """{"access_token":"t","token_type":"Bearer","expires_in":"14399"}""", http.RequestAborted);
                return;
            }

            try
            {
                await answer(http, http.RequestAborted);
            }
            catch (Exception e) when (e is OperationCanceledException or IOException)
            {
                // The caller went away.
            }
        });
        await app.StartAsync();
        using UpsCarrier carrier = new(
            new("c", "s", "A1B2C3", new(app.Urls.Single()), TimeSpan.FromSeconds(2)), new FakeTime());
        return await Assert.ThrowsAsync<ProviderUnclearException>(async () => await carrier.Rates(Ask, default));
    }
}
