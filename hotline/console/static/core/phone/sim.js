// The phone of the training room: real voices between browsers, carried by the simulator. Not in a real installation.
import { get } from '../api.js';
import { askMicrophone } from './microphone.js';

/** @param {import('./driver.js').Tell} tell @returns {import('./driver.js').Driver} */
export const make = (tell) => {
  /** @type {import('../../vendor/sim-voice.js').Voice | null} */
  let voice = null;
  let identity = '';
  /** Grows with every wish to talk or not to: what an older one brings is not wanted any more. */
  let turn = 0;

  /** @param {{k: string, moment?: string, live?: boolean, why?: string}} what */
  const told = (what) => {
    if (what.k === 'away') tell('connecting');
    if ((what.k === 'leg' && what.live) || what.moment === 'answered') tell('live');
    if (what.k === 'over') tell(what.why === 'lost' ? 'error' : 'ready', what.why === 'lost' ? 'line' : '');
  };
  const leave = () => {
    turn += 1;
    voice?.leave();
    tell('ready');
  };
  const stop = () => {
    leave();
    voice = null;
    tell('off');
  };

  return {
    async start() {
      await askMicrophone();
      const [{ Voice }, phone] = await Promise.all([import('../../vendor/sim-voice.js'), get('/api/phone/sim')]);
      voice = new Voice(phone.address, told);
      identity = phone.identity;
      addEventListener('pagehide', stop, { once: true });
      tell('ready');
    },
    async connect() {
      tell('connecting');
      const mine = /** @type {NonNullable<typeof voice>} */ (voice);
      turn += 1;
      const now = turn;
      mine.unlock();
      await mine.speak();
      if (turn === now) mine.join({ identity });
      else mine.leave();
    },
    mute: (on) => voice?.mute(on),
    sendDigits: (digits) => voice?.press(digits),
    leave,
    stop,
  };
};
