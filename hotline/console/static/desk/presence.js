// The person's own state: available, breaks with reasons, end of shift.
import { html, nothing } from '../vendor/ui.js';
import { endShift, setPresence, toast } from '../core/app.js';
import { t } from '../core/i18n.js';
import { mineList, presence } from '../core/store.js';
import { clock, countdown } from '../parts/clock.js';
import { menu } from '../parts/menu.js';
import * as words from '../parts/words.js';

/** Shape, word and colour together, never colour alone. @type {Record<string, string>} */
const SHAPES = { available: '●', busy: '■', wrap_up: '◆', break: '○', offline: '×', not_answering: '▲' };
const REASONS = ['short', 'meal', 'meeting', 'training', 'technical', 'hard_call'];

const leave = () => (mineList.peek().length ? toast(t('shift-end-open', { n: mineList.peek().length }), true) : endShift());

export const presenceMenu = () => {
  const p = presence.value;
  if (!p) return nothing;
  const text = html`<span class="shape ${p.state}" aria-hidden="true">${SHAPES[p.state] ?? '●'}</span>
    <span data-testid="presence-state" data-state=${p.state}>${words.presenceState(p.state)}</span>
    ${p.reason && p.state === 'break' ? html`<span class="soft">${words.breakReason(p.reason)}</span>` : nothing}
    ${p.state === 'offline' ? nothing : p.until ? countdown(p.until) : p.since ? clock(p.since) : nothing}`;
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
      { key: 'end', text: t('shift-end'), testid: 'shift-end', act: leave },
    ],
  })}${busy && p.reason ? html`<span class="hint">${t('break-planned')}</span>` : nothing}</div>`;
};
