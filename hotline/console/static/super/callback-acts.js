// What can be done with a callback: open, call, put off, close; and, when it was not kept, decide. Whatever may not be said is shown before the call.
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
const CLOSES = ['heard', 'reached', 'refused', 'wrong_number', 'unsafe', 'other'];
const GIVES_UP = ['no_answer', 'refused', 'wrong_number', 'unsafe', 'other'];
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
/** When to call: not before then, or once more. @param {Promised} c @param {() => void} again @param {'put-off' | 'again'} path */
const whenDialog = (c, again, path) => {
  const decided = path === 'again';
  later.value = { choice: 'hour', at: '' };
  exact.value = '';
  forgetTime();
  const at = () => exact.value || moment(later.value);
  const save = () => act(() => unlessUnsafe(async () => {
    await post(`/api/callbacks/${c.id}/${path}`, { at: at(), outside: reasonOutside() });
    closeDialog();
    again();
  }));
  openDialog({
    title: () => (decided ? t('callback-again-title') : t('callback-put-off-title')),
    testid: `${path}-dialog`,
    body: () => html`${exact.value ? html`<p class="field"><b>${fmt.moment(exact.value)}</b></p>`
      : untilField({ name: 'put-off', choices: ['hour', 'hours', 'day', 'at'], value: later.value, change: (next) => { later.value = next; } })}
      ${unsafeBar((next) => { exact.value = next; })}
      <footer class="dialog-foot"><button type="button" class="ghost" @click=${closeDialog}>${t('action-cancel')}</button>
        <button type="button" class="primary" data-testid="${path}-go" ?disabled=${busy.value || !at() || stuck()} @click=${save}>${icon('calendar-clock')} ${decided ? t('callback-again') : t('callback-put-off')}</button></footer>`,
  });
};

/** @param {Promised} c @param {() => void} again */
export const putOffDialog = (c, again) => whenDialog(c, again, 'put-off');
/** @param {Promised} c @param {() => void} again */
export const tryAgainDialog = (c, again) => whenDialog(c, again, 'again');

const why = signal('');
/** @param {Promised} c @param {() => void} again @param {'close' | 'give-up'} path @param {string[]} reasons */
const whyDialog = (c, again, path, reasons) => {
  const verb = () => (path === 'give-up' ? t('callback-give-up') : t('callback-close'));
  why.value = '';
  const save = () => act(async () => {
    await post(`/api/callbacks/${c.id}/${path}`, { reason: why.peek() });
    closeDialog();
    again();
  });
  openDialog({
    title: () => t('callback-close-title'),
    testid: `callback-${path}-dialog`,
    body: () => html`<fieldset class="field"><legend class="label">${t('callback-close-why')}</legend><div class="radios">${repeat(reasons, (r) => r, (r) => html`<label class="pill"><input type="radio" name="why" data-testid="close-${r}" .checked=${why.value === r} @change=${() => { why.value = r; }}><span>${words.callbackEnd(r)}</span></label>`)}</div></fieldset>
      <footer class="dialog-foot"><button type="button" class="ghost" @click=${closeDialog}>${t('action-cancel')}</button>
        <button type="button" class="primary" data-testid="callback-${path}-go" ?disabled=${busy.value || !why.value} @click=${save}>${verb()}</button></footer>`,
  });
};
/** @param {Promised} c @param {() => void} again */
export const closeDialogOf = (c, again) => whyDialog(c, again, 'close', CLOSES);
/** @param {Promised} c @param {() => void} again */
export const giveUpDialog = (c, again) => whyDialog(c, again, 'give-up', GIVES_UP);
