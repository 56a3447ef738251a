// Somebody else in the talk: an interpreter, a partner, the police; with the caller present or on hold meanwhile.
import { html, repeat, signal } from '../vendor/ui.js';
import { attempt } from '../core/app.js';
import { post } from '../core/api.js';
import { t } from '../core/i18n.js';
import { closeDialog, openDialog } from '../parts/dialog.js';
import { icon } from '../parts/icon.js';
import { cardNow, loadTargets, number, numberField, tab, tabs, typed, withTargets } from './targets.js';

const busy = signal(false);
const held = signal(false);

/** @param {string} id @param {{number: string | null, partner: string | null}} whom */
const call = async (id, whom) => {
  if (busy.peek()) return;
  busy.value = true;
  await attempt(async () => {
    await post(`/api/calls/${id}/third`, { ...whom, caller_held: held.peek() });
    closeDialog();
  });
  busy.value = false;
};
/** @param {boolean} on @param {string} text @param {string} hint */
const caller = (on, text, hint) => html`<label class="choice"><input type="radio" name="caller-held" data-testid="caller-${on ? 'held' : 'present'}" .checked=${held.value === on} @change=${() => { held.value = on; }}><span><b>${text}</b><small>${hint}</small></span></label>`;
/** @param {string} id @param {import('./targets.js').Targets} found */
const partners = (id, found) => (found.partners.length
  ? html`<ul class="targets">${repeat(found.partners, (p) => p.id, (p) => html`<li data-testid="target" data-id=${p.id}>${icon('globe')}<span class="row-main"><b>${p.name}</b></span>
    <button type="button" class="primary" data-testid="call-target" ?disabled=${busy.value} aria-label=${t('third-call-whom', { name: p.name })} @click=${() => call(id, { number: null, partner: p.id })}>${icon('phone-outgoing')} ${t('third-call')}</button></li>`)}</ul>`
  : html`<p class="state" data-testid="targets-none">${t('target-partner-none')}</p>`);
/** @param {string} id */
const toNumber = (id) => html`${numberField()}<button type="button" class="primary" data-testid="call-number" ?disabled=${!typed() || busy.value} @click=${() => call(id, { number: typed(), partner: null })}>${icon('phone-outgoing')} ${t('third-call')}</button>`;

/** @param {string} id */
export const thirdDialog = (id) => {
  number.value = '';
  held.value = false;
  tab.value = 'partner';
  loadTargets(id);
  openDialog({
    title: () => t('third-title'),
    testid: 'third-dialog',
    body: () => {
      cardNow(id);
      return html`<div class="target-box"><fieldset class="choices"><legend>${t('third-meanwhile')}</legend>
          ${caller(false, t('third-present'), t('third-present-hint'))}${caller(true, t('third-held'), t('third-held-hint'))}</fieldset>
        ${tabs([{ key: 'partner', text: t('target-partner') }, { key: 'number', text: t('target-number') }])}
        ${withTargets(id, (found) => (tab.value === 'number' ? toNumber(id) : partners(id, found)))}</div>`;
    },
  });
};
