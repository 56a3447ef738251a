// What stands around the words of a message: what it answers, that it was changed, what can be done with it.
import { html, nothing, signal } from '../vendor/ui.js';
import { attempt, boot } from '../core/app.js';
import { get } from '../core/api.js';
import { t } from '../core/i18n.js';
import { mine } from '../core/store.js';
import * as fmt from '../core/fmt.js';
import { icon } from '../parts/icon.js';
import * as words from '../parts/words.js';
import { setAim } from './aim.js';

/** @typedef {import('../core/types').Message} Message */
const QUOTED = 120;
const THEY_HAVE = ['sent', 'delivered', 'read'];
/** Earlier words of messages, once somebody asked for them. */
const earlier = signal(/** @type {Record<string, {at: string, text: string | null}[]>} */ ({}));

/** @param {number} id */
const jump = (id) => {
  const there = /** @type {HTMLElement | null} */ (document.querySelector(`.thread [data-id="${id}"], .messages [data-id="${id}"]`));
  there?.scrollIntoView({ block: 'center' });
  there?.classList.remove('found');
  requestAnimationFrame(() => there?.classList.add('found'));
};
/** @param {Message} m */
export const quote = (m) => (m.reply ? html`<button type="button" class="quote" data-testid="quote" title=${t('msg-jump')} @click=${() => jump(m.reply?.id ?? 0)}>
  ${(m.reply.text ?? words.messageKind(m.reply.kind)).slice(0, QUOTED)}</button>` : nothing);

/** The words a message had; asked for anew for each change of it. @param {Message} m */
const key = (m) => `${m.id}@${m.edited_at}`;
/** @param {Message} m */
const load = (m) => attempt(async () => {
  const { revisions } = await get(`/api/messages/${m.id}/revisions`);
  earlier.value = { ...earlier.peek(), [key(m)]: revisions };
});
/** @param {Message} m */
export const changed = (m) => {
  if (!m.edited_at || m.error === 'erased') return nothing;
  const known = earlier.value[key(m)];
  return html`<span class="edited" data-testid="edited">${icon('pencil')} ${t('msg-edited')} <time>${fmt.time(m.edited_at)}</time>
    ${known ? nothing : html`<button type="button" class="plain small" data-testid="earlier-words" @click=${() => load(m)}>${t('msg-earlier')}</button>`}</span>
    ${m.edit?.state === 'queued' ? html`<span>${icon('clock')} ${t('msg-edit-queued')}</span>` : nothing}
    ${m.edit?.state === 'failed' ? html`<span class="bad-text" data-testid="edit-failed">${icon('circle-alert')} ${t('msg-edit-failed')}${words.whyNot(m.edit.error) ? html`: ${words.whyNot(m.edit.error)}` : nothing}</span>` : nothing}
    ${known ? html`<ol class="before" data-testid="before">${known.map((r) => html`<li><time>${fmt.time(r.at)}</time> ${r.text ?? words.whyNot('unreadable')}</li>`)}</ol>` : nothing}`;
};
/** All that a bubble shows of the changes, for guards. */
export const earlierWords = () => earlier.value;

/** @param {Message} m @param {boolean} open @param {string} me */
export const acts = (m, open, me) => {
  if (!open || m.kind === 'note' || m.error === 'erased' || m.id < 0) return nothing;
  if (!(boot.lively_channels ?? []).includes(mine.value.get(m.contact_id)?.channel ?? '')) return nothing;
  const own = m.from === 'operator' && m.staff === me && m.kind === 'text' && THEY_HAVE.includes(m.state);
  return html`<span class="acts-small">
    ${m.from === 'caller' || THEY_HAVE.includes(m.state) ? html`<button type="button" class="plain small" data-testid="answer-this" title=${t('msg-reply')} aria-label=${t('msg-reply')} @click=${() => setAim(m.contact_id, { reply: m })}>${icon('undo-2')}</button>` : nothing}
    ${own ? html`<button type="button" class="plain small" data-testid="edit-this" title=${t('msg-edit')} aria-label=${t('msg-edit')} @click=${() => setAim(m.contact_id, { edit: m })}>${icon('pencil')}</button>` : nothing}</span>`;
};
