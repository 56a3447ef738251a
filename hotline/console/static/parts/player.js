// A recorded message: asked for only when somebody wants to hear it, because hearing it goes on record.
import { html, ref, signal } from '../vendor/ui.js';
import { attempt } from '../core/app.js';
import { post } from '../core/api.js';
import { t } from '../core/i18n.js';
import * as fmt from '../core/fmt.js';
import { icon } from './icon.js';

/** Addresses of messages that were asked for; each works for a short time only. */
const tickets = signal(/** @type {Record<string, string>} */ ({}));
const broken = signal('');

/** @param {string} id */
const fetchTicket = (id) => attempt(async () => {
  const { url } = await post(`/api/messages/${id}/ticket`);
  broken.value = '';
  tickets.value = { ...tickets.peek(), [id]: url };
});
/** Playing on is one press less; a browser that does not let us shows its own button. @param {Element | undefined} el */
const begin = (el) => { if (el?.isConnected === false) queueMicrotask(() => /** @type {HTMLAudioElement} */ (el).play().catch(() => {})); };

/** Why there is nothing to hear (yet). @type {Record<string, () => string>} */
const SILENT = { fetching: () => t('message-coming'), lost: () => t('message-lost'), shredded: () => t('message-gone') };

/** @param {import('../core/types').VoiceMessage} m */
export const player = (m) => {
  const silent = SILENT[m.state];
  if (silent) return html`<p class="soft" data-testid="no-sound">${silent()}</p>`;
  const url = tickets.value[m.id];
  const length = m.length_s === null ? '' : fmt.length(m.length_s);
  if (url && broken.value !== m.id) {
    return html`<audio class="player" controls controlslist="nodownload" preload="none" src=${url} data-testid="player" aria-label=${t('message-name')} ${ref(begin)} @error=${() => { broken.value = m.id; }}></audio>`;
  }
  return html`<button type="button" class="ghost" data-testid="play" @click=${() => fetchTicket(m.id)}>${icon('play')} ${broken.value === m.id ? t('message-again') : t('message-play')} <span class="clock">${length}</span></button>`;
};
