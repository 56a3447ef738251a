// Who is on shift now: who does not answer comes first. Names and states alone, no contact and no caller.
import { effect, html, nothing, signal, untracked } from '../vendor/ui.js';
import { get } from '../core/api.js';
import { t } from '../core/i18n.js';
import { staffChanges } from '../core/store.js';
import { clock } from '../parts/clock.js';
import { loading, trouble } from '../parts/states.js';
import { SHAPES } from '../parts/shapes.js';
import * as words from '../parts/words.js';

/** @typedef {import('../core/types').Presence & {name: string}} Person */
const state = signal(/** @type {{staff: Person[] | null, error: any}} */ ({ staff: null, error: null }));

export const loadStaff = async () => {
  try {
    state.value = { staff: (await get('/api/shift/staff')).staff, error: null };
  } catch (error) {
    state.value = { staff: null, error };
  }
};
/** Loads again whenever somebody's state changed. */
export const watchStaff = () => effect(() => { if (staffChanges.value) untracked(loadStaff); });

/** @param {Person} p */
const why = (p) => {
  if (p.reason === 'unreachable') return t('staff-now-silent');
  const reason = words.breakReason(p.reason);
  return reason && p.state !== 'break' ? t('staff-now-asked', { reason }) : reason;
};
/** @param {Person} p */
const row = (p) => html`<li data-testid="on-shift" data-state=${p.state}><span class="shape ${p.state}" aria-hidden="true">${SHAPES[p.state] ?? '●'}</span>
  <span class="row-main"><b>${p.name}</b><small>${words.presenceState(p.state)}${why(p) ? html` · ${why(p)}` : nothing}</small>
    <small>${t('staff-now-hand', { calls: p.calls, chats: p.chats, most: p.max_chats })}</small></span>
  ${p.since ? clock(p.since) : nothing}</li>`;
const list = () => {
  const { staff, error } = state.value;
  if (error) return trouble(error, loadStaff);
  if (!staff) return loading();
  return staff.length ? html`<ul class="targets">${staff.map(row)}</ul>` : html`<p class="soft">${t('staff-now-none')}</p>`;
};

export const staffView = () => html`<section class="card" aria-labelledby="staff-now-h"><h3 id="staff-now-h">${t('staff-now-title')}</h3>${list()}</section>`;
