// Until when: a few usual lengths, or a moment of one's own. Times are those of Bishkek.
import { html, nothing, repeat } from '../vendor/ui.js';
import { t } from '../core/i18n.js';
import * as fmt from '../core/fmt.js';
import { serverNow } from '../core/store.js';

/** @typedef {{choice: string, at: string}} Until */
const HOUR_MS = 3600e3;
/** @type {Record<string, () => string>} */
const NAMES = {
  open: () => t('until-open'), hour: () => t('until-hour'), hours: () => t('until-hours'), today: () => t('until-today'),
  day: () => t('until-day'), week: () => t('until-week'), at: () => t('until-at'),
};
/** The same lengths, counted from now to when something begins. @type {Record<string, () => string>} */
const STARTS = { ...NAMES, hour: () => t('when-hour'), hours: () => t('when-hours'), day: () => t('when-day') };
/** The moment that was chosen; null: without end, undefined: not chosen yet. @param {Until} u @returns {string | null | undefined} */
export const moment = (u) => {
  const ahead = { hour: HOUR_MS, hours: 3 * HOUR_MS, day: 24 * HOUR_MS, week: 7 * 24 * HOUR_MS }[u.choice];
  if (u.choice === 'open') return null;
  if (u.choice === 'today') return fmt.dayStart(fmt.isoDay(-1));
  if (ahead) return new Date(serverNow() + ahead).toISOString();
  return u.at ? fmt.fromInput(u.at) : undefined;
};
/** @param {{name: string, choices: string[], value: Until, change: (next: Until) => void, starts?: boolean}} p */
export const untilField = (p) => html`<label class="field"><span class="label">${p.starts ? t('when-name') : t('until-name')}</span><select data-testid="${p.name}-until" @change=${(/** @type {Event} */ e) => p.change({ ...p.value, choice: /** @type {HTMLSelectElement} */ (e.target).value })}>
    ${repeat(p.choices, (c) => c, (c) => html`<option value=${c} ?selected=${p.value.choice === c}>${(p.starts ? STARTS : NAMES)[c]()}</option>`)}</select></label>
  ${p.value.choice === 'at' ? html`<label class="field"><span class="label">${t('until-moment')}</span><input type="datetime-local" data-testid="${p.name}-at" .value=${p.value.at}
    @input=${(/** @type {InputEvent} */ e) => p.change({ ...p.value, at: /** @type {HTMLInputElement} */ (e.target).value })}></label>` : nothing}`;
