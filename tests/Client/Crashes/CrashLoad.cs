namespace Fulfillment.Tests.Client.Crashes;

/// <summary>
/// Callers at work until the server is gone: most buy one hot SKU, others several of many, some pay, cancel and ship.
/// Every answer goes to the ledger.
/// </summary>
public sealed class CrashLoad(ServerProcess server, CrashLedger ledger, int round)
{
    const int Callers = 24, Skus = 12, HotUnits = 60, ColdUnits = 40;

    const string Euro = """{"amount":100,"currency":"EUR"}""";

    readonly List<Bought> _orders = [];
    int _left;

    /// <summary>The orders of this round.</summary>
    public IReadOnlyList<Bought> Orders => _orders;

    string Hot => $"HOT-{round % 5}";

    /// <summary>New stock for this round.</summary>
    public async Task Prepare()
    {
        await Receive(Hot, HotUnits);
        for (var i = 0; i < Skus; i++) await Receive($"COLD-{i}", ColdUnits);
    }

    /// <summary>Works until so many answers have come, kills the server then, and waits for the last caller.</summary>
    public async Task RunUntilKilled(int answers)
    {
        _left = answers;
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(Call));
    }

    async Task Receive(string sku, int units)
    {
        (await server.Put("/v1/nodes/LEJ1", """{"name":"Leipzig"}""")).Succeeded();
        (await server.Put($"/v1/skus/{sku}", $$"""{"title":"{{sku}}"}""")).Succeeded();
        (await server.Post($"/v1/skus/{sku}/receipts", $$"""{"id":"r-{{round}}","node":"LEJ1","quantity":{{units}}}"""))
            .Succeeded();
        ledger.Received(sku, units);
    }

    async Task Call(int caller)
    {
        Random random = new((round * 1_000) + caller);
        List<Bought> mine = [];
        try
        {
            for (var n = 0; ; n++)
            {
                var what = random.Next(10);
                if (what < 7 || mine.Count == 0) mine.Add(await Buy($"r{round}-c{caller}-{n}", random));
                else await Follow(mine[random.Next(mine.Count)], what);
            }
        }
        catch (Exception e) when (e is HttpRequestException or IOException or TaskCanceledException)
        {
            // The server is gone.
        }
    }

    async Task<Bought> Buy(string id, Random random)
    {
        var prepaid = random.Next(6) == 0;
        var skus = random.Next(2) == 0 ? [Hot]
            : Enumerable.Range(0, random.Next(1, 4)).Select(_ => $"COLD-{random.Next(Skus)}").Distinct().ToList();
        var units = skus.ToDictionary(sku => sku, _ => random.Next(1, 3));
        var lines = string.Join(',', units.Select(u =>
            $$"""{"sku":"{{u.Key}}","quantity":{{u.Value}},"unitPrice":{{Euro}} }"""));
        var payment = prepaid ? "prepaid" : "none";
        Bought order = new(
            id, $$"""{"id":"{{id}}","payment":"{{payment}}","lines":[{{lines}}],"customer":{"id":"{{id}}"} }""", units,
            prepaid);
        ledger.Add(order);
        lock (_orders) _orders.Add(order);
        var answer = await server.Post("/v1/orders", order.Body);
        // Refused because too much was under way, or undecided: it is repeated after the restart.
        if (answer.Status is 200 or 201 or 409) order.Placed = answer.Status;
        Assert.True(answer.Status is 200 or 201 or 202 or 409 or 503, answer.Body);
        Answered();
        return order;
    }

    async Task Follow(Bought order, int what)
    {
        if (!order.IsAccepted || order.Cancelled != Step.No || order.Shipped != Step.No) return;
        if (what == 7)
        {
            order.Cancelled = Step.Maybe;
            order.Cancelled = Outcome(await server.Post($"/v1/orders/{order.Id}/cancel", """{"id":"c"}"""));
        }
        else if (what == 8 && order is { Prepaid: true, Paid: Step.No })
        {
            order.Paid = Step.Maybe;
            order.Paid = Outcome(await server.Post(
                $"/v1/orders/{order.Id}/payment-confirmed",
                $$"""{"id":"p","amount":{"amount":{{100 * order.Units.Values.Sum()}},"currency":"EUR"} }"""));
        }
        else if (what == 9 && (await server.Get($"/v1/orders/{order.Id}")).Items("fulfilments").Count > 0)
        {
            order.Shipped = Step.Maybe;
            order.Shipped = Outcome(await server.Post($"/v1/fulfilment-orders/{order.Id}-F1/ship", """{"id":"s"}"""));
        }
    }

    Step Outcome(Answer answer)
    {
        Answered();
        return answer.Status switch { 200 => Step.Yes, 503 => Step.Maybe, _ => Step.Refused };
    }

    /// <summary>
    /// Another answer is written down; the one that was waited for is the last thing that the server did.
    /// </summary>
    void Answered()
    {
        ledger.CountAnswer();
        if (Interlocked.Decrement(ref _left) == 0) server.Kill();
    }
}
