// The operator's own telephone: which one it is, seen masked, and where it is given.
import { html, nothing, signal } from '../vendor/ui.js';
import { get, post } from '../core/api.js';
import { attempt } from '../core/app.js';
import { t } from '../core/i18n.js';

/** Masked; null when there is none. */
const known = signal(/** @type {string | null} */ (null));
let asked = false;

const load = () => {
  asked = true;
  attempt(async () => { known.value = (await get('/api/me/phone')).phone; });
};

/**
 * The choice, once a telephone is known, and the place to give another.
 * @param {(value: string, name: string, hint: string) => unknown} choice @param {() => void} choose
 */
export const ownPhone = (choice, choose) => {
  if (!asked) load();
  /** @param {Event} event */
  const save = (event) => {
    event.preventDefault();
    const field = /** @type {HTMLInputElement} */ (/** @type {HTMLFormElement} */ (event.target).elements.namedItem('own'));
    attempt(async () => {
      known.value = (await post('/api/me/phone', { number: field.value })).phone;
      field.value = '';
      if (known.peek()) choose();
    });
  };
  return html`${known.value ? choice('own', t('phone-own'), t('phone-own-hint', { phone: known.value })) : nothing}
    <form class="own-phone" @submit=${save}>
      <label>${t('phone-own-label')} <input name="own" type="text" inputmode="tel" autocomplete="off" required maxlength="330" placeholder=${t('phone-own-form')} data-testid="own-number"></label>
      <button type="submit" class="ghost small" data-testid="own-save">${t('phone-own-save')}</button>
    </form>`;
};
