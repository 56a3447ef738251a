// One planned shift: who, which day, from when to when; made, moved and removed here.
import { html, nothing, repeat, signal } from '../vendor/ui.js';
import { attempt, toast } from '../core/app.js';
import { post, put, remove } from '../core/api.js';
import { t } from '../core/i18n.js';
import { closeDialog, openDialog } from '../parts/dialog.js';
import { icon } from '../parts/icon.js';
import { oddities } from './roster-week.js';

/** @typedef {import('./roster-week.js').Shift} Shift */
const draft = signal({ staff: '', day: '', from: '', to: '' });
const busy = signal(false);

/** @param {() => Promise<any>} work @param {() => void} done */
const act = async (work, done) => {
  if (busy.peek()) return;
  busy.value = true;
  await attempt(async () => { await work(); closeDialog(); toast(t('shift-saved')); });
  done();
  busy.value = false;
};
/** @param {string} key @param {Event} e */
const write = (key, e) => { draft.value = { ...draft.peek(), [key]: /** @type {HTMLInputElement} */ (e.target).value }; };
const HALVES = Array.from({ length: 48 }, (_, n) => `${String(n >> 1).padStart(2, '0')}:${n % 2 ? '30' : '00'}`);
/** Half hours to choose from: a time field of the browser may show twelve hours. @param {'from'|'to'} key @param {string} text */
const clock = (key, text) => html`<label class="field"><span class="label">${text}</span><select data-testid="shift-${key}" @change=${(/** @type {Event} */ e) => write(key, e)}>
  ${[...new Set([...HALVES, draft.value[key]])].sort().map((h) => html`<option value=${h} ?selected=${h === draft.value[key]}>${h}</option>`)}</select></label>`;

/** @param {{people: {id: string, name: string}[]}} week @param {Shift | null} shift @param {string} staff @param {string} day @param {() => void} done */
export const shiftDialog = (week, shift, staff, day, done) => {
  draft.value = shift ? { staff, day, from: shift.from, to: shift.to } : { staff, day, from: '08:00', to: '16:00' };
  const save = () => act(() => (shift ? put(`/api/roster/shifts/${shift.id}`, { ...draft.peek(), rev: shift.rev }) : post('/api/roster/shifts', draft.peek())), done);
  openDialog({
    title: () => (shift ? t('shift-change') : t('shift-add')),
    testid: 'shift-dialog',
    body: () => html`<form @submit=${(/** @type {Event} */ e) => { e.preventDefault(); save(); }}>
      ${shift?.warnings.length ? html`<p class="line-state bad">${icon('triangle-alert')} ${oddities(shift)}</p>` : nothing}
      <label class="field"><span class="label">${t('roster-person')}</span><select data-testid="shift-staff" @change=${(/** @type {Event} */ e) => write('staff', e)}>
        ${repeat(week.people, (p) => p.id, (p) => html`<option value=${p.id} ?selected=${p.id === draft.value.staff}>${p.name}</option>`)}</select></label>
      <label class="field"><span class="label">${t('shift-day')}</span><input type="date" required data-testid="shift-day" .value=${draft.value.day} @input=${(/** @type {Event} */ e) => write('day', e)}></label>
      <div class="fields">${clock('from', t('shift-from'))}${clock('to', t('shift-to'))}</div>
      <p class="hint">${t('shift-night')}</p>
      <footer class="dialog-foot">${shift ? html`<button type="button" class="ghost" data-testid="shift-remove" ?disabled=${busy.value} @click=${() => act(() => remove(`/api/roster/shifts/${shift.id}?rev=${shift.rev}`), done)}>${icon('trash-2')} ${t('shift-remove')}</button>` : nothing}
        <button type="button" class="ghost" @click=${closeDialog}>${t('action-cancel')}</button>
        <button type="submit" class="primary" data-testid="shift-save" ?disabled=${busy.value || !draft.value.day}>${icon('save')} ${t('shift-save')}</button></footer></form>`,
  });
};
