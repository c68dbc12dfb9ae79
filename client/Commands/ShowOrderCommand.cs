using System.CommandLine;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace Fulfillment.Client.Commands;

/// <summary><c>order</c>: an order at a running server, and how it came to where it is.</summary>
static class ShowOrderCommand
{
    public static Command Create()
    {
        Command command = new("order", "Shows an order at a running server with its timeline, or the newest orders.");
        Argument<string?> id = new("id") { Description = "The order to show.", Arity = ArgumentArity.ZeroOrOne };
        RunningServer server = new();
        command.Arguments.Add(id);
        server.AddTo(command);
        command.SetAction((result, cancel) =>
        {
            if (result.GetValue(id) is not { } order)
                return server.Show(result, ["/v1/orders?limit=50"], a => ShowList(a[0]), cancel);
            var path = "/v1/orders/" + Uri.EscapeDataString(order);
            return server.Show(result, [path, path + "/timeline"], a => ShowOne(a[0], a[1]), cancel);
        });
        return command;
    }

    static void ShowList(JsonNode page)
    {
        var table = new Table().AddColumns("Order", "Status", "Channel", "Placed at").AddNumbers("Units");
        foreach (var order in page.Items("items"))
        {
            table.AddRow(
                Markup.Escape(order.Text("id")), order.Text("status"), Markup.Escape(order.Text("channel")),
                order.Text("placedAt"), order.Number("units"));
        }

        Screen.Write(table);
    }

    static void ShowOne(JsonNode order, JsonNode timeline)
    {
        Console.Out.WriteLine($"Order {order.Text("id")}, {order.Text("status")}, placed at {order.Text("placedAt")}");
        if (order["total"] is not null) Console.Out.WriteLine($"Total {order.Money("total")}");
        ShowMoney(order);
        ShowScreening(order);
        var lines = new Table().AddColumns("Line", "SKU").AddNumbers(
            "Ordered", "Reserved", "Backordered", "Allocated", "Shipped", "Delivered", "Cancelled");
        string[] counts = ["quantity", "reserved", "backordered", "allocated", "shipped", "delivered", "cancelled"];
        foreach (var line in order.Items("lines"))
        {
            lines.AddRow([
                Markup.Escape(line.Text("id")), Markup.Escape(line.Text("sku")),
                .. counts.Select(c => line.Number(c)),
            ]);
        }
        Screen.Write(lines);
        ShowHolds(order);

        var story = new Table().AddColumns("When", "What", "Who");
        foreach (var moment in timeline.Items("items"))
            story.AddRow(moment.Text("at"), Markup.Escape(moment.Text("text")), Markup.Escape(moment.Text("actor")));
        Screen.Write(story);
    }

    static void ShowMoney(JsonNode order)
    {
        if (order["due"] is not null)
            Console.Out.WriteLine($"Due {order.Money("due")}, payment {order.Text("payment")}");
        if (order["paymentState"] is not { } payment) return;
        Console.Out.WriteLine(
            $"Payment by {payment.Text("provider")} is {payment.Text("state")}: {payment.Money("authorised")} "
            + $"authorised, {payment.Money("captured")} captured, {payment.Money("refunded")} refunded"
            + (payment["code"] is null ? "" : $" ({payment.Text("code")})"));
        if (payment["actionUrl"] is not null)
            Console.Out.WriteLine($"The buyer has to approve it at {payment.Text("actionUrl")}");
    }

    static void ShowScreening(JsonNode order)
    {
        if (order["screening"] is not { } screening) return;
        Console.Out.WriteLine($"Screening says {screening.Text("verdict")}, score {screening.Text("score")}"
            + string.Concat(screening.Items("reasons").Select(r =>
                $"; {r.Text("name")} {r.Text("points")} ({r.Text("detail")})")));
    }

    static void ShowHolds(JsonNode order)
    {
        if (!order.Items("holds").Any()) return;
        var holds = new Table().AddColumns("Hold", "Type", "Why", "By", "Since", "Decide by", "Released");
        foreach (var hold in order.Items("holds"))
        {
            holds.AddRow([
                hold.Text("number"), hold.Text("type"), Markup.Escape(hold.Text("reason")),
                Markup.Escape(hold.Text("by")), hold.Text("at"), hold.Text("until"),
                Markup.Escape(hold["releasedAt"] is null ? ""
                    : $"{hold.Text("releasedAt")} by {hold.Text("releasedBy")}: {hold.Text("release")}"),
            ]);
        }

        Screen.Write(holds);
    }
}
