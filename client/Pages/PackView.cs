namespace Fulfillment.Client.Pages;

/// <summary>What the page of a packer shows, of what <see cref="PackScript"/> knows.</summary>
static class PackView
{
    /// <summary>The script.</summary>
    public const string Text =
        """
        function draw() {
          $('pack').hidden = !job;
          $('start').hidden = !!job;
          $('work').hidden = !!job || !$('work').childElementCount;
          $('who').textContent = job ? job.fulfilmentOrder + ' · ' + job.status + ' · ' + $('by').value : '';
          if (!job) return;
          const box = current(), all = needs(), need = all.find(n => n.left > 0);
          const surplus = all.find(n => n.takeOut > 0);
          const done = ['packed', 'shipped', 'cancelled', 'given-up'].includes(job.status), question = questions()[0];
          const step = question?.need ?? (doubting ? 'doubt' : box ? 'item' : 'box');
          $('box').textContent = box ? (box.box ?? 'opening') + ' · ' + (box.kind ?? 'measured')
            : done ? '–' : planned() ?? 'choose one';
          $('left').textContent = all.reduce((n, s) => n + s.left, 0);
          $('sku').textContent = surplus ? 'take out ' + surplus.sku : need ? need.left + ' × ' + need.sku : '–';
          const line = surplus ?? need, from = line?.picked?.[0];
          $('from').textContent = surplus ? 'box ' + job.boxes.filter(b => b.contents.some(c => c.sku === surplus.sku))
            .map(b => b.box).join(', ') : from ? from.tote ?? from.bin ?? 'in hand' : line ? 'the shelf' : '–';
          for (const name of ['box', 'item']) $('want-' + name).className = step === name && !done ? 'want' : '';
          $('plan').replaceChildren(...rows(box));
          const of = question?.body.sku ?? question?.body.barcode;
          const waiting = questions().length > 1 ? ' (' + questions().length + ' wait)' : '';
          $('ask').textContent = { box: done ? 'Nothing is left to pack' : 'Scan a kind of box, or a number for it',
            item: out ? 'Scan what comes out' : surplus ? 'Take it out: F4, then scan it'
              : need ? 'Scan the goods'
              : box?.contents.length ? 'All is in: close the box' : 'Nothing is left to pack',
            lot: 'Scan the lot of ' + of, serial: 'Scan the serial of ' + of,
            weight: question?.more.what + ': weight in grams, or nothing', doubt: 'Scan the doubted unit',
            reason: 'Why is ' + of + ' doubted?' }[step] + waiting;
          buttons(step, box, done, need, !!question);
          $('slips').replaceChildren(...job.boxes.filter(b => b.contents.length).map(b => {
            const link = document.createElement('a');
            link.href = path('/boxes/' + b.box + '/packing-slip');
            link.target = '_blank';
            link.textContent = 'Slip ' + b.box + ' ';
            return link;
          }));
          const waits = doubt(), astray = job.doubts.find(d => d.outcome && d.attention && d.setAside === false);
          $('note').textContent = waits ? waits.sku + ' is doubted: ' + waits.reason + '. Packing waits for a decision.'
            : job.onHold ? job.fulfilmentOrder + ' is held.'
            : done ? job.fulfilmentOrder + ' is ' + job.status + '.'
            : astray ? astray.quantity + ' × ' + astray.sku + ', doubted, is on sale still: ' + astray.attention + '.'
            : '';
          $('end').hidden = done || job.onHold
            || job.boxes.some(b => b.status !== 'shipped' && (b.contents.length || b.status === 'opening'));
          $('code').focus();
        }

        function buttons(step, box, done, need, isAsked) {
          const waits = !isAsked && doubt();
          $('first').textContent = (step === 'weight' ? 'Without weight' : waits ? 'It is good'
            : box ? 'Close box' : 'Open box') + ' (F2)';
          $('second').textContent = (step === 'weight' ? 'Not yet' : isAsked ? 'Give it up' : waits ? 'Replace it'
            : doubting ? 'Not damaged' : 'Damaged') + ' (F3)';
          const isIdle = box ? !box.box || (done && !box.contents.length) : done;
          $('first').disabled = isAsked ? step !== 'weight' : !waits && isIdle;
          $('second').disabled = !isAsked && !waits && !need && !doubting;
          $('drop').hidden = !waits;
          $('out').setAttribute('aria-pressed', out);
        }

        function rows(box) {
          const cells = (kind, contents, full, acts) => {
            const row = document.createElement('tr');
            for (const [text, name] of [[kind, ''], [contents, ''], [full, 'n']]) {
              const cell = document.createElement('td');
              cell.textContent = text;
              cell.className = name;
              row.append(cell);
            }
            for (const [text, does] of acts ?? []) {
              const button = document.createElement('button');
              button.type = 'button';
              button.className = 'small';
              button.textContent = text;
              button.onclick = does;
              row.children[1].append(' ', button);
            }
            return row;
          };
          const says = list => list.map(c => c.quantity + ' × ' + c.sku).join(', ') || 'nothing yet';
          const full = points => points === undefined || points === null ? '' : Math.round(points / 100) + ' %';
          const acts = b => [
            ...(b.status === 'open' && b.box !== box?.box ? [['Use', () => { chosen = b.box; draw(); }]] : []),
            ...(b.status === 'open' && !b.contents.length && !mine().some(e => e.body.box === b.box)
              ? [['Discard', () => act(b.box, '/discard', ' is discarded.', { ends: b.box })]] : []),
            ...(b.status === 'closed' && !b.shipment
              ? [['Reopen', () => act(b.box, '/reopen', ' is open again.', { reopens: b.box })]] : []),
          ];
          const plan = job.planned.map(p => cells('plan: ' + p.box, says(p.contents), full(p.fillBasisPoints)));
          if (job.noPlan) plan.push(cells('no plan', job.noPlan + (job.noPlanSku ? ': ' + job.noPlanSku : ''), ''));
          return [...plan, ...job.boxes.map(b => cells(b.box + ' ' + (b.kind ?? '') + ' ' + b.status,
            says(b.contents), full(b.fillBasisPoints), acts(b)))];
        }

        """;
}
