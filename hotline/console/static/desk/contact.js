// The middle column: one contact at a time, its call or its conversation.
import { html, nothing } from '../vendor/ui.js';
import { t } from '../core/i18n.js';
import { lent, mine, mineList, offerList, queueList, selected } from '../core/store.js';
import { clock, waitClock } from '../parts/clock.js';
import { channelIcon, icon } from '../parts/icon.js';
import { empty } from '../parts/states.js';
import * as words from '../parts/words.js';
import { callPanel } from './call.js';
import { chatView } from './chat.js';
import { escalateDialog } from './escalate.js';
import { giveCode, linksView } from './links.js';
import { caseOf, detailView, historyStrip } from './history.js';

/** @param {import('../core/types').ContactCard} c */
const talkState = (c) => (c.state === 'talking' && c.chat ? html`<span data-testid="chat-state" data-state=${c.chat.state}>${words.chatState(c.chat.state)}${c.chat.waiting_since ? html` ${waitClock(c.chat.waiting_since)}` : nothing}</span>` : words.cardState(c.state));
/** @param {import('../core/types').ContactCard} c */
const head = (c) => html`<header class="contact-head" data-testid="contact-head" data-id=${c.id}>
  <span class="avatar">${channelIcon(c.channel)}</span>
  <div class="row-main">
    <div class="tags"><h2>${c.masked}</h2>
      ${c.alarm ? html`<b class="tag bad" data-testid="silent-alarm">${icon('siren')} ${t('alarm-flag')}</b>` : nothing}
      ${c.danger ? html`<b class="tag bad">${icon('triangle-alert')} ${t('danger-flag')}</b>` : nothing}
      ${caseOf(c.id) ? html`<span class="tag bad" data-testid="escalated">${icon('siren')} ${caseOf(c.id)}</span>` : nothing}
      ${c.chat?.reopens ? html`<span class="tag" data-testid="reopened">${icon('rotate-ccw')} ${t('chat-reopened')}</span>` : nothing}</div>
    <p class="soft">${words.channel(c.channel)}${c.language ? html` · ${words.language(c.language)}` : nothing}${words.topic(c.topic) ? html` · ${words.topic(c.topic)}` : nothing}
      · ${talkState(c)}</p>
  </div>
  ${c.state === 'wrap_up' ? nothing : html`<span class="big-clock">${clock(c.since)}</span>`}
  ${c.state === 'talking' && !lent(c) ? html`<button type="button" class="ghost" data-testid="link-code-give" title=${t('link-code')} aria-label=${t('link-code')} @click=${() => giveCode(c.id)}>${icon('link')}</button>` : nothing}
  ${lent(c) ? nothing : html`<button type="button" class="ghost" data-testid="escalate" @click=${() => escalateDialog(c.id)}>${icon('siren')} ${t('case-escalate')}</button>`}
</header>`;

const nobody = () => {
  const text = offerList.value.length ? t('desk-offer-waits') : mineList.value.length ? t('desk-choose') : queueList.value.length ? t('desk-wait') : t('desk-quiet');
  return html`<div class="quiet">${icon('headphones', 'huge')}${empty(text)}</div>`;
};

export const contactView = () => {
  const c = selected.value ? mine.value.get(selected.value) : null;
  if (!c) return nobody();
  const body = c.kind === 'call'
    ? html`${callPanel(c)}<div class="scroll" tabindex="0" role="region" aria-label=${t('answers-title')}>${detailView(c.id)}</div>`
    : html`${historyStrip(c.id)}${chatView(c)}`;
  return html`<div class="contact">${head(c)}${lent(c) ? nothing : linksView(c.id)}${body}</div>`;
};
