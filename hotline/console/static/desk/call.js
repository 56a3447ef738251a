// The call: what state it is in, whether the caller hears us, and its end. There is no key for the end.
import { html, nothing } from '../vendor/ui.js';
import { phoneChoice, reconnect } from '../core/app.js';
import { t } from '../core/i18n.js';
import { carried, muted, phoneError, phoneMode, phoneState } from '../core/phone/driver.js';
import { clock } from '../parts/clock.js';
import { icon } from '../parts/icon.js';
import * as words from '../parts/words.js';
import { promiseView } from './callback.js';
import { callButtons } from './call-tools.js';
import { partiesView, transferView } from './parties.js';
import { recordingView } from './recording.js';
import { wrapUp } from './wrap-up.js';

/** The telephone is elsewhere: this page has no sound to join or mute. */
const elsewhere = () => phoneChoice() === 'own';
/** @type {Record<string, () => string>} */
const OWN = { connecting: () => t('call-own-take'), live: () => t('call-heard-own'), lost: () => t('call-lost-own') };
/** @param {string} state */
const own = (state) => html`<p class="soft" role="status" data-testid="own-phone">${icon('phone')} ${(OWN[state] ?? OWN.lost)()}</p>`;

/** Who hears whom, in this order: a line that is held, a microphone that is off, and otherwise that one is heard. @param {import('../core/types').ContactCard} c */
const heard = (c) => {
  if (c.call?.state !== 'live') return nothing;
  if (c.call.held && !c.call.transfer) return html`<p class="muted-bar" role="status" data-testid="held-bar">${icon('pause')} ${t('call-held-text')}</p>`;
  if (carried.value !== c.id) return nothing;
  if (muted.value) return html`<p class="muted-bar" role="status" data-testid="muted-bar">${icon('mic-off')} ${t('call-muted')}</p>`;
  return html`<p class="soft">${icon('circle-dot', 'ok')} ${phoneMode.value === 'fake' ? t('call-heard-fake') : t('call-heard')}</p>`;
};
/** Nobody listens unseen, and nothing is kept unsaid. @param {import('../core/types').ContactCard} c */
const seen = (c) => html`<p class="tags">${recordingView(c)}
  ${c.call?.watched ? html`<span class="tag warn" role="status" data-testid="watched">${icon('eye')} ${t('call-watched')}</span>` : nothing}</p>`;

/** The line is there, but not in this page: after a reload, or a broken connection. @param {import('../core/types').ContactCard} c */
const lost = (c) => html`<div class="lost" role="alert">${icon('triangle-alert')} <p>${t('call-lost-text')}</p>
  <button type="button" class="primary" data-testid="reconnect" @click=${() => reconnect(c.id)}>${icon('phone-call')} ${t('call-reconnect')}</button></div>`;

/** @param {import('../core/types').ContactCard} c */
export const callPanel = (c) => {
  if (c.state === 'wrap_up' || c.call?.state === 'ended') return wrapUp(c);
  const state = c.call?.state ?? 'connecting';
  const away = !elsewhere() && (carried.value !== c.id || state === 'lost');
  return html`<section class="call-panel ${state} ${c.call?.held ? 'held' : ''}" data-testid="call-panel" data-state=${state} aria-label=${t('call-name')}>
    <p class="call-state"><span class="shape talking" aria-hidden="true">■</span> <b data-testid="call-state">${state === 'live' && c.call?.held ? t('call-on-hold') : words.callState(state)}</b> ${state === 'live' ? clock(c.since) : nothing}</p>
    ${elsewhere() && !c.call?.held ? own(state) : heard(c)}
    ${promiseView(c)}
    ${transferView(c)}
    ${phoneState.value === 'error' ? html`<p class="bad-text" role="alert" data-testid="phone-error">${icon('circle-alert')} ${t('call-phone-error', { code: phoneError.value || '–' })}</p>` : nothing}
    ${away ? lost(c) : nothing}
    ${partiesView(c)}
    ${callButtons(c)}
    ${c.call ? seen(c) : nothing}
  </section>`;
};
