// Writing an answer: a draft per contact, to whom it goes, and how many SMS it will take.
import { html, live, nothing, repeat, signal } from '../vendor/ui.js';
import { drafts, outbox, toast } from '../core/app.js';
import { t } from '../core/i18n.js';
import { smsParts } from '../core/fmt.js';
import { icon } from '../parts/icon.js';
import * as words from '../parts/words.js';
import { attachButton } from './attach.js';
import { eraseButton } from './erase.js';
import { articlesButton } from './articles.js';
import { channelSafe } from './history.js';
import { verifyBar } from './verify.js';

/** @typedef {import('../core/types').ContactCard} ContactCard */
const LETTERS = ['ө', 'ү', 'ң', 'ʻ'];
const MAX_LENGTH = 4000;
/** What is typed, by contact: a text can never end up in another conversation. */
const typed = signal(/** @type {Record<string, string>} */ ({}));
/** @type {Map<string, ReturnType<typeof setTimeout>>} */
const timers = new Map();
/** @type {Set<string>} */
const asked = new Set();

/** @param {string} id */
const restore = (id) => {
  if (asked.has(id)) return;
  asked.add(id);
  drafts.load(`reply:${id}`).then((kept) => {
    if (kept && !typed.peek()[id]) typed.value = { ...typed.peek(), [id]: kept };
  });
};
/** @param {string} id @param {string} text */
const write = (id, text) => {
  typed.value = { ...typed.peek(), [id]: text };
  clearTimeout(timers.get(id));
  timers.set(id, setTimeout(() => { text ? drafts.save(`reply:${id}`, text) : drafts.remove(`reply:${id}`); }, 250));
};
/** @param {string} id */
const send = (id) => {
  const text = (typed.peek()[id] ?? '').trim();
  if (!text) return;
  if (outbox.add(id, text)) write(id, '');
  else toast(t('outbox-full'), true);
};

/** @param {KeyboardEvent} event @param {string} id */
const onKey = (event, id) => {
  if (event.code !== 'Enter' && event.code !== 'NumpadEnter') return;
  if (event.isComposing || event.shiftKey || event.altKey) return;
  event.preventDefault();
  send(id);
};
/** @param {Event} event @param {string} id @param {string} letter */
const insert = (event, id, letter) => {
  const box = /** @type {HTMLTextAreaElement | null} */ (/** @type {Element} */ (event.currentTarget).closest('.composer')?.querySelector('textarea') ?? null);
  if (!box) return;
  const { selectionStart: from, selectionEnd: to, value } = box;
  write(id, value.slice(0, from) + letter + value.slice(to));
  box.focus();
  box.setSelectionRange(from + letter.length, from + letter.length);
};

/** @param {string} text */
const counter = (text) => {
  const n = smsParts(text);
  return html`<span class="counter ${n.parts > 3 ? 'bad-text' : ''}" data-testid="sms-counter" data-parts=${n.parts}>${t('sms-parts', { n: n.parts })} · ${n.used}/${n.room}</span>`;
};

/** @param {ContactCard} c @param {() => void} close */
export const composer = (c, close) => {
  restore(c.id);
  const text = typed.value[c.id] ?? '';
  return html`<form class="composer" @submit=${(/** @type {Event} */ e) => { e.preventDefault(); send(c.id); }}>
    <p class="to"><span data-testid="reply-to">${t('reply-to')} <b>${words.who(c)}</b></span><span class="grow"></span>${c.channel === 'sms' ? counter(text) : nothing}</p>
    ${channelSafe(c.id) ? nothing : html`<p class="bad-text" role="alert" data-testid="reply-not-safe">${icon('shield-alert')} ${t('reply-not-safe')}</p>`}
    ${verifyBar(c)}
    <textarea rows="3" data-testid="reply" aria-label=${t('reply-name', { who: c.masked })} placeholder=${t('reply-hint')} maxlength=${MAX_LENGTH} lang=${c.language ?? nothing}
      .value=${live(text)} @input=${(/** @type {InputEvent} */ e) => write(c.id, /** @type {HTMLTextAreaElement} */ (e.target).value)} @keydown=${(/** @type {KeyboardEvent} */ e) => onKey(e, c.id)}></textarea>
    <div class="composer-foot">
      ${repeat(LETTERS, (l) => l, (l) => html`<button type="button" class="plain letter" tabindex="-1" aria-label=${t('reply-letter', { letter: l })} @click=${(/** @type {Event} */ e) => insert(e, c.id, l)}>${l}</button>`)}
      <span class="grow"></span>
      ${c.state === 'talking' ? attachButton(c) : nothing}
      ${articlesButton(c, (words) => write(c.id, [text, words].filter(Boolean).join('\n\n')))}
      ${eraseButton(c.id)}
      <button type="button" class="ghost" data-testid="chat-close" @click=${close}>${t('chat-close')}</button>
      <button type="submit" class="primary" data-testid="send" ?disabled=${!text.trim()}>${icon('send')} ${t('reply-send')}</button>
    </div>
  </form>`;
};
