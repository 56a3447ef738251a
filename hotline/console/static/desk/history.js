// What is known already: answers of the intake, earlier contacts, what happened so far. Nothing is asked twice.
import { effect, html, nothing, repeat, signal } from '../vendor/ui.js';
import { resyncs } from '../core/app.js';
import { get } from '../core/api.js';
import { t } from '../core/i18n.js';
import * as fmt from '../core/fmt.js';
import { lent, mine } from '../core/store.js';
import { channelIcon, icon } from '../parts/icon.js';
import { loading, trouble } from '../parts/states.js';
import { timeline } from '../parts/timeline.js';
import * as words from '../parts/words.js';
import { openEarlier } from './earlier.js';

/** @typedef {{detail: import('../core/types').Detail | null, error: any, state: string}} Slot */
/** @type {Map<string, import('../vendor/ui.js').Signal<Slot>>} */
const slots = new Map();

/** Asks again; nothing for a contact nobody has looked at. @param {string} id */
export const reloadDetail = async (id) => {
  const slot = slots.get(id);
  if (!slot) return;
  try {
    const detail = await get(`/api/contacts/${id}`);
    slot.value = { ...slot.peek(), detail, error: null };
  } catch (error) {
    slot.value = { ...slot.peek(), error };
  }
};
/** @param {string} id */
const slotOf = (id) => {
  let slot = slots.get(id);
  if (!slot) {
    slot = signal(/** @type {Slot} */ ({ detail: null, error: null, state: mine.peek().get(id)?.state ?? '' }));
    slots.set(id, slot);
    queueMicrotask(() => reloadDetail(id));
  }
  return slot;
};
let resynced = 0;
/** A contact that moved on has a longer timeline; one that is gone is forgotten; after a break nothing is trusted. */
effect(() => {
  const broken = resyncs.value !== resynced;
  resynced = resyncs.value;
  const cards = mine.value; // read even when there is no slot yet, or nothing would call this again
  for (const [id, slot] of slots) {
    const card = cards.get(id);
    if (!card) slots.delete(id);
    else if (broken || card.state !== slot.peek().state) {
      slot.value = { ...slot.peek(), state: card.state };
      reloadDetail(id);
    }
  }
});

/** The code of the escalation that was raised for a contact, as far as its history says. @param {string} id @returns {string} */
export const caseOf = (id) => (lent(mine.value.get(id)) ? '' : String(slotOf(id).value.detail?.timeline.filter((x) => x.kind === 'escalated').at(-1)?.fields.case ?? ''));

/** Whether the person said that they may be written to here; unknown counts as yes. @param {string} id */
export const channelSafe = (id) => slotOf(id).value.detail?.channel_safe !== false;

/** The conversation before this one by SMS, which begins anew after a day of silence. @param {import('../core/types').ContactCard} c */
export const earlierButton = (c) => {
  const before = c.channel === 'sms' ? slotOf(c.id).value.detail?.history.find((h) => h.channel === c.channel) : null;
  return before ? html`<button type="button" class="ghost small" data-testid="earlier-chat" aria-haspopup="dialog" @click=${() => openEarlier(c.id, before)}>${icon('clock')} ${t('earlier-title')}</button>` : nothing;
};

/** @param {import('../core/types').Detail} d */
const answers = (d) => html`<section class="card facts"><h3>${t('answers-title')}</h3>
  <dl><dt>${t('answer-language')}</dt><dd>${words.language(d.answers.language) || t('not-said')}</dd>
    <dt>${t('answer-topic')}</dt><dd>${words.topic(d.answers.topic) || t('not-said')}</dd>
    <dt>${t('answer-danger')}</dt><dd>${d.answers.danger ? html`<b class="bad-text">${t('yes')}</b>` : t('no')}</dd></dl></section>`;
/** @param {import('../core/types').Detail['history']} list @param {string} id the contact in hand */
const earlier = (list, id) => html`<section class="card" data-testid="earlier"><h3>${t('history-title')} <span class="count">${list.length || ''}</span></h3>
  ${list.length ? html`<ul class="earlier">${repeat(list, (h) => h.id, (h) => html`<li>${channelIcon(h.channel)} <time>${fmt.moment(h.at)}</time> <span>${words.topic(h.topic) || t('topic-none')}</span> <span class="soft">${words.outcome(h.outcome)}</span>
    ${h.channel === 'voice' ? nothing : html`<button type="button" class="plain small" data-testid="earlier-open" @click=${() => openEarlier(id, h)}>${icon('eye')} ${t('earlier-open')}</button>`}</li>`)}</ul>`
    : html`<p class="soft">${t('history-none')}</p>`}</section>`;

/** @param {string} id */
export const detailView = (id) => {
  if (lent(mine.value.get(id))) return nothing;
  const { detail, error } = slotOf(id).value;
  if (error) return trouble(error, () => reloadDetail(id));
  if (!detail) return loading();
  return html`${answers(detail)}${earlier(detail.history, id)}
    <section class="card"><h3>${t('timeline-title')}</h3>${timeline(detail.timeline)}</section>`;
};
/** The same in one line above a conversation. @param {string} id */
export const historyStrip = (id) => {
  const { detail } = slotOf(id).value;
  if (!detail) return nothing;
  return html`<details class="strip"><summary>${t('answers-title')}: ${words.language(detail.answers.language) || t('not-said')} · ${words.topic(detail.answers.topic) || t('topic-none')}
    <span class="soft">· ${t('history-count', { n: detail.history.length })}</span></summary>
    <div class="scroll">${detailView(id)}</div></details>`;
};
