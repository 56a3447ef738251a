// The list of keys; each can be switched off.
import { html, repeat, signal } from '../vendor/ui.js';
import { t } from '../core/i18n.js';
import { BINDINGS, keyName, storeOff, switchedOff } from '../core/keys.js';
import { openDialog } from '../parts/dialog.js';

const NAMES = /** @type {Record<string, () => string>} */ ({
  answer: () => t('key-answer'), mute: () => t('key-mute'), hold: () => t('key-hold'), next: () => t('key-next'), previous: () => t('key-previous'),
  finish: () => t('key-finish'), palette: () => t('key-palette'), help: () => t('key-help'),
});
const off = signal(new Set(/** @type {string[]} */ ([])));
/** @param {string} action */
const flip = (action) => {
  const next = new Set(off.peek());
  if (!next.delete(action)) next.add(action);
  off.value = next;
  storeOff(next);
};

export const keysDialog = () => {
  off.value = switchedOff();
  openDialog({
    title: () => t('keys-title'),
    testid: 'keys-dialog',
    body: () => html`<table class="keys"><tbody>${repeat(BINDINGS, (b) => b.action, (b) => html`<tr>
        <td><kbd>${keyName(b)}</kbd></td><td>${NAMES[b.action]?.()}</td>
        <td><label><input type="checkbox" .checked=${!off.value.has(b.action)} @change=${() => flip(b.action)}> ${t('keys-on')}</label></td></tr>`)}
        <tr><td><kbd>Ctrl+Enter</kbd></td><td>${t('key-send')}</td><td></td></tr></tbody></table>
      <p class="hint">${t('keys-no-hang-up')}</p>`,
  });
};
