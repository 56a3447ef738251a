// What the composer is about, by contact: an answer, an answer to one message, a change of one, or a note.
import { thread } from '../core/store.js';
import { signal } from '../vendor/ui.js';

/** @typedef {import('../core/types').Message} Message */
/** @typedef {{reply?: Message, edit?: Message, note?: boolean}} Aim */
/** Numbers only: the words are those of the thread, and gone when they are gone there. */
const aims = signal(/** @type {Record<string, {reply?: number, edit?: number, note?: boolean}>} */ ({}));

/** @param {string} id @returns {Aim} */
export const aimOf = (id) => {
  const { reply, edit, note } = aims.value[id] ?? {};
  if (note) return { note };
  const number = reply ?? edit;
  const message = number ? thread(id).value.messages.find((m) => m.id === number && m.error !== 'erased') : undefined;
  return message ? { [reply ? 'reply' : 'edit']: message } : {};
};
/** @param {string} id @param {Aim} aim */
export const setAim = (id, { reply, edit, note }) => {
  aims.value = { ...aims.peek(), [id]: { reply: reply?.id, edit: edit?.id, note } };
  queueMicrotask(() => /** @type {HTMLElement | null} */ (document.querySelector('.composer textarea'))?.focus());
};
/** Back to a plain answer. @param {string} id */
export const clearAim = (id) => setAim(id, {});
/** Each purpose has a text of its own: a note can never be what is sent. @param {string} id */
export const boxOf = (id) => {
  const aim = aimOf(id);
  return aim.note ? `note:${id}` : aim.edit ? `edit:${aim.edit.id}` : `reply:${id}`;
};
