// Text written by callers: always text, never markup; addresses are shown, and open only by an own button.
import { html } from '../vendor/ui.js';
import { t } from '../core/i18n.js';
import { askFirst } from '../parts/dialog.js';
import { icon } from '../parts/icon.js';

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
