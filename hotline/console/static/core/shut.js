// What of the line is shut by hand, as long as it holds.
import { signal } from '../vendor/ui.js';

/** @typedef {import('./types').Shut} Shut */

// A timer for the end; browsers know no longer ones than 24 days.
const LOOK_AGAIN_MS = 3600_000;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

export const shut = signal(/** @type {Shut[]} */ ([]));

/** Keeps what holds at a moment; what ends by itself leaves by itself. @param {Shut[]} all @param {() => number} clock */
export const putShut = (all, clock) => {
  clearTimeout(timer);
  const now = clock();
  const ends = (/** @type {Shut} */ one) => (one.until ? Date.parse(one.until) : Infinity);
  shut.value = all.filter((one) => ends(one) > now);
  const next = Math.min(...shut.value.map(ends));
  if (next < Infinity) timer = setTimeout(() => putShut(shut.peek(), clock), Math.min(next - now + 50, LOOK_AGAIN_MS));
};
