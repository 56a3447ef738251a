// A supervisor in the talk of somebody else: in one at a time, and seen by the operator.
import { effect, signal } from '../vendor/ui.js';
import { attempt, boot, phoneChoice } from './app.js';
import { post } from './api.js';
import * as phone from './phone/driver.js';

/** @typedef {'listen'|'whisper'|'barge'} Mode */
export const watched = signal(/** @type {{id: string, mode: Mode} | null} */ (null));

/** Comes in, or is there differently from now on; the telephone joins only once. @param {string} id @param {Mode} mode */
export const watch = (id, mode) => attempt(async () => {
  const before = watched.peek();
  if (before && before.id !== id) await unwatch();
  await post(`/api/calls/${id}/watch`, { mode });
  watched.value = { id, mode };
  if (before?.id !== id) await phone.joinCall(id, phoneChoice(), boot.statics);
});
/** The telephone is off the line in any case, also when the server cannot be told. */
export const unwatch = async () => {
  const before = watched.peek();
  if (!before) return;
  watched.value = null;
  phone.leaveCall();
  await attempt(() => post(`/api/calls/${before.id}/watch`, { mode: 'off' }));
};

let joined = false;
/** The talk is over: the telephone was put down by the other side. */
effect(() => {
  const live = phone.phoneState.value === 'live';
  if (joined && phone.phoneState.value === 'ready' && watched.peek()?.id === phone.carried.peek()) {
    watched.value = null;
    phone.carried.value = null;
  }
  joined = live;
});
