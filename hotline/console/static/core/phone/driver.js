// The phone of the desk: one interface, and the drivers behind it are loaded only when chosen.
import { computed, signal } from '../../vendor/ui.js';

/** @typedef {{start: () => Promise<void>, connect: () => Promise<void>, mute: (on: boolean) => void, sendDigits: (digits: string) => void, leave: () => void, stop: () => void}} Driver */
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

/** @type {Record<string, () => Promise<{make: (tell: Tell, statics: string) => Driver}>>} */
const DRIVERS = {
  browser: () => import('./browser.js'),
  sim: () => import('./sim.js'),
  own: () => import('./own.js'),
  fake: () => import('./fake.js'),
};
/** @param {string} mode @param {string} statics */
const make = async (mode, statics) => {
  driver?.stop();
  driver = null;
  const { make: driverOf } = await (DRIVERS[mode] ?? DRIVERS.fake)();
  const made = driverOf(tell, statics);
  await made.start();
  driver = made;
  phoneMode.value = mode;
};
/** Starts the driver of a mode; throws when it cannot work on this computer. @param {string} mode 'browser' | 'own' | 'sim' | 'fake' @param {string} statics */
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
/** Keys for a machine at the other end. @param {string} digits */
export const sendDigits = (digits) => {
  if (phoneState.peek() === 'live') driver?.sendDigits(digits);
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
