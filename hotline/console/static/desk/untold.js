// Danger was recorded and nobody was told: either it is raised now, or a reason stays in the record.
import { html, signal } from '../vendor/ui.js';
import { t } from '../core/i18n.js';
import { closeDialog, openDialog } from '../parts/dialog.js';
import { icon } from '../parts/icon.js';
import { escalateDialog } from './escalate.js';

const reason = signal('');

/** Does this refusal ask for an escalation or a reason, and for nothing else? @param {any} error */
export const isUntold = (error) => error?.status === 400 && error.code === 'danger-without-escalation';

/** @param {string} id @param {(reason: string) => void} again what was refused, with the reason */
export const untoldDialog = (id, again) => {
  reason.value = '';
  const go = (/** @type {Event} */ event) => {
    event.preventDefault();
    closeDialog();
    again(reason.peek().trim());
  };
  openDialog({
    title: () => t('untold-title'),
    testid: 'untold-dialog',
    body: () => html`<form @submit=${go}>
      <p>${t('untold-text')}</p>
      <button type="button" class="danger big wide" data-testid="untold-escalate" @click=${() => { closeDialog(); escalateDialog(id); }}>${icon('siren')} ${t('case-escalate')}</button>
      <label class="field untold"><span class="label">${t('untold-reason')}</span><textarea rows="3" maxlength="500" data-testid="untold-reason" .value=${reason.value}
        @input=${(/** @type {InputEvent} */ e) => { reason.value = /** @type {HTMLTextAreaElement} */ (e.target).value; }}></textarea></label>
      <footer class="dialog-foot"><button type="button" class="ghost" @click=${closeDialog}>${t('action-cancel')}</button>
        <button type="submit" class="primary" data-testid="untold-go" ?disabled=${!reason.value.trim()}>${t('untold-go')}</button></footer></form>`,
  });
};
