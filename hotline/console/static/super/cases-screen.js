// Escalations: who has them, how much time is left, and the one press that takes one.
import { effect, html, nothing, repeat, signal, untracked } from '../vendor/ui.js';
import { t } from '../core/i18n.js';
import * as fmt from '../core/fmt.js';
import { mount } from '../core/mount.js';
import { go, route } from '../core/router.js';
import { cases, may } from '../core/store.js';
import { acknowledge } from '../desk/bars.js';
import { countdown } from '../parts/clock.js';
import { icon } from '../parts/icon.js';
import * as words from '../parts/words.js';
import { openCase } from './case-page.js';
import { makePages, pagesView } from './table.js';

/** @typedef {import('../core/types').CaseCard} CaseCard */
const STATES = ['open', 'acknowledged', 'closed', 'all'];
const chosen = () => new URLSearchParams(route.value.query).get('state') ?? 'open';
const pages = makePages((cursor) => `/api/cases?${new URLSearchParams({ state: chosen(), ...(cursor ? { cursor } : {}) })}`, (answer) => answer.cases);
const busy = signal('');

/** @param {CaseCard} c */
const take = async (c) => {
  busy.value = c.id;
  await acknowledge(c);
  busy.value = '';
  pages.load();
};
/** @param {CaseCard} c */
const deadline = (c) => (c.state === 'open' ? html`<span class=${c.overdue ? 'bad-text' : ''}>${icon('hourglass')} ${countdown(c.deadline_at)}</span>` : fmt.moment(c.acked_at ?? c.deadline_at));
/** @param {CaseCard} c */
const row = (c) => html`<tr data-testid="case-row" data-id=${c.id}>
  <td><a href="/cases/${c.id}" data-link><b>${c.code}</b></a></td><td>${words.caseKind(c.kind)}</td>
  <td><span class="tag ${c.level === 'urgent' ? 'bad' : c.level === 'high' ? 'warn' : ''}">${words.caseLevel(c.level)}</span></td>
  <td>${words.caseState(c.state)}${c.overdue && c.state === 'open' ? html` <span class="tag bad">${t('case-overdue')}</span>` : nothing}</td>
  <td class="when">${fmt.moment(c.raised_at)}</td><td class="when">${deadline(c)}</td><td>${c.owner?.name ?? '–'}</td>
  <td class="acts">${c.state === 'open' && may('case:escalation:ack') ? html`<button type="button" class="danger" data-testid="ack-row" ?disabled=${busy.value === c.id} @click=${() => take(c)}>${icon('check')} ${t('case-take')}</button>` : nothing}</td></tr>`;
/** @param {CaseCard[]} rows */
const table = (rows) => html`<table class="grid"><thead><tr><th>${t('case-code')}</th><th>${t('case-kind')}</th><th>${t('case-level')}</th><th>${t('log-state')}</th><th>${t('case-raised')}</th>
  <th>${t('case-deadline')}</th><th>${t('case-owner')}</th><td></td></tr></thead><tbody>${repeat(rows, (c) => c.id, row)}</tbody></table>`;

const view = () => html`<div class="page-scroll"><div class="chips">${repeat(STATES, (s) => s, (s) => html`<button type="button" class="pill-button ${chosen() === s ? 'on' : ''}" aria-pressed=${String(chosen() === s)} data-testid="filter-${s}"
    @click=${() => go(s === 'open' ? '/cases' : `/cases?state=${s}`)}>${words.caseState(s) || t('filter-all')}</button>`)}</div>
  ${pagesView(pages, table, t('case-none'))}</div>`;

/** @param {HTMLElement} el @param {string} path */
export const openCases = (el, path) => {
  const id = path.split('/')[2];
  if (id) return openCase(el, id);
  const stops = [effect(() => { route.value.query; cases.value; untracked(pages.load); }), mount(el, view)];
  return () => stops.forEach((stop) => stop());
};
