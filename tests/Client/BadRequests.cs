using System.Text;

namespace Fulfillment.Tests.Client;

/// <summary>A request that must be refused: with this status and code, naming this field.</summary>
public sealed record BadRequest(
    string Name, string Method, string Path, byte[]? Body, int Status, string Code, string? Field,
    string? ContentType = "application/json", string? Header = null, string Value = "");

/// <summary>
/// The table of what must be refused. There are the SKU <c>S</c>, the node <c>LEJ1</c>, the order <c>o-1</c> of two
/// units with its fulfilment order, the prepaid order <c>o-2</c>, <c>o-3</c> with a hold, <c>o-4</c> with 1,000 EUR
/// minor units authorised, <c>o-5</c> with an intercept, and the credit account <c>a-1</c>.
/// </summary>
public static partial class BadRequests
{
    const string Orders = "POST /v1/orders", Receipts = "POST /v1/skus/S/receipts",
    Adjustments = "POST /v1/skus/S/adjustments",
        Moves = "POST /v1/skus/S/moves", Holds = "POST /v1/skus/S/holds", Cancel = "POST /v1/orders/o-1/cancel",
        Pay = "POST /v1/orders/o-2/payment-confirmed", Ship = "POST /v1/fulfilment-orders/o-1-F1/ship",
        Deliver = "POST /v1/fulfilment-orders/o-1-F1/deliver", Sku = "PUT /v1/skus/S", Node = "PUT /v1/nodes/LEJ1",
        Hold = "POST /v1/orders/o-1/holds", Release = "POST /v1/orders/o-3/holds/1/release",
        Reject = "POST /v1/orders/o-3/holds/1/reject", Ask = "POST /v1/orders/o-3/holds/1/ask-buyer",
        Method = "POST /v1/orders/o-4/payment-method", Capture = "POST /v1/orders/o-4/captures",
        Refund = "POST /v1/orders/o-4/refunds", Again = "POST /v1/orders/o-4/payment/retry",
        Edit = "POST /v1/orders/o-1/edit", EditPaid = "POST /v1/orders/o-4/edit",
        Intercept = "POST /v1/orders/o-5/intercepts/1",
        Account = "PUT /v1/accounts/a-1", PayAccount = "POST /v1/accounts/a-1/payments",
        Start = "POST /v1/fulfilment-orders/o-1-F1/start";

    const string Line = """{"sku":"S","quantity":1}""";

    static readonly string Long = new('a', 129), TenKilobytes = new('a', 10_000);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<BadRequest> All { get; } =
    [
        .. NotJson(), .. WrongShapes(), .. UnknownFields(), .. Quantities(), .. Lines(), .. Ids(), .. PathIds(),
        .. Characters(), .. Texts(),
        .. Amounts(), .. TimesAndWords(), .. Routes(), .. ContentTypes(), .. Lists(), .. Headers(), .. Sizes(),
        .. Holding(), .. Paying(), .. MovingMoney(), .. Editing(), .. Charging(), .. Cards(), .. PacksOfCards(),
        .. Supplies(), .. Purchasing(), .. RulesOfStock(), .. Counting(), .. Catalogue(), .. Places(), .. Carriers(),
        .. Picking(), .. Packing(), .. PackBench(), .. Papers(), .. Rating(), .. Parcelling(), .. Tracking(),
        .. Docks(), .. CustomsPolicy(), .. Duty(), .. CustomsPapers(),
    ];

    /// <summary>Makes what the table speaks of.</summary>
    public static async Task Prepare(ApiServer api)
    {
        await api.Stock("S", 100);
        await api.Order("o-1", "S", 2);
        await api.Until("o-1", "allocated");
        (await api.Post("/v1/orders", Priced(",\"payment\":\"prepaid\"").Replace("\"x\"", "\"o-2\"",
            StringComparison.Ordinal))).Is(201);
        (await api.Order("o-3", "S")).Is(201);
        await api.Until("o-3", "allocated");
        (await api.Post("/v1/orders/o-3/holds", """{"id":"h","type":"manual","reason":"x"}""")).Is(201);
        (await api.Pay("o-4", "S", 1_000, "authorise", "ok")).Is(201);
        (await api.Order("o-5", "S")).Is(201);
        await api.Until("o-5", "allocated");
        (await api.Post("/v1/fulfilment-orders/o-5-F1/start", """{"id":"s"}""")).Is(200);
        (await api.Post("/v1/orders/o-5/cancel", """{"id":"c"}""")).Is(202);
        (await api.Put("/v1/accounts/a-1", """{"limit":{"amount":1000,"currency":"EUR"}}""")).Is(200);
        await PreparePurchase(api);
        await PrepareCount(api);
        await PreparePlaces(api);
        await PrepareLpns(api);
        await PreparePacking(api);
        await PrepareRating(api);
        await PrepareDock(api);
        await PrepareParcelling(api);
        await api.Until("/v1/orders/o-4", o => o.Text("status") == "allocated"
            && o.Text("paymentState/state") == "settled");
    }

    static string Order(string more) => $$"""{"id":"x","lines":[{{Line}}]{{more}}}""";

    static string Repeat(string text, int count) => new StringBuilder().Insert(0, text, count).ToString();

    static string Deep(char c, int count) => new(c, count);

    static BadRequest Row(string name, string route, string? body, int status, string code, string? field = null) =>
        Row(name, route, body is null ? null : Encoding.UTF8.GetBytes(body), status, code, field);

    static BadRequest Row(string name, string route, byte[]? body, int status, string code, string? field = null) =>
        new(name, route[..route.IndexOf(' ', StringComparison.Ordinal)],
            route[(route.IndexOf(' ', StringComparison.Ordinal) + 1)..], body, status, code, field);
}
