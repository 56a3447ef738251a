// One's own planned shifts: giving one away, taking a colleague's, asking for days off.
import { html, nothing, repeat, signal } from '../vendor/ui.js';
import { attempt, toast } from '../core/app.js';
import { get, post, remove } from '../core/api.js';
import { t } from '../core/i18n.js';
import { serverNow } from '../core/store.js';
import { closeDialog, openDialog } from '../parts/dialog.js';
import { icon } from '../parts/icon.js';
import { loading, trouble } from '../parts/states.js';
import { dayName, daysName, weekday } from '../parts/week.js';
import { oddities, times } from './roster-week.js';

/** @typedef {import('./roster-week.js').Shift} Shift */
/** @typedef {import('./roster-week.js').Swap} Swap */
/** @typedef {{shifts: Shift[], absences: import('./roster-week.js').Absence[], offers: Swap[], free: Swap[], colleagues: {id: string, name: string}[]}} Own */
const state = signal(/** @type {{own: Own | null, error: any}} */ ({ own: null, error: null }));
const busy = signal(false);
const wish = signal({ first: '', last: '' });
const to = signal('');

export const loadOwn = async () => {
  try {
    state.value = { own: await get('/api/roster/mine'), error: null };
  } catch (error) {
    state.value = { own: null, error };
  }
};
/** @param {() => Promise<any>} work */
const act = async (work) => {
  if (busy.peek()) return;
  busy.value = true;
  await attempt(async () => { await work(); toast(t('shift-saved')); });
  await loadOwn();
  busy.value = false;
};
/** @param {string} testid @param {string} mark @param {string} text @param {() => void} press */
const button = (testid, mark, text, press) => html`<button type="button" class="ghost" data-testid=${testid} ?disabled=${busy.value} @click=${press}>${icon(mark)} ${text}</button>`;
/** @param {Shift} s */
const when = (s) => html`<b>${weekday(s.days[0])}, ${dayName(s.days[0])}</b> ${times(s)}`;

/** @param {Shift} s @param {Own} own */
const offerDialog = (s, own) => {
  to.value = '';
  openDialog({
    title: () => t('swap-give'),
    testid: 'swap-dialog',
    body: () => html`<p>${when(s)}</p><label class="field"><span class="label">${t('swap-to')}</span><select data-testid="swap-to" @change=${(/** @type {Event} */ e) => { to.value = /** @type {HTMLSelectElement} */ (e.target).value; }}>
        <option value="">${t('swap-anyone')}</option>${repeat(own.colleagues, (c) => c.id, (c) => html`<option value=${c.id}>${c.name}</option>`)}</select></label>
      <p class="hint">${t('swap-text')}</p>
      <footer class="dialog-foot"><button type="button" class="ghost" @click=${closeDialog}>${t('action-cancel')}</button>
        <button type="button" class="primary" data-testid="swap-go" ?disabled=${busy.value} @click=${() => { act(() => post('/api/roster/swaps', { shift: s.id, to: to.peek() || null })); closeDialog(); }}>${icon('arrow-right-left')} ${t('swap-go')}</button></footer>`,
  });
};
/** @param {Shift} s @param {Own} own */
const shiftRow = (s, own) => {
  const offer = own.offers.find((x) => x.shift.id === s.id);
  const begun = Date.parse(s.begins_at) <= serverNow();
  return html`<li data-testid="own-shift" data-id=${s.id}>${icon('calendar-clock')}<span class="row-main">${when(s)}${s.warnings.length ? html`<small>${oddities(s)}</small>` : nothing}${offer ? html`<small data-testid="own-offer">${offer.state === 'accepted' ? t('swap-accepted') : t('swap-offered')}</small>` : nothing}</span>
    ${offer ? button('swap-keep', 'undo-2', t('swap-keep'), () => act(() => remove(`/api/roster/swaps/${offer.id}`))) : begun ? nothing : button('swap-give', 'arrow-right-left', t('swap-give'), () => offerDialog(s, own))}</li>`;
};
/** @param {Swap} x */
const freeRow = (x) => html`<li data-testid="free-shift">${icon('arrow-right-left')}<span class="row-main">${when(x.shift)}${x.state === 'accepted' ? html`<small>${t('swap-waits')}</small>` : nothing}</span>
  ${x.state === 'accepted' ? button('swap-leave', 'undo-2', t('swap-leave'), () => act(() => remove(`/api/roster/swaps/${x.id}/accept`))) : button('swap-accept', 'check', t('swap-accept'), () => act(() => post(`/api/roster/swaps/${x.id}/accept`)))}</li>`;
/** @type {Record<string, () => string>} */
const STATES = { asked: () => t('absence-asked'), approved: () => t('absence-approved'), refused: () => t('absence-refused') };
/** @param {import('./roster-week.js').Absence} a */
const absenceRow = (a) => html`<li data-testid="absence">${icon('calendar-x')}<span class="row-main"><b>${daysName(a.first, a.last)}</b><small>${STATES[a.state]?.() ?? a.state}</small></span>
  ${a.state === 'refused' ? nothing : button('absence-withdraw', 'undo-2', t('absence-withdraw'), () => act(() => remove(`/api/roster/absences/${a.id}`)))}</li>`;
/** @param {'first'|'last'} key @param {string} text */
const dayField = (key, text) => html`<label class="field"><span class="label">${text}</span><input type="date" data-testid="absence-${key}" .value=${wish.value[key]}
  @input=${(/** @type {InputEvent} */ e) => { wish.value = { ...wish.peek(), [key]: /** @type {HTMLInputElement} */ (e.target).value }; }}></label>`;
const ask = () => act(async () => {
  await post('/api/roster/absences', wish.peek());
  wish.value = { first: '', last: '' };
});
/** @param {string} id @param {string} title @param {any[]} rows @param {(one: any) => unknown} row @param {string} none @param {unknown} [more] */
const card = (id, title, rows, row, none, more = nothing) => html`<section class="card" aria-labelledby="${id}-h"><h3 id="${id}-h">${title}</h3>
  ${rows.length ? html`<ul class="targets">${repeat(rows, (one) => one.id, row)}</ul>` : html`<p class="soft">${none}</p>`}${more}</section>`;

export const ownView = () => {
  const { own, error } = state.value;
  if (error) return trouble(error, loadOwn);
  if (!own) return loading();
  const form = html`<p class="soft">${t('absence-text')}</p><form @submit=${(/** @type {Event} */ e) => { e.preventDefault(); ask(); }}><div class="fields">${dayField('first', t('absence-first'))}${dayField('last', t('absence-last'))}</div>
    <button type="submit" class="ghost" data-testid="absence-ask" ?disabled=${busy.value || !wish.value.first || wish.value.last < wish.value.first}>${icon('send')} ${t('absence-ask')}</button></form>`;
  return html`<div class="two" data-testid="own-shifts">${card('own', t('roster-mine'), own.shifts, (s) => shiftRow(s, own), t('shift-none'))}
    <div class="stack">${card('free', t('swap-free'), own.free, freeRow, t('swap-none'))}${card('absence', t('absence-title'), own.absences, absenceRow, t('absence-none'), form)}</div></div>`;
};
