// The phone in this computer: the carrier's SDK, loaded only when somebody starts a shift with it.
import { get } from '../api.js';

const SOUNDS = ['incoming', 'outgoing', 'disconnect', 'dtmfs', 'dtmfh', ...Array.from('0123456789', (d) => `dtmf${d}`)];

/** Asks for the microphone once, so that the first call is not spent on a question of the browser. */
const askMicrophone = async () => {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  stream.getTracks().forEach((track) => track.stop());
};

/** @param {import('./driver.js').Tell} tell @param {string} statics @returns {import('./driver.js').Driver} */
export const make = (tell, statics) => {
  /** @type {import('../../vendor/twilio-voice.js').Device | null} */
  let device = null;
  /** @type {import('../../vendor/twilio-voice.js').Call | null} */
  let call = null;

  const sounds = Object.fromEntries(SOUNDS.map((name) => [name, `${statics}sounds/tick.wav`]));
  const leave = () => {
    const old = call;
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
      const [{ Device }, { token }] = await Promise.all([import('../../vendor/twilio-voice.js'), get('/api/phone/token')]);
      device = new Device(token, { closeProtection: false, codecPreferences: ['opus', 'pcmu'], edge: 'roaming', sounds });
      device.on('tokenWillExpire', async () => device?.updateToken((await get('/api/phone/token')).token));
      device.on('error', (error) => tell('error', String(error.code ?? '')));
      addEventListener('pagehide', stop, { once: true });
      tell('ready');
    },
    async connect() {
      tell('connecting');
      const mine = await /** @type {NonNullable<typeof device>} */ (device).connect();
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
