// Whether the talk is recorded, and the three things one may do about it. What is said is what the carrier does, not what was asked of it.
import { html, nothing } from '../vendor/ui.js';
import { t } from '../core/i18n.js';
import { icon } from '../parts/icon.js';
import { ask } from './call-tools.js';

/** @typedef {import('../core/types').ContactCard} ContactCard */
/** @type {Record<string, () => string>} */
const STATES = { on: () => t('recording-on'), starting: () => t('recording-starting'), ending: () => t('recording-ending'), paused: () => t('recording-paused'), off: () => t('call-not-recorded') };
/** @type {Record<string, () => string>} */
const WHYS = {
  others: () => t('recording-why-others'), refused: () => t('recording-why-refused'), unheard: () => t('recording-why-unheard'),
  stopped: () => t('recording-why-stopped'), failed: () => t('recording-why-failed'),
};
/** @type {Record<string, string>} */
const LOOKS = { on: 'bad', starting: 'bad', ending: 'bad', paused: 'warn' };

/** @param {ContactCard} c @param {string} state */
const steer = (c, state) => () => { ask(c, 'recording', { state }); };
/** @param {ContactCard} c @param {{state: string, why: string | null}} now */
const buttons = (c, now) => {
  const paused = now.state === 'paused';
  const shut = now.state === 'off';
  return html`<button type="button" class="ghost small" data-testid="record-pause" ?disabled=${shut || now.why === 'others'} @click=${steer(c, paused ? 'on' : 'paused')}>
      ${icon(paused ? 'play' : 'pause')} ${paused ? t('recording-resume') : t('recording-pause')}</button>
    ${shut ? nothing : html`<button type="button" class="ghost small" data-testid="record-stop" @click=${steer(c, 'off')}>${icon('x')} ${t('recording-stop')}</button>`}
    ${now.why === 'refused' ? nothing : html`<button type="button" class="ghost small" data-testid="record-refuse" title=${t('recording-refuse-hint')} @click=${steer(c, 'refused')}>${icon('ban')} ${t('recording-refuse')}</button>`}`;
};

/** @param {ContactCard} c */
export const recordingView = (c) => {
  const now = c.call?.recording ?? { state: 'off', why: 'line' };
  const why = WHYS[now.why ?? '']?.();
  const said = html`<span class="tag ${LOOKS[now.state] ?? ''}" role="status" data-testid=${now.state === 'off' ? 'not-recorded' : 'recorded'} data-state=${now.state}>
    ${now.state === 'off' ? nothing : icon(now.state === 'paused' ? 'pause' : 'circle-dot')} ${STATES[now.state]?.()}${why ? html`: ${why}` : nothing}</span>`;
  return html`${said}${now.why === 'line' || c.call?.state !== 'live' ? nothing : buttons(c, now)}`;
};
