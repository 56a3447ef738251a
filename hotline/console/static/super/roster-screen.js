// The roster: the week of everybody for who plans it, and one's own shifts.
import { effect, html, nothing, signal, untracked } from '../vendor/ui.js';
import { resyncs } from '../core/app.js';
import { t } from '../core/i18n.js';
import { mount } from '../core/mount.js';
import { may, rosterChanges } from '../core/store.js';
import { loadOwn, ownView } from './roster-own.js';
import { loadWeek, weekView } from './roster-week.js';

const tab = signal(/** @type {'week' | 'mine'} */ ('week'));
const plans = () => may('roster:plan:manage');
const own = () => may('roster:own:manage');
const shown = () => (plans() && (tab.value === 'week' || !own()) ? 'week' : 'mine');

/** @param {'week' | 'mine'} key @param {string} text */
const choice = (key, text) => html`<button type="button" class="pill-button ${shown() === key ? 'on' : ''}" aria-pressed=${String(shown() === key)} data-testid="roster-${key}" @click=${() => { tab.value = key; load(); }}>${text}</button>`;
const load = () => { shown() === 'week' ? loadWeek() : loadOwn(); };

const view = () => html`<div class="page-scroll" data-testid="roster-page">
  ${plans() && own() ? html`<div class="chips">${choice('week', t('roster-plan'))}${choice('mine', t('roster-mine'))}</div>` : nothing}
  ${shown() === 'week' ? weekView() : ownView()}</div>`;

/** @param {HTMLElement} el */
export const openRoster = (el) => {
  const stops = [effect(() => { resyncs.value; rosterChanges.value; untracked(load); }), mount(el, view)];
  return () => stops.forEach((stop) => stop());
};
