// The phone in this computer: the carrier's SDK, loaded only when somebody starts a shift with it.
import { get } from '../api.js';
import { askMicrophone } from './microphone.js';

// A token this near its end is renewed before a call: the timer of a computer that slept told nothing.
const MARGIN_MS = 30000;
const SOUNDS = ['incoming', 'outgoing', 'disconnect', 'dtmfs', 'dtmfh', ...Array.from('0123456789', (d) => `dtmf${d}`)];

/** @param {import('./driver.js').Tell} tell @param {string} statics @returns {import('./driver.js').Driver} */
export const make = (tell, statics) => {
  /** @type {import('../../vendor/twilio-voice.js').Device | null} */
  let device = null;
  /** @type {import('../../vendor/twilio-voice.js').Call | null} */
  let call = null;
  /** Grows with every wish to talk or not to: what an older one brings is not wanted any more. */
  let turn = 0;
  let tokenEnds = 0;

  const newToken = async () => {
    const { token, ttl_s: seconds } = await get('/api/phone/token');
    tokenEnds = Date.now() + seconds * 1000;
    return token;
  };
  const renew = async () => {
    const token = await newToken();
    device?.updateToken(token);
  };
  const sounds = Object.fromEntries(SOUNDS.map((name) => [name, `${statics}sounds/tick.wav`]));
  const leave = () => {
    const old = call;
    turn += 1;
    call = null;
    old?.disconnect();
    tell('ready');
  };
  const stop = () => {
    leave();
    device?.destroy();
    device = null;
    tell('off');
  };

  return {
    async start() {
      await askMicrophone();
      const [{ Device }, token] = await Promise.all([import('../../vendor/twilio-voice.js'), newToken()]);
      device = new Device(token, { closeProtection: false, codecPreferences: ['opus', 'pcmu'], edge: 'roaming', sounds });
      // When it fails, the next call tries again, and says so.
      device.on('tokenWillExpire', () => { renew().catch(() => {}); });
      device.on('error', (error) => tell('error', String(error.code ?? '')));
      addEventListener('pagehide', stop, { once: true });
      tell('ready');
    },
    async connect() {
      tell('connecting');
      turn += 1;
      const now = turn;
      if (Date.now() > tokenEnds - MARGIN_MS) await renew();
      const mine = await /** @type {NonNullable<typeof device>} */ (device).connect();
      if (turn !== now) {
        mine.disconnect();
        return;
      }
      call = mine;
      mine.on('accept', () => tell('live'));
      mine.on('reconnecting', () => tell('connecting'));
      mine.on('reconnected', () => tell('live'));
      mine.on('error', (error) => tell('error', String(error.code ?? '')));
      mine.on('disconnect', () => { if (call === mine) leave(); });
    },
    mute: (on) => call?.mute(on),
    sendDigits: (digits) => call?.sendDigits(digits),
    leave,
    stop,
  };
};
