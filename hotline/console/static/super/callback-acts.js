// What can be done with a callback: open, call, put off, close. Whatever may not be said is shown before the call.
import { html, nothing, repeat, signal } from '../vendor/ui.js';
import { attempt } from '../core/app.js';
import { post } from '../core/api.js';
import { t } from '../core/i18n.js';
import * as fmt from '../core/fmt.js';
import { go } from '../core/router.js';
import { closeDialog, openDialog } from '../parts/dialog.js';
import { icon } from '../parts/icon.js';
import { moment, untilField } from '../parts/until.js';
import * as words from '../parts/words.js';
import { forgetTime, reasonOutside, stuck, unlessUnsafe, unsafeBar, unsafeFrom } from '../desk/safe-time.js';

/** @typedef {import('../core/types').Callback & {message: import('../core/types').VoiceMessage | null}} Promised */
const REASONS = ['heard', 'reached', 'refused', 'wrong_number', 'unsafe', 'other'];
export const busy = signal(false);

/** @param {() => Promise<any>} work */
const act = async (work) => {
  if (busy.peek()) return;
  busy.value = true;
  await attempt(work);
  busy.value = false;
};
/** To the front of the queue: it is offered to who asked first, and their telephone rings once somebody has read what must be known. @param {Promised} c */
const dial = (c) => act(() => unlessUnsafe(async () => {
  await post(`/api/callbacks/${c.id}/call`, { outside: reasonOutside() });
  closeDialog();
  go('/console');
}));
/** One press, unless it is not safe now. @param {Promised} c @param {() => void} again */
export const callNow = (c, again) => (c.safe_now ? dial(c) : openPromise(c, again));

/** What the list says, and what is not safe. @param {Promised} c @param {() => void} again */
export const openPromise = (c, again) => {
  forgetTime();
  if (!c.safe_now && c.state === 'open') unsafeFrom(c.next_safe);
  openDialog({
    title: () => t('callback-name'),
    testid: 'callback-dialog',
    onClose: again,
    body: () => html`<dl class="answers"><dt>${t('log-person')}</dt><dd>${c.masked}</dd><dt>${t('callback-why')}</dt><dd>${words.callbackWhy(c.why)}</dd>
        ${c.agreed ? html`<dt>${t('callback-agreed')}</dt><dd>${t('callback-window', { from: fmt.moment(c.agreed.from), to: fmt.time(c.agreed.until) })}</dd>` : nothing}
        <dt>${t('job-attempts')}</dt><dd>${c.attempts}</dd></dl>
      ${c.state === 'open' ? unsafeBar(null) : nothing}
      <footer class="dialog-foot"><button type="button" class="ghost" @click=${closeDialog}>${t('action-cancel')}</button>
        ${c.state === 'open' ? html`<button type="button" class=${c.safe_now ? 'primary' : 'danger'} data-testid="dial" ?disabled=${busy.value || c.busy || !c.can_call || stuck()} @click=${() => dial(c)}>${icon('phone-outgoing')} ${c.safe_now ? t('callback-call') : t('callback-call-anyway')}</button>` : nothing}</footer>`,
  });
};

const later = signal({ choice: 'hour', at: '' });
/** A safe time that was taken over as it is. */
const exact = signal('');
/** @param {Promised} c @param {() => void} again */
export const putOffDialog = (c, again) => {
  later.value = { choice: 'hour', at: '' };
  exact.value = '';
  forgetTime();
  const at = () => exact.value || moment(later.value);
  const save = () => act(() => unlessUnsafe(async () => {
    await post(`/api/callbacks/${c.id}/put-off`, { at: at(), outside: reasonOutside() });
    closeDialog();
    again();
  }));
  openDialog({
    title: () => t('callback-put-off-title'),
    testid: 'put-off-dialog',
    body: () => html`${exact.value ? html`<p class="field"><b>${fmt.moment(exact.value)}</b></p>`
      : untilField({ name: 'put-off', choices: ['hour', 'hours', 'day', 'at'], value: later.value, change: (next) => { later.value = next; } })}
      ${unsafeBar((next) => { exact.value = next; })}
      <footer class="dialog-foot"><button type="button" class="ghost" @click=${closeDialog}>${t('action-cancel')}</button>
        <button type="button" class="primary" data-testid="put-off-go" ?disabled=${busy.value || !at() || stuck()} @click=${save}>${icon('calendar-clock')} ${t('callback-put-off')}</button></footer>`,
  });
};

const why = signal('');
/** @param {Promised} c @param {() => void} again */
export const closeDialogOf = (c, again) => {
  why.value = '';
  const save = () => act(async () => {
    await post(`/api/callbacks/${c.id}/close`, { reason: why.peek() });
    closeDialog();
    again();
  });
  openDialog({
    title: () => t('callback-close-title'),
    testid: 'callback-close-dialog',
    body: () => html`<fieldset class="field"><legend class="label">${t('callback-close-why')}</legend><div class="radios">${repeat(REASONS, (r) => r, (r) => html`<label class="pill"><input type="radio" name="why" data-testid="close-${r}" .checked=${why.value === r} @change=${() => { why.value = r; }}><span>${words.callbackEnd(r)}</span></label>`)}</div></fieldset>
      <footer class="dialog-foot"><button type="button" class="ghost" @click=${closeDialog}>${t('action-cancel')}</button>
        <button type="button" class="primary" data-testid="callback-close-go" ?disabled=${busy.value || !why.value} @click=${save}>${t('callback-close')}</button></footer>`,
  });
};
