// A list that is read page by page: rows, "older", the states in words, and "4 new" instead of moving rows.
import { batch, html, nothing, signal } from '../vendor/ui.js';
import { get } from '../core/api.js';
import { t } from '../core/i18n.js';
import { empty, loading, trouble } from '../parts/states.js';

/** @typedef {{rows: any[], next: string | null, phase: 'loading'|'ready'|'error', error: any, more: boolean, extra: any}} Page */

/** @param {(cursor: string | null) => string} address of a page @param {(answer: any) => any[]} rowsOf */
export const makePages = (address, rowsOf) => {
  const state = signal(/** @type {Page} */ ({ rows: [], next: null, phase: 'loading', error: null, more: false, extra: null }));
  let turn = 0;
  /** @param {string | null} cursor */
  const read = async (cursor) => {
    const mine = (turn += 1);
    state.value = { ...state.peek(), error: null, more: Boolean(cursor), phase: cursor ? 'ready' : 'loading' };
    try {
      const answer = await get(address(cursor));
      if (mine !== turn) return;
      const rows = cursor ? [...state.peek().rows, ...rowsOf(answer)] : rowsOf(answer);
      batch(() => { state.value = { rows, next: answer.next ?? null, phase: 'ready', error: null, more: false, extra: answer }; });
    } catch (error) {
      if (mine === turn) state.value = { ...state.peek(), phase: 'error', error, more: false };
    }
  };
  return { state, load: () => read(null), older: () => read(state.peek().next) };
};

/** @param {ReturnType<typeof makePages>} pages @param {(rows: any[]) => unknown} table @param {string} none */
export const pagesView = (pages, table, none) => {
  const s = pages.state.value;
  if (s.phase === 'error') return trouble(s.error, pages.load);
  if (s.phase === 'loading' && !s.rows.length) return loading();
  if (!s.rows.length) return empty(none);
  return html`<div class="table-box" aria-busy=${String(s.phase === 'loading')}>${table(s.rows)}</div>
    ${s.next ? html`<div class="more"><button type="button" class="ghost" data-testid="older" ?disabled=${s.more} @click=${pages.older}>${t('log-older')}</button></div>` : nothing}`;
};
