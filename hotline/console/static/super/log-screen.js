// The contact log: filters live in the address, so the back button and a shared link show the same list.
import { effect, html, nothing, repeat, signal, untracked } from '../vendor/ui.js';
import { label, LANGS, t } from '../core/i18n.js';
import * as fmt from '../core/fmt.js';
import { mount } from '../core/mount.js';
import { go, route } from '../core/router.js';
import { form, logChanges } from '../core/store.js';
import { channelIcon, icon } from '../parts/icon.js';
import * as words from '../parts/words.js';
import { openContact } from './contact-page.js';
import { makePages, pagesView } from './table.js';
import { watchable, watchButtons } from './watch-buttons.js';

/** @typedef {import('../core/types').LogRow} LogRow */
const NAMES = ['from', 'to', 'channel', 'language', 'topic', 'operator', 'risk', 'state'];
const seen = signal(0);

const filters = () => new URLSearchParams(route.value.query);
/** @param {Record<string, string>} change */
const set = (change) => {
  const next = filters();
  for (const [name, value] of Object.entries(change)) value ? next.set(name, value) : next.delete(name);
  go(`/log${next.size || [...next].length ? `?${next}` : ''}`);
};
/** The server takes moments; the address keeps Bishkek days. @param {string | null} cursor */
const address = (cursor) => {
  const ask = new URLSearchParams();
  for (const [name, value] of filters()) {
    if (!NAMES.includes(name)) continue;
    if (name === 'from') ask.set(name, fmt.dayStart(value));
    else if (name === 'to') ask.set(name, new Date(Date.parse(fmt.dayStart(value)) + 864e5).toISOString());
    else ask.set(name, value);
  }
  if (cursor) ask.set('cursor', cursor);
  return `/api/log?${ask}`;
};
const pages = makePages(address, (answer) => answer.rows);
/** What the list shows and how far it was scrolled, so that coming back from a contact finds it as it was left. */
const place = { query: /** @type {string | null} */ (null), top: 0 };
const reload = () => {
  seen.value = logChanges.peek();
  place.query = route.peek().query;
  place.top = 0;
  pages.load();
};

/** @param {string} name @param {string} text @param {{key: string, text: string}[]} options */
const choose = (name, text, options) => html`<label>${text}<select data-testid="filter-${name}" .value=${filters().get(name) ?? ''} @change=${(/** @type {Event} */ e) => set({ [name]: /** @type {HTMLSelectElement} */ (e.target).value })}>
  <option value="">${t('filter-all')}</option>${repeat(options, (o) => o.key, (o) => html`<option value=${o.key} ?selected=${filters().get(name) === o.key}>${o.text}</option>`)}</select></label>`;
/** @param {string} name @param {string} text */
const dayField = (name, text) => html`<label>${text}<input type="date" data-testid="filter-${name}" .value=${filters().get(name) ?? ''} @change=${(/** @type {Event} */ e) => set({ [name]: /** @type {HTMLInputElement} */ (e.target).value })}></label>`;

/** Quick choices of time. */
const chips = () => {
  const today = fmt.isoDay();
  const list = [
    { key: 'today', text: t('fmt-today'), from: today, to: today }, { key: 'yesterday', text: t('fmt-yesterday'), from: fmt.isoDay(1), to: fmt.isoDay(1) },
    { key: 'week', text: t('filter-week'), from: fmt.isoDay(6), to: today }, { key: 'month', text: t('filter-month'), from: fmt.isoDay(29), to: today },
  ];
  const f = filters();
  return html`<div class="chips">${repeat(list, (c) => c.key, (c) => {
    const on = f.get('from') === c.from && f.get('to') === c.to;
    return html`<button type="button" class="pill-button ${on ? 'on' : ''}" aria-pressed=${String(on)} data-testid="filter-${c.key}" @click=${() => set(on ? { from: '', to: '' } : { from: c.from, to: c.to })}>${c.text}</button>`;
  })}
  <button type="button" class="pill-button ${f.get('risk') === 'danger' ? 'on' : ''}" aria-pressed=${String(f.get('risk') === 'danger')} data-testid="filter-danger" @click=${() => set({ risk: f.get('risk') === 'danger' ? '' : 'danger' })}>${icon('triangle-alert')} ${t('risk-filter-danger')}</button>
  ${[...f].length ? html`<button type="button" class="plain" data-testid="filter-clear" @click=${() => go('/log')}>${icon('x')} ${t('filter-clear')}</button>` : nothing}</div>`;
};

const filterBar = () => {
  const operators = pages.state.value.extra?.operators ?? [];
  const topics = form.value?.lists.topics ?? [];
  return html`${chips()}<div class="filters" role="search" aria-label=${t('filter-name')}>
    ${dayField('from', t('filter-from'))}${dayField('to', t('filter-to'))}
    ${choose('channel', t('log-channel'), words.channels().map((key) => ({ key, text: words.channel(key) })))}
    ${choose('language', t('log-language'), LANGS.map((key) => ({ key, text: words.language(key) })))}
    ${choose('topic', t('log-topic'), topics.map((x) => ({ key: x.key, text: label(x.labels) })))}
    ${choose('operator', t('log-operator'), operators.map((/** @type {any} */ o) => ({ key: o.id, text: o.name })))}
    ${choose('risk', t('log-risk'), ['danger', 'screened', 'escalated', 'none'].map((key) => ({ key, text: words.riskFilter(key) })))}
    ${choose('state', t('log-state'), ['intake', 'waiting', 'reserved', 'talking', 'wrap_up', 'closed'].map((key) => ({ key, text: words.cardState(key) })))}
  </div>`;
};

/** @param {LogRow} r */
const riskCell = (r) => html`${r.danger && r.risk !== 'immediate' ? html`<span class="tag bad">${icon('triangle-alert')} ${t('danger-flag')}</span> ` : nothing}
  ${r.risk && r.risk !== 'none' ? html`<span class="tag ${r.risk === 'raised' ? 'warn' : 'bad'}">${words.riskLevel(r.risk)}</span> ` : nothing}
  ${r.case ? html`<a href="/cases/${r.case.id}" data-link>${r.case.code}</a>` : nothing}`;
/** @param {LogRow} r @param {number} i */
const row = (r, i) => html`<tr data-testid="log-row" data-id=${r.id} aria-rowindex=${String(i + 2)}>
  <td class="when"><a href="/log/${r.id}" data-link>${fmt.moment(r.opened_at)}</a></td>
  <td class="when">${channelIcon(r.channel)} ${words.channel(r.channel)}</td><td class="when">${r.masked}</td><td>${words.language(r.language) || '–'}</td>
  <td>${words.topic(r.topic) || '–'}</td><td>${r.operator ?? '–'}</td><td class="num">${fmt.length(r.wait_s)}</td><td class="num">${fmt.length(r.length_s)}</td>
  <td>${r.state === 'closed' ? (r.outcome === 'unfinished' ? '' : words.kind(r.kind)) || words.outcome(r.outcome) || words.cardState(r.state) : html`<span class="tag">${words.cardState(r.state)}</span>${watchable(r) ? watchButtons(r.id) : nothing}`}</td><td>${riskCell(r)}</td></tr>`;
/** @param {LogRow[]} rows */
const table = (rows) => html`<table class="grid" aria-rowcount=${pages.state.value.next ? '-1' : String(rows.length + 1)}><thead><tr><th>${t('log-time')}</th><th>${t('log-channel')}</th><th>${t('log-person')}</th><th>${t('log-language')}</th>
  <th>${t('log-topic')}</th><th>${t('log-operator')}</th><th class="num">${t('log-wait')}</th><th class="num">${t('log-length')}</th><th>${t('log-result')}</th><th>${t('log-risk')}</th></tr></thead>
  <tbody>${repeat(rows, (r) => r.id, row)}</tbody></table>`;

const listView = () => {
  const fresh = logChanges.value - seen.value;
  return html`<div class="page-scroll">${filterBar()}
    ${fresh > 0 ? html`<button type="button" class="ghost wide" data-testid="log-new" @click=${reload}>${icon('refresh-cw')} ${t('log-new', { n: fresh })}</button>` : nothing}
    ${pagesView(pages, table, t('log-empty'))}</div>`;
};

/** @param {HTMLElement} el @param {string} path */
export const openLog = (el, path) => {
  const id = path.split('/')[2];
  if (id) return openContact(el, id, `/log${place.query ?? ''}`);
  if (!place.top && logChanges.peek() > seen.peek()) place.query = null; // at the top nothing is lost by looking anew
  const stops = [
    effect(() => {
      const { path: at, query } = route.value;
      if (at === '/log' && (query !== place.query || pages.state.peek().phase === 'error')) untracked(reload);
    }),
    mount(el, listView),
  ];
  el.scrollTop = place.top;
  return () => {
    place.top = el.scrollTop;
    stops.forEach((stop) => stop());
  };
};
