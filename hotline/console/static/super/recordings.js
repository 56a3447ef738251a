// The recordings of a contact: what there is, or why there is nothing; a player with a waveform, for who may hear it.
import { html, nothing, repeat, signal } from '../vendor/ui.js';
import { attempt } from '../core/app.js';
import { post } from '../core/api.js';
import { t } from '../core/i18n.js';
import * as fmt from '../core/fmt.js';
import { may } from '../core/store.js';
import { icon } from '../parts/icon.js';
import { wavePlayer } from '../parts/wave.js';

/** @typedef {{id: string, at: string, state: string, length_s: number | null, until: string | null, destroyed_at: string | null}} Recording */
/** @typedef {import('../parts/wave.js').Ticket} Ticket */
/** What was asked for; hearing goes on record, so nothing is asked for by itself. */
const tickets = signal(/** @type {Record<string, Ticket>} */ ({}));

/** @type {Record<string, (r: Recording) => string>} */
const STATES = {
  asked: () => t('recorded-pending'), going: () => t('recorded-pending'), ended: () => t('recorded-pending'),
  refused: () => t('recorded-refused'), absent: () => t('recorded-none'), failed: () => t('recorded-failed'), lost: () => t('recorded-failed'),
  destroyed: (r) => t('recorded-destroyed', { at: r.destroyed_at ? fmt.moment(r.destroyed_at) : '' }),
};

/** @param {string} id */
const fetchTicket = (id) => attempt(async () => { tickets.value = { ...tickets.peek(), [id]: await post(`/api/recordings/${encodeURIComponent(id)}/ticket`) }; });
/** @param {Recording} r */
const one = (r) => {
  const ticket = tickets.value[r.id];
  const length = r.length_s === null ? '' : fmt.length(r.length_s);
  if (r.state !== 'kept') return html`<li data-testid="recording" data-state=${r.state}><time>${fmt.moment(r.at)}</time> <span>${(STATES[r.state] ?? STATES.failed)(r)}</span></li>`;
  const open = may('call:recording:play')
    ? html`<button type="button" class="ghost small" data-testid="recording-open" @click=${() => fetchTicket(r.id)}>${icon('play')} ${t('recorded-open')} <span class="clock">${length}</span></button>`
    : html`<span class="soft">${t('recorded-not-yours')}</span>`;
  return html`<li data-testid="recording" data-state="kept"><time>${fmt.moment(r.at)}</time> <div>${ticket ? wavePlayer({ id: r.id, ticket, name: t('recorded-name'), testid: 'recording' }) : open}${r.until ? html`<p class="hint">${t('recorded-until', { at: fmt.date(r.until) })}</p>` : nothing}</div></li>`;
};

/** @param {Recording[] | undefined} recordings */
export const recordingsView = (recordings) => (recordings?.length
  ? html`<section class="card"><h3>${t('recorded-title')}</h3><ol class="timeline">${repeat(recordings, (r) => r.id, one)}</ol></section>` : nothing);
