// The call: what state it is in, whether the caller hears us, and its end. There is no key for the end.
import { html, nothing, signal } from '../vendor/ui.js';
import { hangUp, phoneChoice, reconnect } from '../core/app.js';
import { t } from '../core/i18n.js';
import { carried, muted, phoneError, phoneMode, phoneState, toggleMute } from '../core/phone/driver.js';
import { presence } from '../core/store.js';
import { clock, countdown } from '../parts/clock.js';
import { icon } from '../parts/icon.js';
import * as words from '../parts/words.js';

const ending = signal('');

/** @param {import('../core/types').ContactCard} c */
const end = async (c) => {
  ending.value = c.id;
  await hangUp(c.id);
  ending.value = '';
};

/** @param {import('../core/types').ContactCard} c */
const controls = (c) => html`<div class="call-buttons">
  ${elsewhere() ? nothing : html`<button type="button" class=${muted.value ? 'warn' : 'ghost'} data-testid="mute" aria-pressed=${String(muted.value)} ?disabled=${phoneState.value !== 'live'} @click=${toggleMute}>
    ${icon(muted.value ? 'mic-off' : 'mic')} ${muted.value ? t('call-unmute') : t('call-mute')} <kbd>F4</kbd></button>`}
  <span class="grow"></span>
  <button type="button" class="danger" data-testid="hangup" ?disabled=${ending.value === c.id} @click=${() => end(c)}>${icon('phone-off')} ${t('call-end')}</button>
</div>`;

/** The telephone is elsewhere: this page has no sound to join or mute. */
const elsewhere = () => phoneChoice() === 'own';
const OWN = { connecting: 'call-own-take', live: 'call-heard-own', lost: 'call-lost-own' };
/** @param {string} state */
const own = (state) => html`<p class="soft" role="status" data-testid="own-phone">${icon('phone')} ${t(/** @type {Record<string, string>} */ (OWN)[state] ?? OWN.lost)}</p>`;

/** @param {import('../core/types').ContactCard} c */
const heard = (c) => {
  if (c.call?.state !== 'live' || carried.value !== c.id) return nothing;
  return muted.value
    ? html`<p class="muted-bar" role="status" data-testid="muted-bar">${icon('mic-off')} ${t('call-muted')}</p>`
    : html`<p class="soft">${icon('circle-dot', 'ok')} ${phoneMode.value === 'fake' ? t('call-heard-fake') : t('call-heard')}</p>`;
};

/** The line is there, but not in this page: after a reload, or a broken connection. @param {import('../core/types').ContactCard} c */
const lost = (c) => html`<div class="lost" role="alert">${icon('triangle-alert')} <p>${t('call-lost-text')}</p>
  <button type="button" class="primary" data-testid="reconnect" @click=${() => reconnect(c.id)}>${icon('phone-call')} ${t('call-reconnect')}</button></div>`;

/** @param {import('../core/types').ContactCard} c */
export const callPanel = (c) => {
  if (c.state === 'wrap_up' || c.call?.state === 'ended') return wrapUp(c);
  const state = c.call?.state ?? 'connecting';
  const away = !elsewhere() && (carried.value !== c.id || state === 'lost');
  return html`<section class="call-panel ${state}" data-testid="call-panel" data-state=${state} aria-label=${t('call-name')}>
    <p class="call-state"><span class="shape talking" aria-hidden="true">■</span> <b data-testid="call-state">${words.callState(state)}</b> ${state === 'live' ? clock(c.since) : nothing}</p>
    ${elsewhere() ? own(state) : heard(c)}
    ${phoneState.value === 'error' ? html`<p class="bad-text" role="alert" data-testid="phone-error">${icon('circle-alert')} ${t('call-phone-error', { code: phoneError.value || '–' })}</p>` : nothing}
    ${away ? lost(c) : nothing}
    ${controls(c)}
  </section>`;
};

/** @param {import('../core/types').ContactCard} c */
export const wrapUp = (c) => html`<section class="call-panel after" data-testid="wrap-up">
  <p class="call-state"><span class="shape wrap_up" aria-hidden="true">◆</span> <b>${c.kind === 'call' ? t('wrap-title-call') : t('wrap-title-chat')}</b>
    ${presence.value?.until ? html`<span class="soft">${t('wrap-left')}</span> ${countdown(presence.value.until)}` : clock(c.left_at ?? c.since)}</p>
  <p class="soft">${t('wrap-text')}</p>
</section>`;
