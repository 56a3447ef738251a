// Giving a contact that waits to one colleague: who is on shift is asked anew each time, because it changes by the minute.
import { effect, html, repeat, signal, untracked } from '../vendor/ui.js';
import { toast } from '../core/app.js';
import { assign } from '../core/taking.js';
import { get } from '../core/api.js';
import { t } from '../core/i18n.js';
import { queue, staffChanges } from '../core/store.js';
import { closeDialog, openDialog } from '../parts/dialog.js';
import { loading, trouble } from '../parts/states.js';
import { colleague, freeFirst } from './targets.js';

/** @typedef {import('./targets.js').Colleague} Colleague */
const found = signal(/** @type {{staff: Colleague[] | null, error: any}} */ ({ staff: null, error: null }));
const busy = signal(false);

const load = async () => {
  try {
    found.value = { staff: (await get('/api/queue/staff')).staff, error: null };
  } catch (error) {
    found.value = { ...found.peek(), error };
  }
};
/** @param {string} id @param {Colleague} p */
const give = async (id, p) => {
  if (busy.peek()) return;
  busy.value = true;
  if (await assign(id, p.id)) {
    closeDialog();
    toast(t('queue-assigned', { name: p.name }));
  } else load();
  busy.value = false;
};
/** Who has something in hand may have room for one more: the server knows. @param {Colleague} p */
const couldHave = (p) => !['break', 'not_answering', 'offline'].includes(p.state);
/** @param {string} id @param {Colleague[]} staff */
const people = (id, staff) => (staff.length
  ? html`<ul class="targets">${repeat(freeFirst(staff), (p) => p.id, (p) => colleague(p, html`<button type="button" class="primary" data-testid="assign-go" aria-label=${t('queue-assign-to', { name: p.name })}
      ?disabled=${!couldHave(p) || busy.value} @click=${() => give(id, p)}>${t('queue-assign-go')}</button>`))}</ul>`
  : html`<p class="state" data-testid="assign-none">${t('queue-assign-none')}</p>`);

const gone = () => html`<p class="state" role="status" data-testid="assign-gone">${t('queue-assign-gone')}</p>
  <footer class="dialog-foot"><button type="button" class="primary" data-testid="assign-close" @click=${closeDialog}>${t('action-close-window')}</button></footer>`;
/** What was pressed may be gone with its row. */
const backToQueue = () => requestAnimationFrame(() => {
  if (document.activeElement === document.body) /** @type {HTMLElement | null} */ (document.querySelector('ul[aria-labelledby="queue-h"]'))?.focus();
});

/** @param {string} id */
export const assignDialog = (id) => {
  found.value = { staff: null, error: null };
  const stop = effect(() => { if (staffChanges.value >= 0) untracked(load); });
  openDialog({
    title: () => t('queue-assign'),
    testid: 'assign-dialog',
    onClose: () => { stop(); backToQueue(); },
    body: () => {
      // Somebody has it meanwhile, or the caller left.
      if (!busy.value && !queue.value.has(id)) return gone();
      const { staff, error } = found.value;
      return html`<div class="target-box"><p class="soft">${t('queue-assign-text')}</p>
        ${error ? trouble(error, load) : staff ? people(id, staff) : loading()}</div>`;
    },
  });
};
