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
        """
        + StationStyle.Text
        +
        """

        button[aria-pressed=true] { border: 2px solid var(--stop); color: var(--stop); font-weight: 600; }
        .row { display: flex; flex-wrap: wrap; gap: .5rem; align-items: baseline; font-size: .9rem; }
        #work button { width: 100%; text-align: left; margin-top: .5rem; }
        .big b { display: block; font-size: 1.7rem; line-height: 1.15; overflow-wrap: anywhere; }
        table { border-collapse: collapse; width: 100%; font-size: .9rem; }
        th { text-align: left; color: var(--soft); font-weight: 400; }
        td, th { padding: .15rem .4rem .15rem 0; overflow-wrap: anywhere; }
        td.n, th.n { text-align: right; }
        #note { margin: 0; font-weight: 600; }
        #note:empty { display: none; }
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
        <button id="end" type="button" class="small">Pack it no more</button>
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
