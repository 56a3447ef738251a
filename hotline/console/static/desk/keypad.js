// The keys of a telephone, for menus of others: by mouse, by keyboard, and what was sent is shown.
import { html, repeat, signal } from '../vendor/ui.js';
import { t } from '../core/i18n.js';
import { sendDigits } from '../core/phone/driver.js';
import { openDialog } from '../parts/dialog.js';

const KEYS = [...'123456789*0#'];
const sent = signal('');
/** @param {string} key */
const send = (key) => {
  sent.value = (sent.peek() + key).slice(-24);
  sendDigits(key);
};
/** @type {Record<string, string>} */
const SIGNS = { NumpadMultiply: '*', 'Shift+Digit8': '*', 'Shift+Digit3': '#' };
/** By place, so that any layout has them. @param {Pick<KeyboardEvent, 'code'|'shiftKey'>} event */
const keyOf = (event) => SIGNS[event.shiftKey ? `Shift+${event.code}` : event.code] ?? (event.shiftKey ? undefined : /^(?:Digit|Numpad)(\d)$/.exec(event.code)?.[1]);
/** @param {KeyboardEvent} event */
const onKey = (event) => {
  const key = event.ctrlKey || event.altKey || event.metaKey ? undefined : keyOf(event);
  if (!key) return;
  event.preventDefault();
  send(key);
};

export const keypadDialog = () => {
  sent.value = '';
  openDialog({
    title: () => t('call-keys'),
    testid: 'keypad-dialog',
    body: () => html`<div class="keypad" @keydown=${onKey}>
      <output class="keypad-sent" data-testid="keypad-sent" aria-live="polite">${sent.value || t('keypad-hint')}</output>
      ${repeat(KEYS, (k) => k, (k) => html`<button type="button" class="ghost" data-testid="key-${k}" @click=${() => send(k)}>${k}</button>`)}</div>`,
  });
};
