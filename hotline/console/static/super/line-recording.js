// Whether talks are recorded: off until somebody decides otherwise, and callers are told at once which it is.
import { html, nothing, signal } from '../vendor/ui.js';
import { attempt, toast } from '../core/app.js';
import { get, put } from '../core/api.js';
import { t } from '../core/i18n.js';
import { askFirst } from '../parts/dialog.js';
import { icon } from '../parts/icon.js';

/** @typedef {{on: boolean, bar: string | null}} Recording */
const state = signal(/** @type {Recording | null} */ (null));
const busy = signal(false);

export const loadRecording = () => attempt(async () => { state.value = await get('/api/line/recording'); });
/** @param {boolean} on */
const set = async (on) => {
  if (busy.peek()) return;
  busy.value = true;
  await attempt(async () => {
    state.value = await put('/api/line/recording', { on });
    toast(on ? t('line-recording-is-on') : t('line-recording-is-off'));
  });
  busy.value = false;
};
const askOn = () => askFirst({ title: () => t('line-recording-ask'), text: () => t('line-recording-ask-text'), verb: () => t('line-recording-start'), testid: 'recording-question', act: () => { set(true); } });

export const recordingView = () => {
  const now = state.value;
  if (!now) return nothing;
  const bar = now.bar === 'carrier' ? t('line-recording-carrier') : now.bar ? t('line-recording-site') : '';
  return html`<section class="card" aria-labelledby="recording-h"><h3 id="recording-h">${t('line-recording')}</h3>
    <p class="line-state ${now.on ? 'bad' : ''}" role="status" data-testid="line-recording" data-on=${String(now.on)}>${icon(now.on ? 'circle-dot' : 'shield-check')} <b>${now.on ? t('line-recording-is-on') : t('line-recording-is-off')}</b></p>
    <p class="soft">${bar || t('line-recording-text')}</p>
    ${now.on ? html`<button type="button" class="primary" data-testid="recording-stop" ?disabled=${busy.value} @click=${() => set(false)}>${icon('x')} ${t('line-recording-stop')}</button>`
      : html`<button type="button" class="ghost" data-testid="recording-start" ?disabled=${busy.value || Boolean(now.bar)} @click=${askOn}>${icon('circle-dot')} ${t('line-recording-start')}</button>`}</section>`;
};
