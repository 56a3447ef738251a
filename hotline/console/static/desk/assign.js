// Giving a contact that waits to one colleague: who is on shift is asked anew each time, because it changes by the minute.
import { html, repeat, signal } from '../vendor/ui.js';
import { toast } from '../core/app.js';
import { assign } from '../core/taking.js';
import { get } from '../core/api.js';
import { t } from '../core/i18n.js';
import { queue } from '../core/store.js';
import { closeDialog, dialog, openDialog } from '../parts/dialog.js';
import { loading, trouble } from '../parts/states.js';
import { colleague, freeFirst } from './targets.js';

/** @typedef {import('./targets.js').Colleague} Colleague */
const found = signal(/** @type {{staff: Colleague[] | null, error: any}} */ ({ staff: null, error: null }));
const busy = signal(false);

const load = async () => {
  found.value = { staff: null, error: null };
  try {
    found.value = { staff: (await get('/api/queue/staff')).staff, error: null };
  } catch (error) {
    found.value = { staff: null, error };
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
/** Who has chats in hand may have room for one more: the server knows. @param {string} id @param {Colleague} p */
const couldHave = (id, p) => p.state === 'available' || (p.state === 'busy' && queue.value.get(id)?.channel !== 'voice');
/** @param {string} id @param {Colleague[]} staff */
const people = (id, staff) => (staff.length
  ? html`<ul class="targets">${repeat(freeFirst(staff), (p) => p.id, (p) => colleague(p, html`<button type="button" class="primary" data-testid="assign-go" aria-label=${t('queue-assign-to', { name: p.name })}
      ?disabled=${!couldHave(id, p) || busy.value} @click=${() => give(id, p)}>${t('queue-assign-go')}</button>`))}</ul>`
  : html`<p class="state" data-testid="assign-none">${t('queue-assign-none')}</p>`);

/** @param {string} id */
export const assignDialog = (id) => {
  load();
  openDialog({
    title: () => t('queue-assign'),
    testid: 'assign-dialog',
    body: () => {
      // Somebody has it meanwhile, or the caller left.
      if (!queue.value.has(id)) queueMicrotask(() => { if (dialog.peek()) closeDialog(); });
      const { staff, error } = found.value;
      return html`<div class="target-box"><p class="soft">${t('queue-assign-text')}</p>
        ${error ? trouble(error, load) : staff ? people(id, staff) : loading()}</div>`;
    },
  });
};
