using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Fulfillment.Client.Api;

/// <summary>What a cell of a catalogue's file holds.</summary>
enum CellKind
{
    Id,
    Text,
    Number,
    Flag,

    /// <summary>Texts, parted by <c>|</c>.</summary>
    List,

    /// <summary>Components of a kit: <c>A*2|B*1</c>.</summary>
    Kit,

}

/// <summary>A column of a catalogue's file, and where its value is in a request.</summary>
sealed record CatalogueColumn(string Name, CellKind Kind, params string[] Path);

/// <summary>
/// The columns of a catalogue's CSV file: the fields of a SKU as the API has them, <c>/price/amount</c> as
/// <c>price.amount</c>. A row is a merge patch (RFC 7396): an empty cell takes the field away, a column that is not in
/// the file leaves it as it is.
/// </summary>
sealed class CatalogueColumns
{
    const string SkuName = "sku", KitName = "kit", PackPrefix = "pack.", AttributePrefix = "attributes.";

    /// <summary>The most columns of a file.</summary>
    public const int Most = 500;

    static readonly string[] PackNumbers = ["eaches", "count"], PackTexts = ["gtin", "of"];

    readonly CatalogueColumn[] _columns;

    CatalogueColumns(CatalogueColumn[] columns) => _columns = columns;

    /// <summary>How many there are.</summary>
    public int Count => _columns.Length;

    /// <summary>The name of a column as a header has it: only attributes may begin or end with a space.</summary>
    public static string Name(string written) =>
        written.StartsWith(AttributePrefix, StringComparison.Ordinal) ? written : written.Trim();

    /// <summary>The columns that a header names. Throws every one that is none.</summary>
    public static CatalogueColumns Read(IReadOnlyList<string> header)
    {
        if (header.Count > Most) throw Refuse("header", "too-many", $"must name at most {Most} columns");
        if (header is [var only] && only.IndexOfAny([';', '\t']) >= 0)
            throw Refuse("header", "bad-separator", "is one column: fields must be parted by commas");
        Fields fields = new();
        List<CatalogueColumn> columns = [];
        foreach (var name in header)
        {
            if (Of(name) is not { } column) fields.Add(name, "unknown-column", $"is none: columns are {Names()}");
            else if (columns.Any(c => c.Name == name)) fields.Add(name, "duplicate-column", "is there already");
            else columns.Add(column);
        }

        if (columns.TrueForAll(c => c.Kind != CellKind.Id)) fields.Add(SkuName, "required", "is missing");
        fields.Check();
        return new([.. columns]);
    }

    /// <summary>A row as JSON: the fields of a SKU, with its id as <c>sku</c>.</summary>
    public byte[] Patch(Func<int, string> cell)
    {
        JsonObject patch = [];
        for (var i = 0; i < _columns.Length; i++)
        {
            var (column, text) = (_columns[i], cell(i));
            Put(patch, column.Path, Value(column.Kind, text));
        }

        return JsonSerializer.SerializeToUtf8Bytes(patch, ApiJson.Wire.JsonObject);
    }

    /// <summary>
    /// The column that an error of a row is about, by the JSON pointer of its field; the packs have these units.
    /// </summary>
    public string ColumnOf(string pointer, IReadOnlyList<string> units)
    {
        if (!pointer.StartsWith('/')) return pointer;
        var parts = pointer[1..].Split('/');
        if (parts is ["packs", var at, .. var rest] && int.TryParse(at, CultureInfo.InvariantCulture, out var index)
            && index < units.Count)
            return rest is [var property, ..] ? $"{PackPrefix}{units[index]}.{property}" : PackPrefix + units[index];
        for (var length = parts.Length; length > 0; length--)
        {
            var path = parts[..length];
            if (Array.Find(_columns, c => c.Path.AsSpan().SequenceEqual(path)) is { } column)
                return column.Name;
        }

        return string.Join('.', parts);
    }

    /// <summary>The column of this name; null when there is none.</summary>
    static CatalogueColumn? Of(string name)
    {
        if (name == SkuName) return new(name, CellKind.Id, SkuName);
        if (name == KitName) return new(name, CellKind.Kit, KitName);
        if (name.StartsWith(AttributePrefix, StringComparison.Ordinal))
            return new(name, CellKind.Text, "attributes", name[AttributePrefix.Length..]);
        if (name.StartsWith(PackPrefix, StringComparison.Ordinal))
        {
            var parts = name.Split('.');
            if (parts.Length != 3) return null;
            CellKind? kind = PackNumbers.Contains(parts[2]) ? CellKind.Number
                : PackTexts.Contains(parts[2]) ? CellKind.Text : null;
            return kind is { } told ? new(name, told, "packs", parts[1], parts[2]) : null;
        }

        return Of(name, typeof(SkuRequest), name.Split('.'));
    }

    static CatalogueColumn? Of(string name, Type type, ReadOnlySpan<string> path)
    {
        foreach (var property in ApiJson.Wire.GetTypeInfo(type)!.Properties)
        {
            if (property.Name != path[0]) continue;
            if (path.Length > 1)
                return IsNested(property.PropertyType) ? Of(name, property.PropertyType, path[1..]) : null;
            return KindOf(property.PropertyType) is { } kind ? new(name, kind, name.Split('.')) : null;
        }

        return null;
    }

    static CellKind? KindOf(Type type) =>
        type == typeof(string) ? CellKind.Text
        : type == typeof(long?) || type == typeof(int?) ? CellKind.Number
        : type == typeof(bool?) ? CellKind.Flag
        : typeof(IReadOnlyList<string?>).IsAssignableFrom(type) ? CellKind.List : null;

    static bool IsNested(Type type) => type.IsClass && type.Namespace == typeof(SkuRequest).Namespace;

    static string Names() => string.Join(", ", (string[])[SkuName, .. Names(typeof(SkuRequest), ""), KitName,
        $"{AttributePrefix}NAME", $"{PackPrefix}UNIT.({string.Join('|', (string[])[.. PackNumbers, .. PackTexts])})"]);

    static IEnumerable<string> Names(Type type, string before) =>
        from property in ApiJson.Wire.GetTypeInfo(type)!.Properties
        let name = before + property.Name
        from inner in KindOf(property.PropertyType) is not null ? [name]
            : IsNested(property.PropertyType) ? Names(property.PropertyType, name + ".") : []
        select inner;

    static JsonNode? Value(CellKind kind, string text) => kind switch
    {
        _ when text.Length == 0 => null,
        // What is no number is told so where numbers are read.
        CellKind.Number => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var n)
            ? (JsonNode)n : text,
        CellKind.Flag => bool.TryParse(text, out var flag) ? (JsonNode)flag : text,
        CellKind.List => new JsonArray([.. text.Split('|').Select(t => (JsonNode?)t.Trim())]),
        CellKind.Kit => new JsonArray([.. text.Split('|').Select(Part)]),
        _ => text,
    };

    static JsonNode Part(string text)
    {
        var at = text.LastIndexOf('*');
        return at < 0 ? new JsonObject { ["sku"] = text.Trim(), ["units"] = 1 } : new JsonObject
        {
            ["sku"] = text[..at].Trim(),
            ["units"] = Value(CellKind.Number, text[(at + 1)..].Trim()),
        };
    }

    static void Put(JsonObject patch, string[] path, JsonNode? value)
    {
        for (var i = 0; i < path.Length - 1; i++)
        {
            if (patch[path[i]] is not JsonObject inner) patch[path[i]] = inner = [];
            patch = inner;
        }

        patch[path[^1]] = value;
    }

    internal static ProblemException Refuse(string field, string code, string detail) =>
        new(Problem.Invalid(field, code, detail));
}
