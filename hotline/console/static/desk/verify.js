// After a long silence somebody else may hold the telephone: the operator is asked to ask for the code phrase.
import { html, nothing, signal } from '../vendor/ui.js';
import { boot } from '../core/app.js';
import { t } from '../core/i18n.js';
import { serverNow, thread } from '../core/store.js';
import { icon } from '../parts/icon.js';
import { safetyButton } from './safety.js';

const USUAL_MIN = 30;
/** The silence that was asked about, by contact. */
const asked = signal(/** @type {Record<string, string>} */ ({}));

/** The caller's last long silence, whatever we wrote or noted meanwhile: the id of their message that ended it, or that it goes on after. @param {import('../core/types').Message[]} all @param {number} afterMs @param {number} now */
export const silence = (all, afterMs, now) => {
  const said = all.filter((m) => m.from === 'caller');
  const last = said.at(-1);
  if (!last) return '';
  if (now - Date.parse(last.at) > afterMs) return `${last.id}+`;
  for (let i = said.length - 1; i > 0; i -= 1) if (Date.parse(said[i].at) - Date.parse(said[i - 1].at) > afterMs) return String(said[i].id);
  return '';
};
/** @param {import('../core/types').ContactCard} c */
export const verifyBar = (c) => {
  const minutes = boot?.verify_after_min ?? USUAL_MIN;
  const found = c.state === 'talking' && minutes ? silence(thread(c.id).value.messages, minutes * 60_000, serverNow()) : '';
  if (!found || asked.value[c.id] === found) return nothing;
  return html`<p class="muted-bar" role="alert" data-testid="verify">${icon('shield-alert')} ${t('verify-silence', { n: minutes })} ${safetyButton(c.id)}
    <button type="button" class="plain small" data-testid="verified" @click=${() => { asked.value = { ...asked.peek(), [c.id]: found }; }}>${t('verify-done')}</button></p>`;
};
