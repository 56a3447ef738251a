// Numbers that are kept out for a time: why, until when, and the way back. Danger always gets through.
import { html, nothing, repeat, signal } from '../vendor/ui.js';
import { attempt } from '../core/app.js';
import { get, post, remove } from '../core/api.js';
import { t } from '../core/i18n.js';
import * as fmt from '../core/fmt.js';
import { icon } from '../parts/icon.js';
import { loading, trouble } from '../parts/states.js';
import { moment, untilField } from '../parts/until.js';

/** @typedef {{id: string, masked: string, reason: string, until: string, by: string | null}} Block */
const state = signal(/** @type {{blocks: Block[] | null, error: any}} */ ({ blocks: null, error: null }));
const EMPTY = { number: '', reason: '', until: { choice: 'day', at: '' } };
const draft = signal(EMPTY);
const busy = signal(false);

export const loadBlocks = async () => {
  try {
    state.value = { blocks: (await get('/api/line/blocks')).blocks, error: null };
  } catch (error) {
    state.value = { blocks: null, error };
  }
};
/** @param {() => Promise<any>} work */
const act = async (work) => {
  if (busy.peek()) return;
  busy.value = true;
  await attempt(async () => { await work(); await loadBlocks(); });
  busy.value = false;
};
/** @param {SubmitEvent} event */
const add = (event) => {
  event.preventDefault();
  const { number, reason, until } = draft.peek();
  act(async () => {
    await post('/api/line/blocks', { number: number.trim(), reason: reason.trim(), until: moment(until) });
    draft.value = EMPTY;
  });
};
/** @param {Block} b */
const lift = (b) => act(() => remove(`/api/line/blocks/${b.id}`));

/** @param {Block} b */
const row = (b) => html`<li data-testid="block" data-id=${b.id}>${icon('ban')}<span class="row-main"><b>${b.masked}</b><small>${b.reason}</small><small>${t('until-is', { at: fmt.moment(b.until) })}</small></span>
  <button type="button" class="ghost" data-testid="block-lift" ?disabled=${busy.value} @click=${() => lift(b)}>${icon('undo-2')} ${t('block-lift')}</button></li>`;
/** @param {'number'|'reason'} name @param {string} type @param {string} text @param {number} most */
const field = (name, type, text, most) => html`<label class="field"><span class="label">${text}</span><input type=${type} autocomplete="off" maxlength=${most} data-testid="block-${name}" .value=${draft.value[name]}
  @input=${(/** @type {InputEvent} */ e) => { draft.value = { ...draft.peek(), [name]: /** @type {HTMLInputElement} */ (e.target).value }; }}></label>`;
const list = () => {
  const { blocks, error } = state.value;
  if (error) return trouble(error, loadBlocks);
  if (!blocks) return loading();
  return blocks.length ? html`<ul class="targets">${repeat(blocks, (b) => b.id, row)}</ul>` : html`<p class="soft" data-testid="blocks-none">${t('block-none')}</p>`;
};
const form = () => html`<form @submit=${add}><div class="fields">${field('number', 'tel', t('target-number-field'), 40)}
    ${untilField({ name: 'block', choices: ['hours', 'day', 'week', 'at'], value: draft.value.until, change: (until) => { draft.value = { ...draft.peek(), until }; } })}</div>
  ${field('reason', 'text', t('block-reason'), 200)}
  <button type="submit" class="ghost" data-testid="block-add" ?disabled=${busy.value || !draft.value.number.trim() || !draft.value.reason.trim() || !moment(draft.value.until)}>${icon('ban')} ${t('block-add')}</button></form>`;

export const blocksView = () => html`<section class="card" aria-labelledby="blocks-h"><h3 id="blocks-h">${t('block-title')}</h3><p class="soft">${t('block-text')}</p>
  ${list()}${state.value.error ? nothing : form()}</section>`;
