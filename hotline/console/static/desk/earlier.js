// Another conversation of the same person, read from the card of this one; each look goes on record.
import { html, nothing, repeat, signal } from '../vendor/ui.js';
import { get } from '../core/api.js';
import { t } from '../core/i18n.js';
import * as fmt from '../core/fmt.js';
import { openDialog } from '../parts/dialog.js';
import { icon } from '../parts/icon.js';
import { loading, trouble } from '../parts/states.js';
import { messageBody } from './message-text.js';

/** @typedef {import('../core/types').Message} Message */
/** @param {Message} m */
const bubble = (m) => html`<li class="bubble ${m.from} ${m.kind === 'note' ? 'note' : ''}" data-testid="earlier-message">${messageBody(m)}<footer>${m.staff ?? ''} <time>${fmt.moment(m.at)}</time></footer></li>`;

/** Of a telephone only after a question: somebody else may hold it now. @param {string} id the contact in hand @param {{id: string, channel: string}} other the one to read */
export const openEarlier = (id, other) => {
  const asks = signal(other.channel === 'sms');
  const page = signal(/** @type {{messages: Message[], more: boolean, error: any, ready: boolean}} */ ({ messages: [], more: false, error: null, ready: false }));
  const load = async () => {
    asks.value = false;
    const first = page.peek().messages[0]?.id;
    try {
      const next = await get(`/api/chats/${id}/earlier/${other.id}${first ? `?before=${first}` : ''}`);
      page.value = { messages: [...next.messages, ...page.peek().messages], more: next.more, error: null, ready: true };
    } catch (error) {
      page.value = { ...page.peek(), error };
    }
  };
  if (!asks.peek()) load();
  openDialog({
    title: () => t('earlier-title'),
    testid: 'earlier-dialog',
    body: () => {
      const { messages, more, error, ready } = page.value;
      if (asks.value) {
        return html`<p>${t('earlier-ask')}</p>
          <footer class="dialog-foot"><button type="button" class="primary" data-testid="earlier-show" @click=${load}>${t('earlier-show')}</button></footer>`;
      }
      if (error) return trouble(error, load);
      if (!ready) return loading();
      return html`${more ? html`<button type="button" class="ghost small older" @click=${load}>${t('chat-older')}</button>` : nothing}
        <ol class="messages" data-testid="earlier-messages">${repeat(messages, (m) => m.id, bubble)}</ol>
        ${messages.length ? nothing : html`<p class="soft">${t('earlier-empty')}</p>`}
        <p class="hint">${icon('eye')} ${t('review-audited')}</p>`;
    },
  });
};
