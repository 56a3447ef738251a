// The person's own state: available, breaks with reasons, end of shift.
import { html, nothing } from '../vendor/ui.js';
import { endShift, pauseAfterHardCall, setPresence, toast } from '../core/app.js';
import { t } from '../core/i18n.js';
import { mineList, presence } from '../core/store.js';
import { clock, timeLeft } from '../parts/clock.js';
import { icon } from '../parts/icon.js';
import { menu } from '../parts/menu.js';
import { SHAPES } from '../parts/shapes.js';
import * as words from '../parts/words.js';

const REASONS = ['short', 'meal', 'meeting', 'training', 'technical'];

const leave = () => (mineList.peek().length ? toast(t('shift-end-open', { n: mineList.peek().length }), true) : endShift());

export const presenceMenu = () => {
  const p = presence.value;
  if (!p) return nothing;
  const text = html`<span class="shape ${p.state}" aria-hidden="true">${SHAPES[p.state] ?? '●'}</span>
    <span data-testid="presence-state" data-state=${p.state}>${words.presenceState(p.state)}</span>
    ${p.reason && p.state === 'break' ? html`<span class="soft">${words.breakReason(p.reason)}</span>` : nothing}
    ${p.state === 'offline' ? nothing : p.until ? timeLeft(p.until) : p.since ? clock(p.since) : nothing}`;
  if (p.state === 'offline') return html`<span class="presence">${text}</span>`;
  const busy = p.state === 'busy' || p.state === 'wrap_up';
  return html`<div class="presence">${menu({
    id: 'presence', testid: 'presence', kind: 'ghost', text,
    items: [
      { key: 'available', text: t('presence-available'), testid: 'presence-available', mark: p.state === 'available', act: () => setPresence('available', null) },
      ...REASONS.map((r) => ({
        key: r, testid: `presence-break-${r}`, mark: p.reason === r,
        text: busy ? t('break-after-contact', { reason: words.breakReason(r) }) : t('break-now', { reason: words.breakReason(r) }),
        act: () => setPresence('break', r),
      })),
      { key: 'hard_call', testid: 'presence-hard-call', mark: p.reason === 'hard_call', text: t('pause-hard-call'), act: pauseAfterHardCall },
      { key: 'end', text: t('shift-end'), testid: 'shift-end', act: leave },
    ],
  })}${busy && p.reason ? html`<span class="hint" data-testid="break-planned">${p.reason === 'hard_call' ? t('pause-planned') : t('break-planned')}</span>
    <button type="button" class="plain" data-testid="break-take-back" @click=${() => setPresence('available', null)}>${icon('undo-2')} ${t('break-take-back')}</button>` : nothing}</div>`;
};
