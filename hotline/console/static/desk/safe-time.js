// A time that is not safe: when it is, and, for supervisors, why it is done all the same.
import { html, nothing, signal } from '../vendor/ui.js';
import { t } from '../core/i18n.js';
import * as fmt from '../core/fmt.js';
import { may } from '../core/store.js';
import { icon } from '../parts/icon.js';

/** What the server said of the time: not asked yet, or when it is safe next (null: nobody knows). */
const refused = signal(/** @type {{next: string | null} | null} */ (null));
const why = signal('');

export const forgetTime = () => {
  refused.value = null;
  why.value = '';
};
/** The reason that goes along; empty before it was asked for. */
export const reasonOutside = () => (refused.peek() ? why.peek().trim() : '');
/** Known beforehand, from a list. @param {string | null} next */
export const unsafeFrom = (next) => { refused.value = { next }; };
/** Runs the work; a time that is not safe is said in the dialog, everything else as always. @param {() => Promise<any>} work */
export const unlessUnsafe = async (work) => {
  try {
    await work();
  } catch (/** @type {any} */ error) {
    if (error?.code !== 'outside-safe-window') throw error;
    refused.value = { next: error.body?.fields?.next ?? null };
  }
};
/** Whether nothing more can be done here: no reason, or no right to give one. */
export const stuck = () => Boolean(refused.value) && !(may('callback:window:override') && why.value.trim());

/** @param {((next: string) => void) | null} take chooses the safe time instead */
export const unsafeBar = (take) => {
  const r = refused.value;
  if (!r) return nothing;
  return html`<div class="muted-bar" role="alert" data-testid="not-safe"><p>${icon('triangle-alert')} ${r.next ? t('safe-not-then', { time: fmt.moment(r.next) }) : t('safe-not')}</p>
      ${r.next && take ? html`<button type="button" class="ghost small" data-testid="take-safe" @click=${() => { take(/** @type {string} */ (r.next)); forgetTime(); }}>${icon('clock')} ${t('safe-take')}</button>` : nothing}</div>
    ${may('callback:window:override') ? html`<label class="field"><span class="label">${t('safe-why-not')}</span><textarea rows="2" maxlength="500" data-testid="outside-why" .value=${why.value}
      @input=${(/** @type {InputEvent} */ e) => { why.value = /** @type {HTMLTextAreaElement} */ (e.target).value; }}></textarea></label>` : nothing}`;
};
