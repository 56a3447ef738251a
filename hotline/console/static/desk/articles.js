// Articles to read and to put into an answer, in the caller's language.
import { html, nothing, repeat, signal } from '../vendor/ui.js';
import { get } from '../core/api.js';
import { t } from '../core/i18n.js';
import * as fmt from '../core/fmt.js';
import { may } from '../core/store.js';
import { closeDialog, openDialog } from '../parts/dialog.js';
import { icon } from '../parts/icon.js';
import { loading, trouble } from '../parts/states.js';

/** @typedef {{id: string, topic: string, audience: string, title: string, body: string, source: string, checked_on: string, review: string}} Article */
const found = signal(/** @type {{list: Article[] | null, error: any}} */ ({ list: null, error: null }));

/** @param {import('../core/types').ContactCard} c */
const load = async (c) => {
  found.value = { list: null, error: null };
  try {
    const { articles } = await get(`/api/knowledge?lang=${c.language ?? 'ru'}`);
    /** @param {Article} a */
    const near = (a) => Number(a.topic !== c.topic);
    found.value = { list: articles.sort((/** @type {Article} */ a, /** @type {Article} */ b) => near(a) - near(b)), error: null };
  } catch (error) {
    found.value = { list: null, error };
  }
};
/** @param {Article} a @param {(text: string) => void} put */
const one = (a, put) => html`<details data-testid="article" data-id=${a.id}><summary>${a.title}${a.audience === 'staff' ? html` <span class="soft">· ${t('article-staff')}</span>` : nothing}</summary>
  <p dir="auto">${a.body}</p>
  <p class="hint">${t('article-source', { source: a.source, date: fmt.date(a.checked_on) })}${a.review === 'draft' ? html` · ${t('article-draft')}` : nothing}</p>
  <button type="button" class="ghost small" data-testid="article-put" @click=${() => { closeDialog(); put(a.body); }}>${t('article-put')}</button></details>`;

/** @param {import('../core/types').ContactCard} c @param {(text: string) => void} put */
const show = (c, put) => {
  load(c);
  openDialog({
    title: () => t('articles'), testid: 'articles-dialog',
    body: () => (found.value.error ? trouble(found.value.error, () => load(c)) : found.value.list ? repeat(found.value.list, (a) => a.id, (a) => one(a, put)) : loading()),
  });
};
/** @param {import('../core/types').ContactCard} c @param {(text: string) => void} put what to do with the words */
export const articlesButton = (c, put) => (may('knowledge:article:read')
  ? html`<button type="button" class="plain" data-testid="articles" @click=${() => show(c, put)}>${icon('file-text')} ${t('articles')}</button>` : nothing);
