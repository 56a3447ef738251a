// Who is to be called back: why, when it is safe, and one press to call. Nothing here is said to anybody but staff.
import { effect, html, nothing, repeat, untracked } from '../vendor/ui.js';
import { resyncs } from '../core/app.js';
import { t } from '../core/i18n.js';
import * as fmt from '../core/fmt.js';
import { mount } from '../core/mount.js';
import { go, route } from '../core/router.js';
import { may, messagesWaiting, serverNow, undecided } from '../core/store.js';
import { countdown } from '../parts/clock.js';
import { icon } from '../parts/icon.js';
import { player } from '../parts/player.js';
import * as words from '../parts/words.js';
import { busy, callNow, closeDialogOf, giveUpDialog, openPromise, putOffDialog, tryAgainDialog } from './callback-acts.js';
import { makePages, pagesView } from './table.js';

/** @typedef {import('./callback-acts.js').Promised} Promised */
const STATES = ['open', 'undecided', 'done', 'given_up', 'closed'];
const chosen = () => new URLSearchParams(route.value.query).get('state') ?? 'open';
const pages = makePages((cursor) => `/api/callbacks?${new URLSearchParams({ state: chosen(), ...(cursor ? { cursor } : {}) })}`, (answer) => answer.callbacks);
const reload = () => pages.load();

/** @param {{from: string, until: string}} hours */
const agreed = (hours) => t('callback-window', { from: fmt.moment(hours.from), to: fmt.time(hours.until) });
/** @param {Promised} c */
const when = (c) => {
  if (c.overdue && c.agreed) return html`<b class="bad-text" data-testid="overdue">${icon('clock')} ${t('callback-overdue')}</b><br>${agreed(c.agreed)}`;
  if (c.agreed && c.state === 'open') return html`${c.due_at && Date.parse(c.due_at) > serverNow() ? nothing : html`<b class="bad-text">${icon('clock')} ${t('callback-due')}</b><br>`}${agreed(c.agreed)}`;
  if (c.state !== 'open' || !c.due_at) return fmt.moment(c.due_at ?? c.asked_at);
  return Date.parse(c.due_at) < serverNow() ? html`<b class="bad-text">${icon('clock')} ${t('callback-due')} ${countdown(c.due_at)}</b>` : html`${fmt.moment(c.due_at)}`;
};
/** @param {Promised} c */
const safe = (c) => html`${c.safe_now ? t('safe-now') : html`<span class="bad-text">${c.next_safe ? t('safe-from', { time: fmt.moment(c.next_safe) }) : t('safe-unknown')}</span>`}
  ${c.excepted ? html`<br><b data-testid="excepted">${t('callback-excepted', { time: fmt.moment(c.excepted) })}</b>` : c.exception_over ? html`<br><span class="soft" data-testid="exception-over">${t('callback-exception-over')}</span>` : nothing}
  ${c.safety ? html`<br><span class="tag warn">${icon('shield-check')} ${t('safety-name')}</span>` : nothing}`;
/** @param {Promised} c */
const acts = (c) => html`<div class="acts">
  <button type="button" class="primary" data-testid="callback-call" ?disabled=${busy.value || c.busy || !c.can_call} @click=${() => callNow(c, reload)}>${icon('phone-outgoing')} ${t('callback-call')}</button>
  <button type="button" class="ghost" data-testid="callback-open" @click=${() => openPromise(c, reload)}>${icon('eye')} ${t('callback-open')}</button>
  <button type="button" class="ghost" data-testid="callback-put-off" ?disabled=${c.busy || !c.can_call} @click=${() => putOffDialog(c, reload)}>${icon('calendar-clock')} ${t('callback-put-off')}</button>
  <button type="button" class="ghost" data-testid="callback-close" ?disabled=${c.busy} @click=${() => closeDialogOf(c, reload)}>${icon('x')} ${t('callback-close')}</button></div>`;
/** @param {Promised} c */
const decisions = (c) => (may('callback:promise:decide') ? html`<div class="acts">
  <button type="button" class="primary" data-testid="callback-again" ?disabled=${!c.can_call} @click=${() => tryAgainDialog(c, reload)}>${icon('calendar-clock')} ${t('callback-again')}</button>
  <button type="button" class="ghost" data-testid="callback-give-up" @click=${() => giveUpDialog(c, reload)}>${icon('x')} ${t('callback-give-up')}</button></div>` : words.callbackState(c.state));
/** How often one person tried, and where they left. @param {Promised} c */
const tries = (c) => (c.tries > 1 ? html`<br><b data-testid="tries">${t('callback-tries', { n: c.tries })}</b>
  <span class="soft">${t('callback-last-try', { at: fmt.moment(c.tried_at), how: words.outcome(c.tried_as) || words.callbackWhy(c.tried_as ?? c.why) })}</span>` : nothing);
/** @param {Promised} c */
const row = (c) => html`<tr data-testid="callback-row" data-id=${c.id}><td class="when">${when(c)}</td>
  <td><span class="when">${c.masked}</span><br><span class="soft">${words.language(c.language) || '–'}${words.topic(c.topic) ? html` · ${words.topic(c.topic)}` : nothing}</span>${c.danger ? html`<br><b class="tag bad">${icon('triangle-alert')} ${t('danger-flag')}</b>` : nothing}${tries(c)}</td>
  <td>${words.callbackWhy(c.why)}${c.message ? html`<div>${player(c.message)}</div>` : nothing}</td><td>${c.state === 'open' ? safe(c) : nothing}</td><td class="num">${c.attempts}</td>
  <td>${c.state === 'open' ? acts(c) : c.state === 'undecided' ? decisions(c) : words.callbackState(c.state)}</td></tr>`;
/** @param {Promised[]} rows */
const table = (rows) => html`<table class="grid stacked"><thead><tr><th>${t('callback-when')}</th><th>${t('log-person')}</th><th>${t('callback-why')}</th><th>${t('callback-safe')}</th><th class="num">${t('job-attempts')}</th><td></td></tr></thead>
  <tbody>${repeat(rows, (c) => c.id, row)}</tbody></table>`;

const view = () => html`<div class="page-scroll"><div class="chips">${repeat(STATES, (s) => s, (s) => html`<button type="button" class="pill-button ${chosen() === s ? 'on' : ''}" aria-pressed=${String(chosen() === s)} data-testid="filter-${s}"
    @click=${() => go(s === 'open' ? '/callbacks' : `/callbacks?state=${s}`)}>${words.callbackState(s)}${s === 'undecided' && undecided.value ? html` <b class="badge">${undecided.value}</b>` : nothing}</button>`)}</div>
  ${pagesView(pages, table, chosen() === 'open' ? t('callback-none') : t('callback-none-such'))}</div>`;

/** @param {HTMLElement} el */
export const openCallbacks = (el) => {
  const stops = [effect(() => { route.value.query; resyncs.value; messagesWaiting.value; undecided.value; untracked(reload); }), mount(el, view)];
  return () => stops.forEach((stop) => stop());
};
