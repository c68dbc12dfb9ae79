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
    /// <summary>All of it. <paramref name="server"/>: where the caller reached us.</summary>
    public static string Whole(Snapshot now, string server) =>
        Shell.Replace("<!--live-->", Body(now, server), StringComparison.Ordinal);

    /// <summary>The part that changes.</summary>
    public static string Body(Snapshot now, string server)
    {
        StringBuilder html = new();
        if (now.Trouble is { } trouble) html.Append($"<p class=\"trouble\" role=\"alert\">{Text(trouble)}</p>");
        html.Append("<section class=\"tiles\">");
        Tile(html, "Orders per second", Number(now.OrdersPerSecond[^1]), Spark(now.OrdersPerSecond));
        Tile(html, "Orders since start", Number(now.Orders),
            $"{Number(now.Accepted)} accepted · {Number(now.Rejected)} rejected");
        Tile(html, "Commit, median", $"{now.CommitMedian:0.00} ms", $"99 of 100 within {now.CommitP99:0.00} ms");
        Tile(html, "Outbox", Number(now.OutboxDepth), now.ViewLag > 0 ? $"lists {Number(now.ViewLag)} events behind"
            : "lists up to date");
        Tile(html, "Events per second", Number(now.EventsPerSecond), $"{Number(now.Active)} entities in memory");
        Tile(html, "Memory", $"{now.MemoryBytes >> 20} MB", $"entities {now.ActiveBytes >> 20} MB");
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
        if (now.Newest.Count == 0) html.Append(Empty.Replace("{server}", Text(server), StringComparison.Ordinal));
        else html.Append(
            "<table><thead><tr><th>Order<th>Status<th class=\"n\">Units<th class=\"n\">Total<th>Placed</thead><tbody>");
        foreach (var o in now.Newest)
        {
            var status = Words.Of(o.Progress.Status);
            html.Append($"<tr><td>{Link(o.Id, $"/v1/orders/{Url(o.Id.Name)}/timeline")}")
                .Append($"<td><span class=\"status {status}\">{status}</span><td class=\"n\">{Number(o.Progress.Units)}<td class=\"n\">")
                .Append(o.Total is { } total ? Text(Amount(total)) : "").Append($"<td>{o.PlacedAt:HH:mm:ss}");
        }

        html.Append(now.Newest.Count == 0 ? "</section>" : "</tbody></table></section>");
    }

    static void Skus(StringBuilder html, Snapshot now)
    {
        html.Append("<section><h2>Busiest SKUs</h2>");
        if (now.Busiest.Count == 0) html.Append("<p class=\"empty\">Nothing has been sold since the start.</p>");
        else html.Append(
            "<table><thead><tr><th>SKU<th class=\"n\">Sold<th class=\"n\">Available<th>Left</thead><tbody>");
        foreach (var s in now.Busiest)
        {
            var left = s.Sold + s.Available == 0 ? 0 : 100.0 * s.Available / (s.Sold + s.Available);
            html.Append(
                $"<tr><td>{Link(s.Id, $"/v1/skus/{Url(s.Id.Name)}/availability")}<td class=\"n\">{Number(s.Sold)}")
                .Append($"<td class=\"n\">{(s.Available == 0 ? "<b class=\"out\">sold out</b>" : Number(s.Available))}")
                .Append(CultureInfo.InvariantCulture,
                    $"<td><span class=\"bar\"><i style=\"width:{left:0}%\"></i></span>");
        }

        html.Append(now.Busiest.Count == 0 ? "</section>" : "</tbody></table></section>");
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
        return $"<svg viewBox=\"0 0 100 30\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><polyline points=\"{string.Join(' ', points)}\"/></svg>";
    }

    static string Amount(Money m) =>
        string.Create(CultureInfo.InvariantCulture, $"{m.AmountMinor / 100m:N2} {m.Currency}");

    static string Number(double n) => n.ToString("N0", CultureInfo.InvariantCulture);

    static string Text(string text) => HtmlEncoder.Default.Encode(text);

    static string Url(string id) => Uri.EscapeDataString(id);

    const string Empty =
        """
        <p class="empty">No order has come in since the start. Post one, or start with <code>serve --demo</code>:</p>
        <pre>curl -X PUT  {server}/v1/nodes/LEJ1 -H 'Content-Type: application/json' -d '{"name":"Leipzig"}'
        curl -X PUT  {server}/v1/skus/ABC-1 -H 'Content-Type: application/json' -d '{"title":"A thing"}'
        curl -X POST {server}/v1/skus/ABC-1/receipts -H 'Content-Type: application/json' -d '{"id":"r-1","node":"LEJ1","quantity":10}'
        curl -X POST {server}/v1/orders -H 'Content-Type: application/json' -d '{"id":"o-1","lines":[{"sku":"ABC-1","quantity":1}]}'</pre>
        """;

    const string Shell =
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Orleans.Fulfillment</title>
        <style>
        :root { color-scheme: light dark; --ink: #16202b; --soft: #5c6b7a; --line: #dfe5ea; --paper: #f6f8f9; --card: #fff;
          --go: #0b7a53; --warn: #9a5b00; --stop: #b3261e; --accent: #1f5fbf; }
        @media (prefers-color-scheme: dark) { :root { --ink: #e6ebf0; --soft: #9aa8b5; --line: #2a343d; --paper: #11171c;
          --card: #182028; --go: #4fc79a; --warn: #e0a64a; --stop: #ff8a80; --accent: #7fb0ff; } }
        * { box-sizing: border-box; }
        body { margin: 0; font: 15px/1.45 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
        header { display: flex; gap: 1rem; align-items: baseline; padding: 1rem 1.5rem; border-bottom: 1px solid var(--line); background: var(--card); flex-wrap: wrap; }
        h1 { font-size: 1.1rem; margin: 0; }
        header nav { margin-left: auto; display: flex; gap: 1rem; }
        a { color: var(--accent); text-decoration: none; } a:hover { text-decoration: underline; }
        #state { color: var(--soft); } #state.lost { color: var(--stop); font-weight: 600; }
        main { padding: 1.25rem 1.5rem; max-width: 1200px; margin: auto; }
        h2 { font-size: .8rem; margin: 0 0 .4rem; color: var(--soft); font-weight: 600; letter-spacing: .02em; }
        .tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(165px, 1fr)); gap: .75rem; }
        .tile, .columns > section { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: .9rem 1rem; }
        .value { font-size: 1.7rem; margin: 0; font-variant-numeric: tabular-nums; }
        .below { color: var(--soft); margin: .2rem 0 0; font-size: .85rem; min-height: 1.3em; }
        .tile svg { width: 100%; height: 22px; display: block; } polyline { fill: none; stroke: var(--accent); stroke-width: 1.5; vector-effect: non-scaling-stroke; }
        .columns { display: grid; grid-template-columns: 3fr 2fr; gap: .75rem; margin-top: .75rem; align-items: start; }
        @media (max-width: 860px) { .columns { grid-template-columns: 1fr; } }
        .columns > section { overflow-x: auto; }
        table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
        th { text-align: left; font-weight: 600; color: var(--soft); font-size: .8rem; }
        th, td { padding: .35rem .5rem .35rem 0; border-bottom: 1px solid var(--line); white-space: nowrap; }
        .n { text-align: right; padding-right: 1rem; }
        .status { padding: .05rem .5rem; border-radius: 99px; border: 1px solid currentColor; font-size: .8rem; color: var(--soft); }
        .accepted, .allocated, .partially-allocated, .shipped, .partially-shipped, .delivered, .closed { color: var(--go); }
        .held, .received { color: var(--warn); } .rejected, .cancelled, .out { color: var(--stop); }
        .bar { display: inline-block; width: 90px; height: 8px; background: var(--line); border-radius: 4px; overflow: hidden; vertical-align: middle; }
        .bar i { display: block; height: 100%; background: var(--go); }
        .trouble { background: var(--stop); color: var(--card); padding: .6rem 1rem; border-radius: 8px; margin: 0 0 .75rem; }
        .empty { color: var(--soft); } pre { overflow-x: auto; background: var(--paper); padding: .75rem; border-radius: 6px; font-size: .8rem; }
        </style>
        </head>
        <body>
        <header><h1>Orleans.Fulfillment</h1><span id="state">live</span>
        <nav><a href="/v1/orders">orders</a><a href="/v1/skus">SKUs</a><a href="/v1/fulfilment-orders?status=open">open work</a><a href="/v1/quarantine">quarantine</a><a href="/openapi/v1.json">API</a></nav></header>
        <main id="live"><!--live--></main>
        <script>
        const live = document.getElementById('live'), state = document.getElementById('state');
        const feed = new EventSource('/live');
        feed.onmessage = e => { live.innerHTML = JSON.parse(e.data); state.textContent = 'live'; state.className = ''; };
        feed.onerror = () => { state.textContent = 'connection lost: what you see is old'; state.className = 'lost'; };
        </script>
        </body>
        </html>
        """;
}
