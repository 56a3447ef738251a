// The conversation: the last messages, their states in words, and what to do with one that did not arrive.
import { guard, html, nothing, ref, repeat, signal } from '../vendor/ui.js';
import { attempt, outbox } from '../core/app.js';
import { loadThread } from '../core/threads.js';
import { post } from '../core/api.js';
import { t } from '../core/i18n.js';
import { me, thread } from '../core/store.js';
import * as fmt from '../core/fmt.js';
import { askFirst } from '../parts/dialog.js';
import { icon } from '../parts/icon.js';
import { failed, loading } from '../parts/states.js';
import * as words from '../parts/words.js';
import { loadsView } from './attach.js';
import { acts, changed, earlierWords, quote } from './bubble-parts.js';
import { composer } from './composer.js';
import { eraseButton } from './erase.js';
import { earlierButton } from './history.js';
import { messageBody } from './message-text.js';
import { wrapUp } from './wrap-up.js';

const IN_PAGE = 60;
/** @typedef {import('../core/types').Message} Message */
/** @typedef {import('../core/outbox.js').Parcel} Parcel */

/** @param {Message} m @param {'resend'|'drop'} action */
const decide = (m, action) => attempt(() => post(`/api/messages/${m.id}/decide`, { action }));
/** What did not arrive may be sent again while the chat is open; what perhaps did not, may also be given up. @param {Message} m @param {boolean} open */
const unsure = (m, open) => html`<span class="decide" role="group" aria-label=${t('msg-decide')} data-testid="message-state" data-state=${m.state}>
  <span class="bad-text">${icon('circle-alert')} ${words.messageState(m.state)}${words.whyNot(m.error) ? html`: ${words.whyNot(m.error)}` : nothing}</span>
  ${words.whatNow(m.error) ? html`<span data-testid="what-now">${words.whatNow(m.error)}</span>` : nothing}
  ${open ? html`<button type="button" class="ghost small" data-testid="resend" @click=${() => decide(m, 'resend')}>${t('msg-send-again')}</button>` : nothing}
  ${m.state === 'unknown' ? html`<button type="button" class="ghost small" data-testid="drop" @click=${() => decide(m, 'drop')}>${t('msg-do-not-send')}</button>` : nothing}</span>`;

/** @type {Record<string, string>} */
const TICKS = { queued: 'clock', sending: 'clock', sent: 'check', delivered: 'check-check', read: 'check-check' };
/** @param {Message} m @param {boolean} open */
const foot = (m, open) => {
  if (m.from !== 'caller' && m.error !== 'erased' && (m.state === 'failed' || m.state === 'unknown')) return html`<time>${fmt.time(m.at)}</time> ${unsure(m, open)}`;
  const tick = m.from === 'caller' || m.kind === 'note' ? nothing : html`<span class="tick ${m.state}" data-testid="message-state" data-state=${m.state}>${TICKS[m.state] ? icon(TICKS[m.state]) : nothing} ${words.messageState(m.state)}</span>`;
  return html`<time>${fmt.time(m.at)}</time> ${tick}`;
};
/** @param {Message} m @param {boolean} open */
const bubble = (m, open) => html`<li class="bubble ${m.from} ${m.kind === 'note' ? 'note' : ''}" data-testid="message" data-id=${m.id}>
  ${quote(m)}
  ${m.from === 'bot' ? html`<small class="from">${icon('bot')} ${t('msg-bot')}</small>` : nothing}
  ${messageBody(m)}
  <footer>${changed(m)}${m.kind === 'note' ? html`${m.staff} ` : nothing}${foot(m, open)}${acts(m, open, me.value?.name ?? '')}</footer></li>`;

/** @param {Parcel} p */
const parcel = (p) => html`<li class="bubble operator pending ${p.note ? 'note' : ''}" data-testid="message-pending" data-state=${p.state}>
  <div class="text">${p.text}</div>
  <footer>${p.state === 'failed'
    ? html`<span class="bad-text">${icon('circle-alert')} ${p.code === 'asked-to-stop' ? t('sms-asked-to-stop') : t('msg-not-sent')}</span>
      <button type="button" class="ghost small" data-testid="retry" @click=${() => outbox.retry(p.client_id)}>${p.code === 'asked-to-stop' ? t('sms-answer-anyway') : t('msg-send-again')}</button>
      <button type="button" class="ghost small" @click=${() => outbox.remove(p.client_id)}>${t('msg-do-not-send')}</button>`
    : html`${icon('clock')} ${p.tries ? t('msg-waits-line') : t('msg-sending')}`}</footer></li>`;

/** The first message of a contact that is on the page: fixed, so that one that comes in below moves nothing above. */
const firstOf = signal(/** @type {Record<string, number>} */ ({}));
/** @param {string} id @param {number | undefined} first */
const setFirst = (id, first) => { firstOf.value = { ...firstOf.peek(), [id]: first ?? 0 }; };
/** Of those in memory; until all that were asked for are here, nothing is fixed. @param {string} id @param {import('../core/store').Thread} thread */
const windowOf = (id, { messages: all, phase }) => {
  const first = firstOf.value[id];
  if (first) return all.filter((m) => m.id >= first);
  if (all.length && phase === 'ready') queueMicrotask(() => { if (!firstOf.peek()[id]) setFirst(id, all.slice(-IN_PAGE)[0].id); });
  return all.slice(-IN_PAGE);
};
/** A page more above, asked for where it is not in memory. @param {string} id */
const older = async (id) => {
  const known = () => thread(id).peek();
  if (known().phase === 'loading') return;
  const at = () => known().messages.findIndex((m) => m.id >= (firstOf.peek()[id] ?? 0));
  if (at() < IN_PAGE && known().more) await loadThread(id, known().messages[0]?.id);
  setFirst(id, known().messages[Math.max(0, at() - IN_PAGE)]?.id);
};

/** Stays at the end, or where somebody reads further up, also when older ones come in above; what one writes oneself is shown. @param {string} id @param {number | undefined} first @param {number | undefined} last @param {string} wrote the newest on its way */
const follow = (id, first, last, wrote) => (/** @type {Element | undefined} */ el) => {
  const box = /** @type {HTMLElement | undefined} */ (el);
  if (!box) return;
  const fresh = box.dataset.of !== id;
  const above = !fresh && box.dataset.first !== String(first);
  const mine = wrote !== '' && box.dataset.wrote !== wrote;
  if (wrote) box.dataset.wrote = wrote;
  const near = mine || box.scrollHeight - box.scrollTop - box.clientHeight < 120;
  const left = fresh ? box.dataset.of : '';
  if (left) queueMicrotask(() => setFirst(left, 0));
  const newer = box.dataset.last !== String(last);
  box.dataset.last = String(last);
  const was = Number(box.dataset.height ?? 0);
  box.dataset.of = id;
  box.dataset.first = String(first);
  requestAnimationFrame(() => {
    const below = /** @type {HTMLElement | null} */ (box.parentElement?.querySelector('.new-below') ?? null);
    const grown = box.scrollHeight > was;
    if (fresh || (near && !above)) box.scrollTop = box.scrollHeight;
    else if (above) box.scrollTop += box.scrollHeight - was;
    else if (below && grown && newer) below.hidden = false;
    if (below && (fresh || near)) below.hidden = true;
    box.dataset.height = String(box.scrollHeight);
  });
};
const toEnd = (/** @type {Event} */ event) => {
  const below = /** @type {HTMLElement} */ (event.currentTarget);
  const box = below.parentElement?.querySelector('.thread');
  if (box) box.scrollTop = box.scrollHeight;
  below.hidden = true;
};

/** Whoever reads upwards finds more there without asking. @param {Event} event @param {() => void} more */
const nearTop = (event, more) => {
  const box = /** @type {HTMLElement} */ (event.currentTarget);
  if (box.scrollTop < 40 && box.scrollHeight > box.clientHeight && box.querySelector('.older')) more();
};

/** @param {Message[]} list @param {boolean} open */
const days = (list, open) => repeat(list, (m) => m.id, (m, i) => html`${i === 0 || fmt.date(list[i - 1].at) !== fmt.date(m.at) ? html`<li class="day"><span>${fmt.day(m.at)}</span></li>` : nothing}${bubble(m, open)}`);

/** @param {import('../core/types').ContactCard} c */
const close = (c) => askFirst({
  title: () => t('chat-close-title'), text: () => t('chat-close-text'), verb: () => t('chat-close'), testid: 'chat-close-question',
  act: () => { attempt(() => post(`/api/chats/${c.id}/close`)); },
});

/** Whether the carrier took nothing for this number the last time we tried. @param {Message[]} all */
const optedOut = (all) => all.filter((m) => m.from !== 'caller' && ['sent', 'delivered', 'read', 'failed'].includes(m.state)).at(-1)?.error === 'opted-out';

/** @param {import('../core/types').ContactCard} c */
export const chatView = (c) => {
  const state = thread(c.id).value;
  if (state.phase === 'idle') queueMicrotask(() => loadThread(c.id));
  const pending = outbox.parcels.value.filter((p) => p.contact_id === c.id);
  const messages = windowOf(c.id, state);
  const first = messages[0]?.id;
  const wait = (state.phase === 'idle' || state.phase === 'loading') && !messages.length;
  return html`<div class="chat">
    <div class="thread-box">
      <div class="thread" tabindex="0" role="log" aria-label=${t('chat-name')} data-testid="thread" @wheel=${(/** @type {Event} */ e) => nearTop(e, () => older(c.id))} ${ref(follow(c.id, first, messages.at(-1)?.id, pending.at(-1)?.client_id ?? ''))}>
        ${state.more || state.messages.length > messages.length ? html`<button type="button" class="ghost small older" data-testid="older" @click=${() => older(c.id)}>${t('chat-older')}</button>` : nothing}
        ${earlierButton(c)}
        ${wait ? loading() : nothing}
        ${state.phase === 'error' ? failed(() => loadThread(c.id)) : nothing}
        <ol>${guard([c.id, state, first, c.state, t('msg-sent'), earlierWords()], () => days(messages, c.state === 'talking'))}${repeat(pending, (p) => p.client_id, parcel)}${loadsView(c.id)}</ol>
      </div>
      <button type="button" class="new-below primary small" data-testid="new-below" hidden @click=${toEnd}>${icon('chevron-down')} ${t('chat-new-below')}</button>
    </div>
    ${optedOut(state.messages) ? html`<p class="bar alarm" role="alert" data-testid="sms-no-reply">${icon('circle-alert')} ${t('sms-no-reply')}</p>` : nothing}
    ${c.state === 'wrap_up' ? html`${wrapUp(c)}<p class="acts">${eraseButton(c.id)}</p>` : composer(c, () => close(c))}
  </div>`;
};
