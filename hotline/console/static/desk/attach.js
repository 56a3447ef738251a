// Files of the operator on their way to the server: each with one id, so a retry never sends one twice.
import { html, nothing, repeat, signal } from '../vendor/ui.js';
import { boot, newId, toast } from '../core/app.js';
import { upload } from '../core/api.js';
import { t } from '../core/i18n.js';
import { addMessage } from '../core/store.js';
import * as fmt from '../core/fmt.js';
import { icon } from '../parts/icon.js';
import { aimOf, clearAim } from './aim.js';

const LONGEST = 10 * 1024 * 1024;
const TYPES = 'image/jpeg,image/png,image/webp,image/gif,application/pdf,audio/*,video/mp4';
/** @typedef {{id: string, contact_id: string, file: File, failed: string, reply_to?: number}} Load */
const loads = signal(/** @type {Load[]} */ ([]));

/** Whether the messenger of this contact carries files. @param {string} channel */
export const carriesFiles = (channel) => (boot.file_channels ?? []).includes(channel);

/** @param {string} id */
const drop = (id) => { loads.value = loads.peek().filter((x) => x.id !== id); };
/** @param {Load} load */
const send = async (load) => {
  loads.value = [...loads.peek().filter((x) => x.id !== load.id), { ...load, failed: '' }];
  try {
    const { message } = await upload(`/api/chats/${load.contact_id}/files?client_id=${load.id}${load.reply_to ? `&reply_to=${load.reply_to}` : ''}`, load.file);
    drop(load.id);
    addMessage(message);
  } catch (error) {
    const failed = /** @type {any} */ (error)?.text || t('file-not-sent');
    loads.value = loads.peek().map((x) => (x.id === load.id ? { ...x, failed } : x));
  }
};
/** @param {Event} event @param {string} contactId */
const chosen = (event, contactId) => {
  const box = /** @type {HTMLInputElement} */ (event.target);
  for (const file of box.files ?? []) {
    if (file.size > LONGEST) toast(t('error-file-too-large'), true);
    else send({ id: newId(), contact_id: contactId, file, failed: '', reply_to: aimOf(contactId).reply?.id });
  }
  if (aimOf(contactId).reply) clearAim(contactId);
  box.value = '';
};

/** @param {import('../core/types').ContactCard} c */
export const attachButton = (c) => (carriesFiles(c.channel) ? html`<label class="button ghost attach" title=${`${t('file-attach')}: ${t('file-attach-hint')}`}>${icon('paperclip')}
  <input type="file" data-testid="attach" aria-label=${`${t('file-attach')}: ${t('file-attach-hint')}`} accept=${TYPES} @change=${(/** @type {Event} */ e) => chosen(e, c.id)}></label>` : nothing);

/** @param {Load} load */
const one = (load) => html`<li class="bubble operator pending" data-testid="file-pending" data-state=${load.failed ? 'failed' : 'sending'}>
  <footer>${load.failed
    ? html`<span class="bad-text">${icon('circle-alert')} ${load.failed}</span>
      <button type="button" class="ghost small" data-testid="file-retry" @click=${() => send(load)}>${t('msg-send-again')}</button>
      <button type="button" class="ghost small" data-testid="file-drop" @click=${() => drop(load.id)}>${t('msg-do-not-send')}</button>`
    : html`${icon('clock')} ${t('file-sending')}`} <span class="clock">${fmt.size(load.file.size)}</span></footer></li>`;
/** What is on its way to a contact. @param {string} contactId */
export const loadsView = (contactId) => repeat(loads.value.filter((x) => x.contact_id === contactId), (x) => x.id, one);
