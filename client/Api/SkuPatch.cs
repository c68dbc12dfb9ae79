using System.Text.Json;
using System.Text.Json.Nodes;
using Fulfillment.Inventory;

namespace Fulfillment.Client.Api;

/// <summary>
/// A card after a merge patch (RFC 7396, section 2), read as a request for a whole card would be. Packs may be patched
/// one by one, as an object by their units.
/// </summary>
static class SkuPatch
{
    /// <summary>What an answer about a SKU has that is not on its card.</summary>
    public static readonly string[] NotOnCard = ["sku", "onHand", "reserved", "committed", "available"];

    /// <summary>The request for the card after the patch.</summary>
    public static JsonObject Apply(SkuCard? known, JsonObject patch, DateTimeOffset now)
    {
        var card = known is null ? [] : Of(known);
        // When it is sold already, the day does not matter any more; only days ahead may be told.
        if (known?.Product?.AvailableFrom <= now) (card["product"] as JsonObject)?.Remove("availableFrom");
        var packs = card["packs"] as JsonArray;
        Merge(card, patch);
        if (patch["packs"] is JsonObject byUnit) card["packs"] = Packs(packs, byUnit);
        Prune(card);
        return card;
    }

    /// <summary>The card that a request tells, and its attribute set. Throws every field that is wrong.</summary>
    public static (SkuCard Card, SetOfRequest? Set) Read(string sku, JsonObject request, DateTimeOffset now)
    {
        var text = JsonSerializer.SerializeToUtf8Bytes(request, ApiJson.Wire.JsonObject);
        var told = Requests.Parse(text, ApiJson.Wire.SkuRequest);
        return (SkuCards.Read(sku, told, now), told.AttributeSet);
    }

    /// <summary>The units of the packs of a request, in its order.</summary>
    public static IReadOnlyList<string> Units(JsonObject request) =>
        [.. (request["packs"] as JsonArray ?? []).Select(p => $"{(p as JsonObject)?["unit"]}")];

    /// <summary>The card as a request would tell it.</summary>
    public static JsonObject Of(SkuCard card)
    {
        var body = JsonSerializer.SerializeToNode(SkuCards.Body("", card), ApiJson.Wire.SkuBody)!.AsObject();
        foreach (var name in NotOnCard) body.Remove(name);
        // Which product it is of is the product's to tell; the card keeps it.
        body.Remove("variant");
        return body;
    }

    static JsonArray? Packs(JsonArray? known, JsonObject byUnit)
    {
        List<(string Unit, JsonObject Pack)> packs =
            [.. (known ?? []).Select(p => ($"{p!["unit"]}", p.DeepClone().AsObject()))];
        foreach (var (unit, patch) in byUnit)
        {
            var pack = packs.Find(p => p.Unit == unit).Pack;
            if (pack is null) packs.Add((unit, pack = new() { ["unit"] = unit }));
            if (patch is JsonObject told) Merge(pack, told);
            if (pack.Count == 1 || patch is null) packs.RemoveAll(p => p.Unit == unit);
        }

        return packs.Count == 0 ? null : new JsonArray([.. packs.Select(p => p.Pack)]);
    }

    static void Merge(JsonObject target, JsonObject patch)
    {
        foreach (var (name, value) in patch)
        {
            if (value is null) target.Remove(name);
            else if (value is not JsonObject inner) target[name] = value.DeepClone();
            else
            {
                if (target[name] is not JsonObject there) target[name] = there = [];
                Merge(there, inner);
            }
        }
    }

    /// <summary>Takes away objects of which all was taken away.</summary>
    static void Prune(JsonObject target)
    {
        foreach (var (name, value) in target.ToList())
        {
            if (value is not JsonObject inner) continue;
            Prune(inner);
            if (inner.Count == 0) target.Remove(name);
        }
    }
}
