using System.Globalization;
using System.Text.Json.Nodes;

namespace Fulfillment.Tests.Support;

/// <summary>
/// A form whose names have brackets (<c>metadata[payment]=x</c>) as the JSON that its schema describes. Text that the
/// schema has as a number or a boolean becomes one where it can.
/// </summary>
public sealed class FormBody(OpenApiSpec spec)
{
    public JsonObject Read(IEnumerable<KeyValuePair<string, string>> form, JsonNode schema)
    {
        JsonObject root = [];
        foreach (var (name, value) in form)
        {
            string[] path = [.. name.Split('[').Select(part => part.TrimEnd(']'))];
            var at = root;
            foreach (var part in path[..^1]) at = (JsonObject)(at[part] ??= new JsonObject());
            at[path[^1]] = value;
        }

        return (JsonObject)Typed(root, schema)!;
    }

    JsonNode? Typed(JsonNode? value, JsonNode node)
    {
        var schema = spec.Follow(node).AsObject();
        if (schema["anyOf"] is JsonArray choices)
        {
            SchemaMisfits check = new(spec);
            var tries = choices.Select(c => (Value: Typed(value?.DeepClone(), c!), Schema: c!));
            return tries.FirstOrDefault(t => check.Of(t.Schema, t.Value).Count == 0).Value ?? value?.DeepClone();
        }

        switch (value, schema["type"]?.GetValue<string>())
        {
            case (JsonObject list, "array"):
                return new JsonArray([.. list.Select(item => Typed(item.Value, schema["items"]!))]);
            case (JsonObject fields, _):
                var known = schema["properties"]?.AsObject();
                return new JsonObject(fields.Select(f => KeyValuePair.Create(f.Key,
                    known?[f.Key] is { } described ? Typed(f.Value, described) : f.Value?.DeepClone())));
            case (JsonValue text, "integer")
                when long.TryParse(text.GetValue<string>(), CultureInfo.InvariantCulture, out var number):
                return number;
            case (JsonValue text, "boolean") when text.GetValue<string>() is "true" or "false":
                return text.GetValue<string>() == "true";
            default:
                return value?.DeepClone();
        }
    }
}
