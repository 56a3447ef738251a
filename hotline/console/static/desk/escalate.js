// Escalation from the desk: button, (kind,) send. What was recorded is already with it.
import { html, repeat, signal } from '../vendor/ui.js';
import { attempt, records, toast } from '../core/app.js';
import { post } from '../core/api.js';
import { find, risk } from '../core/form.js';
import { label, t } from '../core/i18n.js';
import { form, mine, may, putCase } from '../core/store.js';
import { closeDialog, openDialog } from '../parts/dialog.js';
import { icon } from '../parts/icon.js';
import * as words from '../parts/words.js';
import { reloadDetail } from './history.js';

const KINDS = ['danger', 'trafficking', 'child', 'other'];
const LEVELS = ['urgent', 'high', 'normal'];
const draft = signal({ kind: 'danger', level: 'urgent', reason: '' });
const busy = signal(false);

/** What fits best, and the ticked signs as the reason, so that mostly nothing has to be chosen or typed. @param {string} id */
const guess = (id) => {
  const values = records.values(records.of(id).peek());
  const danger = Boolean(mine.peek().get(id)?.danger);
  const f = form.peek();
  if (!f) return { kind: danger ? 'danger' : 'other', level: danger ? 'urgent' : 'high', reason: '' };
  const r = risk(f, values, danger);
  const now = danger || r.level === 'immediate';
  const flags = find(f.lists.topics ?? [], values('topic'))?.flags ?? [];
  const child = flags.includes('minor') || r.signs.some((s) => s.key === 'child');
  const kind = now ? 'danger' : child ? 'child' : r.signs.length ? 'trafficking' : 'other';
  return { kind, level: now ? 'urgent' : 'high', reason: r.signs.map((s) => label(s.labels)).join('; ') };
};

/** @param {string} id */
const send = async (id) => {
  busy.value = true;
  await attempt(async () => {
    await records.flush(id);
    const card = await post(`/api/contacts/${id}/escalate`, draft.peek());
    if (may('case:escalation:ack')) putCase(card.case ?? card);
    closeDialog();
    reloadDetail(id);
    toast(t('case-sent', { code: (card.case ?? card).code }));
  });
  busy.value = false;
};

/** @param {'kind'|'level'} name @param {string} key @param {string} text */
const choice = (name, key, text) => html`<label class="pill"><input type="radio" name="esc-${name}" data-testid="escalate-${name}-${key}" .checked=${draft.value[name] === key}
  @change=${() => { draft.value = { ...draft.value, [name]: key }; }}><span>${text}</span></label>`;

/** @param {string} id */
export const escalateDialog = (id) => {
  draft.value = guess(id);
  openDialog({
    title: () => t('case-escalate-title'),
    testid: 'escalate-dialog',
    body: () => html`<form @submit=${(/** @type {Event} */ e) => { e.preventDefault(); send(id); }} @keydown=${(/** @type {KeyboardEvent} */ e) => { if (e.code === 'Enter' && e.ctrlKey) send(id); }}>
      <p class="soft">${t('case-escalate-text')}</p>
      <fieldset class="field"><legend class="label">${t('case-kind')}</legend><div class="radios">${repeat(KINDS, (k) => k, (k) => choice('kind', k, words.caseKind(k)))}</div></fieldset>
      <fieldset class="field"><legend class="label">${t('case-level')}</legend><div class="radios">${repeat(LEVELS, (k) => k, (k) => choice('level', k, words.caseLevel(k)))}</div></fieldset>
      <label class="field"><span class="label">${t('case-reason')}</span><textarea rows="3" maxlength="2000" data-testid="escalate-reason" .value=${draft.value.reason}
        @input=${(/** @type {InputEvent} */ e) => { draft.value = { ...draft.value, reason: /** @type {HTMLTextAreaElement} */ (e.target).value }; }}></textarea></label>
      <footer class="dialog-foot"><button type="button" class="ghost" @click=${closeDialog}>${t('action-cancel')}</button>
        <button type="submit" class="danger" data-testid="escalate-send" ?disabled=${busy.value}>${icon('siren')} ${t('case-send')}</button></footer></form>`,
  });
};
