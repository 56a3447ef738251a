// What if: the target, more or fewer contacts, longer talks, people who hang up, time that is not there.
import { html, nothing } from '../vendor/ui.js';
import { t } from '../core/i18n.js';
import * as fmt from '../core/fmt.js';
import { icon } from '../parts/icon.js';

/** @typedef {import('./staffing-screen.js').Assumptions} Assumptions */
/** @typedef {import('./staffing-screen.js').Forecast} Forecast */
const PATIENCE_S = 180;
const PATIENCE_MOST_S = 1800;
/** @param {number} v */
const percent = (v) => `${Math.round(v * 100)} %`;
/** @param {number} v */
const times = (v) => `×${fmt.number(Math.round(v * 100) / 100)}`;
/** @type {{key: Exclude<keyof Assumptions, 'patience_s'>, name: () => string, min: number, max: number, step: number, text: (v: number) => string}[]} */
const SLIDERS = [
  { key: 'target', name: () => t('whatif-target'), min: 0.5, max: 0.99, step: 0.01, text: percent },
  { key: 'seconds', name: () => t('whatif-seconds'), min: 0, max: 120, step: 5, text: (v) => t('whatif-s', { n: v }) },
  { key: 'load_factor', name: () => t('whatif-load'), min: 0.5, max: 3, step: 0.05, text: times },
  { key: 'aht_factor', name: () => t('whatif-aht'), min: 0.5, max: 2, step: 0.05, text: times },
  { key: 'shrinkage', name: () => t('whatif-shrinkage'), min: 0, max: 0.6, step: 0.01, text: percent },
  { key: 'chats_at_once', name: () => t('whatif-chats'), min: 1, max: 6, step: 1, text: (v) => fmt.number(v) },
];
/** @param {{key: string, name: string, min: number, max: number, step: number, text: string, value: number, change: (v: number) => void}} p */
const slider = (p) => html`<label class="slider"><span>${p.name}</span><output>${p.text}</output><input type="range" min=${p.min} max=${p.max} step=${p.step} .value=${String(p.value)} aria-valuetext=${p.text} data-testid="whatif-${p.key}"
  @input=${(/** @type {InputEvent} */ e) => p.change(Number(/** @type {HTMLInputElement} */ (e.target).value))}></label>`;

/** @param {Forecast} told @param {Assumptions} now @param {boolean} changed @param {(next: Assumptions | null) => void} suppose */
export const whatIfView = (told, now, changed, suppose) => {
  const measured = told.measured.patience_s;
  return html`<section class="card" aria-labelledby="whatif-h"><h3 id="whatif-h">${t('whatif-title')}</h3><p class="soft">${t('whatif-text')}</p>
    ${SLIDERS.map((s) => slider({ ...s, name: s.name(), text: s.text(now[s.key]), value: now[s.key], change: (v) => suppose({ ...now, [s.key]: v }) }))}
    <label class="check"><input type="checkbox" .checked=${now.patience_s !== null} data-testid="whatif-impatient" @change=${(/** @type {Event} */ e) => suppose({ ...now, patience_s: /** @type {HTMLInputElement} */ (e.target).checked ? measured ?? PATIENCE_S : null })}> <span>${t('whatif-impatient')}</span></label>
    ${now.patience_s === null ? nothing : slider({ key: 'patience', name: t('whatif-patience'), min: 10, max: Math.max(PATIENCE_MOST_S, measured ?? 0), step: 10, value: now.patience_s, text: fmt.length(now.patience_s), change: (v) => suppose({ ...now, patience_s: v }) })}
    <p class="hint">${measured === null ? t('whatif-unmeasured') : t('whatif-measured', { time: fmt.length(measured) })}</p>
    ${changed ? html`<button type="button" class="ghost" data-testid="whatif-reset" @click=${() => suppose(null)}>${icon('rotate-ccw')} ${t('whatif-reset')}</button>` : nothing}</section>`;
};
