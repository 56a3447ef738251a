// A button that opens a short list of choices below itself.
import { html, nothing, repeat, signal } from '../vendor/ui.js';
import { icon } from './icon.js';

const openMenu = signal('');
addEventListener('click', (event) => {
  const inside = /** @type {Element} */ (event.target).closest?.('.menu');
  if (openMenu.peek() && inside?.id !== `menu-${openMenu.peek()}`) openMenu.value = '';
});
/** Closes the open menu; the keyboard goes back to its button. */
const leave = () => {
  /** @type {HTMLElement | null} */ (document.querySelector(`#menu-${openMenu.peek()} > button`))?.focus();
  openMenu.value = '';
};
addEventListener('keydown', (event) => { if (event.code === 'Escape' && openMenu.peek()) leave(); });

/** @param {KeyboardEvent} event */
const arrows = (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.code];
  if (!step) return;
  event.preventDefault();
  const box = /** @type {Element} */ (event.currentTarget);
  const buttons = /** @type {HTMLElement[]} */ ([...box.querySelectorAll('button:not([disabled])')]);
  const at = buttons.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  buttons[(at + step + buttons.length) % buttons.length]?.focus();
};

/** @param {{id: string, text: unknown, testid: string, kind?: string, disabled?: boolean, items: {key: string, text: string, act: () => void, testid?: string, mark?: boolean}[]}} p */
export const menu = (p) => {
  const isOpen = openMenu.value === p.id;
  const pick = (/** @type {() => void} */ act) => () => { leave(); act(); };
  return html`<div class="menu" id="menu-${p.id}" @keydown=${arrows}>
    <button type="button" class=${p.kind ?? 'ghost'} data-testid=${p.testid} aria-expanded=${String(isOpen)} aria-haspopup="true" ?disabled=${p.disabled}
      @click=${() => { openMenu.value = isOpen ? '' : p.id; }}>${p.text} ${icon('chevron-down')}</button>
    ${isOpen ? html`<div class="menu-list">${repeat(p.items, (i) => i.key, (i) => html`<button type="button" data-testid=${i.testid ?? nothing} @click=${pick(i.act)}>
      ${i.text}${i.mark ? icon('check') : nothing}</button>`)}</div>` : nothing}
  </div>`;
};
