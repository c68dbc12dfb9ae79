using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsvHelper;
using Fulfillment.Inventory;
using Fulfillment.Views;

namespace Fulfillment.Client.Api;

/// <summary>
/// All SKUs of a seller, by id, as the import takes them. CSV is read twice: the first time to see which columns it
/// needs. What is changed meanwhile is in it or not.
/// </summary>
sealed class CatalogueExport(StockView skus, string seller, CancellationToken cancel)
{
    const int Page = 500, FlushAt = 1 << 16;

    /// <summary>A line of JSON for each.</summary>
    public async Task Lines(PipeWriter writer)
    {
        foreach (var (sku, card) in Cards())
        {
            JsonObject row = new() { ["sku"] = sku };
            foreach (var (name, value) in SkuPatch.Of(card)) row[name] = value?.DeepClone();
            writer.Write(JsonSerializer.SerializeToUtf8Bytes(row, ApiJson.Wire.JsonObject));
            writer.Write("\n"u8);
            if (writer.UnflushedBytes > FlushAt) await writer.FlushAsync(cancel);
        }

        await writer.FlushAsync(cancel);
    }

    /// <summary>
    /// A header, and a row for each; false, and nothing was written, when there would be more columns than may be.
    /// </summary>
    public async Task<bool> Csv(Stream body, Action begin)
    {
        SortedSet<string> used = new(StringComparer.Ordinal);
        foreach (var (_, card) in Cards())
        {
            used.UnionWith(Cells(card).Select(c => c.Name));
            if (used.Count >= CatalogueColumns.Most) return false;
        }

        string[] columns = ["sku", "title", .. used.Where(n => n != "title")];
        begin();
        await using var writer = CsvWriter.Create(body, new CsvWriterOptions(), leaveOpen: true);
        await writer.WriteRecordAsync(columns, cancel);
        foreach (var (sku, card) in Cards())
        {
            var cells = Cells(card).ToDictionary(c => c.Name, c => c.Text);
            await writer.WriteRecordAsync(
                [sku, .. columns.Skip(1).Select(n => cells.GetValueOrDefault(n, ""))], cancel);
        }

        return true;
    }

    /// <summary>Kits last: their components are to be there when they are read.</summary>
    IEnumerable<(string Sku, SkuCard Card)> Cards() =>
        All().Where(c => !c.Card.IsKit).Concat(All().Where(c => c.Card.IsKit));

    IEnumerable<(string Sku, SkuCard Card)> All()
    {
        string? after = null;
        do
        {
            cancel.ThrowIfCancellationRequested();
            var page = skus.List(seller, after, Page);
            foreach (var row in page.Items) yield return (row.Sku, row.Card);
            after = page.Next;
        }
        while (after is not null);
    }

    static IEnumerable<(string Name, string Text)> Cells(SkuCard card) => Cells("", SkuPatch.Of(card));

    static IEnumerable<(string Name, string Text)> Cells(string before, JsonObject from)
    {
        foreach (var (name, value) in from)
        {
            var cells = (name, value) switch
            {
                ("kit", JsonArray parts) when before == "" =>
                    [("kit", string.Join('|', parts.Select(p => $"{p!["sku"]}*{p["units"]}")))],
                ("packs", JsonArray packs) when before == "" => packs.SelectMany(p => Pack(p!.AsObject())),
                (_, JsonObject inner) => Cells($"{before}{name}.", inner),
                // The bar parts them; in an address it is written so (RFC 3986, section 2.1).
                (_, JsonArray list) when list.Count > 0 => [(before + name,
                    string.Join('|', list.Select(t => $"{t}".Replace("|", "%7C", StringComparison.Ordinal))))],
                (_, JsonArray or null) => [],
                _ => [(before + name, Text(value))],
            };
            foreach (var cell in cells) yield return cell;
        }
    }

    static IEnumerable<(string Name, string Text)> Pack(JsonObject pack) =>
        from property in pack
        where property.Key != "unit" && property.Value is not null
        select ($"pack.{pack["unit"]}.{property.Key}", Text(property.Value));

    static string Text(JsonNode value) =>
        value.GetValueKind() is JsonValueKind.True or JsonValueKind.False ? value.ToJsonString() : value.ToString();
}
