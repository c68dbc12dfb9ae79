namespace Fulfillment.Client.Pages;

/// <summary>
/// The page of a packer: one fulfilment order at a time, for a scanner that types, with two buttons. What was scanned
/// while the connection was lost is kept in the browser and sent once it is back, under the same ids, so that it counts
/// once: boxes that are opened and closed, and decisions, too.
/// </summary>
static class PackShell
{
    /// <summary>The page; it asks the API for all else.</summary>
    public const string Html =
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Pack · Orleans.Fulfillment</title>
        <link rel="icon" href="data:,">
        <style>
        :root {
          color-scheme: light dark;
          --ink: #16202b; --soft: #5c6b7a; --line: #dfe5ea; --paper: #f6f8f9; --card: #fff; --accent: #1f5fbf;
          --go: #0b7a53; --stop: #b3261e;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --ink: #e6ebf0; --soft: #9aa8b5; --line: #2a343d; --paper: #11171c; --card: #182028; --accent: #7fb0ff;
          }
        }
        * { box-sizing: border-box; }
        body { margin: 0; font: 18px/1.4 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
        header { display: flex; gap: .25rem 1rem; align-items: baseline; flex-wrap: wrap; padding: .7rem 1rem;
          background: var(--card); border-bottom: 1px solid var(--line); }
        h1 { font-size: 1rem; margin: 0; }
        a { color: var(--accent); }
        #state { margin-left: auto; color: var(--soft); font-size: .9rem; }
        #state.lost { color: var(--stop); font-weight: 700; }
        main { max-width: 720px; margin: auto; padding: 1rem; display: grid; gap: .8rem; }
        form, .card { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 1rem; }
        form, #pack { display: grid; gap: .6rem; }
        label { display: grid; gap: .2rem; color: var(--soft); font-size: .85rem; }
        input { font: inherit; padding: .6rem .7rem; border: 2px solid var(--line); border-radius: 8px; min-width: 0;
          background: var(--paper); color: var(--ink); width: 100%; }
        input:focus { outline: none; border-color: var(--accent); }
        button { font: inherit; padding: .8rem 1rem; border-radius: 8px; border: 1px solid var(--line);
          background: var(--card); color: var(--ink); cursor: pointer; min-height: 3.2rem; }
        button:focus-visible, a:focus-visible { outline: 3px solid var(--accent); }
        button:disabled { opacity: .45; cursor: default; }
        button.main { background: var(--accent); border-color: var(--accent); color: var(--card); font-weight: 600; }
        button.small { min-height: 0; padding: .35rem .7rem; font-size: .85rem; }
        button[aria-pressed=true] { border: 2px solid var(--stop); color: var(--stop); font-weight: 600; }
        .two { display: grid; grid-template-columns: 1fr 1fr; gap: .6rem; }
        .row { display: flex; flex-wrap: wrap; gap: .5rem; align-items: baseline; font-size: .9rem; }
        #work button { width: 100%; text-align: left; margin-top: .5rem; }
        .big { display: grid; grid-template-columns: repeat(2, 1fr); gap: .8rem 1rem; }
        .big div { min-width: 0; }
        .big span { display: block; color: var(--soft); font-size: .85rem; }
        .big b { display: block; font-size: 1.7rem; line-height: 1.15; overflow-wrap: anywhere; }
        .big .want b { color: var(--accent); }
        table { border-collapse: collapse; width: 100%; font-size: .9rem; }
        th { text-align: left; color: var(--soft); font-weight: 400; }
        td, th { padding: .15rem .4rem .15rem 0; overflow-wrap: anywhere; }
        td.n, th.n { text-align: right; }
        #signal { padding: 1rem; border-radius: 10px; font-weight: 600; min-height: 4rem; border: 1px solid var(--line);
          background: var(--card); }
        #signal.good { background: var(--go); color: #fff; }
        #signal.bad { color: #fff; background: var(--stop); }
        #note { margin: 0; font-weight: 600; }
        #note:empty { display: none; }
        #refused { margin: 0; padding-left: 1.2rem; color: var(--stop); font-size: .85rem; }
        #refused:empty { display: none; }
        [hidden] { display: none !important; }
        </style>
        </head>
        <body>
        <header><h1>Pack</h1><a href="/station">Pick</a><span id="who"></span>
        <span id="state" role="status">connected</span>
        <button id="giveup" type="button" class="small" hidden>Give up the first</button></header>
        <main>
        <form id="start">
        <label>Node<input id="node" autocomplete="off" required></label>
        <label>Who packs<input id="by" autocomplete="off" required></label>
        <label>Bench<input id="station" autocomplete="off" required></label>
        <label>Fulfilment order, to go to it at once<input id="order" autocomplete="off"></label>
        <button class="main">Show work</button>
        </form>
        <section id="work" class="card" hidden></section>
        <section id="pack" hidden>
        <div class="card big">
        <div id="want-box"><span>Box</span><b id="box"></b></div>
        <div id="want-left"><span>Left in all</span><b id="left"></b></div>
        <div id="want-item"><span>Goods</span><b id="sku"></b></div>
        <div><span>From</span><b id="from"></b></div>
        </div>
        <div class="card"><table><thead><tr><th>Box</th><th>What goes in</th><th class="n">Full</th></tr></thead>
        <tbody id="plan"></tbody></table></div>
        <form id="scan"><label id="ask" for="code">Scan</label>
        <input id="code" autocomplete="off" enterkeyhint="send"></form>
        <p id="note" role="status"></p>
        <div id="signal" role="alert" aria-live="assertive"></div>
        <ul id="refused" aria-label="not counted"></ul>
        <div class="two"><button id="first" type="button" class="main"></button>
        <button id="second" type="button"></button></div>
        <div class="row"><button id="out" type="button" class="small" aria-pressed="false">Take out</button>
        <button id="drop" type="button" class="small" hidden>Send the rest</button>
        <button id="leave" type="button" class="small">Other order</button><span id="slips"></span></div>
        </section>
        </main>
        <script>
        """
        + StationScript.Text + PackView.Text + PackScript.Text
        +
        """

        </script>
        </body>
        </html>
        """;
}
