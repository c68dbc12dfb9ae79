using System.Text.Json;
using System.Text.RegularExpressions;

namespace Fulfillment.Tests.Client;

/// <summary>
/// Whether JSON is as a schema of the OpenAPI document says (JSON Schema 2020-12, as far as the document uses it).
/// </summary>
public sealed class SchemaCheck(JsonElement document)
{
    /// <summary>What does not fit, each with its place; empty when all does.</summary>
    public IReadOnlyList<string> Misfits(JsonElement schema, JsonElement value) => [.. Check(schema, value, "")];

    /// <summary>Sends the request; fails where it, if it is taken, or the answer is not as the document says.</summary>
    public async Task Answered(ApiServer api, string method, string path, string template, string? body)
    {
        var answer = await api.Send(method.ToUpperInvariant(), path, body);
        var what = $"{method} {path}: {answer.Status} {answer.Body}";
        if (body is not null && answer.Status is >= 200 and < 300)
        {
            using var sent = JsonDocument.Parse(body);
            var request = Misfits(Body(method, template, null, "application/json"), sent.RootElement);
            Assert.True(request.Count == 0, $"request {string.Join("; ", request)}: {what}");
        }

        var misfits = Misfits(Body(method, template, $"{answer.Status}", answer.ContentType!), answer.Json);
        Assert.True(misfits.Count == 0, $"{string.Join("; ", misfits)}: {what}");
    }

    /// <summary>What a request must have is what its schema requires, which is told by sending nothing.</summary>
    public async Task Requires(ApiServer api, string method, string path, string template)
    {
        using var empty = JsonDocument.Parse("{}");
        var schema = Body(method.ToLowerInvariant(), template, null, "application/json");
        var answer = (await api.Send(method, path, "{}", ("Idempotency-Key", "k"))).Is(400);
        Assert.Equal(
            answer.Each("field", "errors").Order(),
            Misfits(schema, empty.RootElement).Select(m => m.Split(':')[0]).Order());
    }

    /// <summary>The component's schema allows one, and not the other.</summary>
    public void Tells(string component, string allowed, string refused)
    {
        using var good = JsonDocument.Parse(allowed);
        using var bad = JsonDocument.Parse(refused);
        Assert.Empty(Misfits(Component(component), good.RootElement));
        Assert.True(Misfits(Component(component), bad.RootElement).Count > 0, $"{component} allows {refused}");
    }

    /// <summary>The schema of a component.</summary>
    public JsonElement Component(string name) =>
        document.GetProperty("components").GetProperty("schemas").GetProperty(name);

    /// <summary>The schema of a body: of the request when <paramref name="status"/> is null.</summary>
    public JsonElement Body(string method, string path, string? status, string type)
    {
        var operation = document.GetProperty("paths").GetProperty(path).GetProperty(method);
        var holder = status is null ? operation.GetProperty("requestBody") : operation.GetProperty("responses")
            .GetProperty(status);
        return holder.GetProperty("content").GetProperty(type).GetProperty("schema");
    }

    IEnumerable<string> Check(JsonElement schema, JsonElement value, string at)
    {
        if (schema.TryGetProperty("$ref", out var reference))
        {
            foreach (var misfit in Check(Follow(reference.GetString()!), value, at)) yield return misfit;
            yield break;
        }

        if (schema.TryGetProperty("oneOf", out var choices))
        {
            if (!choices.EnumerateArray().Any(c => !Check(c, value, at).Any()))
                yield return $"{at}: none of the choices";
            yield break;
        }

        if (schema.TryGetProperty("type", out var type) && !Types(type).Contains(TypeOf(value))
            && !(TypeOf(value) == "integer" && Types(type).Contains("number")))
        {
            yield return $"{at}: {TypeOf(value)} and not {type}";
            yield break;
        }

        foreach (var misfit in Values(schema, value, at)) yield return misfit;
        if (value.ValueKind == JsonValueKind.Array && schema.TryGetProperty("items", out var items))
        {
            var i = 0;
            foreach (var item in value.EnumerateArray())
                foreach (var misfit in Check(items, item, $"{at}/{i++}")) yield return misfit;
        }

        if (value.ValueKind != JsonValueKind.Object) yield break;
        foreach (var misfit in Fields(schema, value, at)) yield return misfit;
    }

    IEnumerable<string> Fields(JsonElement schema, JsonElement value, string at)
    {
        if (schema.TryGetProperty("required", out var required))
            foreach (var name in required.EnumerateArray())
                if (!value.TryGetProperty(name.GetString()!, out _)) yield return $"{at}/{name}: missing";
        schema.TryGetProperty("properties", out var known);
        foreach (var field in value.EnumerateObject())
        {
            if (known.ValueKind == JsonValueKind.Object && known.TryGetProperty(field.Name, out var described))
            {
                foreach (var misfit in Check(described, field.Value, $"{at}/{field.Name}")) yield return misfit;
            }
            else if (schema.TryGetProperty("additionalProperties", out var others))
            {
                if (others.ValueKind == JsonValueKind.False) yield return $"{at}/{field.Name}: unknown";
                else if (others.ValueKind == JsonValueKind.Object)
                    foreach (var misfit in Check(others, field.Value, $"{at}/{field.Name}")) yield return misfit;
            }
        }
    }

    static IEnumerable<string> Values(JsonElement schema, JsonElement value, string at)
    {
        if (schema.TryGetProperty("enum", out var words) && !words.EnumerateArray()
            .Any(w => JsonElement.DeepEquals(w, value)))
            yield return $"{at}: {value} is none of {words}";
        if (schema.TryGetProperty("pattern", out var pattern) && value.ValueKind == JsonValueKind.String
            && !Regex.IsMatch(value.GetString()!, pattern.GetString()!, RegexOptions.NonBacktracking))
            yield return $"{at}: {value} does not match {pattern}";
        if (schema.TryGetProperty("minimum", out var least) && value.GetDecimal() < least.GetDecimal())
            yield return $"{at}: below {least}";
        if (schema.TryGetProperty("maximum", out var most) && value.GetDecimal() > most.GetDecimal())
            yield return $"{at}: above {most}";
    }

    JsonElement Follow(string reference)
    {
        var at = document;
        foreach (var part in reference[2..].Split('/')) at = at.GetProperty(part);
        return at;
    }

    static IReadOnlyList<string?> Types(JsonElement type) => type.ValueKind == JsonValueKind.Array
        ? [.. type.EnumerateArray().Select(t => t.GetString())] : [type.GetString()];

    static string TypeOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.Number => value.GetRawText().AsSpan().ContainsAny('.', 'e', 'E') ? "number" : "integer",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        _ => "null",
    };
}
