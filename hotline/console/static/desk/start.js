// Start of shift: one click unlocks sound, checks the phone and says to the server that a person is there.
import { html, nothing, signal } from '../vendor/ui.js';
import { complain, phoneChoice, phoneModes, startShift, toast } from '../core/app.js';
import { askNoticeRight, noticeRight, play, soundOn, unlock, volume } from '../core/alert.js';
import { t } from '../core/i18n.js';
import { link, me, skew } from '../core/store.js';
import { icon } from '../parts/icon.js';
import { ownPhone } from './own-phone.js';

const mode = signal('');
const busy = signal(false);
const heard = signal(false);

const ring = async () => {
  unlock();
  heard.value = await play('ring');
};
const chosen = () => mode.value || phoneChoice();

const begin = async () => {
  busy.value = true;
  try {
    await startShift(chosen());
    play('tick');
  } catch (error) {
    const refused = ['NotAllowedError', 'NotFoundError'].includes(/** @type {any} */ (error)?.name);
    if (refused) toast(t('start-no-microphone'), true);
    else complain(error);
  }
  busy.value = false;
};

/** @param {boolean} ok @param {string} text @param {unknown} [more] */
const line = (ok, text, more = nothing) => html`<li class=${ok ? 'ok' : 'wait'}>${icon(ok ? 'circle-check' : 'circle-help')} <span>${text}</span> ${more}</li>`;
/** @param {string} value @param {string} name @param {string} hint */
const phone = (value, name, hint) => html`<label class="choice"><input type="radio" name="phone" data-testid="phone-${value}" .checked=${chosen() === value} @change=${() => { mode.value = value; }}>
  <span><b>${name}</b><small>${hint}</small></span></label>`;

export const startView = () => {
  const clockOk = Math.abs(skew.value) < 30000;
  return html`<section class="start card" data-testid="start-panel">
    <h2>${t('start-title', { name: me.value?.name ?? '' })}</h2>
    <p class="soft">${t('start-text')}</p>
    <fieldset class="choices"><legend>${t('start-phone')}</legend>
      ${phoneModes().includes('browser') ? phone('browser', t('phone-browser'), t('phone-browser-hint')) : nothing}
      ${phoneModes().includes('own') ? ownPhone(phone, () => { mode.value = 'own'; }) : nothing}
      ${phoneModes().includes('sim') ? phone('sim', t('phone-sim'), t('phone-sim-hint')) : nothing}
      ${phoneModes().includes('fake') ? phone('fake', t('phone-fake'), t('phone-fake-hint')) : nothing}
    </fieldset>
    <ul class="checks">
      ${line(link.value === 'online', link.value === 'online' ? t('check-line-ok') : t('check-line-wait'))}
      ${line(soundOn.value && heard.value, t('check-sound'), html`<button type="button" class="ghost small" data-testid="test-ring" @click=${ring}>${icon('play')} ${t('check-sound-test')}</button>
        <label class="volume"><span class="hidden">${t('check-volume')}</span><input type="range" min="0.1" max="1" step="0.1" .value=${String(volume.value)}
          @input=${(/** @type {InputEvent} */ e) => { volume.value = Number(/** @type {HTMLInputElement} */ (e.target).value); }}></label>`)}
      ${line(noticeRight.value === 'granted', t('check-notices'), noticeRight.value === 'default' ? html`<button type="button" class="ghost small" @click=${askNoticeRight}>${t('check-notices-allow')}</button>` : nothing)}
      ${line(clockOk, clockOk ? t('check-clock-ok') : t('check-clock-off'))}
    </ul>
    <button type="button" class="primary big" data-testid="start-shift" ?disabled=${busy.value} @click=${begin}>${icon('play')} ${t('start-go')}</button>
  </section>`;
};
