// The line: open or closed, its hours, what callers are told, and who is kept out. Everything here counts at once.
import { effect, html, nothing, signal, untracked } from '../vendor/ui.js';
import { attempt, resyncs, toast } from '../core/app.js';
import { get, post, put } from '../core/api.js';
import { t } from '../core/i18n.js';
import * as fmt from '../core/fmt.js';
import { mount } from '../core/mount.js';
import { shut } from '../core/shut.js';
import { icon } from '../parts/icon.js';
import { loading, trouble } from '../parts/states.js';
import { moment, untilField } from '../parts/until.js';
import * as words from '../parts/words.js';
import { blocksView, loadBlocks } from './line-blocks.js';
import { floodBanner, floodsView, loadFloods, watchFloods } from './line-floods.js';
import { hoursView, readHours } from './line-hours.js';
import { loadQueues, queuesView, watchQueues } from './line-queues.js';
import { loadRecording, recordingView } from './line-recording.js';
import { loadStaff, staffView, watchStaff } from './line-staff.js';

/** @typedef {{version: number, timezone: string, week: Record<string, string[]>, days: Record<string, string[]>, open: boolean, opens_at: string | null, closing_version: number, closing: {until: string | null, reason: string | null, at: string} | null}} Hours */
/** @typedef {{topic: string | null, until: string | null, topics: string[]}} Announcement */
const EVERY_MS = 30e3;
const state = signal(/** @type {{hours: Hours | null, told: Announcement | null, error: any}} */ ({ hours: null, told: null, error: null }));
const closing = signal({ reason: '', until: { choice: 'open', at: '' } });
const telling = signal({ topic: '', until: { choice: 'today', at: '' } });
const busy = signal(false);

/** Rises with each press, and when it is done: an answer that was asked for before is old. */
let presses = 0;
const load = async () => {
  const asked = presses;
  try {
    const [hours, told] = await Promise.all([get('/api/line/hours'), get('/api/line/announcement')]);
    if (asked !== presses) return;
    readHours(hours);
    state.value = { hours, told, error: null };
  } catch (error) {
    if (asked === presses) state.value = { ...state.peek(), error };
  }
};
/** Looks again when anything was shut or opened by hand, and now and then: hours begin and end by themselves. */
const watchHours = () => {
  const stop = effect(() => { if (resyncs.value >= 0 && shut.value) untracked(load); });
  const timer = setInterval(() => { if (!busy.peek()) load(); }, EVERY_MS);
  return () => { stop(); clearInterval(timer); };
};
/** @param {Hours} hours */
const took = (hours) => {
  readHours(hours);
  state.value = { ...state.peek(), hours };
};
/** @param {() => Promise<any>} work */
const act = async (work) => {
  if (busy.peek()) return;
  busy.value = true;
  presses += 1;
  let done = false;
  await attempt(async () => { await work(); done = true; });
  presses += 1;
  busy.value = false;
  if (!done) load();
};

const close = () => act(async () => {
  const { reason, until } = closing.peek();
  took(await post('/api/line/close', { reason: reason.trim() || t('closing-usual'), until: moment(until), version: state.peek().hours?.closing_version ?? 0 }));
  closing.value = { reason: '', until: { choice: 'open', at: '' } };
});
const open = () => act(async () => { took(await post('/api/line/open')); });

/** @param {Hours} h */
const now = (h) => {
  if (h.open) return html`<p class="line-state ok" data-testid="line-state" data-open="true">${icon('door-open')} <b>${t('line-open')}</b></p>`;
  const when = h.opens_at ? t('line-opens-at', { at: fmt.moment(h.opens_at) }) : t('line-opens-unknown');
  return html`<p class="line-state bad" role="status" data-testid="line-state" data-open="false">${icon('door-closed')} <b>${h.closing ? t('line-closed-by-hand') : t('line-closed')}</b> <span>${when}</span></p>
    ${h.closing ? html`<p class="soft">${[h.closing.reason && `${t('closing-reason')}: ${h.closing.reason}`, shut.value.find((one) => !one.queue)?.by, fmt.moment(h.closing.at)].filter(Boolean).join(' · ')}</p>` : nothing}`;
};
/** @param {Hours} h */
const doorView = (h) => html`<section class="card" aria-labelledby="line-now-h"><h3 id="line-now-h">${t('line-now')}</h3>${now(h)}
  ${h.closing ? html`<button type="button" class="primary big" data-testid="line-open" ?disabled=${busy.value} @click=${open}>${icon('door-open')} ${t('line-open-again')}</button>`
    : html`<div class="fields">${untilField({ name: 'close', choices: ['open', 'hour', 'hours', 'today', 'at'], value: closing.value.until, change: (until) => { closing.value = { ...closing.peek(), until }; } })}
      <label class="field wide-field"><span class="label">${t('closing-reason')}</span><input type="text" maxlength="200" data-testid="close-reason" placeholder=${t('closing-usual')} .value=${closing.value.reason}
        @input=${(/** @type {InputEvent} */ e) => { closing.value = { ...closing.peek(), reason: /** @type {HTMLInputElement} */ (e.target).value }; }}></label></div>
      <button type="button" class="danger" data-testid="line-close" ?disabled=${busy.value || moment(closing.value.until) === undefined} @click=${close}>${icon('door-closed')} ${t('line-close')}</button>
      <p class="hint">${t('line-close-text')}</p>`}</section>`;

/** @param {string | null} topic @param {string | null} until */
const tell = (topic, until) => act(async () => {
  const told = await put('/api/line/announcement', { topic, until });
  state.value = { ...state.peek(), told };
  toast(topic ? t('announcement-on') : t('announcement-off'));
});
/** @param {Announcement} a */
const announcementView = (a) => {
  const until = moment(telling.value.until);
  return html`<section class="card" aria-labelledby="told-h"><h3 id="told-h">${t('announcement-title')}</h3>
    <p class="soft">${t('announcement-text')}</p>
    ${a.topic ? html`<p class="line-state" data-testid="announced">${icon('megaphone')} <b>${words.topic(a.topic) || a.topic}</b> ${a.until ? html`<span class="soft">${t('until-is', { at: fmt.moment(a.until) })}</span>` : nothing}</p>
      <button type="button" class="ghost" data-testid="announce-off" ?disabled=${busy.value} @click=${() => tell(null, null)}>${icon('x')} ${t('announcement-stop')}</button>`
      : html`<div class="fields"><label class="field"><span class="label">${t('log-topic')}</span><select data-testid="announce-topic" @change=${(/** @type {Event} */ e) => { telling.value = { ...telling.peek(), topic: /** @type {HTMLSelectElement} */ (e.target).value }; }}>
          <option value="">${t('announcement-choose')}</option>${a.topics.map((k) => html`<option value=${k} ?selected=${telling.value.topic === k}>${words.topic(k) || k}</option>`)}</select></label>
        ${untilField({ name: 'announce', choices: ['hours', 'today', 'day', 'at'], value: telling.value.until, change: (next) => { telling.value = { ...telling.peek(), until: next }; } })}</div>
        <button type="button" class="primary" data-testid="announce" ?disabled=${busy.value || !telling.value.topic || !until} @click=${() => tell(telling.peek().topic, until ?? null)}>${icon('megaphone')} ${t('announcement-start')}</button>`}</section>`;
};

const view = () => {
  const { hours, told, error } = state.value;
  if (!hours || !told) return html`<div class="page-scroll">${error ? trouble(error, load) : loading()}</div>`;
  return html`<div class="page-scroll" data-testid="line-page"><p class="soft lead">${t('line-text')}</p>${error ? trouble(error, load) : nothing}${floodBanner()}
    <div class="two"><div class="stack">${doorView(hours)}${queuesView()}${hoursView(hours, took)}</div><div class="stack">${staffView()}${announcementView(told)}${recordingView()}${floodsView()}${blocksView()}</div></div></div>`;
};

/** @param {HTMLElement} el */
export const openLine = (el) => {
  const stops = [watchHours(), resyncs.subscribe(() => { loadBlocks(); loadFloods(); loadRecording(); loadQueues(); loadStaff(); }), watchFloods(), watchQueues(), watchStaff(), mount(el, view)];
  return () => stops.forEach((stop) => stop());
};
