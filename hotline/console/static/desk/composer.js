// Writing an answer: a draft per contact and purpose, to whom it goes, and how many SMS it will take.
import { html, live, nothing, repeat, signal } from '../vendor/ui.js';
import { attempt, drafts, outbox, toast } from '../core/app.js';
import { post } from '../core/api.js';
import { t } from '../core/i18n.js';
import { putMessage } from '../core/store.js';
import { smsParts } from '../core/fmt.js';
import { icon } from '../parts/icon.js';
import * as words from '../parts/words.js';
import { aimOf, boxOf, clearAim, setAim } from './aim.js';
import { articlesButton } from './articles.js';
import { attachButton } from './attach.js';
import { eraseButton } from './erase.js';
import { channelSafe } from './history.js';
import { quickKey, quickList } from './quick.js';
import { verifyBar } from './verify.js';

/** @typedef {import('../core/types').ContactCard} ContactCard */
const LETTERS = ['ө', 'ү', 'ң', 'ʻ'];
const MAX_LENGTH = 4000;
const TYPING_MS = 3000;
/** What is typed, by contact and purpose: a text can never end up in another conversation. */
const typed = signal(/** @type {Record<string, string>} */ ({}));
/** @type {Map<string, ReturnType<typeof setTimeout>>} */
const timers = new Map();
/** @type {Set<string>} */
const asked = new Set();
/** When the caller was last shown that somebody writes. @type {Map<string, number>} */
const told = new Map();

/** @param {string} box */
const restore = (box) => {
  if (asked.has(box) || box.startsWith('edit:')) return;
  asked.add(box);
  drafts.load(box).then((kept) => {
    if (kept && !typed.peek()[box]) typed.value = { ...typed.peek(), [box]: kept };
  });
};
/** @param {string} box @param {string} text */
const write = (box, text) => {
  typed.value = { ...typed.peek(), [box]: text };
  clearTimeout(timers.get(box));
  if (!box.startsWith('edit:')) timers.set(box, setTimeout(() => { text ? drafts.save(box, text) : drafts.remove(box); }, 250));
};
/** Not for a note, nor for what may be a choice among ready answers; at most every three seconds. @param {string} id @param {string} text */
const showTyping = (id, text) => {
  const now = Date.now();
  if (!text.trim() || text.startsWith('/') || aimOf(id).note || now - (told.get(id) ?? 0) < TYPING_MS) return;
  told.set(id, now);
  post(`/api/chats/${id}/typing`).catch(() => {});
};

/** @param {string} id @param {import('../core/types').Message} message @param {string} text */
const change = (id, message, text) => attempt(async () => {
  const answer = await post(`/api/messages/${message.id}/edit`, { text });
  putMessage(answer.message);
  write(`edit:${message.id}`, '');
  clearAim(id);
});
/** @param {string} id */
const send = (id) => {
  const aim = aimOf(id);
  const box = boxOf(id);
  const text = (typed.peek()[box] ?? aim.edit?.text ?? '').trim();
  if (!text) return;
  if (aim.edit) { change(id, aim.edit, text); return; }
  const more = aim.note ? { note: true } : aim.reply ? { reply_to: aim.reply.id } : {};
  if (!outbox.add(id, text, more)) { toast(t('outbox-full'), true); return; }
  write(box, '');
  if (aim.reply || aim.note) clearAim(id);
};

/** @param {KeyboardEvent} event @param {ContactCard} c @param {string} text */
const onKey = (event, c, text) => {
  const box = boxOf(c.id);
  if (box.startsWith('reply:') && quickKey(event, text, c.language, (said) => write(box, said))) return;
  if (event.code === 'Escape' && (aimOf(c.id).edit || aimOf(c.id).reply || aimOf(c.id).note)) { clearAim(c.id); return; }
  if (event.code !== 'Enter' && event.code !== 'NumpadEnter') return;
  if (event.isComposing || event.shiftKey || event.altKey) return;
  event.preventDefault();
  send(c.id);
};
/** @param {Event} event @param {string} box @param {string} letter */
const insert = (event, box, letter) => {
  const area = /** @type {HTMLTextAreaElement | null} */ (/** @type {Element} */ (event.currentTarget).closest('.composer')?.querySelector('textarea') ?? null);
  if (!area) return;
  const { selectionStart: from, selectionEnd: to, value } = area;
  write(box, value.slice(0, from) + letter + value.slice(to));
  area.focus();
  area.setSelectionRange(from + letter.length, from + letter.length);
};

/** @param {string} text */
const counter = (text) => {
  const n = smsParts(text);
  return html`<span class="counter ${n.parts > 3 ? 'bad-text' : ''}" data-testid="sms-counter" data-parts=${n.parts}>${t('sms-parts', { n: n.parts })} · ${n.used}/${n.room}</span>`;
};
/** What the text is for, when it is no plain answer, and the way back. @param {string} id */
const purpose = (id) => {
  const { reply, edit, note } = aimOf(id);
  if (!reply && !edit && !note) return nothing;
  const what = note ? t('note-hint') : `${edit ? t('msg-edit') : t('msg-quoted')} ${((edit ?? reply)?.text ?? '').slice(0, 80)}`;
  return html`<p class="aim" data-testid="aim">${icon(edit || note ? 'pencil' : 'chevron-right')} <span class="grow">${what}</span>
    <button type="button" class="plain small" data-testid="aim-leave" @click=${() => clearAim(id)}>${note ? t('note-leave') : edit ? t('msg-edit-leave') : t('action-cancel')}</button></p>`;
};

/** @param {ContactCard} c @param {() => void} close */
export const composer = (c, close) => {
  const aim = aimOf(c.id);
  const box = boxOf(c.id);
  restore(box);
  const text = typed.value[box] ?? aim.edit?.text ?? '';
  const plain = box.startsWith('reply:');
  return html`<form class="composer ${aim.note ? 'note' : ''}" @submit=${(/** @type {Event} */ e) => { e.preventDefault(); send(c.id); }}>
    <p class="to"><span data-testid="reply-to">${aim.note ? t('note-name') : html`${t('reply-to')} <b>${words.who(c)}</b>`}</span><span class="grow"></span>${plain ? html`<span class="soft">${t('replies-hint')}</span>` : nothing}${c.channel === 'sms' && !aim.note ? counter(text) : nothing}</p>
    ${channelSafe(c.id) ? nothing : html`<p class="bad-text" role="alert" data-testid="reply-not-safe">${icon('shield-alert')} ${t('reply-not-safe')}</p>`}
    ${verifyBar(c)}
    ${purpose(c.id)}
    ${plain ? quickList(text, c.language, (said) => write(box, said)) : nothing}
    <textarea rows="3" data-testid="reply" aria-label=${aim.note ? t('note-name') : t('reply-name', { who: c.masked })} placeholder=${aim.note ? t('note-hint') : t('reply-hint')} maxlength=${MAX_LENGTH} lang=${c.language ?? nothing}
      .value=${live(text)} @input=${(/** @type {InputEvent} */ e) => { const said = /** @type {HTMLTextAreaElement} */ (e.target).value; write(box, said); showTyping(c.id, said); }} @keydown=${(/** @type {KeyboardEvent} */ e) => onKey(e, c, text)}></textarea>
    <div class="composer-foot">
      ${repeat(LETTERS, (l) => l, (l) => html`<button type="button" class="plain letter" tabindex="-1" aria-label=${t('reply-letter', { letter: l })} @click=${(/** @type {Event} */ e) => insert(e, box, l)}>${l}</button>`)}
      ${aim.note || aim.edit ? nothing : html`<button type="button" class="plain small" data-testid="note-write" title=${t('note-write')} aria-label=${t('note-write')} @click=${() => setAim(c.id, { note: true })}>${icon('pencil')}</button>`}
      <span class="grow"></span>
      ${c.state === 'talking' && plain ? attachButton(c) : nothing}
      ${articlesButton(c, (words) => write(box, [text, words].filter(Boolean).join('\n\n')))}
      ${eraseButton(c.id)}
      <button type="button" class="ghost" data-testid="chat-close" @click=${close}>${t('chat-close')}</button>
      <button type="submit" class="primary" data-testid="send" ?disabled=${!text.trim()}>${icon(aim.note ? 'save' : 'send')} ${aim.note ? t('note-save') : aim.edit ? t('msg-edit-save') : t('reply-send')}</button>
    </div>
  </form>`;
};
