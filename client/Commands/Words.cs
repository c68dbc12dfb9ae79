using System.Globalization;
using System.Text.Json.Nodes;
using Fulfillment.Client.Api;

namespace Fulfillment.Client.Commands;

/// <summary>Values of the API's JSON as a table shows them.</summary>
static class Words
{
    /// <summary>A text or a number; empty when there is none.</summary>
    public static string Text(this JsonNode? node, string name) => node?[name]?.ToString() ?? "";

    /// <summary>A whole number, with thousands separated; empty when there is none.</summary>
    public static string Number(this JsonNode? node, string name) =>
        node?[name] is { } value ? ((long)value).ToString("N0", CultureInfo.InvariantCulture) : "";

    /// <summary>An amount of money; empty when there is none.</summary>
    public static string Money(this JsonNode? node, string name) => node?[name] is { } money
        ? MoneyText.Of((long)money["amount"]!, (string)money["currency"]!) : "";

    /// <summary>The items of an array; none when there is no such array.</summary>
    public static IEnumerable<JsonNode> Items(this JsonNode? node, string name) =>
        node?[name] is JsonArray items ? items.OfType<JsonNode>() : [];
}
