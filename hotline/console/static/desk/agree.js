// Promising a call: when, how long it holds, what for, and another number if they gave one.
import { html, nothing, repeat, signal } from '../vendor/ui.js';
import { attempt, toast } from '../core/app.js';
import { post } from '../core/api.js';
import { t } from '../core/i18n.js';
import * as fmt from '../core/fmt.js';
import { closeDialog, openDialog } from '../parts/dialog.js';
import { icon } from '../parts/icon.js';
import { moment, untilField } from '../parts/until.js';
import { forgetTime, reasonOutside, stuck, unlessUnsafe, unsafeBar } from './safe-time.js';

const MINUTES = [30, 60, 120, 240];
const empty = () => ({ time: { choice: 'hours', at: '' }, exact: '', minutes: 60, reason: '', number: '' });
const wish = signal(empty());
const busy = signal(false);

/** @param {Partial<ReturnType<typeof empty>>} change */
const set = (change) => { wish.value = { ...wish.peek(), ...change }; };
const at = () => wish.value.exact || moment(wish.value.time);

/** @param {string} id @param {() => void} done */
const send = async (id, done) => {
  if (busy.peek()) return;
  busy.value = true;
  const { minutes, reason, number } = wish.peek();
  const from = /** @type {string} */ (at());
  const until = new Date(Date.parse(from) + minutes * 60e3).toISOString();
  await attempt(() => unlessUnsafe(async () => {
    const made = await post(`/api/contacts/${encodeURIComponent(id)}/callback`, { at: from, until, reason, number, outside: reasonOutside() });
    closeDialog();
    toast(t('agree-done', { time: fmt.moment(made.from) }));
    done();
  }));
  busy.value = false;
};

/** @param {string} name @param {'reason'|'number'} key @param {string} text @param {string} hint */
const words = (name, key, text, hint) => html`<label class="field"><span class="label">${text}</span><input type=${key === 'number' ? 'tel' : 'text'} maxlength=${key === 'number' ? 40 : 500} autocomplete="off" data-testid=${name} .value=${wish.value[key]}
  @input=${(/** @type {InputEvent} */ e) => set({ [key]: /** @type {HTMLInputElement} */ (e.target).value })}><span class="hint">${hint}</span></label>`;

/** @param {string} id @param {{needsNumber: boolean, done?: () => void}} about */
export const agreeDialog = (id, { needsNumber, done = () => {} }) => {
  wish.value = empty();
  forgetTime();
  openDialog({
    title: () => t('agree-title'),
    testid: 'agree-dialog',
    body: () => html`<form @submit=${(/** @type {Event} */ e) => { e.preventDefault(); send(id, done); }}>
      <p class="soft">${t('agree-text')}</p>
      ${wish.value.exact ? html`<p class="field"><b>${fmt.moment(wish.value.exact)}</b> <button type="button" class="ghost small" @click=${() => set({ exact: '' })}>${t('agree-other-time')}</button></p>`
        : untilField({ name: 'agree', starts: true, choices: ['hour', 'hours', 'day', 'at'], value: wish.value.time, change: (time) => set({ time }) })}
      <label class="field"><span class="label">${t('agree-holds')}</span><select data-testid="agree-minutes" @change=${(/** @type {Event} */ e) => set({ minutes: Number(/** @type {HTMLSelectElement} */ (e.target).value) })}>
        ${repeat(MINUTES, (m) => m, (m) => html`<option value=${m} ?selected=${wish.value.minutes === m}>${t('agree-minutes', { n: m })}</option>`)}</select></label>
      ${words('agree-reason', 'reason', t('agree-reason'), t('agree-reason-hint'))}
      ${words('agree-number', 'number', t('agree-number'), needsNumber ? t('agree-number-needed') : t('agree-number-hint'))}
      ${unsafeBar((next) => set({ exact: next }))}
      <footer class="dialog-foot"><button type="button" class="ghost" @click=${closeDialog}>${t('action-cancel')}</button>
        <button type="submit" class="primary" data-testid="agree-go" ?disabled=${busy.value || !at() || stuck() || (needsNumber && !wish.value.number.trim())}>${icon('calendar-clock')} ${t('agree-go')}</button></footer></form>`,
  });
};

/** The way to it, from a desk or a page. @param {string} id @param {string} channel @param {() => void} [done] */
export const agreeButton = (id, channel, done) => html`<button type="button" class="ghost small" data-testid="agree" aria-haspopup="dialog" @click=${() => agreeDialog(id, { needsNumber: channel === 'telegram', done })}>${icon('calendar-clock')} ${t('agree-name')}</button>${nothing}`;
