// Work that failed too often and waits for a decision.
import { effect, html, nothing, repeat, untracked } from '../vendor/ui.js';
import { attempt, toast } from '../core/app.js';
import { post } from '../core/api.js';
import { t } from '../core/i18n.js';
import * as fmt from '../core/fmt.js';
import { mount } from '../core/mount.js';
import { deadChanges, may } from '../core/store.js';
import { askFirst } from '../parts/dialog.js';
import { icon } from '../parts/icon.js';
import * as words from './audit-words.js';
import { makePages, pagesView } from './table.js';

const pages = makePages(() => '/api/dead-letters', (answer) => answer.jobs);
/** @param {any} job @param {'retry'|'discard'} what */
const decide = (job, what) => attempt(async () => {
  const { again } = await post(`/api/dead-letters/${job.id}/${what}`);
  if (again === false) toast(t('job-under-way'));
  pages.load();
});
/** @param {any} job */
const discard = (job) => askFirst({ title: () => t('job-discard'), text: () => t('job-discard-text'), verb: () => t('job-discard'), testid: 'discard-question', bad: true, act: () => { decide(job, 'discard'); } });
/** @param {any} job */
const row = (job) => html`<tr data-testid="job-row" data-id=${job.id}><td class="when">${fmt.moment(job.at)}</td><td>${words.job(job.kind)}<br><code class="soft">${job.kind}</code></td><td><code>${job.error || '–'}</code></td><td class="num">${job.attempts}</td>
  <td class="acts">${may('job:dead:manage') ? html`<button type="button" class="ghost" data-testid="job-retry" @click=${() => decide(job, 'retry')}>${icon('refresh-cw')} ${t('action-try-again')}</button>
    <button type="button" class="ghost" data-testid="job-discard" @click=${() => discard(job)}>${icon('trash-2')} ${t('job-discard')}</button>` : nothing}</td></tr>`;
/** @param {any[]} rows */
const table = (rows) => html`<table class="grid"><thead><tr><th>${t('log-time')}</th><th>${t('job-kind')}</th><th>${t('job-error')}</th><th class="num">${t('job-attempts')}</th><td></td></tr></thead><tbody>${repeat(rows, (j) => j.id, row)}</tbody></table>`;

/** @param {HTMLElement} el */
export const openJobs = (el) => {
  const stops = [effect(() => { deadChanges.value; untracked(pages.load); }), mount(el, () => html`<div class="page-scroll">${pages.state.value.rows.length ? html`<p class="soft lead">${t('job-text')}</p>` : nothing}${pagesView(pages, table, t('job-none'))}</div>`)];
  return () => stops.forEach((stop) => stop());
};
