using System.IO.Compression;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Fulfillment.Tests.Support;

/// <summary>A provider's published OpenAPI document, JSON or YAML, which may be zipped, as JSON.</summary>
public sealed class OpenApiSpec(JsonObject document)
{
    static readonly string[] Describing = ["type", "properties", "allOf", "oneOf", "anyOf", "enum"];

    public JsonObject Document { get; } = document;

    /// <summary>The document of that fixture; null where it is not here.</summary>
    public static OpenApiSpec? Find(string path)
    {
        if (Fixtures.Find(path) is not { } file) return null;
        using var stream = File.OpenRead(file);
        if (path.EndsWith(".json", StringComparison.Ordinal)) return new(JsonNode.Parse(stream)!.AsObject());
        using Stream text = path.EndsWith(".gz", StringComparison.Ordinal)
            ? new GZipStream(stream, CompressionMode.Decompress) : stream;
        using StreamReader reader = new(text);
        // UPS has tabs in its YAML, which allows none, and lines of nothing but spaces, more than the text below.
        var lines = reader.ReadToEnd().Replace("\t", "  ", StringComparison.Ordinal).Split('\n')
            .Select(line => string.IsNullOrWhiteSpace(line) ? "" : line);
        using StringReader clean = new(string.Join('\n', lines));
        YamlStream yaml = new();
        yaml.Load(clean);
        return new(Json(yaml.Documents[0].RootNode)!.AsObject());
    }

    /// <summary>
    /// Without choices that describe nothing: FedEx puts samples among its schemas, and anything would fit them.
    /// </summary>
    public OpenApiSpec WithoutSamples()
    {
        Prune(Document);
        return this;
    }

    void Prune(JsonNode? node)
    {
        if (node is JsonObject fields)
        {
            foreach (var choices in new[] { fields["oneOf"], fields["anyOf"] }.OfType<JsonArray>())
                foreach (var choice in choices.Where(c => !Describes(Follow(c!).AsObject())).ToArray())
                    choices.Remove(choice);
            foreach (var (_, field) in fields.ToArray()) Prune(field);
        }

        if (node is not JsonArray items) return;
        foreach (var item in items) Prune(item);
    }

    static bool Describes(JsonObject schema) => Describing.Any(schema.ContainsKey);

    /// <summary>The operation, and the path's template; null where the document has none.</summary>
    public (JsonObject Operation, string Template)? Operation(string method, string path)
    {
        var parts = path.Trim('/').Split('/');
        // UPS tells the same path twice, with other parameters and methods.
        var found = Document["paths"]!.AsObject()
            .Where(p => Fits(p.Key.Trim('/').Split('/'), parts) && p.Value?[method] is JsonObject)
            .OrderBy(p => p.Key.Count(c => c == '{')).FirstOrDefault();
        return found.Value?[method] is JsonObject operation ? (operation, found.Key) : null;
    }

    /// <summary>The object itself, or what it refers to.</summary>
    public JsonNode Follow(JsonNode node)
    {
        while (node is JsonObject o && o["$ref"] is { } reference)
        {
            JsonNode at = Document;
            foreach (var part in reference.GetValue<string>()[2..].Split('/'))
                at = at[part.Replace("~1", "/", StringComparison.Ordinal)]
                    ?? throw new InvalidDataException($"{reference} leads nowhere.");
            node = at;
        }

        return node;
    }

    static bool Fits(string[] template, string[] path) => template.Length == path.Length
        && template.Zip(path).All(p => p.First == p.Second || p.First.StartsWith('{'));

    static JsonNode? Json(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Children.Select(c =>
            KeyValuePair.Create(((YamlScalarNode)c.Key).Value!, Json(c.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(Json)]),
        YamlScalarNode { Style: ScalarStyle.Plain } plain => plain.Value switch
        {
            "true" => true,
            "false" => false,
            "null" or "~" or "" => null,
            var text when long.TryParse(text, out var number) => number,
            var text => text,
        },
        YamlScalarNode scalar => scalar.Value,
        _ => throw new InvalidDataException($"{node.NodeType} is not JSON's."),
    };
}
