// After the talk: how much time there is for the record, more of it once, and a pause after a hard call.
import { html, nothing } from '../vendor/ui.js';
import { attempt, pauseAfterHardCall } from '../core/app.js';
import { post } from '../core/api.js';
import { t } from '../core/i18n.js';
import { mine, presence, putCard } from '../core/store.js';
import { clock, timeLeft } from '../parts/clock.js';
import { icon } from '../parts/icon.js';
import { menu } from '../parts/menu.js';
import * as words from '../parts/words.js';

const REASONS = ['record', 'colleague', 'partner', 'other'];

/** @param {string} id @param {string} reason */
const extend = (id, reason) => attempt(async () => {
  const { wrap_up } = await post('/api/wrapup/extend', { contact_id: id, reason });
  const card = mine.peek().get(id);
  if (card) putCard({ ...card, wrap_up });
});

/** The time there is, or what was used where it has no end. @param {import('../core/types').ContactCard} c */
export const wrapTime = (c) => (c.wrap_up?.until ? timeLeft(c.wrap_up.until) : c.wrap_up?.over ? nothing : clock(c.left_at ?? c.since));

/** @param {import('../core/types').ContactCard} c */
const more = (c) => menu({
  id: 'wrap', testid: 'wrap-more', text: html`${icon('clock')} ${t('wrap-more')}`,
  items: REASONS.map((r) => ({ key: r, text: words.wrapWhy(r), testid: `wrap-why-${r}`, act: () => extend(c.id, r) })),
});
const pause = () => (presence.value?.reason === 'hard_call' ? nothing
  : html`<button type="button" class="ghost" data-testid="hard-call" @click=${pauseAfterHardCall}>${icon('coffee')} ${t('pause-hard-call')}</button>`);

/** @param {import('../core/types').ContactCard} c */
export const wrapUp = (c) => html`<section class="call-panel after" data-testid="wrap-up">
  <p class="call-state"><span class="shape wrap_up" aria-hidden="true">◆</span> <b>${c.kind === 'call' ? t('wrap-title-call') : t('wrap-title-chat')}</b></p>
  ${c.wrap_up?.over ? html`<p role="status" data-testid="wrap-over">${icon('circle-check', 'ok')} ${t('wrap-over')}</p>`
    : html`<p data-testid="wrap-time">${t('wrap-time')}: <b>${wrapTime(c)}</b> <span class="soft">${t('wrap-text')}</span></p>`}
  <p class="call-buttons">${c.wrap_up?.until && !c.wrap_up.extended ? more(c) : nothing}${pause()}</p>
</section>`;
