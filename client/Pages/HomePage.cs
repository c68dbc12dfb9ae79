using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using Fulfillment.Client.Api;
using Fulfillment.Views;

namespace Fulfillment.Client.Pages;

/// <summary>
/// The first page: what is going on, right now. Rendered here; the browser only puts new pieces in place of old ones.
/// </summary>
static class HomePage
{
    // Two beats a second: the rate of the last two seconds does not jump between none and two.
    const int Smooth = 4;

    /// <summary>All of it. <paramref name="server"/>: where the caller reached us.</summary>
    public static string Whole(Snapshot now, string server) =>
        HomeShell.Html.Replace("<!--live-->", Body(now, server), StringComparison.Ordinal);

    /// <summary>The part that changes.</summary>
    public static string Body(Snapshot now, string server)
    {
        StringBuilder html = new();
        if (now.Trouble is { } trouble) html.Append($"<p class=\"trouble\" role=\"alert\">{Text(trouble)}</p>");
        if (now.Notice is { } notice) html.Append($"<p class=\"trouble\" role=\"status\">{Text(notice)}</p>");
        html.Append("<section class=\"tiles\">");
        Tile(html, "Orders per second", Rate(now.OrdersPerSecond.TakeLast(Smooth).Average()),
            Spark(now.OrdersPerSecond));
        Tile(html, "Orders since start", Number(now.Orders),
            $"{Number(now.Accepted)} accepted · {Number(now.Rejected)} rejected");
        Tile(html, "Commit, median", $"{now.CommitMedian:0.00} ms", $"99 of 100 within {now.CommitP99:0.0} ms");
        var lists = now.ViewLag > 0 ? $"lists {Number(now.ViewLag)} events behind" : "lists up to date";
        Tile(html, "Outbox", Number(now.OutboxDepth), lists);
        Tile(html, "Events per second", Number(now.EventsPerSecond), $"{Number(now.Active)} entities in memory");
        Tile(html, "Memory", $"{now.MemoryBytes >> 20} MB",
            $"{(now.Silos > 0 ? $"{now.Silos} silos" : "entities")} {now.ActiveBytes >> 20} MB");
        html.Append("</section><div class=\"columns\">");
        Orders(html, now, server);
        Skus(html, now);
        return html.Append("</div>").ToString();
    }

    static void Tile(StringBuilder html, string name, string value, string below) =>
        html.Append(
            $"<div class=\"tile\"><h2>{name}</h2><p class=\"value\">{value}</p><p class=\"below\">{below}</p></div>");

    static void Orders(StringBuilder html, Snapshot now, string server)
    {
        html.Append("<section><h2>Newest orders</h2>");
        if (now.Newest.Count == 0)
        {
            html.Append(Empty.Replace("{server}", Text(server), StringComparison.Ordinal)).Append("</section>");
            return;
        }

        html.Append("<table><thead><tr><th>Order<th>Status<th class=\"n\">Units<th class=\"n wide\">Total")
            .Append("<th class=\"n\">Placed, UTC</thead><tbody>");
        foreach (var o in now.Newest)
        {
            var status = Words.Of(o.Progress.Status);
            var total = o.Total is { } money ? Text(Amount(money)) : "";
            html.Append($"<tr><td>{Link(o.Id, $"/v1/orders/{Url(o.Id.Name)}/timeline")}")
                .Append($"<td><span class=\"status {status}\">{status}</span>")
                .Append($"<td class=\"n\">{Number(o.Progress.Units)}<td class=\"n wide\">{total}")
                .Append($"<td class=\"n\">{o.PlacedAt:HH:mm:ss}");
        }

        html.Append("</tbody></table></section>");
    }

    static void Skus(StringBuilder html, Snapshot now)
    {
        html.Append("<section><h2>Busiest SKUs</h2>");
        if (now.Busiest.Count == 0)
        {
            html.Append("<p class=\"empty\">Nothing has been sold since the start.</p></section>");
            return;
        }

        html.Append("<table><thead><tr><th>SKU<th class=\"n\">Sold<th class=\"n\">Available<th>Left</thead><tbody>");
        foreach (var s in now.Busiest)
        {
            var left = s.Sold + s.Available == 0 ? 0 : 100.0 * s.Available / (s.Sold + s.Available);
            var available = s.Available == 0 ? "<b class=\"out\">sold out</b>" : Number(s.Available);
            html.Append($"<tr><td>{Link(s.Id, $"/v1/skus/{Url(s.Id.Name)}/availability")}")
                .Append($"<td class=\"n\">{Number(s.Sold)}<td class=\"n\">{available}")
                .Append($"<td><span class=\"bar\"><i style=\"width:{Number(left)}%\"></i></span>");
        }

        html.Append("</tbody></table></section>");
    }

    /// <summary>A name that leads to its details; what another seller owns cannot be reached by a link alone.</summary>
    static string Link(EntityId id, string path) => id.Seller == Requests.DefaultSeller
        ? $"<a href=\"{path}\">{Text(id.Name)}</a>" : $"{Text(id.Name)} <small>{Text(id.Seller)}</small>";

    /// <summary>The last half minute as a line.</summary>
    static string Spark(IReadOnlyList<double> rates)
    {
        var most = Math.Max(1, rates.Max());
        var points = rates.Select((r, i) => string.Create(
            CultureInfo.InvariantCulture, $"{100.0 * i / (rates.Count - 1):0.0},{28 - (26 * r / most):0.0}"));
        return "<svg viewBox=\"0 0 100 30\" preserveAspectRatio=\"none\" aria-hidden=\"true\">"
            + $"<polyline points=\"{string.Join(' ', points)}\"/></svg>";
    }

    static string Amount(Money m)
    {
        var decimals = Decimals(m.Currency);
        var amount = m.AmountMinor / (decimal)Math.Pow(10, decimals);
        return $"{amount.ToString($"N{decimals}", CultureInfo.InvariantCulture)} {m.Currency}";
    }

    /// <summary>Decimal places of a currency's minor unit (ISO 4217, list one).</summary>
    static int Decimals(string currency) => currency switch
    {
        "BIF" or "CLP" or "DJF" or "GNF" or "ISK" or "JPY" or "KMF" or "KRW" or "PYG" or "RWF" or "UGX" or "VND"
            or "VUV" or "XAF" or "XOF" or "XPF" => 0,
        "BHD" or "IQD" or "JOD" or "KWD" or "LYD" or "OMR" or "TND" => 3,
        _ => 2,
    };

    static string Rate(double n) => n.ToString(n is > 0 and < 10 ? "N1" : "N0", CultureInfo.InvariantCulture);

    static string Number(double n) => n.ToString("N0", CultureInfo.InvariantCulture);

    static string Text(string text) => HtmlEncoder.Default.Encode(text);

    static string Url(string id) => Uri.EscapeDataString(id);

    const string Json = "-H 'Content-Type: application/json' -d";

    const string Empty =
        $$$"""
        <p class="empty">No order has come in since the start. Post one, or start with <code>serve --demo</code>:</p>
        <pre>curl -X PUT  {server}/v1/nodes/LEJ1 {{{Json}}} '{"name":"Leipzig"}'
        curl -X PUT  {server}/v1/skus/ABC-1 {{{Json}}} '{"title":"A thing"}'
        curl -X POST {server}/v1/skus/ABC-1/receipts {{{Json}}} '{"id":"r-1","node":"LEJ1","quantity":10}'
        curl -X POST {server}/v1/orders {{{Json}}} '{"id":"o-1","lines":[{"sku":"ABC-1","quantity":1}]}'</pre>
        """;
}
