using System.Text.Json;
using System.Text.Json.Serialization;
using Fulfillment.Inventory;

namespace Fulfillment.Client.Api;

/// <summary>What was changed on the card of a SKU: who, when, which field, before and after.</summary>
public static class CardHistoryApi
{
    /// <summary>Adds the route.</summary>
    public static void MapCardHistory(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/v1/skus/{sku}/history", Get)
            .Describe("listCardChanges", "Changes of what the catalogue says of a SKU, newest first", "skus")
            .Answers<PageBody<CardChangeBody>>(200).Refuses(400);

    static IResult Get(HttpContext http, Backend backend, string sku, string? cursor, string? limit)
    {
        Requests.PathId("sku", sku);
        var page = Paging.Of(() => backend.Views.Cards.Changes(http.Seller(), sku, cursor, Requests.Limit(limit)));
        List<CardChangeBody> items = [];
        foreach (var (_, position, before) in page.Items)
        {
            var fact = FactAt(backend, position);
            var (defined, former) = (CardOf(fact), before is { } at ? CardOf(FactAt(backend, at)).Card : null);
            items.Add(new(
                defined.Revision, fact.Position, fact.At, fact.Origin.Actor, fact.Origin.Cause,
                Changes(former, defined.Card)));
        }

        return Answer.Ok(new(items, page.Next), ApiJson.Wire.CardChangePage);
    }

    static Fact FactAt(Backend backend, long position) => backend.Kinds.Read(
        backend.Journal.At(position) ?? throw new InvalidOperationException($"The journal has nothing at {position}."));

    static SkuEvent.SkuDefined CardOf(Fact fact) => (SkuEvent.SkuDefined)fact.Event;

    /// <summary>The fields that differ, in ordinal order; lists are compared as a whole.</summary>
    static List<FieldChangeBody> Changes(SkuCard? before, SkuCard after)
    {
        var (was, now) = (before is null ? [] : Fields(before), Fields(after));
        List<FieldChangeBody> changes = [];
        foreach (var field in was.Keys.Union(now.Keys).Order(StringComparer.Ordinal))
        {
            JsonElement? old = was.TryGetValue(field, out var o) ? o : null;
            JsonElement? next = now.TryGetValue(field, out var n) ? n : null;
            if (old is { } a && next is { } b && JsonElement.DeepEquals(a, b)) continue;
            changes.Add(new(field, old, next));
        }

        return changes;
    }

    /// <summary>The card as answers have it, by JSON pointer; null fields are none.</summary>
    static Dictionary<string, JsonElement> Fields(SkuCard card)
    {
        Dictionary<string, JsonElement> fields = [];
        var body = JsonSerializer.SerializeToElement(SkuCards.Body("", card), ApiJson.Wire.SkuBody);
        foreach (var property in body.EnumerateObject())
            if (!SkuPatch.NotOnCard.Contains(property.Name)) Add(fields, $"/{property.Name}", property.Value);
        return fields;
    }

    static void Add(Dictionary<string, JsonElement> fields, string at, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            fields.Add(at, value);
            return;
        }

        foreach (var property in value.EnumerateObject())
            Add(fields, $"{at}/{JsonText.Escape(property.Name)}", property.Value);
    }
}

/// <summary>
/// A field of a card, by JSON pointer, before and after; null where the card did not have it, or has it no more.
/// </summary>
public sealed record FieldChangeBody(
    string Field,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] JsonElement? Before,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] JsonElement? After);

/// <summary>A change of a card: its revision and position, when, who, why, and which fields.</summary>
public sealed record CardChangeBody(
    long Revision, long Position, DateTimeOffset At, string Actor, string Cause,
    IReadOnlyList<FieldChangeBody> Changes);
