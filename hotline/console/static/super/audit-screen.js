// Who saw or changed what; read-only, and whether the chain of rows is unbroken.
import { html, nothing, repeat } from '../vendor/ui.js';
import { t } from '../core/i18n.js';
import * as fmt from '../core/fmt.js';
import { mount } from '../core/mount.js';
import { icon } from '../parts/icon.js';
import * as words from './audit-words.js';
import { makePages, pagesView } from './table.js';

const pages = makePages((cursor) => `/api/audit${cursor ? `?cursor=${encodeURIComponent(cursor)}` : ''}`, (answer) => answer.rows);
/** Ids are long and mostly of no use to the eye: their beginning tells rows apart, all of it stands in the tip. @param {string | null} what */
const object = (what) => {
  const { name, id } = words.object(what);
  return html`${name}${id ? html` <code title=${id}>${id.slice(0, 8)}</code>` : nothing}`;
};
/** @param {any} r */
const row = (r) => html`<tr data-testid="audit-row"><td class="when">${fmt.exact(r.at)}</td><td>${r.actor ?? (r.tag.startsWith('system:') ? t('audit-system') : '–')}</td>
  <td>${words.tag(r.tag)}<br><code class="soft">${r.tag}</code></td><td>${object(r.object)}</td>
  <td><span class="tag ${r.outcome === 'ok' ? '' : 'bad'}">${words.outcome(r.outcome)}</span></td></tr>`;
/** @param {any[]} rows */
const table = (rows) => html`<table class="grid"><thead><tr><th>${t('log-time')}</th><th>${t('audit-actor')}</th><th>${t('audit-tag')}</th><th>${t('audit-object')}</th><th>${t('log-result')}</th></tr></thead><tbody>${repeat(rows, (r) => r.id, row)}</tbody></table>`;
const chain = () => {
  const c = pages.state.value.extra?.chain;
  if (!c) return nothing;
  return c.ok ? html`<p class="tag ok" data-testid="chain" data-ok="true">${icon('shield-check')} ${t('audit-chain-ok', { n: fmt.number(c.checked ?? 0) })}</p>`
    : html`<p class="tag bad" role="alert" data-testid="chain" data-ok="false">${icon('shield-alert')} ${t('audit-chain-broken')}</p>`;
};

/** @param {HTMLElement} el */
export const openAudit = (el) => {
  pages.load();
  return mount(el, () => html`<div class="page-scroll"><div class="chips">${chain()}</div>${pagesView(pages, table, t('audit-none'))}</div>`);
};
