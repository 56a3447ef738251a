// What kind of contact it was: all that is not a consultation closes with two clicks and no other question.
import { html, nothing, repeat, signal } from '../vendor/ui.js';
import { complain, records } from '../core/app.js';
import { post } from '../core/api.js';
import { empty, shown } from '../core/form.js';
import { label, t } from '../core/i18n.js';
import { leaveCall, carried } from '../core/phone/driver.js';
import { putCard } from '../core/store.js';
import { icon } from '../parts/icon.js';
import { isUntold, untoldDialog } from './untold.js';

/** The kind that waits for its second click, by contact. */
const chosen = signal({ contact: '', kind: '' });
const busy = signal(false);

/** @param {string} id @param {string} kind @param {(() => void) | undefined} finished @param {string} [reason] why nobody was told of a danger */
const close = async (id, kind, finished, reason) => {
  busy.value = true;
  try {
    const { contact } = await post(`/api/contacts/${id}/non-data`, reason ? { kind, no_escalation_reason: reason } : { kind });
    if (carried.peek() === id) leaveCall();
    records.forget(id);
    putCard(contact.finished ? { ...contact, state: 'closed' } : contact);
    chosen.value = { contact: '', kind: '' };
    finished?.();
  } catch (error) {
    if (isUntold(error)) untoldDialog(id, (why) => { close(id, kind, finished, why); });
    else complain(error);
  }
  busy.value = false;
};

/** Whether somebody wrote words that the record of no consultation does not keep. @param {import('../core/types').Form} form @param {(id: string) => any} values @param {string} kind */
const drops = (form, values, kind) => form.fields.some((one) => ['text', 'longtext'].includes(one.type) && !empty(values(one.id))
  && !shown(one, (id) => (id === 'kind' ? kind : values(id))));

/** @param {string} id @param {import('../core/types').Form} form @param {(id: string) => any} values of the record @param {() => void} [finished] */
export const nonData = (id, form, values, finished) => {
  const kind = values('kind');
  const wanted = chosen.value.contact === id ? chosen.value.kind : '';
  const open = form.kinds.find((k) => k.key === wanted);
  return html`<fieldset class="section kinds"><legend>${t('section-kind')}</legend>
    <div class="radios">${repeat(form.kinds, (k) => k.key, (k) => {
      const on = wanted ? wanted === k.key : (kind ?? 'consultation') === k.key;
      return html`<button type="button" class="pill-button ${on ? 'on' : ''}" aria-pressed=${String(on)} data-testid="kind-${k.key}"
        @click=${() => (k.non_data ? (chosen.value = { contact: id, kind: k.key }) : pick(id, k.key))}>${label(k.labels)}</button>`;
    })}</div>
    ${open ? html`<div class="close-as"><p>${t('non-data-text')}</p>
      ${drops(form, values, open.key) ? html`<p class="bad-text" role="alert" data-testid="close-drops">${icon('triangle-alert')} ${t('non-data-drops')}</p>` : nothing}
      <button type="button" class="primary" data-testid="close-as" ?disabled=${busy.value} @click=${() => close(id, open.key, finished)}>${icon('check')} ${t('non-data-close', { kind: label(open.labels) })}</button>
      <button type="button" class="ghost" @click=${() => { chosen.value = { contact: '', kind: '' }; }}>${t('action-cancel')}</button></div>` : nothing}
  </fieldset>`;
};
/** @param {string} id @param {string} kind */
const pick = (id, kind) => {
  chosen.value = { contact: '', kind: '' };
  records.edit(id, 'kind', kind);
};
