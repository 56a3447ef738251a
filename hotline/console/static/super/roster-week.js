// Everybody's week: who is planned when, what nobody covers, and the wishes that wait for a decision.
import { html, nothing, repeat, signal } from '../vendor/ui.js';
import { attempt } from '../core/app.js';
import { get, post } from '../core/api.js';
import { t } from '../core/i18n.js';
import { icon } from '../parts/icon.js';
import { loading, trouble } from '../parts/states.js';
import { dayName, dayShort, daysName, weekBar } from '../parts/week.js';
import * as words from '../parts/words.js';
import { shiftDialog } from './roster-shift.js';

/** @typedef {{id: string, rev: number, staff: string, begins_at: string, from: string, to: string, days: string[], warnings: string[]}} Shift */
/** @typedef {{id: string, staff: string, state: string, first: string, last: string}} Absence */
/** @typedef {{id: string, state: string, by: string, to: string | null, taken_by: string | null, shift: Shift}} Swap */
/** @typedef {{id: string, name: string, languages: string[]}} Person */
/** @typedef {{week: string, days: string[], people: Person[], shifts: Shift[], absences: Absence[], asked: Absence[], swaps: Swap[], gaps: {language: string, day: string, from: string, to: string}[]}} Week */
/** The week that came last, and why no other did. */
const state = signal(/** @type {{week: Week | null, error: any}} */ ({ week: null, error: null }));
const busy = signal(false);
/** Another week is on its way: what is shown is not what a press would change. */
const leaving = signal(false);
let turn = 0;
let asked = '';

/** @param {string} [day] */
export const loadWeek = async (day) => {
  const mine = (turn += 1);
  leaving.value ||= Boolean(day);
  asked = day ?? asked;
  try {
    const week = await get(`/api/roster${asked ? `?week=${asked}` : ''}`);
    if (mine !== turn) return;
    asked = week.week;
    state.value = { week, error: null };
  } catch (error) {
    if (mine === turn) {
      const last = state.peek().week;
      asked = last?.week ?? '';
      state.value = { week: last, error };
    }
  }
  if (mine === turn) leaving.value = false;
};
/** @param {string} address @param {{approve: boolean, taken_by?: string | null}} decision */
const decide = async (address, decision) => {
  if (busy.peek()) return;
  busy.value = true;
  await attempt(() => post(address, decision));
  await loadWeek();
  busy.value = false;
};

/** @type {Record<string, () => string>} */
const WARNINGS = { long: () => t('shift-long'), absent: () => t('shift-absent'), closed: () => t('shift-closed') };
/** @param {Shift} s */
export const oddities = (s) => s.warnings.map((w) => WARNINGS[w]?.() ?? w).join(', ');
/** @param {Shift} s */
export const times = (s) => `${s.from}–${s.to === '00:00' ? '24:00' : s.to}`;
/** @param {Week} w @param {string | null} id */
const name = (w, id) => (id === null ? t('swap-anyone') : w.people.find((p) => p.id === id)?.name ?? '–');

/** @param {Week} w @param {Person} p @param {string} day */
const cell = (w, p, day) => {
  const away = w.absences.find((a) => a.staff === p.id && a.first <= day && day <= a.last);
  const shifts = w.shifts.filter((s) => s.staff === p.id && s.days.includes(day));
  return html`<td>${repeat(shifts, (s) => s.id, (s) => html`<button type="button" class="shift ${s.warnings.length ? 'odd' : ''}" data-testid="shift" data-id=${s.id} aria-haspopup="dialog" title=${oddities(s) || nothing}
      @click=${() => shiftDialog(w, s, p.id, s.days[0], loadWeek)}>${s.days[0] === day ? nothing : html`<span aria-hidden="true">… </span>`}${times(s)}${s.warnings.length ? html` ${icon('triangle-alert')}<span class="hidden">${oddities(s)}</span>` : nothing}${w.swaps.some((x) => x.shift.id === s.id) ? html` ${icon('arrow-right-left')}<span class="hidden">${t('swap-offered')}</span>` : nothing}</button>`)}
    ${away ? html`<span class="tag ${away.state === 'approved' ? '' : 'warn'}" data-testid="away">${away.state === 'approved' ? t('absence-away') : t('absence-wished')}</span>` : nothing}
    <button type="button" class="plain add" data-testid="shift-add" aria-haspopup="dialog" aria-label=${t('shift-add-for', { who: p.name, day: dayName(day) })} @click=${() => shiftDialog(w, null, p.id, day, loadWeek)}>+</button></td>`;
};
/** @param {Week} w @param {string} day */
const lacking = (w, day) => {
  const gaps = w.gaps.filter((g) => g.day === day);
  if (!gaps.length) return html`<td>${icon('check')}<span class="hidden">${t('gap-none')}</span></td>`;
  return html`<td class="gaps">${gaps.map((g) => html`<span data-testid="gap"><b>${g.language === 'any' ? t('gap-anybody') : words.language(g.language)}</b> ${times(/** @type {any} */ (g))}</span>`)}</td>`;
};
/** @param {Week} w */
const grid = (w) => html`<div class="table-box"><table class="grid roster" data-testid="roster-grid"><caption class="hidden">${t('roster-plan')}</caption>
  <thead><tr><th>${t('roster-person')}</th>${w.days.map((d) => html`<th>${dayShort(d)}</th>`)}</tr></thead>
  <tbody>${repeat(w.people, (p) => p.id, (p) => html`<tr><th scope="row">${p.name}<small>${p.languages.map((l) => l.toUpperCase()).join(' ')}</small></th>${w.days.map((d) => cell(w, p, d))}</tr>`)}
    <tr class="lacking"><th scope="row">${icon('triangle-alert')} ${t('roster-gaps')}</th>${w.days.map((d) => lacking(w, d))}</tr></tbody></table></div>`;

/** @param {string} address @param {string} text @param {{ready: boolean, odd?: string, seen?: {taken_by: string | null}}} about `odd`: what speaks against it; `seen`: who would have the shift */
const wish = (address, text, { ready, odd, seen }) => html`<li data-testid="wish"><span class="row-main">${text}${odd ? html` <span class="tag warn" data-testid="wish-odd">${icon('triangle-alert')} ${odd}</span>` : nothing}</span>
  <button type="button" class="primary" data-testid="wish-approve" ?disabled=${busy.value || !ready} @click=${() => decide(address, { approve: true, ...seen })}>${icon('check')} ${t('roster-approve')}</button>
  <button type="button" class="ghost" data-testid="wish-refuse" ?disabled=${busy.value} @click=${() => decide(address, { approve: false, ...seen })}>${icon('x')} ${t('roster-refuse')}</button></li>`;
/** @param {Week} w */
const wishes = (w) => html`<section class="card" aria-labelledby="wishes-h"><h3 id="wishes-h">${t('roster-wishes')}</h3>
    ${w.asked.length + w.swaps.length ? html`<ul class="targets">
      ${repeat(w.asked, (a) => a.id, (a) => wish(`/api/roster/absences/${a.id}/decide`, t('absence-wish', { who: name(w, a.staff), days: daysName(a.first, a.last) }), { ready: true }))}
      ${repeat(w.swaps, (x) => x.id, (x) => wish(`/api/roster/swaps/${x.id}/decide`, t('swap-wish', { who: name(w, x.by), when: `${dayName(x.shift.days[0])}, ${times(x.shift)}`, to: name(w, x.taken_by ?? x.to) }) + (x.state === 'accepted' ? '' : ` ${t('swap-open')}`), {
        ready: x.state === 'accepted', odd: x.shift.warnings.length ? `${name(w, x.taken_by)}: ${oddities(x.shift)}` : '', seen: { taken_by: x.taken_by } }))}</ul>`
      : html`<p class="soft">${t('roster-no-wishes')}</p>`}</section>`;

export const weekView = () => {
  const { week, error } = state.value;
  const failure = error ? trouble(error, () => { loadWeek(); }) : nothing;
  if (!week) return error ? failure : loading();
  return html`<p class="soft lead">${t('roster-text')}</p>${weekBar({ days: week.days, go: loadWeek })}${failure}<div class="stack" ?inert=${leaving.value}>${grid(week)}${wishes(week)}</div>`;
};
