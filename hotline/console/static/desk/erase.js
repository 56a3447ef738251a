// Deleting a conversation: here for good, and at the messenger as far as it lets us.
import { html, nothing } from '../vendor/ui.js';
import { attempt, toast } from '../core/app.js';
import { post } from '../core/api.js';
import { t } from '../core/i18n.js';
import { may } from '../core/store.js';
import { askFirst } from '../parts/dialog.js';
import { icon } from '../parts/icon.js';

/** @param {string} id @param {() => void} after */
const ask = (id, after) => askFirst({
  title: () => t('chat-erase-title'), text: () => t('chat-erase-text'), verb: () => t('chat-erase'), testid: 'chat-erase-question',
  act: () => { attempt(async () => { if ((await post(`/api/chats/${id}/erase`)).held) toast(t('chat-erase-held'), true); after(); }); },
});
/** @param {string} id @param {() => void} [after] the desk itself is told live */
export const eraseButton = (id, after = () => {}) => (may('chat:content:erase')
  ? html`<button type="button" class="plain" data-testid="chat-erase" @click=${() => ask(id, after)}>${icon('trash-2')} ${t('chat-erase')}</button>` : nothing);
