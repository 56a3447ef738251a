// Own contacts and the queue: short rows, clocks that run by themselves.
import { html, nothing, repeat, signal } from '../vendor/ui.js';
import { attempt } from '../core/app.js';
import { take } from '../core/taking.js';
import { t } from '../core/i18n.js';
import { link, may, mineList, presence, queueList, selected, stats, unreadOf } from '../core/store.js';
import { clock, waitClock } from '../parts/clock.js';
import { channelIcon, icon } from '../parts/icon.js';
import * as words from '../parts/words.js';
import { wrapTime } from './wrap-up.js';

const SHOWN = 40;
/** @type {Record<string, string>} */
const SHAPES = { reserved: '▲', talking: '■', wrap_up: '◆' };

/** @param {import('../core/types').ContactCard} c */
const timer = (c) => (c.state === 'wrap_up' ? wrapTime(c) : c.state === 'talking' && c.chat?.waiting_since ? html`<span class="hidden">${t('chat-waiting-us')}</span>${waitClock(c.chat.waiting_since)}` : c.kind === 'chat' ? nothing : clock(c.since));
/** @param {import('../core/types').ContactCard} c */
const own = (c) => html`<li><button type="button" class="row ${c.state}" data-testid="mine-item" data-id=${c.id}
    aria-current=${selected.value === c.id ? 'true' : nothing} @click=${() => { selected.value = c.id; }}>
  <span class="shape ${c.state}" aria-hidden="true">${SHAPES[c.state] ?? '●'}</span>
  <span class="row-main"><b>${c.masked}</b>
    <small>${channelIcon(c.channel)} ${c.state === 'talking' && c.chat ? words.chatState(c.chat.state) : c.wrap_up?.over ? t('card-unfinished') : words.cardState(c.state)}${c.language ? html` · ${c.language}` : nothing}${words.topic(c.topic) ? html` · ${words.topic(c.topic)}` : nothing}</small></span>
  ${c.danger ? html`<span class="flag" title=${t('danger-flag')}>${icon('triangle-alert')}<span class="hidden">${t('danger-flag')}</span></span>` : nothing}
  ${unreadOf(c) ? html`<b class="badge" data-testid="unread"><span class="hidden">${t('unread')}</span>${unreadOf(c)}</b>` : nothing}
  ${timer(c)}</button></li>`;

export const mineView = () => html`<section aria-labelledby="mine-h">
  <h2 id="mine-h" class="list-h">${t('mine-title')} <span class="count">${mineList.value.length || ''}</span></h2>
  ${mineList.value.length ? html`<ul class="list">${repeat(mineList.value, (c) => c.id, own)}</ul>` : html`<p class="state" data-testid="mine-empty">${t('mine-empty')}</p>`}
</section>`;

/** Whom a button is about, for who hears it alone. @param {string} verb @param {import('../core/types').QueueItem} q */
const about = (verb, q) => [verb, words.channel(q.channel), q.language ? words.language(q.language) : '', words.topic(q.topic) || t('topic-none')].filter(Boolean).join(', ');
/** What this person may do with somebody who waits. @param {import('../core/types').QueueItem} q */
const picking = (q) => {
  const off = link.value === 'offline';
  const mayTake = may('queue:contact:pick') && presence.value?.state !== 'offline';
  const mayAssign = may('queue:contact:assign');
  return mayTake || mayAssign ? html`<span class="picking">
    ${mayTake ? html`<button type="button" class="ghost" data-testid="queue-take" title=${t('queue-take-title')} aria-label=${about(t('queue-take'), q)} ?disabled=${off} aria-disabled=${String(taking.value)} @click=${() => press(q.id)}>${t('queue-take')}</button>` : nothing}
    ${mayAssign ? html`<button type="button" class="ghost" data-testid="queue-assign" aria-label=${about(t('queue-assign'), q)} ?disabled=${off} @click=${() => attempt(async () => (await import('./assign.js')).assignDialog(q.id))}>${t('queue-assign')}</button>` : nothing}</span>` : nothing;
};
/** A press at a time. */
const taking = signal(false);
/** @param {string} id */
const press = async (id) => {
  if (taking.peek()) return;
  taking.value = true;
  await take(id);
  taking.value = false;
};

/** @param {import('../core/types').QueueItem} q */
const waiting = (q) => html`<li class="row queue-row ${q.danger ? 'hot' : ''}" data-testid="queue-item" data-id=${q.id}>
  <span>${channelIcon(q.channel)}<span class="hidden">${words.channel(q.channel)}</span></span>
  <span class="lang">${q.language ?? '–'}</span>
  <span class="row-main topic">${words.topic(q.topic) || t('topic-none')}</span>
  ${q.danger ? html`<span class="flag">${icon('triangle-alert')}<span class="hidden">${t('danger-flag')}</span></span>` : nothing}
  ${may('contact:log:read') ? html`<a class="why" href="/log/${q.id}?why" data-link data-testid="queue-why" title=${t('wait-link')}>${icon('info')}<span class="hidden">${t('wait-link')}</span></a>` : nothing}
  ${clock(q.since)}
  ${picking(q)}</li>`;

export const queueView = () => {
  const s = stats.value;
  const list = queueList.value.slice(0, SHOWN);
  return html`<section aria-labelledby="queue-h">
    <h2 id="queue-h" class="list-h">${t('queue-title')} ${s.waiting ? html`<span class="count" data-testid="queue-count">${t('queue-waiting', { n: s.waiting })}</span>` : nothing}</h2>
    ${s.waiting ? html`<p class="queue-sum">
      ${words.channels().map((c) => html`<span>${channelIcon(c)} <span class="hidden">${words.channel(c)}</span>${s.by_channel[c] ?? 0}</span>`)}
      ${s.longest_since ? html`<span class="grow right-text">${t('queue-longest')} ${clock(s.longest_since)}</span>` : nothing}</p>` : nothing}
    ${list.length ? html`<ul class="list" tabindex="0" aria-labelledby="queue-h">${repeat(list, (q) => q.id, waiting)}</ul>` : s.waiting ? nothing : html`<p class="state" data-testid="queue-empty">${t('queue-empty')}</p>`}
  </section>`;
};
