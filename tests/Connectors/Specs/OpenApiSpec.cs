using System.IO.Compression;
using System.Text.Json.Nodes;
using Fulfillment.Tests.Support;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Fulfillment.Tests.Connectors;

/// <summary>A provider's published OpenAPI document, JSON or zipped YAML, as JSON.</summary>
public sealed class OpenApiSpec(JsonObject document)
{
    public JsonObject Document { get; } = document;

    /// <summary>The document of that fixture; null where it is not here.</summary>
    public static OpenApiSpec? Find(string path)
    {
        if (Fixtures.Find(path) is not { } file) return null;
        using var stream = File.OpenRead(file);
        if (path.EndsWith(".json", StringComparison.Ordinal)) return new(JsonNode.Parse(stream)!.AsObject());
        using GZipStream zip = new(stream, CompressionMode.Decompress);
        using StreamReader reader = new(zip);
        YamlStream yaml = new();
        yaml.Load(reader);
        return new(Json(yaml.Documents[0].RootNode)!.AsObject());
    }

    /// <summary>The operation, and the path's template; null where the document has none.</summary>
    public (JsonObject Operation, string Template)? Operation(string method, string path)
    {
        var parts = path.Trim('/').Split('/');
        var found = Document["paths"]!.AsObject().Where(p => Fits(p.Key.Trim('/').Split('/'), parts))
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
