namespace Fulfillment.Client.Pages;

/// <summary>What the page of a packer does.</summary>
static class PackScript
{
    /// <summary>The script.</summary>
    public const string Text =
        """
        const $ = id => document.getElementById(id), store = localStorage, prefix = 'station.packed.';
        let job = null, step = 'box', held = null, out = false, sending = false, spent = {}, weight = null;
        // One entry each: another tab adds its own, and takes none of ours away.
        const kept = () => Object.keys(store).filter(key => key.startsWith(prefix)).sort();
        for (const field of ['node', 'by', 'station']) $(field).value = store.getItem('station.' + field) ?? '';

        // Each mistake has a colour and a sound of its own: pitches in hertz, one after the other.
        const signals = {
          'wrong-sku': [4, [180, 180]], 'more-than-left': [330, [600, 600, 600]], 'units-cancelled': [275, [330, 220]],
          'order-cancelled': [285, [330, 220, 165]], 'on-hold': [40, [262, 262, 262, 262]],
          'units-in-doubt': [55, [262, 330]], 'not-the-picked': [200, [440, 220]], 'lot-required': [215, [440, 554]],
          'serials-required': [230, [440, 659]], 'too-large-for-box': [20, [130]], 'box-full': [25, [130, 165]],
          'too-heavy-for-box': [30, [130, 110]], 'box-not-insulated': [190, [784, 392]], 'box-not-open': [300, [294]],
          'unknown-box': [310, [294, 247]], 'not-in-box': [320, [247, 294]], 'unreadable-barcode': [350, [100, 100]],
          'wrong-check-digit': [345, [100, 150]], 'unknown-barcode': [340, [100, 200]],
          'weight-implausible': [80, [523, 466]], 'packed-by-another': [260, [196, 196]],
          'other-station': [250, [196, 233]],
        };
        let sound = null;
        function play(pitches) {
          try {
            sound ??= new AudioContext();
            let at = sound.currentTime;
            for (const pitch of pitches) {
              const tone = sound.createOscillator();
              tone.frequency.value = pitch;
              tone.connect(sound.destination);
              tone.start(at);
              tone.stop(at += .14);
              at += .05;
            }
          } catch { /* No sound is no reason not to pack. */ }
        }

        function signal(name, text) {
          const known = signals[name];
          $('signal').className = name === 'good' ? 'good' : name ? 'bad' : '';
          $('signal').dataset.code = name;
          $('signal').style.background = known ? 'hsl(' + known[0] + ' 75% 34%)' : '';
          $('signal').textContent = text;
          if (name) play(name === 'good' ? [880] : known?.[1] ?? [150, 120]);
        }

        function connected(is) {
          $('state').className = is ? '' : 'lost';
          $('state').textContent = is ? (kept().length ? kept().length + ' to send' : 'connected')
            : 'connection lost: ' + kept().length + ' kept, to be sent';
        }

        async function call(method, path, body) {
          const answer = await fetch(path, {
            method, headers: { 'Content-Type': 'application/json' }, body: body && JSON.stringify(body),
          });
          return { ok: answer.ok, status: answer.status, body: await answer.json() };
        }

        const id = () => 'st-' + Date.now().toString(36) + '-' + Math.random().toString(36).slice(2, 10);
        const path = what => '/v1/fulfilment-orders/' + encodeURIComponent(job.fulfilmentOrder) + '/packing' + what;
        const me = () => ({ by: $('by').value, station: $('station').value });

        // Kept before it is sent, and until it was answered: a repeat under the same id counts once.
        function keep(what, body, then) {
          const entry = id();
          store.setItem(prefix + entry, JSON.stringify({
            path: path(what), body: { id: entry, ...me(), ...body }, then, tries: 0,
          }));
          void send();
        }

        async function send() {
          if (sending) return;
          sending = true;
          let again = 0;
          try {
            for (let key = kept()[0]; key && !again; key = kept()[0]) {
              const entry = JSON.parse(store.getItem(key));
              const answer = await call('POST', entry.path, entry.body);
              connected(true);
              // It is not known yet, or the server is busy: the same again, but not for ever.
              if (answer.status === 202 || (answer.status >= 500 && ++entry.tries < 20)) {
                store.setItem(key, JSON.stringify(entry));
                again = 700;
              } else {
                store.removeItem(key);
                await answered(entry, answer);
              }
            }
          } catch {
            connected(false);
            signal('', 'No connection: what you scan is kept here, and sent when it is back.');
            again = 1500;
          } finally {
            sending = false;
          }
          if (again) setTimeout(send, again);
          else connected(true);
        }

        async function answered({ body, then, path: of }, answer) {
          if (!answer.ok) {
            const code = answer.body.code ?? 'bad', why = answer.body.detail ?? answer.body.title;
            // What it lacks is asked for; all else has to be scanned again.
            if (code === 'lot-required' || code === 'serials-required') {
              held = body;
              step = code === 'lot-required' ? 'lot' : 'serial';
            } else refused((body.sku ?? body.barcode ?? 'box ' + (of.split('/').at(-2) ?? '')) + ': ' + why);
            if (code === 'weight-implausible') { step = 'weight'; weight = body.weightGrams; }
            signal(code, why);
          } else if (then === 'scan') {
            const s = answer.body;
            signal('good', s.quantity + ' × ' + s.sku + (s.out ? ' out of box ' : ' in box ') + s.box);
          } else signal('good', then);
          if (!kept().length) { spent = {}; await show(); }
          draw();
        }

        // What did not count has to be scanned again: it is not only a flash.
        function refused(text) {
          const line = document.createElement('li');
          line.textContent = text;
          $('refused').prepend(line);
          while ($('refused').childElementCount > 5) $('refused').lastChild.remove();
        }

        async function show() {
          if (!job) return;
          try {
            const answer = await call('GET', path(''));
            if (answer.ok) job = answer.body;
            connected(true);
          } catch { connected(false); }
        }

        const open = () => job.boxes.findLast(b => b.status === 'open');
        const left = line => Math.max(0, line.left - (spent[line.sku] ?? 0));
        const doubt = () => job.doubts.find(d => !d.outcome);
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

        function draw() {
          $('pack').hidden = !job;
          $('start').hidden = !!job;
          $('work').hidden = !!job || !$('work').childElementCount;
          if (!job) return;
          const box = open(), need = job.lines.find(l => left(l) > 0), surplus = job.lines.find(l => l.takeOut > 0);
          const done = ['packed', 'shipped', 'cancelled'].includes(job.status);
          if (!['lot', 'serial', 'weight', 'doubt', 'reason'].includes(step)) step = box ? 'item' : 'box';
          $('who').textContent = job.fulfilmentOrder + ' · ' + job.status + ' · ' + $('by').value;
          $('box').textContent = box ? box.box + ' · ' + (box.kind ?? 'measured')
            : done ? '–' : planned() ?? 'choose one';
          $('left').textContent = job.lines.reduce((n, l) => n + left(l), 0);
          const line = surplus ?? need;
          $('sku').textContent = surplus ? 'take out ' + surplus.sku : need ? left(need) + ' × ' + need.sku : '–';
          const from = line?.picked?.[0];
          $('from').textContent = from ? from.tote ?? from.bin ?? 'in hand' : line ? 'the shelf' : '–';
          for (const name of ['box', 'item']) $('want-' + name).className = step === name && !done ? 'want' : '';
          $('plan').replaceChildren(...rows());
          $('ask').textContent = { box: done ? 'Nothing is left to pack' : 'Scan a kind of box, or a number for it',
            item: out ? 'Scan what comes out' : need ? 'Scan the goods' : 'All is in: close the box',
            lot: 'Scan the lot', serial: 'Scan the serial', weight: 'Weight in grams, or nothing',
            doubt: 'Scan the doubted unit', reason: 'Why is it doubted?' }[step];
          const waits = doubt();
          $('first').textContent = (waits ? 'It is good' : box ? 'Close box' : 'Open box') + ' (F2)';
          $('second').textContent = (waits ? 'Replace it' : 'Damaged') + ' (F3)';
          $('first').disabled = !waits && !box && done;
          $('second').disabled = !waits && !need;
          $('drop').hidden = !waits;
          $('out').setAttribute('aria-pressed', out);
          $('code').disabled = done && !box;
          $('slips').replaceChildren(...job.boxes.filter(b => b.contents.length).map(b => {
            const link = document.createElement('a');
            link.href = path('/boxes/' + b.box + '/packing-slip');
            link.target = '_blank';
            link.textContent = 'Slip ' + b.box + ' ';
            return link;
          }));
          if (waits) signal('on-hold', waits.sku + ' is doubted: ' + waits.reason + '. Packing waits for a decision.');
          else if (done && !kept().length) signal('good', job.fulfilmentOrder + ' is ' + job.status + '.');
          if (!$('code').disabled) $('code').focus();
        }

        function rows() {
          const cells = (kind, contents, full) => {
            const row = document.createElement('tr');
            for (const [text, name] of [[kind, ''], [contents, ''], [full, 'n']]) {
              const cell = document.createElement('td');
              cell.textContent = text;
              cell.className = name;
              row.append(cell);
            }
            return row;
          };
          const says = list => list.map(c => c.quantity + ' × ' + c.sku).join(', ') || 'nothing yet';
          const full = points => points === undefined || points === null ? '' : Math.round(points / 100) + ' %';
          const plan = job.planned.map(p => cells('plan: ' + p.box, says(p.contents), full(p.fillBasisPoints)));
          if (job.noPlan) plan.push(cells('no plan', job.noPlan + (job.noPlanSku ? ': ' + job.noPlanSku : ''), ''));
          return [...plan, ...job.boxes.map(b => cells(b.box + ' ' + (b.kind ?? '') + ' ' + b.status,
            says(b.contents), full(b.fillBasisPoints)))];
        }

        $('scan').onsubmit = e => {
          e.preventDefault();
          const code = $('code').value.trim();
          $('code').value = '';
          if (!job) return;
          if (step === 'weight') return void close(code);
          if (!code) return;
          if (step === 'box') void openBox(code);
          else if (step === 'lot' || step === 'serial') {
            const { id: _, by: __, station: ___, ...body } = held;
            keep('/scans', { ...body, ...(step === 'lot' ? { lot: code } : { serials: [code] }) }, 'scan');
            step = 'item';
          } else if (step === 'doubt') {
            held = goods(code);
            step = 'reason';
          } else if (step === 'reason') {
            keep('/quality-holds', { ...held, quantity: 1, reason: code }, 'The order is held.');
            step = 'item';
          } else item(code);
          draw();
        };

        // What is no SKU of the order is a barcode, or another SKU: the server tells.
        const goods = code => job.lines.some(l => l.sku === code) ? { sku: code } : { barcode: code };

        function item(code) {
          const box = open(), told = goods(code);
          if (code === box.lpn) return closing();
          const units = told.sku ? { quantity: 1 } : {};
          keep('/scans', { box: box.box, ...told, ...units, ...(out ? { out } : {}) }, 'scan');
          if (told.sku && !out) spent[told.sku] = (spent[told.sku] ?? 0) + 1;
          out = false;
        }

        function closing() { step = 'weight'; weight = null; draw(); }

        function close(code) {
          const grams = code ? Number.parseInt(code, 10) : null, box = open();
          step = 'item';
          if (!box) return draw();
          // Told twice, it is so.
          keep('/boxes/' + box.box + '/close', { ...(grams ? { weightGrams: grams } : {}),
            ...(grams && grams === weight ? { confirmed: true } : {}) }, 'Box ' + box.box + ' is closed.');
          draw();
        }

        async function now(what, body, then) {
          if (kept().length) return signal('bad', 'Scans are still to be sent: try again when they are.');
          try {
            const answer = await call('POST', path(what), { id: id(), ...body });
            connected(true);
            if (answer.ok) { job = answer.body; signal('good', then); await show(); }
            else signal(answer.body.code, answer.body.detail ?? answer.body.title);
          } catch {
            connected(false);
            signal('bad', 'The connection is lost: this has to wait for it.');
          }
          draw();
        }

        const openBox = code => now('/boxes', { ...me(), ...(kinds.includes(code) ? { kind: code }
          : planned() ? { kind: planned(), lpn: code } : { kind: code }) }, 'A box is open.');
        const decide = outcome => now('/quality-holds/' + doubt().number + '/decide', { by: $('by').value, outcome },
          'Decided.');
        let kinds = [];

        $('first').onclick = () => doubt() ? void decide('good') : open() ? closing()
          : planned() ? void openBox(planned()) : signal('unknown-box', 'Scan the kind of box.');
        $('second').onclick = () => { if (doubt()) void decide('replace'); else { step = 'doubt'; draw(); } };
        $('drop').onclick = () => void decide('drop');
        $('out').onclick = () => { out = !out; draw(); };
        $('leave').onclick = () => { job = null; held = null; step = 'box'; signal('', ''); void work(); };
        addEventListener('keydown', e => {
          const key = { F2: 'first', F3: 'second', F4: 'out' }[e.key];
          if (key && job) { e.preventDefault(); $(key).click(); }
        });

        async function work() {
          for (const field of ['node', 'by', 'station']) store.setItem('station.' + field, $(field).value);
          $('work').replaceChildren();
          if ($('order').value.trim()) return begin($('order').value.trim());
          try {
            const node = encodeURIComponent($('node').value);
            for (const status of ['in-progress', 'open']) {
              const answer = await call('GET', '/v1/fulfilment-orders?node=' + node + '&status=' + status);
              for (const one of answer.ok ? answer.body.items : []) {
                const button = document.createElement('button');
                button.textContent = one.id + ' · ' + one.lines.reduce((n, l) => n + l.open, 0) + ' units'
                  + (one.startedAt ? ' · begun' : '');
                button.onclick = () => void begin(one.id);
                $('work').append(button);
              }
            }
            if (!$('work').childElementCount) $('work').textContent = 'Nothing is open at ' + $('node').value + '.';
            connected(true);
          } catch { connected(false); }
          draw();
          $('work').hidden = !!job;
        }

        async function begin(order, takeOver) {
          try {
            job = { fulfilmentOrder: order };
            const boxes = await call('GET', '/v1/nodes/' + encodeURIComponent($('node').value) + '/boxes');
            kinds = boxes.ok ? boxes.body.items.map(b => b.box) : [];
            const answer = await call('POST', path(''), { id: id(), ...me(), ...(takeOver ? { takeOver } : {}) });
            const { code, detail } = answer.body;
            if (!answer.ok) job = null;
            if (['packed-by-another', 'other-station'].includes(code) && !takeOver) {
              if (confirm(detail + ' Take it over?')) return begin(order, true);
            } else if (!answer.ok) alert(detail);
            else { job = answer.body; step = 'box'; $('order').value = ''; signal('', 'Take a box.'); }
          } catch { job = null; connected(false); }
          draw();
        }

        $('start').onsubmit = e => { e.preventDefault(); void work(); };
        addEventListener('online', () => void send());
        addEventListener('offline', () => connected(false));
        document.addEventListener('click', e => {
          if (job && !e.target.closest('button, input, a')) $('code').focus();
        });
        if (kept().length) void send();
        """;
}
