// What the composer is about, by contact: an answer, an answer to one message, a change of one, or a note.
import { signal } from '../vendor/ui.js';

/** @typedef {import('../core/types').Message} Message */
/** @typedef {{reply?: Message, edit?: Message, note?: boolean}} Aim */
const aims = signal(/** @type {Record<string, Aim>} */ ({}));
/** @type {Aim} */
const PLAIN = {};

/** @param {string} id @returns {Aim} */
export const aimOf = (id) => aims.value[id] ?? PLAIN;
/** @param {string} id @param {Aim} aim */
export const setAim = (id, aim) => {
  aims.value = { ...aims.peek(), [id]: aim };
  queueMicrotask(() => /** @type {HTMLElement | null} */ (document.querySelector('.composer textarea'))?.focus());
};
/** Back to a plain answer. @param {string} id */
export const clearAim = (id) => setAim(id, PLAIN);
/** Each purpose has a text of its own: a note can never be what is sent. @param {string} id */
export const boxOf = (id) => {
  const aim = aimOf(id);
  return aim.note ? `note:${id}` : aim.edit ? `edit:${aim.edit.id}` : `reply:${id}`;
};
