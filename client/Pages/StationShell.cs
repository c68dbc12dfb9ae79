namespace Fulfillment.Client.Pages;

/// <summary>
/// The page of a picker: one line at a time, for a scanner that types, with two buttons. What was scanned while the
/// connection was lost is kept in the browser and sent once it is back, under the same ids, so that it counts once.
/// </summary>
static class StationShell
{
    /// <summary>The page; it asks the API for all else.</summary>
    public const string Html =
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Pick · Orleans.Fulfillment</title>
        <link rel="icon" href="data:,">
        <style>
        """
        + StationStyle.Text
        +
        """

        #lists button { width: 100%; text-align: left; margin-top: .5rem; display: flex; flex-wrap: wrap;
          gap: .3rem 1rem; }
        #lists small { color: var(--soft); }
        progress { width: 100%; height: .6rem; accent-color: var(--go); }
        </style>
        </head>
        <body>
        <header><h1>Pick</h1><a href="/station/pack">Pack</a><span id="who"></span>
        <span id="state" role="status">connected</span>
        <button id="giveup" type="button" class="small" hidden>Give up the first</button></header>
        <main>
        <form id="start">
        <label>Node<input id="node" autocomplete="off" required></label>
        <label>Who picks<input id="by" autocomplete="off" required></label>
        <button class="main">Show lists</button>
        </form>
        <section id="lists" class="card" hidden></section>
        <section id="pick" hidden>
        <div class="card big">
        <div id="want-bin"><span>Bin</span><b id="bin"></b></div>
        <div id="want-left"><span>Left here</span><b id="left"></b></div>
        <div id="want-item"><span>Goods</span><b id="sku"></b></div>
        <div id="want-tote"><span>Tote</span><b id="tote"></b></div>
        </div>
        <progress id="done" aria-label="picked"></progress>
        <form id="scan"><label id="ask" for="code">Scan</label>
        <input id="code" autocomplete="off" autocapitalize="characters" enterkeyhint="send"></form>
        <div id="signal" role="alert" aria-live="assertive"></div>
        <ul id="refused" aria-label="not counted"></ul>
        <div class="two"><button id="short" type="button">Not there</button>
        <button id="leave" type="button">Other list</button></div>
        </section>
        </main>
        <script>
        """
        + StationScript.Text
        +
        """

        const prefix = 'station.kept.';
        let list = null, step = 'bin', held = {};
        for (const field of ['node', 'by']) $(field).value = store.getItem('station.' + field) ?? '';
        const asked = new URLSearchParams(location.search);
        if (asked.get('node')) $('node').value = asked.get('node');

        const path = what => '/v1/pick-lists/' + encodeURIComponent(list.id) + what;
        const tell = (what, body, then) => keep(path(what), { by: $('by').value, ...body }, { then });

        async function answered({ body, then, at }, answer, key) {
          store.removeItem(key);
          if (!answer.ok) {
            const why = answer.body.detail ?? answer.body.title;
            signal(answer.body.code, why);
            refused((body.sku ?? body.barcode ?? 'line ' + body.line) + ': ' + why);
          } else if (then === 'scan') {
            good(answer.body.line.sku + ': ' + answer.body.line.picked + ' of ' + answer.body.line.quantity, at);
          } else if (then === 'short') {
            const others = answer.body.shorts.at(-1)?.otherBins;
            good(others ? others + ' lie in another bin: they follow at the end.'
              : 'Sent from elsewhere; the bin will be counted.', at);
          }
          // What the server says is older than what is still to be sent.
          if (!kept().length) await show();
          go();
        }

        // On to the next line, unless a scan of this one is half told.
        function go() {
          if (!held.goods && (list?.next?.bin ?? null) !== (held.bin ?? null)) {
            held = {};
            step = list?.next?.bin ? 'bin' : 'item';
          }
          draw();
        }

        // As it will be once the server has answered.
        function assume(line, units, tote) {
          const of = list.lines.find(l => l.line === line);
          of.left -= units;
          for (const l of list.lines) if (l.fulfilmentOrder === of.fulfilmentOrder) l.tote ??= tote;
          const dropped = list.fulfilmentOrders.filter(w => w.status === 'dropped').map(w => w.fulfilmentOrder);
          list.next = list.lines.find(l => l.left > 0 && !dropped.includes(l.fulfilmentOrder)) ?? null;
        }

        async function show() {
          if (!list) return;
          const answer = await call('GET', path(''));
          if (answer.ok) list = answer.body;
        }

        // The tote that the order has; on a list that is sorted later all have one.
        const own = () => list.next?.tote ?? (list.method === 'batch' ? list.lines.find(l => l.tote)?.tote : null);

        function draw() {
          const next = list?.next;
          $('pick').hidden = !list;
          $('lists').hidden = !!list || !$('lists').childElementCount;
          $('start').hidden = !!list;
          if (!list) return;
          const units = list.lines.reduce((n, l) => n + l.quantity, 0);
          $('done').max = units || 1;
          $('done').value = list.lines.reduce((n, l) => n + l.picked + l.short, 0);
          $('who').textContent = list.id + ' · ' + $('by').value;
          $('bin').textContent = next?.bin ?? (next ? 'look for it' : '–');
          $('sku').textContent = next?.sku ?? '–';
          $('left').textContent = next?.left ?? 0;
          const tote = own();
          $('tote').textContent = tote ?? (next ? 'scan one' : '–');
          for (const name of ['bin', 'item', 'tote'])
            $('want-' + name).className = next && name === step ? 'want' : '';
          $('ask').textContent = !next ? 'All is picked' : { bin: 'Scan the bin', item: 'Scan the goods',
            tote: 'Scan a tote' }[step];
          $('code').disabled = $('short').disabled = !next;
          if (next) $('code').focus();
          else if (list.status === 'picked' && !wrong) signal('good', 'All of ' + list.id + ' is picked.');
        }

        $('scan').onsubmit = e => {
          e.preventDefault();
          const code = $('code').value.trim();
          $('code').value = '';
          if (!code || !list?.next) return;
          const next = list.next;
          if (step === 'bin') {
            // Told to the server too: it knows who goes to the wrong places.
            if (code !== next.bin) tell('/scans', { line: next.line, bin: code, sku: next.sku, quantity: 1 }, 'scan');
            else { held = { bin: code }; step = 'item'; }
          } else if (step === 'item') {
            // What is no SKU of the list is a barcode, or another SKU: the server tells.
            held.goods = list.lines.some(l => l.sku === code) ? { sku: code, quantity: 1 } : { barcode: code };
            if (own()) pick(own());
            else step = 'tote';
          } else {
            pick(code);
          }
          draw();
        };

        function pick(tote) {
          const { line, bin, sku } = list.next, goods = held.goods;
          tell('/scans', { line, bin: bin ?? undefined, tote, ...goods }, 'scan');
          held = { bin };
          step = 'item';
          // Other goods are surely refused.
          if (!goods.sku || goods.sku === sku) assume(line, 1, tote);
          go();
        }

        $('short').onclick = () => {
          const next = list.next;
          if (confirm(next.left + ' of ' + next.sku + ' are not in ' + (next.bin ?? 'the house') + '?'))
            if (!kept().length) tell('/shorts', { line: next.line, quantity: next.left }, 'short');
            else signal('bad', 'Scans are still to be sent: try again when they are.');
          $('code').focus();
        };
        $('leave').onclick = () => { list = null; held = {}; signal('', ''); void lists(); };

        async function lists() {
          store.setItem('station.node', $('node').value);
          store.setItem('station.by', $('by').value);
          $('lists').replaceChildren();
          draw();
          $('lists').hidden = false;
          const node = encodeURIComponent($('node').value), all = [];
          for (const status of ['picking', 'released']) {
            for (let next = ''; next !== null;) {
              const page = await call('GET', '/v1/pick-lists?limit=500&node=' + node + '&status=' + status
                + (next && '&cursor=' + next));
              if (!page.ok) return void ($('lists').textContent = page.body.detail ?? 'Nobody answers: try again.');
              all.push(...page.body.items);
              next = page.body.next ?? null;
            }
          }
          all.sort((a, b) => (a.dueAt ?? '~').localeCompare(b.dueAt ?? '~'));
          if (!all.length) $('lists').textContent = 'No list waits at ' + $('node').value + '.';
          for (const one of all) {
            const button = document.createElement('button'), more = document.createElement('small');
            button.append(one.id, more);
            more.textContent = one.method + ' · ' + one.fulfilmentOrders + ' orders · '
              + (one.quantity - one.picked - one.short) + ' units' + (one.picker ? ' · ' + one.picker : '')
              + (one.dueAt ? ' · due ' + new Date(one.dueAt).toLocaleString() : '');
            button.onclick = () => claim(one);
            $('lists').append(button);
          }
        }

        async function claim(one) {
          const takeOver = one.picker && one.picker !== $('by').value;
          if (takeOver && !confirm(one.picker + ' picks it. Take it over?')) return;
          list = { id: one.id };
          const answer = await call('POST', path('/claim'), { id: id(), by: $('by').value, takeOver: !!takeOver });
          list = answer.ok ? answer.body : null;
          if (answer.ok) {
            held = {};
            step = list.next?.bin ? 'bin' : 'item';
            signal('', 'Go to ' + (list.next?.bin ?? 'the goods') + '.');
          } else if (answer.isOurs) alert(answer.body.detail);
          draw();
        }

        $('start').onsubmit = e => { e.preventDefault(); void lists(); };
        document.addEventListener('click', e => { if (list && !e.target.closest('button, input')) $('code').focus(); });
        if (kept().length) void send();
        </script>
        </body>
        </html>
        """;
}
