using System.Collections.Concurrent;

namespace Fulfillment.Tests.Client.Crashes;

/// <summary>One order as its buyer knows it: what was asked, and what was acknowledged.</summary>
public sealed class Bought(string id, string body, IReadOnlyDictionary<string, int> units, bool prepaid)
{
    public string Id { get; } = id;

    /// <summary>As it was sent, to be repeated.</summary>
    public string Body { get; } = body;

    /// <summary>Units by SKU.</summary>
    public IReadOnlyDictionary<string, int> Units { get; } = units;

    public bool Prepaid { get; } = prepaid;

    /// <summary>The answer's status; 0 when the server was killed before it came.</summary>
    public int Placed { get; set; }

    /// <summary>What was tried beyond placing it: the last one may have been cut off.</summary>
    public Step Cancelled { get; set; }

    public Step Paid { get; set; }

    public Step Shipped { get; set; }

    public bool IsAccepted => Placed is 200 or 201;
}

/// <summary>How far a later step of an order is, as its caller knows.</summary>
public enum Step
{
    /// <summary>Not tried.</summary>
    No,

    /// <summary>Tried, and not answered: it may have happened.</summary>
    Maybe,

    /// <summary>Acknowledged.</summary>
    Yes,

    /// <summary>Refused.</summary>
    Refused,
}

/// <summary>Everything that callers were told, over all rounds; and whether the server still says the same.</summary>
public sealed class CrashLedger
{
    readonly ConcurrentDictionary<string, Bought> _orders = new();
    readonly ConcurrentDictionary<string, int> _received = new();

    public IEnumerable<Bought> Orders => _orders.Values;

    /// <summary>Acknowledged answers of any kind.</summary>
    public int Acknowledged { get; private set; }

    public void Add(Bought order) => Assert.True(_orders.TryAdd(order.Id, order));

    public void Received(string sku, int units) => _received.AddOrUpdate(sku, units, (_, before) => before + units);

    public void CountAnswer()
    {
        lock (_received) Acknowledged++;
    }

    /// <summary>Orders whose callers got no answer.</summary>
    public int CutOff { get; private set; }

    /// <summary>Repeats what was cut off: every caller gets his answer in the end.</summary>
    public async Task Settle(ServerProcess server) => await Parallel.ForEachAsync(
        Orders.Where(o => o.Placed == 0), async (order, _) =>
        {
            lock (_received) CutOff++;
            var answer = await server.Post("/v1/orders", order.Body, ("Prefer", "wait=60"));
            Assert.True(answer.Status is 200 or 201 or 409, $"{order.Id}: {answer.Status} {answer.Body}");
            order.Placed = answer.Status;
        });

    /// <summary>Every one of these orders is there as it was acknowledged.</summary>
    public static async Task Check(ServerProcess server, IEnumerable<Bought> orders) =>
        await Parallel.ForEachAsync(orders, async (order, _) =>
            Check(order, await server.Get($"/v1/orders/{order.Id}")));

    /// <summary>Every order is in the lists once, and nothing is that nobody ordered.</summary>
    public async Task CheckLists(ServerProcess server)
    {
        HashSet<string> seen = [];
        for (var path = "/v1/orders?limit=500"; path is not null;)
        {
            var page = (await server.Get(path)).Is(200);
            foreach (var item in page.Items())
            {
                var id = item.GetProperty("id").GetString()!;
                Assert.True(seen.Add(id), $"{id} is listed twice");
                Assert.True(_orders.TryGetValue(id, out var order), $"nobody ordered {id}");
                Assert.Equal(order.Units.Values.Sum(), item.GetProperty("units").GetInt64());
            }

            path = page.Text("next") is { } next ? $"/v1/orders?limit=500&cursor={next}" : null;
        }

        Assert.Empty(_orders.Keys.Except(seen));
    }

    /// <summary>No SKU has promised or shipped more than it received, and none has lost a unit.</summary>
    public async Task CheckStock(ServerProcess server)
    {
        foreach (var (sku, received) in _received)
        {
            var stock = (await server.Get($"/v1/skus/{sku}")).Is(200);
            long onHand = stock.Number("onHand")!.Value, available = stock.Number("available")!.Value;
            long promised = stock.Number("reserved")!.Value + stock.Number("committed")!.Value;
            Assert.True(available >= 0, $"{sku}: {stock.Body}");
            Assert.True(onHand == available + promised, $"{sku} does not add up: {stock.Body}");
            Assert.True(onHand <= received, $"{sku} received {received}: {stock.Body}");

            var buyers = Orders.Where(o => o.IsAccepted && o.Units.ContainsKey(sku)).ToList();
            var surely = buyers.Where(o => o.Cancelled is Step.No or Step.Refused).Sum(o => (long)o.Units[sku]);
            var gone = received - onHand;
            Assert.True(surely <= received, $"{sku}: {surely} of {received} sold");
            Assert.True(promised + gone >= surely, $"{sku}: {surely} sold, {promised} promised, {gone} shipped");
        }
    }

    /// <summary>Everything happened that this is about: else the rest has proved nothing.</summary>
    public void CheckMixture()
    {
        Assert.True(CutOff > 0);
        Assert.Contains(Orders, o => o.Placed == 409);
        Assert.Contains(Orders, o => o.IsAccepted && o.Units.Count > 1);
        Assert.Contains(Orders, o => o.Cancelled == Step.Yes);
        Assert.Contains(Orders, o => o.Paid == Step.Yes);
        Assert.Contains(Orders, o => o.Shipped == Step.Yes);
    }

    static void Check(Bought order, Answer now)
    {
        var what = $"{order.Id}: placed {order.Placed}, cancelled {order.Cancelled}, paid {order.Paid}, "
            + $"shipped {order.Shipped}: {now.Status} {now.Body}";
        Assert.True(now.Status == 200, what);
        var status = now.Text("status");
        if (order.Placed == 409)
        {
            Assert.True(status == "rejected", what);
            return;
        }

        Assert.True(status is not ("rejected" or "received"), what);
        Assert.True(now.Items("lines").Sum(l => l.GetProperty("quantity").GetInt64()) == order.Units.Values.Sum(),
            what);
        if (order.Cancelled == Step.Yes) Assert.True(status == "cancelled", what);
        if (order.Cancelled is Step.No or Step.Refused) Assert.True(status != "cancelled", what);
        if (order.Shipped == Step.Yes) Assert.True(status == "shipped", what);
        if (order.Shipped == Step.No) Assert.True(status != "shipped", what);
        if (!order.Prepaid) return;
        if (order.Paid == Step.Yes) Assert.True(status != "held", what);
        if (order.Paid is Step.No or Step.Refused) Assert.True(status is "held" or "cancelled", what);
    }
}
