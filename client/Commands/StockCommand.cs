using System.CommandLine;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace Fulfillment.Client.Commands;

/// <summary><c>stock</c>: what a running server has in stock.</summary>
static class StockCommand
{
    public static Command Create()
    {
        Command command = new(
            "stock", "Shows the stock at a running server: of the named SKUs, per node, or a page of all SKUs.");
        Argument<string[]> skus = new("sku") { Description = "SKUs to show.", Arity = ArgumentArity.ZeroOrMore };
        RunningServer server = new();
        command.Arguments.Add(skus);
        server.AddTo(command);
        command.SetAction((result, cancel) =>
        {
            string[] paths = [.. result.GetValue(skus)!.Select(sku => "/v1/skus/" + Uri.EscapeDataString(sku))];
            return server.Show(result, paths.Length == 0 ? ["/v1/skus?limit=500"] : paths, Show, cancel);
        });
        return command;
    }

    static void Show(IReadOnlyList<JsonNode> answers)
    {
        var table = new Table().AddColumns("SKU", "Title", "Node")
            .AddNumbers("On hand", "Reserved", "Committed", "Available", "Backordered");
        var skus = answers.SelectMany(a => a is JsonObject o && o.ContainsKey("items") ? a.Items("items") : [a]);
        foreach (var sku in skus)
        {
            table.AddRow(
                Markup.Escape(sku.Text("sku")), Markup.Escape(sku.Text("title")), "all",
                sku.Number("onHand"), sku.Number("reserved"), sku.Number("committed"),
                sku.Number("available"), sku.Number("backordered"));
            foreach (var node in sku.Items("nodes"))
            {
                table.AddRow(
                    "", "", Markup.Escape(node.Text("node")),
                    node.Number("onHand"), "", node.Number("committed"), "", "");
            }
        }

        Screen.Write(table);
        if (answers is [JsonObject page] && page["next"] is not null)
            Console.Out.WriteLine("There are more: name the SKUs you want, or follow /v1/skus?cursor=.");
    }
}
