// Handing a talk on: press, choose, and for a warm one talk first and hand over. What was recorded goes along.
import { html, nothing, repeat, signal } from '../vendor/ui.js';
import { attempt, records } from '../core/app.js';
import { post } from '../core/api.js';
import { LANGS, t } from '../core/i18n.js';
import { closeDialog, openDialog } from '../parts/dialog.js';
import { icon } from '../parts/icon.js';
import * as words from '../parts/words.js';
import { asked, cardNow, colleague, freeFirst, loadTargets, number, numberField, tab, tabs, typed, withTargets } from './targets.js';

/** @typedef {import('./targets.js').Targets} Targets */
const TOPICS = ['abroad', 'documents', 'wages', 'ban', 'missing', 'danger', 'other'];
const busy = signal(false);
const queue = signal({ language: '', topic: '' });

/** @param {string} id @param {'staff'|'queue'|'number'|'partner'} kind @param {string | null} to @param {boolean} warm */
const send = async (id, kind, to, warm) => {
  if (busy.peek()) return;
  busy.value = true;
  await attempt(async () => {
    await records.flush(id);
    const { language, topic } = kind === 'queue' ? queue.peek() : { language: '', topic: '' };
    await post(`/api/calls/${id}/transfer`, { to: { kind, id: to, topic: topic || null, language: language || null }, warm });
    closeDialog();
  });
  busy.value = false;
};

/** @param {string} id @param {'staff'|'number'|'partner'} kind @param {string} to @param {boolean} free @param {string} name of whom, for those who do not see the row */
const ways = (id, kind, to, free, name) => html`<span class="ways">
  ${asked.value.targets?.can.warm ? html`<button type="button" class="primary" data-testid="warm" aria-label=${t('transfer-warm-to', { name })} ?disabled=${!free || busy.value} @click=${() => send(id, kind, to, true)}>${icon('message-circle')} ${t('transfer-warm')}</button>` : nothing}
  <button type="button" class="ghost" data-testid="cold" aria-label=${t('transfer-cold-to', { name })} ?disabled=${!free || busy.value} @click=${() => send(id, kind, to, false)}>${icon('arrow-right-left')} ${t('transfer-cold')}</button></span>`;

/** @param {string} id @param {Targets} targets */
const colleagues = (id, { staff }) => (staff.length
  ? html`<ul class="targets">${repeat(freeFirst(staff), (p) => p.id, (p) => colleague(p, ways(id, 'staff', p.id, p.state === 'available', p.name)))}</ul>`
  : html`<p class="state" data-testid="targets-none">${t('target-staff-none')}</p>`);
/** @param {string} id @param {Targets} targets */
const partners = (id, { partners: list }) => (list.length
  ? html`<ul class="targets">${repeat(list, (p) => p.id, (p) => html`<li data-testid="target" data-id=${p.id}>${icon('globe')}<span class="row-main"><b>${p.name}</b></span>${ways(id, 'partner', p.id, true, p.name)}</li>`)}</ul>`
  : html`<p class="state" data-testid="targets-none">${t('target-partner-none')}</p>`);
/** @param {'language'|'topic'} name @param {string} text @param {{key: string, text: string}[]} options */
const choose = (name, text, options) => html`<label class="field"><span class="label">${text}</span><select data-testid="queue-${name}" @change=${(/** @type {Event} */ e) => { queue.value = { ...queue.value, [name]: /** @type {HTMLSelectElement} */ (e.target).value }; }}>
  <option value="">${t('target-as-is')}</option>${repeat(options, (o) => o.key, (o) => html`<option value=${o.key} ?selected=${queue.value[name] === o.key}>${o.text}</option>`)}</select></label>`;
/** @param {string} id */
const toQueue = (id) => html`<p class="soft">${t('target-queue-text')}</p>
  ${choose('language', t('log-language'), LANGS.map((key) => ({ key, text: words.language(key) })))}
  ${choose('topic', t('log-topic'), TOPICS.map((key) => ({ key, text: words.topic(key) })))}
  <button type="button" class="primary" data-testid="to-queue" ?disabled=${busy.value} @click=${() => send(id, 'queue', null, false)}>${icon('list')} ${t('target-queue-go')}</button>`;
/** @param {string} id */
const toNumber = (id) => html`${numberField()}${ways(id, 'number', typed(), Boolean(typed()), typed())}`;

/** @type {Record<string, (id: string, targets: Targets) => unknown>} */
const VIEWS = { staff: colleagues, queue: toQueue, partner: partners, number: toNumber };

/** @param {string} id */
export const handOnDialog = (id) => {
  number.value = '';
  queue.value = { language: '', topic: '' };
  tab.value = 'staff';
  loadTargets(id);
  openDialog({
    title: () => t('transfer-title'),
    testid: 'hand-on-dialog',
    body: () => {
      cardNow(id);
      return html`<div class="target-box"><p class="soft">${t('transfer-text')}</p>
        ${cardNow(id)?.call?.can?.third ? nothing : html`<p class="soft" data-testid="put-down">${t('transfer-put-down')}</p>`}
        ${tabs([{ key: 'staff', text: t('target-staff') }, { key: 'queue', text: t('target-queue') }, ...(cardNow(id)?.call?.can?.third ? [{ key: 'partner', text: t('target-partner') }, { key: 'number', text: t('target-number') }] : [])])}
        ${withTargets(id, (found) => VIEWS[tab.value](id, found))}</div>`;
    },
  });
};
