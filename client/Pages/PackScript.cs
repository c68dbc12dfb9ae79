namespace Fulfillment.Client.Pages;

/// <summary>What the page of a packer does; <see cref="StationScript"/> comes before it.</summary>
static class PackScript
{
    /// <summary>The script.</summary>
    public const string Text =
        """
        // Questions are kept beside the queue, with the job that they are of: what was scanned waits for their answer.
        const prefix = 'station.packed.', asked = 'station.asked.';
        let job = null, kinds = [], chosen = null, out = false, doubting = false, cards = {}, codes = {};
        let learned = Promise.resolve(), turn = Promise.resolve(), behind = false, ticks = 0;
        for (const field of ['node', 'by', 'station']) $(field).value = store.getItem('station.' + field) ?? '';

        const path = (what, of = job.fulfilmentOrder) =>
          '/v1/fulfilment-orders/' + encodeURIComponent(of) + '/packing' + what;
        const me = () => ({ by: $('by').value, station: $('station').value });
        const isMine = entry => !!job && entry.path.startsWith(path('/'));
        const mine = () => kept().map(entryOf).filter(isMine);
        const keys = () => Object.keys(store).filter(key => key.startsWith(asked)).sort();
        const questions = () => keys().map(key => ({ key, ...entryOf(key) })).filter(isMine);

        // Of: path, body, and what is told when it is kept at last.
        function ask(need, of) {
          store.setItem(asked + id(), JSON.stringify({ need, path: of.path, body: of.body, more: of.more }));
        }

        function no(code, text, what) {
          if (what) refused(what + ': ' + text);
          signal(code, text[0].toUpperCase() + text.slice(1));
        }

        async function answered({ path: of, body, at, ...more }, answer, key) {
          const isOurs = isMine({ path: of }), { id: name, ...again } = body;
          const why = answer.body.detail ?? answer.body.title, code = answer.body.code;
          const need = { 'lot-required': 'lot', 'serials-required': 'serial', 'weight-implausible': 'weight' }[code];
          // What it lacks is asked for; all else has to be done again.
          if (!answer.ok && need) ask(need, { path: of, body: again, more });
          if (more.then === 'box') opened(name, more, answer);
          store.removeItem(key);
          if (!answer.ok) {
            const what = body.sku ?? body.barcode ?? (more.what ?? 'A box');
            if (!need) refused((isOurs ? '' : of.split('/')[3] + ', ') + what + ': ' + why);
            signal(code, why);
          } else {
            const s = answer.body;
            if (more.then !== 'scan') take(s);
            else if (!merge(s)) behind = true;
            if (more.reopens && isOurs) chosen = more.reopens;
            good(more.then === 'scan' ? s.quantity + ' × ' + s.sku + (s.out ? ' out of box ' : ' in box ') + s.box
              : more.then === 'box' ? 'A box is open.' : more.then, at);
          }
          behind ||= !answer.ok;
          if (behind && !kept().length) await show();
          draw();
        }

        // What was scanned for the box before it had a number is told it now, or did not count.
        function opened(name, { known }, answer) {
          const number = answer.ok ? answer.body.boxes.find(b => b.box > known)?.box : null;
          if (number) chosen = number;
          for (const key of [...kept(), ...keys()]) {
            const entry = entryOf(key);
            if (entry.after !== name && entry.more?.after !== name) continue;
            entry.body.box = number;
            if (number) store.setItem(key, JSON.stringify(entry));
            else {
              store.removeItem(key);
              refused((entry.body.sku ?? entry.body.barcode) + ': its box was not opened.');
            }
          }
        }

        // Where picked goods lie is not told with each answer.
        function take(now) {
          if (job?.fulfilmentOrder !== now.fulfilmentOrder || now.version < job.version) return;
          for (const line of now.lines) line.picked ??= job.lines?.find(l => l.line === line.line)?.picked;
          job = now;
        }

        // A scan is answered with what it changed; false: something else has changed, too.
        function merge({ sku, packing: now }) {
          if (job?.fulfilmentOrder !== now.fulfilmentOrder || now.version < job.version) return true;
          const all = now.version <= job.version + 3;
          job.lines = job.lines.map(l => now.lines.find(n => n.line === l.line) ?? l);
          const { contents, ...is } = now.box, at = job.boxes.find(b => b.box === is.box);
          if (at) Object.assign(at, is, { contents: [...at.contents.filter(c => c.sku !== sku), ...contents] });
          for (const name of ['status', 'onHold', 'settled', 'version']) job[name] = now[name];
          return all && !!at;
        }

        async function show() {
          if (!job) return;
          const answer = await call('GET', path(''));
          if (!answer.ok) return;
          behind = false;
          take(answer.body);
        }

        // Nobody scans: the order may be stopped or cancelled all the same.
        async function look() {
          const before = job, out = of => of.lines.reduce((n, l) => n + l.takeOut, 0);
          if (!job || kept().length || sending || document.hidden || (job.lines.length > 100 && ticks++ % 6)) return;
          await show();
          if (job?.fulfilmentOrder !== before.fulfilmentOrder || kept().length) return;
          if (out(job) > out(before)) signal('units-cancelled', 'Units were cancelled: take them out.');
          else if (job.status === 'cancelled' && before.status !== 'cancelled')
            signal('order-cancelled', job.fulfilmentOrder + ' was cancelled.');
          else if (job.onHold && !before.onHold) signal('on-hold', job.fulfilmentOrder + ' is held.');
          draw();
        }

        // What is told apart, and which barcodes are the order's goods: known before anybody scans.
        async function learn() {
          const of = job.fulfilmentOrder, skus = [...new Set(job.lines.map(l => l.sku))].slice(0, 200);
          [cards, codes] = [{}, {}];
          const boxes = await call('GET', '/v1/nodes/' + encodeURIComponent(job.node) + '/boxes');
          if (boxes.ok) kinds = boxes.body.items.map(b => b.box);
          while (skus.length && job?.fulfilmentOrder === of) {
            const some = skus.splice(0, 6).map(sku => call('GET', '/v1/skus/' + encodeURIComponent(sku)));
            for (const { ok, body } of await Promise.all(some)) {
              if (!ok) continue;
              cards[body.sku] = body.tracking ?? {};
              for (const p of body.packs ?? [])
                if (p.gtin) codes[p.gtin.replace(/^0+/, '')] = { sku: body.sku, eaches: p.eaches };
            }
          }
        }

        // What is no SKU of the order is a barcode, or another SKU: the server tells.
        const goods = code => job.lines.some(l => l.sku === code) ? { sku: code, quantity: 1 } : { barcode: code };
        const known = code => goods(code).sku ? { sku: code, eaches: 1 }
          : codes[code.replace(/^\]E[04]/, '').replace(/^0+/, '')];
        const isGoods = code => !!known(code) || /^\](E[04]|[CdQeIJ]\d01\d{14})/.test(code);
        const lacks = (sku, body) => cards[sku]?.serials ? (body.serials ? null : 'serial')
          : cards[sku]?.lots && !body.lot ? 'lot' : null;

        // The box that is being opened is the box already, under the id of the request.
        function current() {
          const waiting = mine(), opening = waiting.find(e => e.then === 'box');
          if (opening) return { after: opening.body.id, kind: opening.body.kind, contents: [] };
          const open = job.boxes.filter(b => b.status === 'open' && !waiting.some(e => e.ends === b.box));
          return open.find(b => b.box === chosen) ?? open.at(-1);
        }

        const doubt = () => job.doubts.find(d => !d.outcome && !mine().some(e => e.decides === d.number));

        // The next kind of the plan that is not in use yet, as often as it is planned.
        function planned() {
          const used = job.boxes.filter(b => b.status !== 'refused').map(b => b.kind);
          for (const p of job.planned) {
            const at = used.indexOf(p.box);
            if (at < 0) return p.box;
            used.splice(at, 1);
          }
          return null;
        }

        // By SKU, less what is scanned and not answered.
        function needs() {
          const all = new Map(), waiting = [...mine(), ...questions().map(q => q.more ?? {})];
          for (const { sku, left, takeOut, picked } of job.lines) {
            const of = all.get(sku) ?? { sku, left: 0, takeOut: 0, picked };
            of.left += left;
            of.takeOut += takeOut;
            all.set(sku, of);
          }
          for (const { spends } of waiting) if (all.has(spends?.sku)) all.get(spends.sku).left -= spends.eaches;
          return [...all.values()].map(n => ({ ...n, left: Math.max(0, n.left) }));
        }

        const plate = code => code.replace(/^(\]C1)?00(?=\d{18}$)/, '');

        async function read(code) {
          await learned;
          const question = questions()[0], box = current();
          if (question?.need === 'weight') {
            if (!code || (/^\d{1,6}$/.test(code) && !codes[code.replace(/^0+/, '')])) return weigh(question, code);
            if (!isGoods(code)) return no('bad', 'this is no weight in grams.', code);
            // Who scans on does not close.
            store.removeItem(question.key);
          } else if (!code) return;
          else if (question && !isGoods(code)) return reply(question, code);
          const labelled = job.boxes.find(b => b.lpn === plate(code));
          if (labelled) label(labelled, box);
          else if (doubting) {
            doubting = false;
            ask('reason', { path: path('/quality-holds'), body: { ...me(), ...goods(code), quantity: 1 },
              more: { then: 'The order is held.', what: code } });
          } else if (box) item(code, box);
          else await beginWith(code);
        }

        function reply({ key, need, path: of, body, more }, code) {
          const sku = body.sku ?? known(body.barcode)?.sku;
          if (need === 'reason') body.reason = code;
          else if (need === 'lot') body.lot = code;
          else if (body.serials?.includes(code)) return no('serials-required', code + ' was scanned before.');
          else body.serials = [...body.serials ?? [], code];
          store.removeItem(key);
          const units = body.quantity ?? known(body.barcode)?.eaches ?? 1;
          const next = lacks(sku, body) ?? (need === 'serial' && body.serials.length < units ? 'serial' : null);
          if (next) ask(next, { path: of, body, more });
          else keep(of, body, more);
        }

        function item(code, box) {
          const told = goods(code), is = known(code);
          const body = { ...me(), box: box.box, ...told, ...(out ? { out } : {}) };
          const more = { then: 'scan', after: box.after, ...(is && !out ? { spends: is } : {}) };
          out = false;
          const need = is && lacks(is.sku, body);
          if (need) ask(need, { path: path('/scans'), body, more });
          else keep(path('/scans'), body, more);
        }

        function label(of, box) {
          if (of.box === box?.box) closing();
          else if (of.status === 'open') chosen = of.box;
          else no('box-not-open', 'Box ' + of.box + ' is ' + of.status + '.');
        }

        // No box is open: a kind of box, or the number that a box has on it, but never goods.
        async function beginWith(code) {
          if (kinds.includes(code)) return openBox(code);
          const first = 'no box is open.', kind = planned();
          if (isGoods(code)) return no('box-not-open', first, code);
          if (!kind) return no('unknown-box', 'this is no kind of box.', code);
          const says = await call('POST', '/v1/barcodes/read', { scan: code });
          if (says.ok && says.body.sscc && !says.body.gtin) return openBox(kind, says.body.sscc);
          const isCode = says.ok || code.startsWith(']') || /^(\d{8}|\d{12,14})$/.test(code);
          if (isCode) return no('box-not-open', first, code);
          const sku = await call('GET', '/v1/skus/' + encodeURIComponent(code));
          if (sku.ok) no('box-not-open', first, code);
          else if (!says.isAnswered || !sku.isAnswered) no('bad', 'nobody can tell now whether it is a box.', code);
          else if (sku.status === 404) openBox(kind, code);
          else no('unknown-box', 'no box has such a number.', code);
        }

        // One at a time, and its id is kept: pressed twice, or sent twice, it is one box.
        function openBox(kind, lpn) {
          if (mine().some(e => e.then === 'box')) return;
          keep(path('/boxes'), { ...me(), kind, ...(lpn ? { lpn } : {}) },
            { then: 'box', known: Math.max(0, ...job.boxes.map(b => b.box)), what: lpn ?? kind });
        }

        function closing() {
          const box = current();
          if (box?.box && !questions().some(q => q.need === 'weight')) ask('weight', {
            path: path('/boxes/' + box.box + '/close'), body: me(),
            more: { then: 'Box ' + box.box + ' is closed.', ends: box.box, what: 'Box ' + box.box },
          });
        }

        function weigh({ key, path: of, body, more }, code) {
          const grams = code ? Number(code) : null, { weightGrams: before, by, station } = body;
          store.removeItem(key);
          // Told twice, it is so.
          keep(of, { by, station, ...(grams ? { weightGrams: grams } : {}),
            ...(grams && grams === before ? { confirmed: true } : {}) }, more);
        }

        const act = (box, what, is, more) => {
          if (!mine().some(e => e.path === path('/boxes/' + box + what)))
            keep(path('/boxes/' + box + what), me(), { then: 'Box ' + box + is, what: 'Box ' + box, ...more });
          draw();
        };
        const decide = outcome => keep(path('/quality-holds/' + doubt().number + '/decide'),
          { by: $('by').value, outcome }, { then: 'Decided.', decides: doubt().number, what: doubt().sku });

        $('scan').onsubmit = e => {
          e.preventDefault();
          const code = $('code').value.trim(), of = job?.fulfilmentOrder;
          $('code').value = '';
          // One after the other, also when the server has to be asked what one is.
          turn = turn.then(async () => {
            if (!of || job?.fulfilmentOrder !== of) return;
            await read(code);
            draw();
          }).catch(e => no('bad', 'This page failed: ' + e.message, code));
        };
        $('first').onclick = () => {
          const question = questions()[0];
          if (question) { if (question.need === 'weight') weigh(question, ''); }
          else if (doubt()) decide('good');
          else if (current()) closing();
          else if (planned()) openBox(planned());
          else no('unknown-box', 'Scan the kind of box.');
          draw();
        };
        $('second').onclick = () => {
          const question = questions()[0];
          if (question) {
            store.removeItem(question.key);
            if (question.need !== 'weight') no('bad', 'given up.', question.body.sku ?? question.body.barcode);
          } else if (doubt()) decide('replace');
          else doubting = !doubting;
          draw();
        };
        $('drop').onclick = () => { if (doubt()) decide('drop'); draw(); };
        $('out').onclick = () => { out = !out; draw(); };
        $('end').onclick = () => {
          keep(path('/give-up'), me(), { then: 'It is packed at a bench no more.', what: job.fulfilmentOrder });
          draw();
        };
        $('leave').onclick = () => { job = null; out = doubting = false; chosen = null; signal('', ''); void work(); };
        addEventListener('keydown', e => {
          const key = { F2: 'first', F3: 'second', F4: 'out' }[e.key];
          if (key && job && !e.repeat) { e.preventDefault(); $(key).click(); }
        });

        async function work() {
          for (const field of ['node', 'by', 'station']) store.setItem('station.' + field, $(field).value);
          $('work').replaceChildren();
          draw();
          if ($('order').value.trim()) return begin($('order').value.trim());
          $('work').hidden = false;
          for (const status of ['in-progress', 'open']) {
            const answer = await call(
              'GET', '/v1/fulfilment-orders?node=' + encodeURIComponent($('node').value) + '&status=' + status);
            if (!answer.ok) return void ($('work').textContent = answer.body.detail ?? 'Nobody answers: try again.');
            for (const one of answer.body.items) {
              const button = document.createElement('button');
              const open = keys().map(entryOf).filter(q => q.path.startsWith(path('/', one.id))).length;
              button.textContent = one.id + ' · ' + one.lines.reduce((n, l) => n + l.open, 0) + ' units'
                + (one.startedAt ? ' · begun' : '') + (open ? ' · questions: ' + open : '');
              button.onclick = () => void begin(one.id);
              $('work').append(button);
            }
          }
          if (!$('work').childElementCount) $('work').textContent = 'Nothing is open at ' + $('node').value + '.';
        }

        async function begin(order, takeOver) {
          const answer = await call('POST', path('', order), { id: id(), ...me(), ...(takeOver ? { takeOver } : {}) });
          const { code, detail } = answer.body;
          if (answer.ok) {
            job = answer.body;
            chosen = null;
            $('order').value = '';
            signal('', 'Take a box.');
            learned = learn().then(draw);
          } else if (['packed-by-another', 'other-station'].includes(code) && !takeOver) {
            if (confirm(detail + ' Take it over?')) return begin(order, true);
          } else if (answer.isOurs) alert(detail);
          draw();
        }

        $('start').onsubmit = e => { e.preventDefault(); void work(); };
        // A button that keeps the focus would be pressed by the next scan.
        document.addEventListener('click', e => { if (job && !e.target.closest('input, a')) $('code').focus(); });
        setInterval(() => void look(), 5000);
        if (kept().length) void send();
        """;
}
