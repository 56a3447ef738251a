// The phone of the desk: one interface, and the drivers behind it are loaded only when chosen.
import { computed, signal } from '../../vendor/ui.js';

/** @typedef {{start: () => Promise<void>, connect: () => Promise<void>, mute: (on: boolean) => void, leave: () => void, stop: () => void}} Driver */
/** @typedef {(state: 'off'|'ready'|'connecting'|'live'|'error', code?: string) => void} Tell */

/** 'off' | 'ready' | 'connecting' | 'live' | 'error' */
export const phoneState = signal('off');
export const phoneMode = signal('');
export const phoneError = signal('');
export const muted = signal(false);
/** The contact whose call this page carries. */
export const carried = signal(/** @type {string | null} */ (null));
/** Whether somebody may hear this page now. */
export const onLine = computed(() => carried.value !== null && ['connecting', 'live'].includes(phoneState.value));

/** @type {Driver | null} */
let driver = null;
/** The start that is under way or done: asking twice for the same telephone starts one. */
let starting = { mode: '', done: Promise.resolve() };

/** @type {Tell} */
const tell = (state, code = '') => {
  phoneState.value = state;
  phoneError.value = code;
  if (state === 'ready') muted.value = false;
};

/** @type {Record<string, (statics: string) => Promise<Driver>>} */
const MAKE = {
  browser: async (statics) => (await import('./browser.js')).make(tell, statics),
  own: async () => (await import('./own.js')).make(tell),
  fake: async () => (await import('./fake.js')).make(tell),
};
/** @param {string} mode @param {string} statics */
const make = async (mode, statics) => {
  driver?.stop();
  driver = null;
  const made = await MAKE[mode](statics);
  await made.start();
  driver = made;
  phoneMode.value = mode;
};
/** Starts the driver of a mode; throws when it cannot work on this computer. @param {string} mode 'fake' | 'browser' | 'own' @param {string} statics */
export const startPhone = (mode, statics) => {
  if (starting.mode !== mode) {
    starting = { mode, done: make(mode, statics) };
    starting.done.catch(() => { starting = { mode: '', done: Promise.resolve() }; });
  }
  return starting.done;
};
/**
 * Joins the line of a contact; which line that is, the server knows. Never throws: `phoneState` says how it went.
 * @param {string} contactId @param {string} mode @param {string} statics
 */
export const joinCall = async (contactId, mode, statics) => {
  carried.value = contactId;
  muted.value = false;
  try {
    await startPhone(mode, statics);
    if (carried.peek() === contactId) await driver?.connect();
  } catch (error) {
    if (carried.peek() === contactId) carried.value = null;
    tell('error', String(/** @type {any} */ (error)?.code || /** @type {any} */ (error)?.name || ''));
  }
};
/** Works at once, also while the server cannot be reached. */
export const toggleMute = () => {
  if (phoneState.peek() !== 'live') return;
  muted.value = !muted.peek();
  driver?.mute(muted.peek());
};
export const leaveCall = () => {
  carried.value = null;
  muted.value = false;
  driver?.leave();
};
export const stopPhone = () => {
  driver?.stop();
  driver = null;
  starting = { mode: '', done: Promise.resolve() };
  carried.value = null;
  tell('off');
};
