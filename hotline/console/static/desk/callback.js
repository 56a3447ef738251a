// What was promised to the caller before this call: why we call, when it is safe, what to say; and the message they left.
import { html, nothing } from '../vendor/ui.js';
import { t } from '../core/i18n.js';
import { icon } from '../parts/icon.js';
import { player } from '../parts/player.js';
import * as words from '../parts/words.js';

/** @param {import('../core/types').CallState | null} call */
export const promiseView = (call) => {
  const c = call?.callback;
  const m = call?.message;
  if (!c && !m) return nothing;
  return html`<div class="promise" data-testid="promise">
    ${c ? html`<p>${icon('phone-outgoing')} <b>${t('callback-name')}</b> <span class="soft">${words.callbackWhy(c.why)}${c.window ? html` · ${t('callback-window', c.window)}` : nothing}</span></p>` : nothing}
    ${typeof c?.code_phrase === 'string' ? html`<p class="phrase" data-testid="code-phrase">${icon('shield-check')} ${t('callback-phrase')}: <b>${c.code_phrase}</b></p>` : nothing}
    ${m ? html`<p>${icon('voicemail')} ${t('message-name')}</p>${player(m)}` : nothing}</div>`;
};
