namespace Fulfillment.Client.Pages;

/// <summary>
/// What the pages of the picker and the packer have in common: the queue of what was scanned and is not answered, and
/// the signals. The page's own script follows it, and tells <c>prefix</c> (of its keys) and <c>answered</c> (entry,
/// answer and key; it takes the entry out of the queue).
/// </summary>
static class StationScript
{
    /// <summary>The script.</summary>
    public const string Text =
        """
        const $ = id => document.getElementById(id), store = localStorage;
        let sending = false, timer = 0, tries = 0, wrong = 0, numbered = 0;

        // Each mistake has a colour and a sound of its own: pitches in hertz, one after the other.
        const signals = {
          'wrong-sku': [4, [180, 180]], 'more-than-left': [330, [600, 600, 600]], 'units-cancelled': [275, [330, 220]],
          'order-cancelled': [285, [330, 220, 165]], 'on-hold': [40, [262, 262, 262, 262]],
          'units-in-doubt': [55, [262, 330]], 'not-the-picked': [200, [440, 220]], 'lot-required': [215, [440, 554]],
          'serials-required': [230, [440, 659]], 'too-large-for-box': [20, [130]], 'box-full': [25, [130, 165]],
          'too-heavy-for-box': [30, [130, 110]], 'box-not-insulated': [190, [784, 392]], 'box-not-open': [300, [294]],
          'unknown-box': [310, [294, 247]], 'not-in-box': [320, [247, 294]], 'unreadable-barcode': [350, [100, 100]],
          'wrong-check-digit': [345, [100, 150]], 'unknown-barcode': [340, [100, 200]],
          'weight-implausible': [240, [523, 466]], 'packed-by-another': [260, [196, 196]],
          'other-station': [250, [196, 233]], 'wrong-bin': [34, [220, 220]], 'wrong-lot': [290, [330, 220, 330]],
          'wrong-tote': [206, [440, 220, 220]], 'wrong-quantity': [325, [600, 600]],
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
          } catch { /* No sound is no reason not to work. */ }
        }

        function signal(name, text) {
          const known = signals[name];
          wrong = name && name !== 'good' ? Date.now() : 0;
          $('signal').className = name === 'good' ? 'good' : name ? 'bad ' + name : '';
          $('signal').dataset.code = name;
          $('signal').style.background = known ? 'hsl(' + known[0] + ' 75% 34%)' : '';
          $('signal').textContent = text;
          if (name) play(name === 'good' ? [880] : known?.[1] ?? [150, 120]);
        }

        // A mistake stays until what was done after it was right.
        function good(text, at) { if (at > wrong) signal('good', text); }

        // What did not count has to be done again: it is not only a flash, and the list is as long as it has to be.
        function refused(text) {
          const line = document.createElement('li');
          line.textContent = text;
          $('refused').prepend(line);
        }

        // One entry each: another tab adds its own, and takes none of ours away.
        const kept = () => Object.keys(store).filter(key => key.startsWith(prefix)).sort();
        const entryOf = key => JSON.parse(store.getItem(key));

        function connected(is, why) {
          const count = kept().length;
          $('giveup').hidden = !count || tries < 10;
          $('state').className = is ? '' : 'lost';
          $('state').textContent = !is ? (why ?? 'connection lost') + ': ' + count + ' kept, to be sent'
            : count ? count + ' to send' : 'connected';
        }

        // Not answered: there is no connection, the server is busy or in trouble, or it was a proxy that spoke, which
        // knows none of our codes.
        async function call(method, path, body) {
          let status = 0;
          try {
            const answer = await fetch(path, {
              method, headers: { 'Content-Type': 'application/json' }, body: body && JSON.stringify(body),
            });
            status = answer.status;
            const told = await answer.json();
            const isOurs = typeof told === 'object' && told !== null && (answer.ok || typeof told.code === 'string');
            const isAnswered = isOurs && status < 500 && status !== 408 && status !== 429;
            connected(isAnswered || isOurs);
            return { isAnswered, isOurs, ok: answer.ok && isAnswered, status, body: told };
          } catch {
            connected(false, status ? 'no answer of the server (' + status + ')' : undefined);
            return { isAnswered: false, isOurs: false, ok: false, status, body: {} };
          }
        }

        // Sorted, they are in the order in which they were told.
        const id = () => 'st-' + Date.now().toString(36) + '-' + (numbered++).toString(36).padStart(4, '0')
          + Math.random().toString(36).slice(2, 8);

        // Kept before it is sent, and until it was answered: a repeat under the same id counts once.
        function keep(path, body, more) {
          const name = id();
          try {
            store.setItem(prefix + name, JSON.stringify({
              path, body: { id: name, ...body }, at: Date.now(), ...more,
            }));
          } catch {
            refused((body.sku ?? body.barcode ?? path) + ': this browser has no room to keep it.');
            signal('bad', 'This browser has no room to keep it: it did not count.');
            return name;
          }
          void send();
          return name;
        }

        async function send() {
          if (sending) return;
          clearTimeout(timer);
          sending = true;
          let again = 0;
          try {
            for (let key = kept()[0]; key && !again; key = kept()[0]) {
              const entry = entryOf(key);
              const answer = await call('POST', entry.path, entry.body);
              // It is not known yet, or nobody could tell: the same again, for as long as that takes.
              if (!answer.isAnswered || answer.status === 202) {
                again = answer.status === 202 ? 700 : Math.min(700 * 1.5 ** tries++, 5000);
              } else {
                tries = 0;
                await answered(entry, answer, key);
              }
            }
          } catch (e) {
            signal('bad', 'This page failed: ' + e.message);
            again = 5000;
          } finally {
            sending = false;
          }
          if (again) timer = setTimeout(send, again);
          else if (kept().length) void send();
          else connected(true);
        }

        // What the server can never answer would hold up all that follows: a person may say so, and nothing else does.
        $('giveup').onclick = () => {
          const key = kept()[0];
          if (!key || sending || !confirm('Give up the first that was not answered? It may have counted.')) return;
          const why = { code: 'bad', detail: 'given up here, but it may have counted: look at what the server says.' };
          tries = 0;
          void answered(entryOf(key), { ok: false, body: why }, key).then(send);
        };
        addEventListener('online', () => void send());
        addEventListener('offline', () => connected(false));
        """;
}
