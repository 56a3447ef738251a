// Ready answers: "/" shows them, a choice puts the words into the composer; nothing is ever sent by itself.
import { html, nothing, repeat, signal } from '../vendor/ui.js';
import { complain } from '../core/app.js';
import { get } from '../core/api.js';
import { NAMES, t } from '../core/i18n.js';

/** @typedef {import('../core/types').Reply} Reply */
/** @typedef {import('../core/types').Lang} Lang */
const LANGS = /** @type {Lang[]} */ (['ky', 'ru', 'uz', 'en']);
const SHOWN = 8;
const known = signal(/** @type {Reply[] | null} */ (null));
const at = signal(0);
/** The language somebody chose in the list; else that of the caller. */
const chosen = signal(/** @type {Lang | ''} */ (''));
/** The text for which the list was closed. */
const closed = signal('');
let asked = false;

const load = async () => {
  if (asked) return;
  asked = true;
  try {
    known.value = (await get('/api/replies')).replies;
  } catch (error) {
    asked = false;
    complain(error);
  }
};
/** @param {string | null} language @returns {Lang} */
const langOf = (language) => chosen.value || (LANGS.find((l) => l === language) ?? 'ru');

/** What fits to a text that begins with "/"; null when the list is not open. @param {string} text @param {string | null} language */
const found = (text, language) => {
  if (!text.startsWith('/') || text.includes('\n') || closed.value === text) return null;
  queueMicrotask(load);
  const words = text.slice(1).toLowerCase();
  const lang = langOf(language);
  return (known.value ?? []).filter((r) => r.key.includes(words) || (r.texts[lang] ?? '').toLowerCase().includes(words)).slice(0, SHOWN);
};

/** Keys of the list; true when the key was for it. @param {KeyboardEvent} event @param {string} text @param {string | null} language @param {(words: string) => void} take */
export const quickKey = (event, text, language, take) => {
  const list = found(text, language);
  if (!list) return false;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.code];
  const one = list[Math.min(at.peek(), list.length - 1)];
  if (step && list.length) at.value = (Math.min(at.peek(), list.length - 1) + step + list.length) % list.length;
  else if (event.code === 'Escape') closed.value = text;
  else if ((event.code === 'Enter' || event.code === 'NumpadEnter') && one && !event.isComposing) pick(one, language, take);
  else return false;
  event.preventDefault();
  return true;
};
/** @param {Reply} one @param {string | null} language @param {(words: string) => void} take */
const pick = (one, language, take) => {
  take(one.texts[langOf(language)] ?? '');
  at.value = 0;
};

/** @param {string} text @param {string | null} language @param {(words: string) => void} take */
export const quickList = (text, language, take) => {
  const list = found(text, language);
  if (!list) return nothing;
  const lang = langOf(language);
  return html`<div class="quick" role="group" aria-label=${t('replies-name')} data-testid="replies">
    <p>${LANGS.map((l) => html`<button type="button" class="plain small" lang=${l} aria-pressed=${String(l === lang)} @click=${() => { chosen.value = l; }}>${NAMES[l]}</button>`)}</p>
    ${list.length ? html`<ul>${repeat(list, (r) => r.key, (r, i) => html`<li><button type="button" class=${i === Math.min(at.value, list.length - 1) ? 'on' : ''} data-testid="reply-ready" data-key=${r.key} lang=${lang}
      @click=${() => pick(r, language, take)}>${r.texts[lang]}</button></li>`)}</ul>` : html`<p class="soft">${t('replies-none')}</p>`}
  </div>`;
};
