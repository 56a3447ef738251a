// Who is in the talk and what each of them hears: said in words, because a wrong guess here hurts somebody.
import { effect, html, nothing, repeat, untracked } from '../vendor/ui.js';
import { attempt, toast } from '../core/app.js';
import { remove } from '../core/api.js';
import { t } from '../core/i18n.js';
import { me, mine } from '../core/store.js';
import { icon } from '../parts/icon.js';
import * as words from '../parts/words.js';
import { ask } from './call-tools.js';

/** @typedef {import('../core/types').ContactCard} ContactCard */
/** @typedef {import('../core/types').Party} Party */
/** @type {Record<string, string>} */
const SIGNS = { caller: 'user', operator: 'headphones', third: 'users', supervisor: 'eye' };

/** @param {ContactCard} c @param {Party} p */
const dismiss = (c, p) => attempt(() => remove(`/api/calls/${c.id}/third/${p.leg}`));
/** @param {ContactCard} c @param {Party} p */
const party = (c, p) => html`<li class="party ${p.state}" data-testid="party" data-role=${p.role} data-state=${p.state}>${icon(SIGNS[p.role] ?? 'user')}
  <span><b>${words.partyRole(p.role)}</b>${p.label ? html` ${p.label === me.value?.name ? t('party-you') : p.label}` : nothing} <small>${words.partyState(p.state)}</small></span>
  ${p.role === 'third' && c.call?.transfer?.mine !== 'to' ? html`<button type="button" class="plain small" data-testid="party-out" title=${t('party-out')} @click=${() => dismiss(c, p)}>${icon('x')}<span class="hidden">${t('party-out')}</span></button>` : nothing}</li>`;

/** @param {ContactCard} c */
export const partiesView = (c) => (c.call?.parties?.length
  ? html`<ul class="parties" aria-label=${t('party-name')}>${repeat(c.call.parties, (p) => p.leg, (p) => party(c, p))}</ul>`
  : nothing);

/** Contacts for which somebody is being asked; one's own change of mind is no news. */
const asking = new Set();
/** @param {ContactCard} c */
const takeBack = (c) => {
  asking.delete(c.id);
  ask(c, 'transfer/back');
};
effect(() => {
  for (const [id, c] of mine.value) {
    const x = c.call?.transfer;
    if (!x && asking.delete(id) && c.call?.state === 'live') untracked(() => toast(t('transfer-nobody'), true));
    if (x?.mine === 'from' && x.state === 'asked') asking.add(id);
    else asking.delete(id);
  }
});

/** @param {import('../core/types').Transfer} x */
const told = (x) => {
  const name = x.to_name || t('transfer-somebody');
  if (x.mine === 'to') return x.state === 'talking' ? t('transfer-to-you') : t('transfer-to-you-soon');
  if (x.state === 'talking') return t('transfer-talking', { name });
  return x.warm ? t('transfer-asking', { name }) : t('transfer-sending', { name });
};
/** The open transfer: what happens now, and the two ways it can go on. @param {ContactCard} c */
export const transferView = (c) => {
  const x = c.call?.transfer;
  if (!x) return nothing;
  const from = x.mine === 'from';
  return html`<div class="handing" role="status" data-testid="transfer" data-state=${x.state} data-mine=${x.mine}>${icon('arrow-right-left')} <p>${told(x)}</p>
    ${from && x.state === 'talking' ? html`<button type="button" class="primary" data-testid="hand-over" @click=${() => ask(c, 'transfer/finish')}>${icon('check')} ${t('transfer-finish')}</button>` : nothing}
    <button type="button" class="ghost" data-testid="take-back" @click=${() => takeBack(c)}>${icon('undo-2')} ${from ? t('transfer-back') : t('transfer-decline')}</button></div>`;
};
