// What can be done with a callback: open, call, put off, close. Whatever may not be said is shown before the call.
import { html, nothing, repeat, signal } from '../vendor/ui.js';
import { attempt } from '../core/app.js';
import { get, post } from '../core/api.js';
import { t } from '../core/i18n.js';
import * as fmt from '../core/fmt.js';
import { go } from '../core/router.js';
import { serverNow } from '../core/store.js';
import { closeDialog, openDialog } from '../parts/dialog.js';
import { icon } from '../parts/icon.js';
import { loading, trouble } from '../parts/states.js';
import { moment, untilField } from '../parts/until.js';
import * as words from '../parts/words.js';

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
/** Whether it is safe to call at this time of day; a window may go over midnight. @param {Promised} c */
export const safeNow = (c) => {
  if (!c.window) return true;
  const now = fmt.time(serverNow());
  const { from, to } = c.window;
  return from <= to ? from <= now && now < to : from <= now || now < to;
};

/** To the front of the queue: it is offered like any call, and their telephone rings once somebody takes it. @param {Promised} c */
const dial = (c) => act(async () => {
  await post(`/api/callbacks/${c.id}/call`);
  closeDialog();
  go('/console');
});
/** One press, unless something has to be read first. @param {Promised} c @param {() => void} again */
export const callNow = (c, again) => (c.code_phrase || !safeNow(c) ? openPromise(c, again) : dial(c));

/** What is sealed is read only here, and each reading is on record. @param {Promised} c @param {() => void} again */
export const openPromise = (c, again) => {
  const detail = signal(/** @type {{found: any, error: any}} */ ({ found: null, error: null }));
  const load = async () => {
    try {
      detail.value = { found: await get(`/api/callbacks/${c.id}`), error: null };
    } catch (error) {
      detail.value = { found: null, error };
    }
  };
  load();
  openDialog({
    title: () => t('callback-name'),
    testid: 'callback-dialog',
    onClose: again,
    body: () => {
      const { found, error } = detail.value;
      if (error) return trouble(error, load);
      if (!found) return loading();
      return html`<dl class="answers"><dt>${t('log-person')}</dt><dd>${c.masked}</dd><dt>${t('callback-why')}</dt><dd>${words.callbackWhy(c.why)}</dd>
          <dt>${t('callback-safe')}</dt><dd>${c.window ? t('callback-window', c.window) : t('callback-any-time')}</dd></dl>
        ${found.code_phrase ? html`<p class="phrase" data-testid="code-phrase">${icon('shield-check')} ${t('callback-phrase')}: <b>${found.code_phrase}</b></p>` : nothing}
        ${safeNow(c) ? nothing : html`<p class="muted-bar" role="alert" data-testid="not-safe-now">${icon('triangle-alert')} ${t('callback-not-now')}</p>`}
        <footer class="dialog-foot"><button type="button" class="ghost" @click=${closeDialog}>${t('action-cancel')}</button>
          ${c.state === 'open' ? html`<button type="button" class=${safeNow(c) ? 'primary' : 'danger'} data-testid="dial" ?disabled=${busy.value} @click=${() => dial(c)}>${icon('phone-outgoing')} ${safeNow(c) ? t('callback-call') : t('callback-call-anyway')}</button>` : nothing}</footer>`;
    },
  });
};

const later = signal({ choice: 'hour', at: '' });
/** @param {Promised} c @param {() => void} again */
export const putOffDialog = (c, again) => {
  later.value = { choice: 'hour', at: '' };
  const save = () => act(async () => {
    await post(`/api/callbacks/${c.id}/put-off`, { at: moment(later.peek()) });
    closeDialog();
    again();
  });
  openDialog({
    title: () => t('callback-put-off-title'),
    testid: 'put-off-dialog',
    body: () => html`<p class="soft">${c.window ? t('callback-window', c.window) : t('callback-any-time')}</p>
      ${untilField({ name: 'put-off', choices: ['hour', 'hours', 'day', 'at'], value: later.value, change: (next) => { later.value = next; } })}
      <footer class="dialog-foot"><button type="button" class="ghost" @click=${closeDialog}>${t('action-cancel')}</button>
        <button type="button" class="primary" data-testid="put-off-go" ?disabled=${busy.value || !moment(later.value)} @click=${save}>${icon('calendar-clock')} ${t('callback-put-off')}</button></footer>`,
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
