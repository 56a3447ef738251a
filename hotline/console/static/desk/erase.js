// Deleting a conversation: here for good, and at the messenger as far as it lets us.
import { html, nothing } from '../vendor/ui.js';
import { attempt, toast } from '../core/app.js';
import { post } from '../core/api.js';
import { t } from '../core/i18n.js';
import { may } from '../core/store.js';
import { askFirst } from '../parts/dialog.js';
import { icon } from '../parts/icon.js';

/** @param {import('../core/types').ContactCard} c */
const ask = (c) => askFirst({
  title: () => t('chat-erase-title'), text: () => t('chat-erase-text'), verb: () => t('chat-erase'), testid: 'chat-erase-question',
  act: () => { attempt(async () => { if ((await post(`/api/chats/${c.id}/erase`)).held) toast(t('chat-erase-held'), true); }); },
});
/** @param {import('../core/types').ContactCard} c */
export const eraseButton = (c) => (may('chat:content:erase')
  ? html`<button type="button" class="plain" data-testid="chat-erase" @click=${() => ask(c)}>${icon('x')} ${t('chat-erase')}</button>` : nothing);
