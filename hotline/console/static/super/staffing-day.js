// One day of the forecast in half hours: two charts, and the same as a table.
import { html, nothing } from '../vendor/ui.js';
import { t } from '../core/i18n.js';
import * as fmt from '../core/fmt.js';
import { chart } from '../parts/chart.js';
import { empty } from '../parts/states.js';
import { dayName } from '../parts/week.js';

/** @typedef {import('./staffing-screen.js').Forecast} Forecast */
/** @typedef {import('./staffing-screen.js').Series} Series */
/** What there is against what is needed, in words. @param {number | null} needed @param {number} planned */
export const against = (needed, planned) => {
  if (needed === null) return t('staffing-unknown');
  if (planned < needed) return t('staffing-short', { n: needed - planned });
  return planned > needed ? t('staffing-over', { n: planned - needed }) : t('staffing-fits');
};

/** Of what too little is known for a number of people. @param {Series} s @param {number[]} at */
const lack = (s, at) => {
  const [calls, chats] = [s.calls, s.chats].map((values) => at.some((n) => values[n] !== null));
  if (calls === chats) return t('staffing-no-number');
  return calls ? t('staffing-no-chats') : t('staffing-no-calls');
};

/** @param {number | null} n */
const shown = (n) => (n === null ? '–' : fmt.number(Math.round(n * 10) / 10));
/** @param {number | null} share */
const percent = (share) => (share === null ? '–' : `${Math.round(share * 100)} %`);

/** @param {Forecast} told @param {Series} s @param {string} day */
export const dayView = (told, s, day) => {
  const at = told.slots.flatMap((slot, n) => (slot.day === day && slot.open ? [n] : []));
  if (!at.length) return empty(t('staffing-closed'));
  /** @param {(number | null)[]} values */
  const of = (values) => at.map((n) => values[n]);
  const labels = at.map((n) => told.slots[n].clock);
  const lacking = at.filter((n) => (s.needed[n] ?? 0) > s.planned[n]).length;
  const most = Math.max(0, ...of(s.needed).map((v) => v ?? 0));
  const known = of(s.needed).some((v) => v !== null);
  const summary = known ? t('staffing-summary', { day: dayName(day), most, n: lacking }) : lack(s, at);
  const patient = told.assumptions.patience_s !== null;
  return html`<p data-testid="day-summary" role="status">${summary}</p>
    ${known ? html`<h4>${t('staffing-people')}</h4>${chart({ testid: 'chart-people', summary, labels, lines: [{ name: 'needed', text: t('staffing-needed'), values: of(s.needed) }, { name: 'planned', text: t('staffing-planned'), values: of(s.planned) }] })}` : nothing}
    ${of(s.calls).some((v) => v !== null) ? html`<h4>${t('staffing-expected')}</h4>${chart({ testid: 'chart-calls', summary: t('staffing-expected'), labels, bars: of(s.calls), low: of(s.calls_low), high: of(s.calls_high) })}<p class="hint">${t('staffing-range')}</p>` : nothing}
    <div class="table-box"><table class="grid heat" data-testid="day-table"><caption class="hidden">${t('staffing-day')}</caption>
      <thead><tr><th>${t('log-time')}</th><th>${t('staffing-calls')}</th><th>${t('staffing-chats')}</th><th>${t('staffing-erlang-c')}</th>${patient ? html`<th>${t('staffing-erlang-a')}</th>` : nothing}<th>${t('staffing-planned')}</th><th>${t('staffing-against')}</th><th>${t('staffing-level')}</th></tr></thead>
      <tbody>${at.map((n) => html`<tr><th scope="row">${told.slots[n].clock}</th><td>${shown(s.calls[n])}</td><td>${shown(s.chats[n])}</td><td>${shown(s.erlang_c[n])}</td>${patient ? html`<td>${shown(s.erlang_a[n])}</td>` : nothing}<td>${s.planned[n]}</td>
        <td class=${(s.needed[n] ?? 0) > s.planned[n] ? 'lacks' : ''}>${against(s.needed[n], s.planned[n])}</td><td>${percent(s.level[n])}</td></tr>`)}</tbody></table></div>`;
};
