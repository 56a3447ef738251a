// Queues: who waits, who is there for them, and open, overflow or closed at one press; with the very words callers hear.
import { html, nothing, repeat, signal } from '../vendor/ui.js';
import { attempt } from '../core/app.js';
import { get, put } from '../core/api.js';
import { lang, t } from '../core/i18n.js';
import * as fmt from '../core/fmt.js';
import { waitClock } from '../parts/clock.js';
import { icon } from '../parts/icon.js';
import { loading, trouble } from '../parts/states.js';
import { moment, untilField } from '../parts/until.js';
import * as words from '../parts/words.js';

/** @typedef {'open' | 'overflow' | 'closed'} Door */
/** @typedef {Record<string, Record<string, string>>} Says by channel and language */
/** @typedef {{id: string, name: Record<string, string>, door: Door, hand: {until: string | null, by: string, at: string} | null, waiting_over: number | null, longest_min: number | null, waiting: number, since: string | null, on_shift: {name: string, state: string}[], says: Record<'overflow' | 'closed', Says>}} Queue */
/** @typedef {{queues: Queue[], gone: string[]}} Answer */
const EVERY_MS = 10e3;
const state = signal(/** @type {{now: Answer | null, error: any}} */ ({ now: null, error: null }));
const until = signal({ choice: 'today', at: '' });
const busy = signal(false);

/** Rises with each press: an answer that was asked for before it is old. */
let presses = 0;
export const loadQueues = async () => {
  const asked = presses;
  try {
    const now = await get('/api/line/queues');
    if (asked === presses) state.value = { now, error: null };
  } catch (error) {
    if (asked === presses) state.value = { ...state.peek(), error };
  }
};
/** Looks again and again while the page is open: who waits changes by itself. */
export const watchQueues = () => {
  const timer = setInterval(() => { if (!busy.peek()) loadQueues(); }, EVERY_MS);
  return () => clearInterval(timer);
};
/** @param {string} id @param {Door | null} door */
const set = async (id, door) => {
  if (busy.peek()) return;
  busy.value = true;
  presses += 1;
  let done = false;
  await attempt(async () => {
    state.value = { now: await put(`/api/line/queues/${id}`, { door, until: door ? moment(until.peek()) ?? null : null }), error: null };
    done = true;
  });
  busy.value = false;
  if (!done) loadQueues();
};

/** @type {Record<Door, {icon: string, now: () => string, verb: () => string}>} */
const DOORS = {
  open: { icon: 'door-open', now: () => t('queue-open'), verb: () => t('queue-set-open') },
  overflow: { icon: 'hourglass', now: () => t('queue-overflow'), verb: () => t('queue-set-overflow') },
  closed: { icon: 'door-closed', now: () => t('queue-closed'), verb: () => t('queue-set-closed') },
};
const ALL = /** @type {Door[]} */ (Object.keys(DOORS));

/** @param {Queue} q */
const why = (q) => {
  if (!q.hand) return t('queue-by-rule');
  const end = q.hand.until ? t('until-is', { at: fmt.moment(q.hand.until) }) : t('until-open');
  return `${t('queue-by-hand', { who: q.hand.by })}, ${end}`;
};
/** @param {Queue} q @param {Door} door */
const button = (q, door) => {
  const pressed = Boolean(q.hand) && q.door === door;
  return html`<button type="button" class=${pressed ? 'primary' : 'ghost'} data-testid="queue-${door}" aria-pressed=${String(pressed)} aria-label=${`${DOORS[door].verb()}: ${q.name[lang.value]}`}
    aria-disabled=${String(busy.value)} ?disabled=${moment(until.value) === undefined} @click=${() => set(q.id, door)}>${icon(DOORS[door].icon)} ${DOORS[door].verb()}</button>`;
};
/** @param {string} title @param {Says} says */
const heard = (title, says) => html`<h4>${title}</h4>${repeat(Object.entries(says), ([channel]) => channel, ([channel, texts]) => html`<p class="soft">${words.channel(channel)}</p>
  <dl class="says">${repeat(Object.entries(texts), ([code]) => code, ([code, text]) => html`<dt>${words.language(code)}</dt><dd lang=${code} data-testid="queue-text">${text}</dd>`)}</dl>`)}`;
/** @param {Queue} q */
const row = (q) => html`<li data-testid="queue" data-id=${q.id} data-door=${q.door}>${icon(DOORS[q.door].icon)}<span class="row-main"><b role="status">${q.name[lang.value]}: ${DOORS[q.door].now()}</b>
    <small data-testid="queue-why">${why(q)}</small>
    <small>${q.waiting ? html`${t('queue-count', { n: q.waiting })} · ${q.since ? waitClock(q.since) : nothing}` : t('queue-nobody-waits')}</small>
    <small data-testid="queue-staff">${q.on_shift.length ? t('queue-on-shift', { names: q.on_shift.map((one) => `${one.name} (${words.presenceState(one.state)})`).join(', ') }) : t('queue-nobody-on-shift')}</small></span>
  <span class="ways wide">${ALL.map((door) => button(q, door))}
    ${q.hand ? html`<button type="button" class="ghost" data-testid="queue-rule" aria-label=${`${t('queue-set-rule')}: ${q.name[lang.value]}`} aria-disabled=${String(busy.value)} @click=${() => set(q.id, null)}>${icon('undo-2')} ${t('queue-set-rule')}</button>` : nothing}</span>
  <details data-testid="queue-says"><summary>${t('queue-says')}</summary>${heard(t('queue-says-overflow'), q.says.overflow)}${heard(t('queue-says-closed'), q.says.closed)}</details></li>`;

const list = () => {
  const { now, error } = state.value;
  if (!now) return error ? trouble(error, loadQueues) : loading();
  return html`${error ? trouble(error, loadQueues) : nothing}<div class="fields">${untilField({ name: 'queue', choices: ['today', 'hour', 'hours', 'open', 'at'], value: until.value, change: (next) => { until.value = next; } })}</div>
    <ul class="targets">${repeat(now.queues, (q) => q.id, row)}</ul>
    ${now.gone.length ? html`<p class="hint" data-testid="queues-gone">${t('queues-gone', { names: now.gone.join(', ') })}</p>
      <p>${now.gone.map((id) => html`<button type="button" class="ghost" data-testid="queue-forget" aria-disabled=${String(busy.value)} @click=${() => set(id, null)}>${icon('trash-2')} ${t('queue-forget', { name: id })}</button> `)}</p>` : nothing}`;
};
export const queuesView = () => html`<section class="card" aria-labelledby="queues-h"><h3 id="queues-h">${t('queues-title')}</h3><p class="soft">${t('queues-text')}</p>${list()}</section>`;
