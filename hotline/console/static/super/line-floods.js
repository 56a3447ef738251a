// Floods: numbers with a common beginning that call more often than may be. Counted by the line, overruled here.
import { html, nothing, repeat, signal } from '../vendor/ui.js';
import { attempt } from '../core/app.js';
import { get, post, put } from '../core/api.js';
import { t } from '../core/i18n.js';
import * as fmt from '../core/fmt.js';
import { icon } from '../parts/icon.js';
import { loading, trouble } from '../parts/states.js';
import { moment, untilField } from '../parts/until.js';

/** @typedef {{prefix: string, mode: 'flood' | 'open', since: string, until: string, reason: string | null, by: string | null}} Flood */
const EVERY_MS = 10e3;
const state = signal(/** @type {{floods: Flood[] | null, error: any}} */ ({ floods: null, error: null }));
const draft = signal({ prefix: '', reason: '', until: { choice: 'hours', at: '' } });
const busy = signal(false);

/** @param {{floods: Flood[]}} answer */
const took = (answer) => { state.value = { floods: answer.floods, error: null }; };
export const loadFloods = async () => {
  try {
    took(await get('/api/line/floods'));
  } catch (error) {
    state.value = { floods: null, error };
  }
};
/** Looks again and again while the page is open: a flood begins by itself. */
export const watchFloods = () => {
  const timer = setInterval(loadFloods, EVERY_MS);
  return () => clearInterval(timer);
};
/** @param {() => Promise<{floods: Flood[]}>} work */
const act = async (work) => {
  if (busy.peek()) return;
  busy.value = true;
  await attempt(async () => took(await work()));
  busy.value = false;
};
/** @param {string} prefix @param {'flood' | 'open'} mode */
const say = (prefix, mode) => act(() => {
  const { reason, until } = draft.peek();
  return put('/api/line/floods', { prefix, mode, until: moment(until), reason: reason.trim() || t('flood-usual') });
});
/** @param {SubmitEvent} event */
const add = (event) => {
  event.preventDefault();
  say(draft.peek().prefix.trim(), 'flood').then(() => { draft.value = { ...draft.peek(), prefix: '' }; });
};
/** @param {Flood} f */
const name = (f) => (f.prefix === 'hidden' ? t('flood-hidden') : `${f.prefix} ·····`);
/** @param {Flood} f */
const row = (f) => html`<li data-testid="flood" data-prefix=${f.prefix} data-mode=${f.mode}>${icon(f.mode === 'flood' ? 'siren' : 'door-open')}<span class="row-main"><b>${name(f)}</b>
    <small>${f.mode === 'flood' ? t('flood-limited') : t('flood-let-in')}</small><small>${f.by ? f.reason : t('flood-counted')}</small><small>${t('until-is', { at: fmt.moment(f.until) })}</small></span>
  ${f.mode === 'flood' ? html`<button type="button" class="ghost" data-testid="flood-let-in" ?disabled=${busy.value || !moment(draft.value.until)} @click=${() => say(f.prefix, 'open')}>${icon('door-open')} ${t('flood-let-in-do')}</button>` : nothing}
  ${f.by ? html`<button type="button" class="ghost" data-testid="flood-end" ?disabled=${busy.value} @click=${() => act(() => post('/api/line/floods/end', { prefix: f.prefix }))}>${icon('undo-2')} ${t('flood-end')}</button>` : nothing}</li>`;
const list = () => {
  const { floods, error } = state.value;
  if (error) return trouble(error, loadFloods);
  if (!floods) return loading();
  return floods.length ? html`<ul class="targets">${repeat(floods, (f) => f.prefix, row)}</ul>` : html`<p class="soft" data-testid="floods-none">${t('flood-none')}</p>`;
};
/** @param {'prefix'|'reason'} key @param {string} text @param {number} most @param {string} hint */
const field = (key, text, most, hint) => html`<label class="field"><span class="label">${text}</span><input type="text" autocomplete="off" maxlength=${most} data-testid="flood-${key}" placeholder=${hint} .value=${draft.value[key]}
  @input=${(/** @type {InputEvent} */ e) => { draft.value = { ...draft.peek(), [key]: /** @type {HTMLInputElement} */ (e.target).value }; }}></label>`;
const form = () => html`<form @submit=${add}><div class="fields">${field('reason', t('block-reason'), 200, t('flood-usual'))}
    ${untilField({ name: 'flood', choices: ['hour', 'hours', 'day', 'at'], value: draft.value.until, change: (until) => { draft.value = { ...draft.peek(), until }; } })}</div>
  ${field('prefix', t('flood-number'), 40, '')}
  <button type="submit" class="ghost" data-testid="flood-add" ?disabled=${busy.value || !draft.value.prefix.trim() || !moment(draft.value.until)}>${icon('siren')} ${t('flood-add')}</button></form>`;

/** Seen at once by whoever opens the page. */
export const floodBanner = () => ((state.value.floods ?? []).some((f) => f.mode === 'flood')
  ? html`<p class="line-state bad" role="status" data-testid="flood-banner">${icon('siren')} <b>${t('flood-now')}</b></p>` : nothing);
export const floodsView = () => html`<section class="card" aria-labelledby="floods-h"><h3 id="floods-h">${t('flood-title')}</h3><p class="soft">${t('flood-text')}</p>
  ${list()}${state.value.error ? nothing : form()}</section>`;
