// Search-and-choose: a text field with a list under it, by keyboard or mouse, folded search in four languages.
import { html, live, nothing, repeat, signal } from '../vendor/ui.js';
import { label, t } from '../core/i18n.js';
import { matches } from '../core/fold.js';
import { find } from '../core/form.js';
import { icon } from './icon.js';

/** @typedef {import('../core/types').Listed} Listed */
/** @typedef {{id: string, query: string | null, at: number}} Open */
/** The one open list of the page. */
const open = signal(/** @type {Open} */ ({ id: '', query: null, at: 0 }));
const close = () => { open.value = { id: '', query: null, at: 0 }; };

/** Flat rows, the group's own row first. @param {Listed[]} list @param {string} query @returns {{key: string, text: string, group: boolean, child: boolean}[]} */
export const rows = (list, query) => list.flatMap((item) => {
  const kids = (item.children ?? []).map((c) => ({ key: c.key, text: label(c.labels), group: false, child: true }));
  const own = { key: item.key, text: label(item.labels), group: kids.length > 0, child: false };
  if (!query) return [own, ...kids];
  if (matches(own.text, query)) return [own, ...kids];
  const hits = kids.filter((k) => matches(`${own.text} ${k.text}`, query));
  return hits.length ? [own, ...hits] : [];
});

/** @param {KeyboardEvent} event @param {ReturnType<typeof rows>} shown @param {(key: string) => void} choose */
const onKey = (event, shown, choose) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.code];
  if (step) {
    event.preventDefault();
    const at = Math.max(0, Math.min(shown.length - 1, open.peek().at + step));
    open.value = { ...open.peek(), at };
    document.getElementById(`${open.peek().id}-${at}`)?.scrollIntoView({ block: 'nearest' });
  } else if (event.code === 'Enter' && shown[open.peek().at]) {
    event.preventDefault();
    choose(shown[open.peek().at].key);
  } else if (event.code === 'Escape') {
    event.stopPropagation();
    close();
  }
};

/** @param {HTMLElement} input wherever the focus went, a click into the list must still count */
const onBlur = (input) => setTimeout(() => {
  if (document.activeElement !== input && open.peek().id === input.id) close();
}, 150);

/** @param {{id: string, list: Listed[], value: string | null, onChange: (key: string | null) => void, testid: string, disabled?: boolean, invalid?: boolean, labelledby: string}} p */
export const combo = (p) => {
  const isOpen = open.value.id === p.id;
  const chosen = find(p.list, p.value);
  const query = isOpen ? open.value.query : null;
  const shown = isOpen ? rows(p.list, query ?? '').slice(0, 200) : [];
  const choose = (/** @type {string} */ key) => { close(); p.onChange(key); };
  const show = () => { if (!isOpen && !p.disabled) open.value = { id: p.id, query: null, at: 0 }; };
  return html`<div class="combo">
    <input id=${p.id} type="text" role="combobox" autocomplete="off" data-testid=${p.testid} aria-labelledby=${p.labelledby}
      aria-expanded=${String(isOpen)} aria-controls="${p.id}-list" aria-autocomplete="list" aria-invalid=${String(Boolean(p.invalid))}
      aria-activedescendant=${isOpen && shown.length ? `${p.id}-${open.value.at}` : nothing}
      .value=${live(query ?? label(chosen?.labels))} ?disabled=${p.disabled} placeholder=${t('combo-hint')}
      @focus=${show} @click=${show} @blur=${(/** @type {FocusEvent} */ e) => onBlur(/** @type {HTMLElement} */ (e.target))}
      @input=${(/** @type {InputEvent} */ e) => { open.value = { id: p.id, query: /** @type {HTMLInputElement} */ (e.target).value, at: 0 }; }}
      @keydown=${(/** @type {KeyboardEvent} */ e) => onKey(e, shown, choose)}>
    ${p.value && !p.disabled ? html`<button type="button" class="plain combo-x" aria-label=${t('action-clear')} @click=${() => p.onChange(null)}>${icon('x')}</button>` : html`<span class="combo-x">${icon('chevron-down')}</span>`}
    ${isOpen ? html`<ul class="combo-list" role="listbox" id="${p.id}-list">
      ${repeat(shown, (r) => r.key, (r, i) => html`<li role="option" id="${p.id}-${i}" data-key=${r.key} aria-selected=${String(i === open.value.at)}
        class="${r.group ? 'group' : ''} ${r.child ? 'child' : ''}" @mousedown=${(/** @type {MouseEvent} */ e) => { e.preventDefault(); choose(r.key); }}>${r.text}</li>`)}
      ${shown.length ? nothing : html`<li class="hint">${t('combo-none')}</li>`}
    </ul>` : nothing}
  </div>`;
};
