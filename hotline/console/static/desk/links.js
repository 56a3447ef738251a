// One person on two channels: a code to give, what came of it, and what staff say about it.
import { effect, html, nothing, repeat, signal } from '../vendor/ui.js';
import { attempt } from '../core/app.js';
import { get, post } from '../core/api.js';
import { t } from '../core/i18n.js';
import { linkChanges, mine } from '../core/store.js';
import { countdown } from '../parts/clock.js';
import { openDialog } from '../parts/dialog.js';
import { icon } from '../parts/icon.js';
import * as words from '../parts/words.js';
import { reloadDetail } from './history.js';

/** @typedef {import('../core/types').CallerLink} CallerLink */
const known = signal(/** @type {Record<string, CallerLink[]>} */ ({}));
/** @type {Set<string>} */
const asked = new Set();

/** Silent when it fails: it is asked again with the next change. @param {string} id */
const load = async (id) => {
  try {
    const { links } = await get(`/api/contacts/${id}/links`);
    known.value = { ...known.peek(), [id]: links };
  } catch {
    asked.delete(id);
  }
};
effect(() => {
  linkChanges.value;
  const cards = mine.value;
  for (const id of asked) if (!cards.has(id)) asked.delete(id);
});
linkChanges.subscribe(() => { for (const id of asked) { load(id); reloadDetail(id); } });

/** @param {string} id */
export const giveCode = (id) => attempt(async () => {
  const given = await post(`/api/contacts/${id}/link-code`);
  openDialog({
    title: () => t('link-code-title'),
    testid: 'link-code-dialog',
    body: () => html`<p>${t('link-code-text')}</p><p class="code" data-testid="link-code">${given.code}</p><p class="soft">${countdown(given.until)}</p>`,
  });
});
/** @param {CallerLink} link @param {'same'|'other'|'undo'} answer */
const decide = (link, answer) => attempt(() => post(`/api/links/${link.id}/decide`, { answer }));

/** @param {CallerLink} l */
const row = (l) => html`<p class="link ${l.state}" data-testid="caller-link" data-state=${l.state}>${icon('link')}
  <span class="grow">${l.state === 'suggested' ? t('link-ask', { who: words.who(l) }) : t('link-is', { who: words.who(l) })}</span>
  ${!l.mine ? nothing : l.state === 'suggested' ? html`<button type="button" class="primary small" data-testid="link-same" @click=${() => decide(l, 'same')}>${t('link-same')}</button>
    <button type="button" class="ghost small" data-testid="link-other" @click=${() => decide(l, 'other')}>${t('link-other')}</button>`
    : html`<button type="button" class="ghost small" data-testid="link-undo" @click=${() => decide(l, 'undo')}>${t('link-undo')}</button>`}</p>`;

/** @param {string} id */
export const linksView = (id) => {
  if (!asked.has(id)) { asked.add(id); queueMicrotask(() => load(id)); }
  const links = known.value[id] ?? [];
  return links.length ? html`<div class="links">${repeat(links, (l) => l.id, row)}</div>` : nothing;
};
