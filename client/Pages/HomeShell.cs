namespace Fulfillment.Client.Pages;

/// <summary>
/// The part of the first page that stays: looks, links, and the few lines that keep the rest up to date.
/// </summary>
static class HomeShell
{
    /// <summary>The page around <c>&lt;!--live--&gt;</c>.</summary>
    public const string Html =
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Orleans.Fulfillment</title>
        <link rel="icon" href="data:,">
        <style>
        :root {
          color-scheme: light dark;
          --ink: #16202b; --soft: #5c6b7a; --line: #dfe5ea; --paper: #f6f8f9; --card: #fff;
          --go: #0b7a53; --warn: #9a5b00; --stop: #b3261e; --accent: #1f5fbf;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --ink: #e6ebf0; --soft: #9aa8b5; --line: #2a343d; --paper: #11171c; --card: #182028;
            --go: #4fc79a; --warn: #e0a64a; --stop: #ff8a80; --accent: #7fb0ff;
          }
        }
        * { box-sizing: border-box; }
        body { margin: 0; font: 15px/1.45 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
        header {
          display: flex; flex-wrap: wrap; gap: .25rem 1rem; align-items: baseline; padding: 1rem 1.5rem;
          border-bottom: 1px solid var(--line); background: var(--card);
        }
        h1 { font-size: 1.1rem; margin: 0; }
        nav { margin-left: auto; display: flex; flex-wrap: wrap; gap: .25rem 1rem; }
        a { color: var(--accent); text-decoration: none; }
        a:hover, a:focus-visible { text-decoration: underline; }
        #state { color: var(--soft); }
        #state::before {
          content: ""; display: inline-block; width: .55em; height: .55em; margin-right: .4em; border-radius: 50%;
          background: var(--go);
        }
        #state.lost { color: var(--stop); font-weight: 600; }
        #state.lost::before { background: var(--stop); }
        main { padding: 1.25rem 1.5rem; max-width: 1240px; margin: auto; }
        h2 { font-size: .8rem; margin: 0 0 .4rem; color: var(--soft); font-weight: 600; letter-spacing: .02em; }
        .tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(175px, 1fr)); gap: .75rem; }
        .tile, .columns > section {
          background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: .9rem 1rem; min-width: 0;
        }
        .value { font-size: 1.7rem; margin: 0; font-variant-numeric: tabular-nums; }
        .below { color: var(--soft); margin: .2rem 0 0; font-size: .85rem; min-height: 1.3em; }
        .tile svg { width: 100%; height: 22px; display: block; }
        polyline { fill: none; stroke: var(--accent); stroke-width: 1.5; vector-effect: non-scaling-stroke; }
        .columns { display: grid; grid-template-columns: 3fr 2fr; gap: .75rem; margin-top: .75rem; align-items: start; }
        .columns > section { overflow-x: auto; }
        table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
        th { text-align: left; font-weight: 600; color: var(--soft); font-size: .8rem; }
        th, td { padding: .35rem .75rem .35rem 0; border-bottom: 1px solid var(--line); white-space: nowrap; }
        tbody tr:last-child td { border-bottom: 0; }
        th:last-child, td:last-child { padding-right: 0; }
        .n { text-align: right; }
        td small { color: var(--soft); }
        .status {
          padding: .05rem .5rem; border-radius: 99px; border: 1px solid currentColor; font-size: .8rem;
          color: var(--soft);
        }
        .accepted, .allocated, .partially-allocated { color: var(--accent); }
        .in-fulfilment, .shipped, .partially-shipped, .delivered, .closed { color: var(--go); }
        .held, .received { color: var(--warn); }
        .rejected, .cancelled, .out { color: var(--stop); }
        .bar {
          display: inline-block; width: 100%; min-width: 60px; height: 8px; background: var(--line); border-radius: 4px;
          overflow: hidden; vertical-align: middle;
        }
        .bar i { display: block; height: 100%; background: var(--go); }
        .trouble {
          background: var(--stop); color: var(--card); padding: .6rem 1rem; border-radius: 8px; margin: 0 0 .75rem;
        }
        .empty { color: var(--soft); }
        pre { overflow-x: auto; background: var(--paper); padding: .75rem; border-radius: 6px; font-size: .8rem; }
        @media (max-width: 900px) { .columns { grid-template-columns: 1fr; } }
        @media (max-width: 560px) { .wide { display: none; } main { padding: 1rem; } }
        </style>
        </head>
        <body>
        <header>
        <h1>Orleans.Fulfillment</h1><span id="state" role="status">live</span>
        <nav>
        <a href="/v1/orders">orders</a>
        <a href="/v1/skus">SKUs</a>
        <a href="/v1/fulfilment-orders?status=open">open work</a>
        <a href="/station">pick</a>
        <a href="/v1/holds">holds</a>
        <a href="/v1/quarantine">quarantine</a>
        <a href="/openapi/v1.json">API</a>
        </nav>
        </header>
        <main id="live"><!--live--></main>
        <script>
        const live = document.getElementById('live'), state = document.getElementById('state');
        const fresh = document.createElement('main');
        let pressed = false;
        addEventListener('pointerdown', () => pressed = true);
        addEventListener('pointerup', () => setTimeout(() => pressed = false));
        addEventListener('pointercancel', () => pressed = false);

        // Changes what differs, in place: the focus stays, and no click falls between two pages.
        function patch(old, next) {
          if (old.nodeName !== next.nodeName) { old.replaceWith(next.cloneNode(true)); return; }
          if (old.nodeType === Node.TEXT_NODE) { if (old.data !== next.data) old.data = next.data; return; }
          for (const { name, value } of next.attributes)
            if (old.getAttribute(name) !== value) old.setAttribute(name, value);
          for (const { name } of [...old.attributes]) if (!next.hasAttribute(name)) old.removeAttribute(name);
          while (old.childNodes.length > next.childNodes.length) old.lastChild.remove();
          next.childNodes.forEach((child, i) =>
            old.childNodes[i] ? patch(old.childNodes[i], child) : old.append(child.cloneNode(true)));
        }

        const feed = new EventSource('/live');
        feed.onmessage = e => {
          state.textContent = 'live';
          state.className = '';
          if (pressed) return;
          fresh.innerHTML = JSON.parse(e.data);
          fresh.id = 'live';
          patch(live, fresh);
        };
        feed.onerror = () => {
          state.textContent = 'connection lost: what you see is old';
          state.className = 'lost';
        };
        </script>
        </body>
        </html>
        """;
}
