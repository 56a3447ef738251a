// One field of the record: its control, its label, its error in words beside it.
import { html, live, nothing, repeat } from '../vendor/ui.js';
import { records } from '../core/app.js';
import { choices, needed } from '../core/form.js';
import { label, t } from '../core/i18n.js';
import { combo } from '../parts/combo.js';
import * as words from '../parts/words.js';

/** @typedef {import('../core/types').Field} Field */
/** @typedef {import('../core/types').Form} Form */
/** @typedef {{id: string, dom: string, f: Form, field: Field, value: any, bad: boolean, set: (value: any) => void}} Ctx */

/** @param {Ctx} x */
const radio = (x) => html`<div class="radios" role="radiogroup" aria-labelledby="${x.dom}-l">${repeat(choices(x.f, x.field), (o) => o.key, (o) => html`<label class="pill">
  <input type="radio" name=${x.dom} data-key=${o.key} .checked=${live(x.value === o.key)} @change=${() => x.set(o.key)}><span>${label(o.labels)}</span></label>`)}</div>`;
/** @param {Ctx} x */
const select = (x) => html`<select id=${x.dom} aria-labelledby="${x.dom}-l" aria-invalid=${String(x.bad)} .value=${live(x.value ?? '')} @change=${(/** @type {Event} */ e) => x.set(/** @type {HTMLSelectElement} */ (e.target).value || null)}>
  <option value="">${t('select-none')}</option>${repeat(choices(x.f, x.field), (o) => o.key, (o) => html`<option value=${o.key} ?selected=${x.value === o.key}>${label(o.labels)}</option>`)}</select>`;
/** @param {Ctx} x */
const search = (x) => combo({ id: x.dom, list: choices(x.f, x.field), value: x.value ?? null, onChange: x.set, testid: `record-${x.field.id}`, invalid: x.bad, labelledby: `${x.dom}-l` });

/** @param {Ctx} x @param {string} key @param {boolean} on */
const toggled = (x, key, on) => {
  const now = /** @type {string[]} */ (x.value ?? []);
  return on ? [...now.filter((k) => k !== key), key] : now.filter((k) => k !== key);
};
/** @param {Ctx} x */
const multi = (x) => html`<div class="checks-list" role="group" aria-labelledby="${x.dom}-l">${repeat(choices(x.f, x.field), (o) => o.key, (o) => html`<label class="check">
  <input type="checkbox" data-key=${o.key} .checked=${live((x.value ?? []).includes(o.key))} @change=${(/** @type {Event} */ e) => x.set(toggled(x, o.key, /** @type {HTMLInputElement} */ (e.target).checked))}>
  <span>${label(o.labels)}${o.weight === 'danger' ? html` <b class="tag bad small">${t('sign-danger')}</b>` : nothing}</span></label>`)}</div>`;
/** @param {Ctx} x */
const bool = (x) => html`<div class="radios" role="radiogroup" aria-labelledby="${x.dom}-l">${[true, false].map((v) => html`<label class="pill">
  <input type="radio" name=${x.dom} data-key=${String(v)} .checked=${live(x.value === v)} @change=${() => x.set(v)}><span>${v ? t('yes') : t('no')}</span></label>`)}</div>`;
/** @param {Ctx} x */
const text = (x) => html`<input id=${x.dom} type="text" autocomplete="off" maxlength=${x.field.limit ?? 500} aria-labelledby="${x.dom}-l" aria-invalid=${String(x.bad)} aria-describedby="${x.dom}-e" data-testid="record-${x.field.id}"
  .value=${live(x.value ?? '')} @input=${(/** @type {InputEvent} */ e) => x.set(/** @type {HTMLInputElement} */ (e.target).value)} @blur=${() => records.flush(x.id)}>`;
/** @param {Ctx} x */
const longtext = (x) => html`<textarea id=${x.dom} rows="5" maxlength=${x.field.limit ?? 8000} aria-labelledby="${x.dom}-l" aria-invalid=${String(x.bad)} aria-describedby="${x.dom}-e" data-testid="record-${x.field.id}"
  .value=${live(x.value ?? '')} @input=${(/** @type {InputEvent} */ e) => x.set(/** @type {HTMLTextAreaElement} */ (e.target).value)} @blur=${() => records.flush(x.id)}></textarea>`;

/** Fields of several controls, which one <label> cannot name. */
const GROUPS = new Set(['radio', 'multi', 'bool']);
/** @type {Record<string, (x: Ctx) => unknown>} */
const CONTROLS = { radio, select, search, multi, bool, text, longtext };

/** @param {string} id contact @param {Form} f @param {Field} one @param {import('../core/records.js').RecordState} state @param {import('../core/types').ContactCard | undefined} card */
export const field = (id, f, one, state, card) => {
  const dom = `f-${one.id}`;
  const values = records.values(state);
  const value = values(one.id);
  const error = state.errors[one.id];
  const set = (/** @type {any} */ next) => records.edit(id, one.id, next);
  const fromCall = one.id === 'topic' && value && card?.topic && !('topic' in state.dirty) && (state.server?.rev ?? 0) <= 1;
  const name = html`${label(one.labels)}${needed(one, values) ? html` <i class="need" aria-hidden="true">*</i><span class="hidden">${t('field-needed')}</span>` : nothing}
    ${fromCall ? html`<small class="soft">${t('field-from-intake')}</small>` : nothing}`;
  return html`<div class="field ${error ? 'bad' : ''}" data-testid="field-${one.id}" data-field=${one.id}>
    ${GROUPS.has(one.type) ? html`<span class="label" id="${dom}-l">${name}</span>` : html`<label class="label" id="${dom}-l" for=${dom}>${name}</label>`}
    ${(CONTROLS[one.type] ?? text)({ id, dom, f, field: one, value, bad: Boolean(error), set })}
    <p class="error" id="${dom}-e">${error ? words.fieldError(error) || t('error-invalid') : nothing}</p>
    ${one.id === 'summary' ? html`<p class="hint">${t('summary-hint')}</p>` : nothing}
  </div>`;
};
