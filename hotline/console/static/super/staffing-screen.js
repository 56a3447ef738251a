// How many people the coming weeks need, in which language, at which hour, and how many are planned.
import { effect, html, nothing, repeat, signal, untracked } from '../vendor/ui.js';
import { resyncs } from '../core/app.js';
import { get, post } from '../core/api.js';
import { t } from '../core/i18n.js';
import * as fmt from '../core/fmt.js';
import { mount } from '../core/mount.js';
import { rosterChanges } from '../core/store.js';
import { icon } from '../parts/icon.js';
import { loading, trouble } from '../parts/states.js';
import { dayChips, dayShort, weekBar } from '../parts/week.js';
import * as words from '../parts/words.js';
import { against, dayView } from './staffing-day.js';
import { whatIfView } from './staffing-whatif.js';

/** @typedef {{contacts: number, weeks: number, handling_s: number | null, enough: boolean}} Basis */
/** @typedef {{calls: (number|null)[], calls_low: (number|null)[], calls_high: (number|null)[], chats: (number|null)[], erlang_c: (number|null)[], erlang_a: (number|null)[], needed: (number|null)[], planned: number[], level: (number|null)[], based_on: {call: Basis, chat: Basis}}} Series */
/** @typedef {{target: number, seconds: number, aht_factor: number, load_factor: number, patience_s: number | null, shrinkage: number, chats_at_once: number}} Assumptions */
/** @typedef {{week: string, days: string[], weeks: number, slots: {day: string, clock: string, open: boolean}[], assumptions: Assumptions, measured: {patience_s: number | null}, languages: Record<string, Series>}} Forecast */
/** What was told last, and why nothing newer was. */
const state = signal(/** @type {{told: Forecast | null, error: any}} */ ({ told: null, error: null }));
const chosen = signal({ language: 'all', day: '' });
/** What somebody supposes; null while it is what the server supposes. */
const supposed = signal(/** @type {Assumptions | null} */ (null));
const busy = signal(false);
let turn = 0;
let asked = '';

/** @param {string} [week] */
const load = async (week) => {
  const mine = (turn += 1);
  busy.value = true;
  asked = week ?? asked;
  const given = supposed.peek();
  try {
    const told = given ? await post('/api/forecast/scenario', { ...given, ...(asked ? { week: asked } : {}) }) : await get(`/api/forecast${asked ? `?week=${asked}` : ''}`);
    if (mine !== turn) return;
    asked = told.week;
    state.value = { told, error: null };
  } catch (error) {
    if (mine === turn) {
      const { told } = state.peek();
      asked = told?.week ?? '';
      state.value = { told, error };
    }
  }
  if (mine === turn) busy.value = false;
};
const SOON_MS = 150;
let timer = 0;
/** A slider that is being drawn asks once it rests. @param {Assumptions | null} next */
const suppose = (next) => {
  supposed.value = next;
  clearTimeout(timer);
  timer = setTimeout(() => { load(); }, SOON_MS);
};

/** @param {'call' | 'chat'} kind @param {Basis} b */
const basis = (kind, b) => {
  const about = { n: b.contacts, weeks: b.weeks, time: fmt.length(b.handling_s) };
  const name = kind === 'call' ? t('staffing-calls') : t('staffing-chats');
  return html`<li data-testid="based-${kind}" data-enough=${String(b.enough)}>${b.enough ? icon('circle-check') : icon('triangle-alert')} <span><b>${name}</b>: ${b.enough ? t('staffing-based', about) : t('staffing-too-little', about)}</span></li>`;
};
/** @param {Forecast} told */
const bar = (told) => html`${weekBar({ days: told.days, go: (week) => { chosen.value = { ...chosen.peek(), day: '' }; load(week); } })}
  <div class="chips" role="group" aria-label=${t('staffing-language')}>${repeat(Object.keys(told.languages), (l) => l, (l) => html`<button type="button" class="pill-button ${chosen.value.language === l ? 'on' : ''}" aria-pressed=${String(chosen.value.language === l)} data-testid="language-${l}"
    @click=${() => { chosen.value = { ...chosen.peek(), language: l }; }}>${l === 'all' ? t('staffing-all') : words.language(l)}</button>`)}</div>`;

/** An hour is as good as its worse half. @param {Series} s @param {number[]} at places of its half hours */
const hour = (s, at) => {
  const known = at.map((n) => s.needed[n]).filter((v) => v !== null);
  return { needed: known.length ? Math.max(...known) : null, planned: Math.min(...at.map((n) => s.planned[n])) };
};
/** @param {Series} s @param {number[]} at */
const cell = (s, at) => {
  if (!at.length) return html`<td class="shut" aria-label=${t('line-closed')}>–</td>`;
  const { needed, planned } = hour(s, at);
  const lacks = needed !== null && planned < needed;
  return html`<td class=${lacks ? 'lacks' : ''}><span aria-hidden="true">${needed ?? '?'}/${planned}${lacks ? html` <b>▲${needed - planned}</b>` : nothing}</span><span class="hidden">${t('staffing-cell', { needed: needed ?? '?', planned })}: ${against(needed, planned)}</span></td>`;
};
/** @param {Forecast} told @param {Series} s */
const weekTable = (told, s) => {
  const places = told.slots.map((slot, n) => ({ ...slot, n })).filter((slot) => slot.open);
  const hours = [...new Set(places.map((slot) => slot.clock.slice(0, 2)))].sort();
  return html`<div class="table-box"><table class="grid heat" data-testid="week-table" aria-busy=${String(busy.value)}><caption class="hidden">${t('staffing-week')}</caption>
    <thead><tr><th>${t('staffing-hour')}</th>${told.days.map((d) => html`<th>${dayShort(d)}</th>`)}</tr></thead>
    <tbody>${hours.map((h) => html`<tr><th scope="row">${h}:00</th>${told.days.map((d) => cell(s, places.filter((p) => p.day === d && p.clock.startsWith(h)).map((p) => p.n)))}</tr>`)}</tbody></table></div>
    <p class="hint">${t('staffing-legend')}</p>`;
};

const view = () => {
  const { told, error } = state.value;
  const failure = error ? trouble(error, () => { load(); }) : nothing;
  if (!told) return html`<div class="page-scroll">${error ? failure : loading()}</div>`;
  const s = told.languages[chosen.value.language];
  const day = told.days.includes(chosen.value.day) ? chosen.value.day : told.days[0];
  return html`<div class="page-scroll" data-testid="staffing-page"><p class="soft lead">${t('staffing-text')}</p>${bar(told)}${failure}
    <div class="two"><div class="stack">
      <section class="card" aria-labelledby="staffing-week-h"><h3 id="staffing-week-h">${t('staffing-week')}</h3>${weekTable(told, s)}</section>
      <section class="card" aria-labelledby="staffing-day-h"><h3 id="staffing-day-h">${t('staffing-day')}</h3>${dayChips({ days: told.days, day, choose: (next) => { chosen.value = { ...chosen.peek(), day: next }; } })}${dayView(told, s, day)}</section></div>
      <div class="stack"><section class="card" aria-labelledby="staffing-based-h"><h3 id="staffing-based-h">${t('staffing-basis')}</h3><ul class="basis">${basis('call', s.based_on.call)}${basis('chat', s.based_on.chat)}</ul><p class="hint">${t('staffing-method')}</p></section>
      ${whatIfView(told, supposed.value ?? told.assumptions, supposed.value !== null, suppose)}</div></div></div>`;
};

/** @param {HTMLElement} el */
export const openStaffing = (el) => {
  const stops = [effect(() => { resyncs.value; rosterChanges.value; untracked(() => { load(); }); }), mount(el, view)];
  return () => { clearTimeout(timer); stops.forEach((stop) => stop()); };
};
