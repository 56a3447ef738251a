// A week of the line: its days in words, and the way to the one before and after.
import { html, repeat } from '../vendor/ui.js';
import { t } from '../core/i18n.js';
import * as fmt from '../core/fmt.js';
import { icon } from './icon.js';

/** Monday first. @type {(() => string)[]} */
const SHORT = [() => t('short-monday'), () => t('short-tuesday'), () => t('short-wednesday'), () => t('short-thursday'), () => t('short-friday'), () => t('short-saturday'), () => t('short-sunday')];
/** A calendar day in words. @param {string} day yyyy-mm-dd */
export const dayName = (day) => fmt.date(fmt.dayStart(day));
/** One day, or from the first to the last. @param {string} first @param {string} last */
export const daysName = (first, last) => (first === last ? dayName(first) : t('week-of', { from: dayName(first), to: dayName(last) }));
/** Mon @param {string} day yyyy-mm-dd */
export const weekday = (day) => SHORT[(new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7]();
/** Mon 30 @param {string} day yyyy-mm-dd */
export const dayShort = (day) => `${weekday(day)} ${Number(day.slice(8))}`;
/** Some days on. @param {string} day yyyy-mm-dd @param {number} n */
export const plusDays = (day, n) => new Date(Date.parse(`${day}T00:00:00Z`) + n * 864e5).toISOString().slice(0, 10);

/** @param {{days: string[], go: (day: string) => void}} p */
export const weekBar = (p) => html`<div class="week-bar"><button type="button" class="ghost" data-testid="week-previous" title=${t('week-previous')} @click=${() => p.go(plusDays(p.days[0], -7))}>${icon('chevron-left')}<span class="hidden">${t('week-previous')}</span></button>
  <h2 data-testid="week">${daysName(p.days[0], p.days[6])}</h2>
  <button type="button" class="ghost" data-testid="week-next" title=${t('week-next')} @click=${() => p.go(plusDays(p.days[0], 7))}>${icon('chevron-right')}<span class="hidden">${t('week-next')}</span></button></div>`;

/** @param {{days: string[], day: string, choose: (day: string) => void}} p */
export const dayChips = (p) => html`<div class="chips" role="group" aria-label=${t('shift-day')}>${repeat(p.days, (d) => d, (d) => html`<button type="button" class="pill-button ${p.day === d ? 'on' : ''}" aria-pressed=${String(p.day === d)} data-testid="day-${d}" @click=${() => p.choose(d)}>${dayShort(d)}</button>`)}</div>`;
