namespace Fulfillment.Tests.Client;

/// <summary>The command <c>order</c>: an order as an operator reads it in a terminal.</summary>
[Collection(Processes.Name)]
public sealed class ShowOrderTests
{
    [Fact]
    public async Task Money_screening_and_holds_are_told_in_words()
    {
        await using var api = await ApiServer.Start();
        await api.Stock("S", 1);
        (await api.Put("/v1/fraud-policy", """{"review":20,"reject":100,"weights":{"model":0}}""")).Is(200);
        (await api.Pay("o", "S", 1_999, "authorise", "ok",
            ""","customer":{"email":"quick@mailinator.com"},"shipping":{"amount":1,"currency":"EUR"}""")).Succeeded();
        await api.Until("/v1/orders/o", o => o.Text("paymentState/state") == "settled");
        (await api.Post("/v1/orders/o/holds/1/release", """{"id":"r","reason":"known by phone"}""")).Is(200);

        var (code, output, errors) = await ServerProcess.Run("order", "o", "--url", api.Address.ToString());

        Assert.True(code == 0, errors);
        Assert.Contains("Total 20.00 EUR", output, StringComparison.Ordinal);
        Assert.Contains("Due 20.00 EUR, payment authorise", output, StringComparison.Ordinal);
        Assert.Contains(
            "Payment by test-gateway is settled: 20.00 EUR authorised, 0.00 EUR captured, 0.00 EUR refunded", output,
            StringComparison.Ordinal);
        Assert.Contains("Screening says review, score 20; disposable-email 20 (a mailbox to be thrown away)", output,
            StringComparison.Ordinal);
        Assert.Contains(output.Split('\n'), line => line.Contains("fraud", StringComparison.Ordinal)
            && line.Contains("by api: known by phone", StringComparison.Ordinal));
        Assert.DoesNotContain("minor units", output, StringComparison.Ordinal);
    }
}
