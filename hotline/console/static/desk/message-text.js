// Text written by callers: always text, never markup; addresses are shown, and open only by an own button.
import { html, nothing } from '../vendor/ui.js';
import { t } from '../core/i18n.js';
import { askFirst } from '../parts/dialog.js';
import { filesView } from '../parts/files.js';
import { icon } from '../parts/icon.js';
import * as words from '../parts/words.js';

const LINK = /(https?:\/\/[^\s<>"']{3,500})/;

/** @param {string} address */
const visit = (address) => askFirst({
  title: () => t('link-title'),
  text: () => address,
  verb: () => t('link-open'),
  testid: 'link-question',
  act: () => { open(address, '_blank', 'noopener,noreferrer'); },
});

/** @param {string} text */
export const messageText = (text) => text.split(LINK).map((part) => (LINK.test(part)
  ? html`<span class="address">${part}</span> <button type="button" class="plain small" @click=${() => visit(part)}>${icon('external-link')} ${t('link-open')}</button>`
  : part));

/** @type {Record<string, string>} */
const ICONS = { edited: 'pencil', voice: 'mic', contact: 'user', location: 'map-pin', press: 'check', command: 'chevron-right' };
/** What a message holds: its text, and in words what came instead of or beside it. @param {import('../core/types').Message} m */
export const messageBody = (m) => html`
  ${words.messageKind(m.kind) && !m.files?.length ? html`<p class="attachment">${icon(ICONS[m.kind] ?? 'file-text')} ${words.messageKind(m.kind)}</p>` : nothing}
  ${filesView(m)}
  ${m.text ? html`<div class="text" dir="auto">${messageText(m.text)}</div>` : nothing}
  ${m.error === 'unreadable' || m.error === 'erased' ? html`<p class="bad-text">${icon('circle-alert')} ${words.whyNot(m.error)}</p>` : nothing}`;
