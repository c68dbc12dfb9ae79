using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Fulfillment.Tests.Support;

/// <summary>
/// What of a JSON value does not fit a schema (OpenAPI 3.0, as far as the documents of providers use it). Fields that
/// the schema does not name are misfits whether it forbids them or not: we invent none.
/// </summary>
public sealed class SchemaMisfits(OpenApiSpec spec)
{
    static readonly TimeSpan MostTime = TimeSpan.FromSeconds(2);

    /// <summary>All misfits, each with its place.</summary>
    public IReadOnlyList<string> Of(JsonNode schema, JsonNode? value) => Check(schema, value, "");

    List<string> Check(JsonNode node, JsonNode? value, string at)
    {
        var schema = spec.Follow(node).AsObject();
        if (value is null)
            return schema["nullable"]?.GetValue<bool>() == true || !schema.ContainsKey("type") ? [] : [$"{at}: null"];
        List<string> misfits = [];
        if (schema["allOf"] is JsonArray all && !all.All(IsObject))
            misfits.AddRange(all.SelectMany(part => Check(part!, value, at)));
        foreach (var choices in new[] { schema["anyOf"], schema["oneOf"] }.OfType<JsonArray>())
        {
            var tries = choices.Select(c => Check(c!, value, at).ToArray()).ToArray();
            // What is told is the choice that was meant: one that fits at this place.
            if (tries.All(t => t.Length > 0)) misfits.AddRange(tries.MinBy(t => t.Any(m => IsAt(m, at)))!);
        }

        if (schema["type"] is { } type && !IsOfType(type.GetValue<string>(), value))
            return [.. misfits, $"{at}: {value.ToJsonString()} is no {type}"];
        misfits.AddRange(Values(schema, value, at));
        if (value is JsonObject fields) misfits.AddRange(Fields(schema, fields, at));
        if (value is JsonArray items) misfits.AddRange(Items(schema, items, at));
        return misfits;
    }

    static IEnumerable<string> Values(JsonObject schema, JsonNode value, string at)
    {
        if (schema["enum"] is JsonArray words && !words.Any(w => JsonNode.DeepEquals(w, value)))
            yield return $"{at}: {value.ToJsonString()} is none of {words.ToJsonString()}";
        if (value.GetValueKind() != JsonValueKind.String) yield break;
        var text = value.GetValue<string>();
        if (schema["maxLength"] is { } most && text.Length > Number(most)) yield return $"{at}: longer than {most}";
        if (schema["minLength"] is { } least && text.Length < Number(least)) yield return $"{at}: shorter than {least}";
        if (schema["pattern"] is { } pattern && !Regex.IsMatch(text, pattern.GetValue<string>(), default, MostTime))
            yield return $"{at}: {text} does not match {pattern}";
    }

    IEnumerable<string> Fields(JsonObject schema, JsonObject value, string at)
    {
        Dictionary<string, JsonNode> known = [];
        HashSet<string> required = [];
        JsonNode? others = null;
        Gather(schema, known, required, ref others);
        foreach (var name in required.Where(name => !value.ContainsKey(name))) yield return $"{at}/{name}: missing";
        // An object of choices is judged by them; one that describes no field at all may have any.
        var isOpen = schema.ContainsKey("anyOf") || schema.ContainsKey("oneOf") || (known.Count == 0 && others is null);
        foreach (var (name, field) in value)
        {
            if (known.TryGetValue(name, out var described))
                foreach (var misfit in Check(described, field, $"{at}/{name}")) yield return misfit;
            else if (others is JsonObject other)
                foreach (var misfit in Check(other, field, $"{at}/{name}")) yield return misfit;
            else if (!isOpen) yield return $"{at}/{name}: unknown";
        }
    }

    /// <summary>The fields of a schema and of all that it is put together from.</summary>
    void Gather(JsonObject schema, Dictionary<string, JsonNode> known, HashSet<string> required, ref JsonNode? others)
    {
        foreach (var (name, field) in schema["properties"]?.AsObject() ?? []) known[name] = field!;
        foreach (var name in schema["required"]?.AsArray() ?? []) required.Add(name!.GetValue<string>());
        if (schema["additionalProperties"] is JsonObject { Count: > 0 } other) others = other;
        foreach (var part in schema["allOf"]?.AsArray() ?? [])
            Gather(spec.Follow(part!).AsObject(), known, required, ref others);
    }

    IEnumerable<string> Items(JsonObject schema, JsonArray value, string at)
    {
        if (schema["minItems"] is { } least && value.Count < Number(least)) yield return $"{at}: fewer than {least}";
        if (schema["maxItems"] is { } most && value.Count > Number(most)) yield return $"{at}: more than {most}";
        if (schema["items"] is not { } item) yield break;
        for (var i = 0; i < value.Count; i++)
            foreach (var misfit in Check(item, value[i], $"{at}/{i}")) yield return misfit;
    }

    static bool IsAt(string misfit, string at) => misfit.StartsWith($"{at}: ", StringComparison.Ordinal);

    bool IsObject(JsonNode? node) => spec.Follow(node!).AsObject() is { } schema
        && (schema.ContainsKey("properties") || schema.ContainsKey("allOf"));

    static bool IsOfType(string type, JsonNode value) => (type, value.GetValueKind()) switch
    {
        ("object", JsonValueKind.Object) or ("array", JsonValueKind.Array) or ("string", JsonValueKind.String)
            or ("number", JsonValueKind.Number) or ("boolean", JsonValueKind.True or JsonValueKind.False) => true,
        ("integer", JsonValueKind.Number) => long.TryParse(
            value.ToJsonString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
        _ => false,
    };

    static long Number(JsonNode node) => long.Parse(node.ToJsonString(), CultureInfo.InvariantCulture);
}
