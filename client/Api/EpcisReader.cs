using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Fulfillment.Catalog;

namespace Fulfillment.Client.Api;

/// <summary>Units of an article that were seen: by class so many, or one by serial.</summary>
sealed record SeenUnits(string Gtin, string? Lot, string? Serial, long Units);

/// <summary>
/// An event of EPCIS. <c>Present</c>: what it tells of is there then. <c>Whole</c>: it tells of all that is there.
/// </summary>
sealed record EpcisEvent(
    string Id, long Content, DateTimeOffset At, string What, bool Present, bool Whole, ImmutableArray<SeenUnits> Seen);

/// <summary>
/// Reads EPCIS 2.0 documents in JSON (GS1 EPCIS 2.0, section 9): object and aggregation events, of which the what, when
/// and why are taken. Identifiers that are of no article are let be.
/// </summary>
static class EpcisReader
{
    /// <summary>The most events of a document, and identifiers of an event.</summary>
    public const int MaxEvents = 100, MaxEpcs = 10_000;

    static readonly string[] Schemes = ["urn:epc:id:sgtin:", "urn:epc:class:lgtin:", "urn:epc:idpat:sgtin:"];

    static readonly string[] Counting = ["cycle_counting", "stock_taking"];

    /// <summary>Whether the body means to be EPCIS.</summary>
    public static bool Is(JsonElement body) => body.TryGetProperty("@context", out _)
        || body.TryGetProperty("epcisBody", out _) || body.TryGetProperty("schemaVersion", out _);

    public static IReadOnlyList<EpcisEvent> Read(Fields fields, JsonElement body)
    {
        var type = Text(fields, body, "type", "");
        var list = "/epcisBody/eventList";
        if (Object(fields, body, "epcisBody", "") is not { } inside) return [];
        if (type == "EPCISQueryDocument")
        {
            list = "/epcisBody/queryResults/resultsBody/eventList";
            if (Object(fields, inside, "queryResults", "/epcisBody") is not { } results
                || Object(fields, results, "resultsBody", "/epcisBody/queryResults") is not { } found) return [];
            inside = found;
        }
        else if (type is not ("" or "EPCISDocument"))
        {
            fields.Add("/type", "unknown-value", "must be EPCISDocument or EPCISQueryDocument");
            return [];
        }

        if (!inside.TryGetProperty("eventList", out var events) || events.ValueKind != JsonValueKind.Array)
        {
            fields.Add(list, "required", "must be a list of events");
            return [];
        }

        if (events.GetArrayLength() is 0 or > MaxEvents)
        {
            fields.Add(list, "out-of-range", $"must have 1 to {MaxEvents} events");
            return [];
        }

        return [.. events.EnumerateArray().Select((e, i) => Event(fields, e, $"{list}/{i}"))];
    }

    static EpcisEvent Event(Fields fields, JsonElement e, string at)
    {
        EpcisEvent none = new("", 0, default, "", false, false, []);
        if (e.ValueKind != JsonValueKind.Object)
        {
            fields.Add(at, "wrong-type", "must be an object");
            return none;
        }

        var type = Text(fields, e, "type", at);
        if (type is not ("" or "ObjectEvent" or "AggregationEvent"))
        {
            fields.Add($"{at}/type", "unsupported-event", "must be ObjectEvent or AggregationEvent");
            return none;
        }

        var time = fields.Time($"{at}/eventTime", Text(fields, e, "eventTime", at) is { Length: > 0 } t ? t : null);
        var zone = Text(fields, e, "eventTimeZoneOffset", at);
        if (zone.Length > 0 && !IsOffset(zone))
            fields.Add($"{at}/eventTimeZoneOffset", "bad-time", "must be an offset such as +02:00");
        var action = Text(fields, e, "action", at);
        if (action is not ("" or "ADD" or "OBSERVE" or "DELETE"))
            fields.Add($"{at}/action", "unknown-value", "must be one of ADD, OBSERVE, DELETE");
        var step = e.TryGetProperty("bizStep", out var s) && s.ValueKind == JsonValueKind.String ? s.GetString()! : "";
        var (epcs, classes) = type == "AggregationEvent"
            ? ("childEPCs", "childQuantityList") : ("epcList", "quantityList");
        ImmutableArray<SeenUnits> seen = [.. Epcs(fields, e, epcs, at), .. Classes(fields, e, classes, at)];
        if (type == "ObjectEvent" && !e.TryGetProperty(epcs, out _) && !e.TryGetProperty(classes, out _))
            fields.Add($"{at}/{epcs}", "required", "is missing, and so is a quantityList");
        var wrong = e.TryGetProperty("errorDeclaration", out _);
        var raw = e.GetRawText();
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(raw));
        var id = e.TryGetProperty("eventID", out var given) ? Text(fields, e, "eventID", at)
            : $"sha256:{Convert.ToHexStringLower(hash)}";
        if (id.Length > 512) fields.Add($"{at}/eventID", "too-long", "must have at most 512 characters");
        return new(
            wrong ? $"{id} error" : id, BitConverter.ToInt64(hash), time ?? default,
            Short($"{type} {action} {step}".TrimEnd()), action != "DELETE" && !wrong, Counting.Any(c =>
                step == c || step.EndsWith($":{c}", StringComparison.Ordinal)
                || step.EndsWith($"-{c}", StringComparison.Ordinal)), seen);
    }

    static IEnumerable<SeenUnits> Epcs(Fields fields, JsonElement e, string name, string at)
    {
        var index = 0;
        foreach (var epc in List(fields, e, name, at))
        {
            var field = $"{at}/{name}/{index++}";
            if (epc.ValueKind != JsonValueKind.String || !Uri.TryCreate(epc.GetString(), UriKind.Absolute, out _))
                fields.Add(field, "bad-epc", "must be an EPC, as a URN or a GS1 Digital Link");
            else if (Article(epc.GetString()!, 1) is { } seen) yield return seen;
        }
    }

    static IEnumerable<SeenUnits> Classes(Fields fields, JsonElement e, string name, string at)
    {
        var index = 0;
        foreach (var element in List(fields, e, name, at))
        {
            var field = $"{at}/{name}/{index++}";
            if (element.ValueKind != JsonValueKind.Object)
            {
                fields.Add(field, "wrong-type", "must be an object");
                continue;
            }

            var epc = Text(fields, element, "epcClass", field);
            if (epc.Length > 0 && !Uri.TryCreate(epc, UriKind.Absolute, out _))
                fields.Add($"{field}/epcClass", "bad-epc", "must be a class of EPCs, as a URN or a GS1 Digital Link");
            var measured = element.TryGetProperty("uom", out _);
            if (!element.TryGetProperty("quantity", out var quantity)) continue;
            if (quantity.ValueKind != JsonValueKind.Number)
                fields.Add($"{field}/quantity", "wrong-type", "must be a number");
            // What is weighed or measured is no number of pieces.
            else if (measured) continue;
            else if (!quantity.TryGetDecimal(out var units) || units < 0 || units > int.MaxValue
                || units != decimal.Truncate(units))
                fields.Add($"{field}/quantity", "out-of-range", $"must be a whole number from 0 to {int.MaxValue}");
            else if (Article(epc, (long)units) is { } seen) yield return seen;
        }
    }

    static JsonElement.ArrayEnumerator List(Fields fields, JsonElement e, string name, string at)
    {
        if (!e.TryGetProperty(name, out var list)) return default;
        if (list.ValueKind != JsonValueKind.Array) fields.Add($"{at}/{name}", "wrong-type", "must be a list");
        else if (list.GetArrayLength() > MaxEpcs) fields.Add($"{at}/{name}", "too-many", $"at most {MaxEpcs}");
        else return list.EnumerateArray();
        return default;
    }

    /// <summary>
    /// Of which article an identifier is (EPC Tag Data Standard, sections 6.3.1 and 8.3); null for none.
    /// </summary>
    public static SeenUnits? Article(string epc, long units)
    {
        foreach (var scheme in Schemes)
        {
            if (!epc.StartsWith(scheme, StringComparison.Ordinal)) continue;
            if (epc[scheme.Length..].Split('.', 3) is not [var company, [var first, .. var item], var last])
                return null;
            var digits = $"{first}{company}{item}";
            if (digits.Length != 13 || !digits.All(char.IsAsciiDigit)) return null;
            var gtin = digits + CheckDigits.Of(digits);
            return scheme.Contains(":class:", StringComparison.Ordinal)
                ? new(gtin, Uri.UnescapeDataString(last), null, units)
                : new(gtin, null, last == "*" ? null : Uri.UnescapeDataString(last), units);
        }

        if (!epc.StartsWith("http", StringComparison.Ordinal)) return null;
        return Barcode.Read(epc, out _) is { Gtin: { } number } link ? new(number, link.Lot, link.Serial, units) : null;
    }

    static string Text(Fields fields, JsonElement e, string name, string at)
    {
        if (e.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String && text.GetString() is
            { Length: > 0 } said) return said;
        fields.Add($"{at}/{name}", "required", "is missing, or no text");
        return "";
    }

    static JsonElement? Object(Fields fields, JsonElement e, string name, string at)
    {
        if (e.TryGetProperty(name, out var inside) && inside.ValueKind == JsonValueKind.Object) return inside;
        fields.Add($"{at}/{name}", "required", "is missing, or no object");
        return null;
    }

    static bool IsOffset(string text) => text is [('+' or '-'), _, _, ':', _, _]
        && TimeSpan.TryParseExact(text[1..], @"hh\:mm", CultureInfo.InvariantCulture, out var offset)
        && offset <= TimeSpan.FromHours(14);

    static string Short(string text) => text.Length <= 200 ? text : text[..200];
}
