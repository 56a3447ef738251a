// What was promised to the caller before this call, and what must be read before their telephone rings.
import { html, nothing, signal } from '../vendor/ui.js';
import { t } from '../core/i18n.js';
import * as fmt from '../core/fmt.js';
import { post } from '../core/api.js';
import { attempt } from '../core/app.js';
import { askFirst } from '../parts/dialog.js';
import { icon } from '../parts/icon.js';
import { player } from '../parts/player.js';
import * as words from '../parts/words.js';
import { isRead, safetyCard } from './safety.js';

/** @typedef {import('../core/types').ContactCard} ContactCard */
/** The call that was asked for, by contact and try: it is not asked for twice. */
const asked = signal('');
/** @param {ContactCard} c */
const key = (c) => `${c.id}:${c.call?.callback?.attempt}`;

/** @param {ContactCard} c */
const dial = (c) => attempt(async () => {
  asked.value = key(c);
  try {
    await post(`/api/calls/${c.id}/call-back`);
  } catch (error) {
    asked.value = '';
    throw error;
  }
});
/** @param {ContactCard} c */
const wrong = (c) => askFirst({
  title: () => t('wrong-answer-title'), text: () => t('wrong-answer-text'), verb: () => t('wrong-answer'), testid: 'wrong-question', bad: true,
  act: () => { attempt(() => post(`/api/calls/${c.id}/wrong-answer`)); },
});

/** @param {ContactCard} c @param {NonNullable<import('../core/types').CallState['callback']>} p */
const promised = (c, p) => html`<p>${icon('phone-outgoing')} <b>${t('callback-name')}</b> <span class="soft" data-testid="promised">${words.callbackWhy(p.why)}
    ${p.from && p.until ? html` · ${t('callback-window', { from: fmt.moment(p.from), to: fmt.time(p.until) })}` : nothing} · ${t('callback-try', { n: p.attempt, of: p.of })}</span></p>
  ${p.reason ? html`<p><q data-testid="promise-reason">${p.reason}</q></p>` : nothing}
  ${p.asks_first ? html`${safetyCard(c.id)}
    <button type="button" class="primary" data-testid="dial" ?disabled=${asked.value === key(c) || !isRead(c.id)} @click=${() => dial(c)}>${icon('phone-outgoing')} ${asked.value === key(c) ? t('callback-dialling') : t('callback-read')}</button>`
    : p.protects && c.state !== 'wrap_up' ? safetyCard(c.id) : nothing}
  ${c.state === 'talking' && c.call?.state === 'live' ? html`<button type="button" class="ghost" data-testid="wrong-answer" @click=${() => wrong(c)}>${icon('shield-alert')} ${t('wrong-answer')}</button>` : nothing}`;

/** @param {ContactCard} c */
export const promiseView = (c) => {
  const p = c.call?.callback;
  const m = c.call?.message;
  if (!p && !m) return nothing;
  return html`<div class="promise" data-testid="promise">
    ${p ? promised(c, p) : nothing}
    ${m ? html`<p>${icon('voicemail')} ${t('message-name')}</p>${player(m)}` : nothing}</div>`;
};
