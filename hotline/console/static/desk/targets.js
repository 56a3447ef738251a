// Whom a call may be handed to or joined by: asked anew each time a dialog opens, because it changes by the minute.
import { html, nothing, repeat, signal } from '../vendor/ui.js';
import { get } from '../core/api.js';
import { t } from '../core/i18n.js';
import { mineList } from '../core/store.js';
import { closeDialog, dialog } from '../parts/dialog.js';
import { loading, trouble } from '../parts/states.js';
import * as words from '../parts/words.js';

/** @typedef {{id: string, name: string, state: string, languages: string[]}} Colleague */
/** @typedef {{staff: Colleague[], partners: {id: string, name: string}[], can: Partial<import('../core/types').Can>}} Targets */
/** @typedef {{targets: Targets | null, error: any}} Asked */
export const asked = signal(/** @type {Asked} */ ({ targets: null, error: null }));
export const number = signal('');
/** Which kind of target is shown. */
export const tab = signal('');
let turn = 0;

/** @param {string} id */
export const loadTargets = async (id) => {
  const mine = (turn += 1);
  asked.value = { targets: null, error: null };
  try {
    const targets = await get(`/api/calls/${id}/targets`);
    if (mine === turn) asked.value = { targets, error: null };
  } catch (error) {
    if (mine === turn) asked.value = { targets: null, error };
  }
};
/** The card as it is now; a dialog about a call that is over closes. @param {string} id */
export const cardNow = (id) => {
  const card = mineList.value.find((c) => c.id === id);
  if (!card || card.state === 'wrap_up') queueMicrotask(() => { if (dialog.peek()) closeDialog(); });
  return card;
};

/** @param {string} id @param {(targets: Targets) => unknown} view */
export const withTargets = (id, view) => {
  const { targets, error } = asked.value;
  if (error) return trouble(error, () => loadTargets(id));
  return targets ? view(targets) : loading();
};
/** @param {{key: string, text: string}[]} list */
export const tabs = (list) => html`<div class="chips" role="group" aria-label=${t('target-name')}>${repeat(list, (x) => x.key, (x) => html`<button type="button" class="pill-button ${tab.value === x.key ? 'on' : ''}"
  aria-pressed=${String(tab.value === x.key)} data-testid="target-${x.key}" @click=${() => { tab.value = x.key; }}>${x.text}</button>`)}</div>`;
export const numberField = () => html`<label class="field"><span class="label">${t('target-number-field')}</span><input type="tel" autocomplete="off" maxlength="40" data-testid="target-number-input" placeholder="+996 …" .value=${number.value}
  @input=${(/** @type {InputEvent} */ e) => { number.value = /** @type {HTMLInputElement} */ (e.target).value; }}></label>`;
/** @type {Record<string, string>} */
const SHAPES = { available: '●', busy: '■', wrap_up: '◆', break: '○', not_answering: '▲' };
/** Free people first: the others are shown so that nobody looks for them. @param {Colleague[]} staff */
export const freeFirst = (staff) => [...staff].sort((a, b) => Number(b.state === 'available') - Number(a.state === 'available'));
/** @param {Colleague} p @param {unknown} ways what can be done */
export const colleague = (p, ways) => html`<li data-testid="target" data-id=${p.id}><span class="shape ${p.state}" aria-hidden="true">${SHAPES[p.state] ?? '●'}</span>
  <span class="row-main"><b>${p.name}</b><small>${words.presenceState(p.state)}${p.languages.length ? html` · ${p.languages.map(words.language).join(', ')}` : nothing}</small></span>
  ${ways}</li>`;
export const typed = () => number.value.trim();
