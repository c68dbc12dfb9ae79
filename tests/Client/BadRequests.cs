using System.Text;

namespace Fulfillment.Tests.Client;

/// <summary>A request that must be refused: with this status and code, naming this field.</summary>
public sealed record BadRequest(
    string Name, string Method, string Path, byte[]? Body, int Status, string Code, string? Field,
    string? ContentType = "application/json", string? Header = null, string Value = "");

/// <summary>
/// The table of what must be refused. There are the SKU <c>S</c>, the node <c>LEJ1</c>, the order <c>o-1</c> of two
/// units with its fulfilment order, and the prepaid order <c>o-2</c>.
/// </summary>
public static partial class BadRequests
{
    const string Orders = "POST /v1/orders", Receipts = "POST /v1/skus/S/receipts",
    Adjustments = "POST /v1/skus/S/adjustments",
        Moves = "POST /v1/skus/S/moves", Holds = "POST /v1/skus/S/holds", Cancel = "POST /v1/orders/o-1/cancel",
        Pay = "POST /v1/orders/o-2/payment-confirmed", Ship = "POST /v1/fulfilment-orders/o-1-F1/ship",
        Deliver = "POST /v1/fulfilment-orders/o-1-F1/deliver", Sku = "PUT /v1/skus/S", Node = "PUT /v1/nodes/LEJ1";

    const string Line = """{"sku":"S","quantity":1}""";

    static readonly string Long = new('a', 129), TenKilobytes = new('a', 10_000);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<BadRequest> All { get; } =
    [
        .. NotJson(), .. WrongShapes(), .. UnknownFields(), .. Quantities(), .. Lines(), .. Ids(), .. PathIds(),
        .. Characters(), .. Texts(),
        .. Amounts(), .. TimesAndWords(), .. Routes(), .. ContentTypes(), .. Lists(), .. Headers(), .. Sizes(),
    ];

    static string Order(string more) => $$"""{"id":"x","lines":[{{Line}}]{{more}}}""";

    static string Repeat(string text, int count) => new StringBuilder().Insert(0, text, count).ToString();

    static string Deep(char c, int count) => new(c, count);

    static BadRequest Row(string name, string route, string? body, int status, string code, string? field = null) =>
        Row(name, route, body is null ? null : Encoding.UTF8.GetBytes(body), status, code, field);

    static BadRequest Row(string name, string route, byte[]? body, int status, string code, string? field = null) =>
        new(name, route[..route.IndexOf(' ', StringComparison.Ordinal)],
            route[(route.IndexOf(' ', StringComparison.Ordinal) + 1)..], body, status, code, field);
}
