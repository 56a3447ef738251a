// Saving and finishing a record: one line says exactly where it stands.
import { html } from '../vendor/ui.js';
import { complain, records, toast } from '../core/app.js';
import { post } from '../core/api.js';
import { gaps } from '../core/form.js';
import * as fmt from '../core/fmt.js';
import { t } from '../core/i18n.js';
import { clashes } from '../core/records.js';
import { form, lent, mine, putCard } from '../core/store.js';
import { icon } from '../parts/icon.js';
import { askFirst } from '../parts/dialog.js';
import { isUntold, untoldDialog } from './untold.js';

/** What does not mend itself. @type {Record<string, () => string>} */
const HINDERED = { clash: () => t('save-clash'), refused: () => t('save-refused'), shut: () => t('save-shut') };
/** @param {import('../core/records.js').RecordState} s */
export const saving = (s) => {
  const said = HINDERED[s.save] ? html`${icon('triangle-alert', 'warn')} ${HINDERED[s.save]()}` : /** @type {Record<string, () => unknown>} */ ({
    saved: () => html`${icon('circle-check', 'ok')} ${s.savedAt ? t('save-saved', { time: fmt.timeExact(s.savedAt) }) : t('save-new')}`,
    pending: () => html`${icon('pencil')} ${t('save-saving')}`,
    saving: () => html`${icon('refresh-cw')} ${t('save-saving')}`,
    retry: () => html`${icon('triangle-alert', 'warn')} ${t('save-retry', { n: s.tries })}`,
  })[s.save]();
  return html`<p class="save-state" role="status" data-testid="record-state" data-state=${s.save}>${said}</p>`;
};

const focusFirst = () => requestAnimationFrame(() => {
  const box = document.querySelector('.clash, .field.bad');
  const control = /** @type {HTMLElement | null} */ (box?.querySelector('input, select, textarea, button') ?? null);
  box?.scrollIntoView({ block: 'center' });
  control?.focus();
});

/** @param {string} id @param {Record<string, string>} errors */
const refuse = (id, errors) => {
  records.setErrors(id, errors);
  focusFirst();
};

/** Says why a record is not finished, and goes to what must be chosen or corrected. @param {string} save */
const stopped = (save) => {
  toast(HINDERED[save]?.() ?? t('finish-unsaved'), true);
  focusFirst();
};

/** @param {string} id @param {() => void} [finished] @param {string} [reason] why nobody was told of a danger */
const send = async (id, finished, reason) => {
  try {
    if (!records.value(records.of(id).peek(), 'kind')) records.edit(id, 'kind', 'consultation');
    if (!await records.drain(id)) {
      stopped(records.of(id).peek().save);
      return;
    }
    const { contact } = await post(`/api/contacts/${id}/finish`, reason ? { no_escalation_reason: reason } : {});
    records.forget(id);
    putCard(contact.finished && contact.state !== 'talking' ? { ...contact, state: 'closed' } : contact);
    finished?.();
  } catch (/** @type {any} */ error) {
    if (isUntold(error)) untoldDialog(id, (why) => { send(id, finished, why); });
    else if (error.status === 400 && error.body?.fields) refuse(id, error.body.fields);
    else complain(error);
  }
};

/** Asks for what is missing, saves, ends. @param {string} id @param {() => void} [finished] */
export const finishRecord = (id, finished) => {
  const card = mine.peek().get(id);
  if (!form.peek() || lent(card)) return;
  const state = records.of(id).peek();
  if (state.phase !== 'ready') return;
  const missing = gaps(/** @type {import('../core/types').Form} */ (form.peek()), records.values(state));
  if (missing.length) {
    refuse(id, Object.fromEntries(missing.map((f) => [f.id, 'required'])));
    return;
  }
  if (Object.keys(clashes(state)).length) {
    stopped('clash');
    return;
  }
  if (card?.state === 'talking' && card.call?.state !== 'ended') {
    askFirst({ title: () => t('finish-open-title'), text: () => (card.kind === 'call' ? t('finish-open-call') : t('finish-open-chat')), verb: () => t('record-finish'), testid: 'finish-question', act: () => send(id, finished) });
    return;
  }
  send(id, finished);
};
