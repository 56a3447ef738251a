// Offers: what routing asks this person to take, with the seconds that are left.
import { html, nothing, repeat } from '../vendor/ui.js';
import { accept, pass } from '../core/taking.js';
import { t } from '../core/i18n.js';
import { link, offerList, serverNow } from '../core/store.js';
import { clock, countdown, fuse } from '../parts/clock.js';
import { channelIcon, icon } from '../parts/icon.js';
import { menu } from '../parts/menu.js';
import * as words from '../parts/words.js';

/** How long each offer had when it came, in seconds; an offer is offered once. @type {Map<string, number>} */
const lengths = new Map();

/** @param {import('../core/types').Offer} o */
const title = (o) => (o.purpose === 'transfer' ? t('offer-transfer') : o.kind === 'call' ? t('offer-call') : t('offer-chat'));
/** Read aloud by a screen reader: kind, language, topic; never a number. @param {import('../core/types').Offer} o */
const spoken = (o) => [title(o), words.language(o.language), words.topic(o.topic)].filter(Boolean).join(', ');

/** @param {import('../core/types').Offer} o */
const lengthOf = (o) => {
  if (!lengths.has(o.id)) lengths.set(o.id, Math.max(1, (Date.parse(o.until) - serverNow()) / 1000));
  return lengths.get(o.id) ?? 1;
};

/** @param {import('../core/types').Offer} o @param {number} i */
const card = (o, i) => html`<article class="offer card ${o.danger ? 'hot' : ''}" data-testid="offer-card" data-id=${o.id} data-kind=${o.kind}>
  <p class="hidden" role="alert">${spoken(o)}</p>
  <header>${channelIcon(o.channel)} <b>${title(o)}</b> <span class="grow"></span> ${countdown(o.until)}</header>
  ${fuse(o.until, lengthOf(o), t('offer-left'))}
  <p class="who">${o.masked}</p>
  <p class="tags">${o.danger ? html`<b class="tag bad">${icon('triangle-alert')} ${t('danger-flag')}</b>` : nothing}
    ${o.assigned ? html`<span class="tag" data-testid="offer-assigned">${t('tl-assigned')}</span>` : nothing}
    ${o.language ? html`<span class="tag">${words.language(o.language)}</span>` : nothing}
    ${words.topic(o.topic) ? html`<span class="tag">${words.topic(o.topic)}</span>` : nothing}
    ${o.history_count ? html`<span class="tag">${t('offer-history', { n: o.history_count })}</span>` : nothing}</p>
  <p class="soft small">${t('offer-waits')} ${clock(o.waiting_since)}</p>
  <footer>
    <button type="button" class="primary grow" data-testid="accept" ?disabled=${link.value === 'offline'} title=${link.value === 'offline' ? t('offline-not-now') : nothing}
      @click=${() => accept(o)}>${icon(o.kind === 'call' ? 'phone-call' : 'message-circle')} ${o.kind === 'call' ? t('offer-answer') : t('offer-take')} ${i === 0 ? html`<kbd>F2</kbd>` : nothing}</button>
    ${menu({
      id: `pass-${o.id}`, testid: 'pass', text: t('offer-pass'), disabled: link.value === 'offline',
      items: words.PASS_REASONS.map((r) => ({ key: r, text: words.passReason(r), testid: `pass-${r}`, act: () => pass(o, r) })),
    })}
  </footer>
</article>`;

export const offersView = () => (offerList.value.length
  ? html`<h2 class="hidden">${t('offers-title')}</h2>${repeat(offerList.value, (o) => o.id, card)}`
  : nothing);
