// What can be done in a talk besides talking: hold, keys, somebody else, handing on. What the carrier cannot do is not shown.
import { html, nothing, signal } from '../vendor/ui.js';
import { attempt, hangUp, phoneChoice } from '../core/app.js';
import { post } from '../core/api.js';
import { t } from '../core/i18n.js';
import { muted, phoneState, toggleMute } from '../core/phone/driver.js';
import { askFirst } from '../parts/dialog.js';
import { icon } from '../parts/icon.js';

/** @typedef {import('../core/types').ContactCard} ContactCard */
/** The contact for which something is on its way to the server. */
const busy = signal('');

/** @param {string} id @param {() => Promise<any>} work */
const once = async (id, work) => {
  if (busy.peek() === id) return;
  busy.value = id;
  await attempt(work);
  busy.value = '';
};
/** A verb of a call; what becomes of it comes back with the card. @param {ContactCard} c @param {string} verb @param {unknown} [body] */
export const ask = (c, verb, body) => once(c.id, () => post(`/api/calls/${c.id}/${verb}`, body));

/** @param {ContactCard} c */
const mayHold = (c) => Boolean(c.call?.can?.hold) && c.call?.state === 'live' && !c.call.transfer;
/** @param {ContactCard} c */
export const toggleHold = (c) => { if (mayHold(c)) ask(c, 'hold', { on: !c.call?.held }); };

/** Everybody but the caller and oneself. @param {ContactCard} c */
const others = (c) => (c.call?.parties ?? []).filter((p) => p.role === 'third');
/** @param {ContactCard} c */
const end = (c) => once(c.id, () => hangUp(c.id));
/** @param {ContactCard} c */
const askEnd = (c) => (others(c).length || c.call?.transfer
  ? askFirst({ title: () => t('call-end-title'), text: () => t('call-end-text'), verb: () => t('call-end'), testid: 'end-question', bad: true, act: () => { end(c); } })
  : end(c));

/** @param {ContactCard} c @param {'hand-on'|'third'|'keypad'} name loaded when it is first wanted */
const open = (c, name) => attempt(async () => {
  if (name === 'hand-on') (await import('./hand-on.js')).handOnDialog(c.id);
  else if (name === 'third') (await import('./third.js')).thirdDialog(c.id);
  else (await import('./keypad.js')).keypadDialog();
});

const muteButton = () => (phoneChoice() === 'own'
  ? nothing
  : html`<button type="button" class=${muted.value ? 'warn' : 'ghost'} data-testid="mute" aria-pressed=${String(muted.value)} ?disabled=${phoneState.value !== 'live'} @click=${toggleMute}>
    ${icon(muted.value ? 'mic-off' : 'mic')} ${muted.value ? t('call-unmute') : t('call-mute')} <kbd>F4</kbd></button>`);
/** @param {ContactCard} c */
const holdButton = (c) => {
  const held = Boolean(c.call?.held);
  return html`<button type="button" class=${held ? 'warn' : 'ghost'} data-testid="hold" aria-pressed=${String(held)} ?disabled=${!mayHold(c) || busy.value === c.id} @click=${() => toggleHold(c)}>
    ${icon(held ? 'play' : 'pause')} ${held ? t('call-resume') : t('call-hold')} <kbd>F8</kbd></button>`;
};
/** @param {ContactCard} c @param {'hand-on'|'third'|'keypad'} name @param {string} sign @param {string} text @param {boolean} now */
const opener = (c, name, sign, text, now) => html`<button type="button" class="ghost" data-testid=${name} aria-haspopup="dialog" ?disabled=${!now} @click=${() => open(c, name)}>${icon(sign)} ${text}</button>`;

/** @param {ContactCard} c */
export const callButtons = (c) => {
  const can = c.call?.can ?? {};
  const live = c.call?.state === 'live';
  const free = live && !c.call?.transfer;
  if (c.call?.transfer?.mine === 'to') return html`<div class="call-buttons">${muteButton()}</div>`;
  return html`<div class="call-buttons">
    ${muteButton()}
    ${can.hold ? holdButton(c) : nothing}
    ${can.transfer ? opener(c, 'hand-on', 'arrow-right-left', t('call-hand-on'), free) : nothing}
    ${can.third ? opener(c, 'third', 'user-plus', t('call-add'), free) : nothing}
    ${phoneChoice() === 'own' ? nothing : opener(c, 'keypad', 'grid-3x3', t('call-keys'), live && phoneState.value === 'live')}
    <span class="grow"></span>
    <button type="button" class="danger" data-testid="hangup" ?disabled=${busy.value === c.id} @click=${() => askEnd(c)}>${icon('phone-off')} ${t('call-end')}</button>
  </div>`;
};
