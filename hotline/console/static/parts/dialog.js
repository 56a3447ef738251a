// Dialogs: the native element, one at a time, focus comes back by itself when it closes.
import { html, nothing, ref, signal } from '../vendor/ui.js';
import { t } from '../core/i18n.js';
import { icon } from './icon.js';

/** @typedef {{title: () => string, body: () => unknown, testid: string, onClose?: () => void}} Dialog */
export const dialog = signal(/** @type {Dialog | null} */ (null));

/** @param {Dialog} next */
export const openDialog = (next) => { dialog.value = next; };
export const closeDialog = () => {
  const old = dialog.peek();
  dialog.value = null;
  old?.onClose?.();
};

/** @param {Element | undefined} el */
const show = (el) => {
  const box = /** @type {HTMLDialogElement | undefined} */ (el);
  // The element is put into the page only after this call.
  queueMicrotask(() => { if (box?.isConnected && !box.open) box.showModal(); });
};

/** The way out stands last, although it is shown first: the focus goes to the first control. */
export const dialogView = () => {
  const d = dialog.value;
  if (!d) return nothing;
  return html`<dialog class="dialog" data-testid=${d.testid} aria-labelledby="dialog-title" ${ref(show)} @close=${closeDialog}>
    <h2 id="dialog-title">${d.title()}</h2>
    ${d.body()}
    <button type="button" class="plain dialog-x" aria-label=${t('action-close-window')} @click=${closeDialog}>${icon('x')}</button>
  </dialog>`;
};

/** A question with one verb. @param {{title: () => string, text: () => string, verb: () => string, act: () => void, testid: string, bad?: boolean}} q */
export const askFirst = (q) => openDialog({
  title: q.title,
  testid: q.testid,
  body: () => html`<p>${q.text()}</p>
    <footer class="dialog-foot">
      <button type="button" class="ghost" @click=${closeDialog}>${t('action-cancel')}</button>
      <button type="button" class=${q.bad ? 'danger' : 'primary'} data-testid="dialog-go" ?autofocus=${!q.bad} @click=${() => { closeDialog(); q.act(); }}>${q.verb()}</button>
    </footer>`,
});
