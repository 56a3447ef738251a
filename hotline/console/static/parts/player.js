// A recorded message: asked for only when somebody wants to hear it, because hearing it goes on record.
import { html, signal } from '../vendor/ui.js';
import { attempt } from '../core/app.js';
import { post } from '../core/api.js';
import { t } from '../core/i18n.js';
import * as fmt from '../core/fmt.js';
import { icon } from './icon.js';
import { wavePlayer } from './wave.js';

/** What was asked for; each address works for a short time only. */
const tickets = signal(/** @type {Record<string, import('./wave.js').Ticket>} */ ({}));
const broken = signal('');

/** @param {string} id */
const fetchTicket = (id) => attempt(async () => {
  const ticket = await post(`/api/messages/${id}/ticket`);
  broken.value = '';
  tickets.value = { ...tickets.peek(), [id]: ticket };
});

/** Why there is nothing to hear (yet). @type {Record<string, () => string>} */
const SILENT = { fetching: () => t('message-coming'), lost: () => t('message-lost'), shredded: () => t('message-gone') };

/** @param {import('../core/types').VoiceMessage} m */
export const player = (m) => {
  const silent = SILENT[m.state];
  if (silent) return html`<p class="soft" data-testid="no-sound">${silent()}</p>`;
  const ticket = tickets.value[m.id];
  const length = m.length_s === null ? '' : fmt.length(m.length_s);
  if (ticket && broken.value !== m.id) return wavePlayer({ id: m.id, ticket, name: t('message-place'), testid: 'message', begins: true, lost: () => { broken.value = m.id; } });
  return html`<button type="button" class="ghost" data-testid="play" @click=${() => fetchTicket(m.id)}>${icon('play')} ${broken.value === m.id ? t('message-again') : t('message-play')} <span class="clock">${length}</span></button>`;
};
