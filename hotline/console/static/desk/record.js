// The record of a consultation: one scroll, built from the form's data, saved while it is typed.
import { html, nothing, repeat } from '../vendor/ui.js';
import { loadForm, records } from '../core/app.js';
import { empty as blank, isData, shown, wantsScreening } from '../core/form.js';
import { label, t } from '../core/i18n.js';
import { clashes } from '../core/records.js';
import { form, lent, mine, selected } from '../core/store.js';
import { said } from '../parts/answer.js';
import { icon } from '../parts/icon.js';
import { denied, empty, failed, loading } from '../parts/states.js';
import { field } from './field.js';
import { nonData } from './non-data.js';
import { finishRecord, saving } from './record-actions.js';
import { riskBox } from './risk.js';
import { agreeButton } from './agree.js';
import { safetyButton } from './safety.js';

/** @typedef {import('../core/types').Form} Form */
/** @typedef {import('../core/types').Field} Field */

/** Fields by section, in the form's order, as far as they show. @param {Form} f @param {(id: string) => any} values @returns {{key: string, name: string, fields: Field[]}[]} */
export const sections = (f, values) => {
  const seen = f.fields.filter((one) => one.id !== 'kind' && shown(one, values));
  const order = f.sections ?? [...new Set(seen.map((one) => one.section))].map((key) => ({ key, labels: {} }));
  return order.map((s) => ({ key: s.key, name: label(s.labels), fields: seen.filter((one) => one.section === s.key) })).filter((s) => s.fields.length);
};

/** @param {string} id @param {import('../core/records.js').RecordState} state */
const choose = (id, state) => repeat(Object.entries(clashes(state)), ([key]) => key, ([key, clash]) => {
  const one = form.value?.fields.find((f) => f.id === key);
  const show = (/** @type {any} */ v) => (blank(v) ? '–' : form.value && one ? said(form.value, one, v) : String(v));
  return html`<div class="clash" role="alert" data-testid="record-clash"><p><b>${label(one?.labels) || t('record-title')}</b>: ${t('clash-text')}</p>
    <p>${t('clash-mine')}: <q>${show(clash.mine)}</q><br>${t('clash-theirs')}: <q>${show(clash.theirs)}</q></p>
    <button type="button" class="ghost small" @click=${() => records.settle(id, key, true)}>${t('clash-keep-mine')}</button>
    <button type="button" class="ghost small" @click=${() => records.settle(id, key, false)}>${t('clash-keep-theirs')}</button></div>`;
});

/** @param {string} id @param {import('../core/records.js').RecordState} state @param {Form} f @param {() => void} [finished] */
const body = (id, state, f, finished) => {
  const values = records.values(state);
  const card = mine.value.get(id);
  const list = sections(f, values);
  const errors = Object.keys(state.errors).length;
  return html`
    <header class="record-head"><h2 id="record-h">${t('record-title')}</h2><span class="grow"></span>${saving(state)}</header>
    <div class="scroll record-scroll" data-testid="record-form">
      ${nonData(id, f, values, finished)}
      ${errors ? html`<p class="summary-errors" role="alert" tabindex="-1" data-testid="record-errors">${icon('circle-alert')} ${t('record-gaps', { n: errors })}</p>` : nothing}
      ${choose(id, state)}
      ${isData(f, values('kind')) ? repeat(list, (s) => s.key, (s) => html`<fieldset class="section" data-section=${s.key}>
        ${s.name ? html`<legend>${s.name}</legend>` : nothing}
        ${s.fields.some((x) => x.options_from === 'screening') && wantsScreening(f, values) ? html`<p class="tip">${icon('shield-alert')} ${t('screening-asked')}</p>` : nothing}
        ${repeat(s.fields, (x) => x.id, (x) => field(id, f, x, state, card))}
        ${s.fields.some((x) => x.options_from === 'screening') ? riskBox(id, f, values, Boolean(card?.danger)) : nothing}
      </fieldset>`) : nothing}
    </div>
    <footer class="record-foot">${card ? html`<p class="acts">${safetyButton(id)}${agreeButton(id, card.channel)}</p>` : nothing}<button type="button" class="primary big wide" data-testid="finish" @click=${() => finishRecord(id, finished)}>${icon('save')} ${t('record-finish')}${finished ? nothing : html` <kbd>F9</kbd>`}</button></footer>`;
};

export const recordView = () => {
  const id = selected.value;
  if (!id || !mine.value.has(id)) return html`<div class="record-none"><h2 id="record-h" class="hidden">${t('record-title')}</h2>${icon('file-text', 'huge')}${empty(t('record-none'))}</div>`;
  if (lent(mine.value.get(id))) return html`<div class="record-none"><h2 id="record-h" class="hidden">${t('record-title')}</h2>${icon('file-text', 'huge')}${empty(t('record-lent'))}</div>`;
  return recordOf(id);
};
/** The record of any contact that may be written up here. @param {string} id @param {() => void} [finished] */
export const recordOf = (id, finished) => {
  const state = records.of(id).value;
  if (state.phase === 'error') return failed(() => records.load(id));
  if (state.phase === 'denied') return denied();
  if (!form.value) return failed(() => { loadForm().catch(() => {}); });
  if (state.phase === 'loading') return loading();
  return html`<div class="record">${body(id, state, form.value, finished)}</div>`;
};
