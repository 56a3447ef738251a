// The conversation before this one from the same number: shown only to who asks, because somebody else may hold the telephone now.
import { html, nothing, repeat, signal } from '../vendor/ui.js';
import { get } from '../core/api.js';
import { t } from '../core/i18n.js';
import * as fmt from '../core/fmt.js';
import { openDialog } from '../parts/dialog.js';
import { icon } from '../parts/icon.js';
import { loading, trouble } from '../parts/states.js';
import { wroteBefore } from './history.js';
import { messageBody } from './message-text.js';

/** @typedef {{phase: 'asked'|'loading'|'shown', at: string | null, messages: import('../core/types').Message[], error: any}} Earlier */
/** @type {Earlier} */
const ASKED = { phase: 'asked', at: null, messages: [], error: null };
const state = signal(ASKED);

/** @param {string} id */
const load = async (id) => {
  state.value = { ...ASKED, phase: 'loading' };
  try {
    state.value = { ...ASKED, phase: 'shown', ...(await get(`/api/chats/${encodeURIComponent(id)}/earlier`)) };
  } catch (error) {
    state.value = { ...ASKED, phase: 'shown', error };
  }
};
/** @param {string} id */
const body = (id) => {
  const { phase, at, messages, error } = state.value;
  if (phase === 'loading') return loading();
  if (error) return trouble(error, () => load(id));
  if (phase === 'asked') {
    return html`<p>${t('earlier-chat-ask')}</p>
      <footer class="dialog-foot"><button type="button" class="primary" data-testid="earlier-show" @click=${() => load(id)}>${t('earlier-chat-show')}</button></footer>`;
  }
  if (!at) return html`<p class="soft">${t('earlier-chat-none')}</p>`;
  return html`<p class="soft">${fmt.moment(at)}</p><div class="thread"><ol data-testid="earlier-messages">
    ${repeat(messages, (m) => m.id, (m) => html`<li class="bubble ${m.from}">${messageBody(m)}<footer><time>${fmt.moment(m.at)}</time></footer></li>`)}</ol></div>`;
};

/** @param {import('../core/types').ContactCard} c */
export const earlierButton = (c) => (c.channel === 'sms' && wroteBefore(c.id, c.channel)
  ? html`<button type="button" class="ghost small" data-testid="earlier-chat" aria-haspopup="dialog" @click=${() => {
    state.value = ASKED;
    openDialog({ title: () => t('earlier-chat'), testid: 'earlier-dialog', body: () => body(c.id) });
  }}>${icon('clock')} ${t('earlier-chat')}</button>`
  : nothing);
