// The live socket: frames in order, resume after a break, a full snapshot when that is not possible.
import { get } from './api.js';
import * as store from './store.js';

/** @typedef {import('./types').Frame} Frame */
/** @typedef {import('./types').LiveEvent} LiveEvent */

const BACKOFF_MS = [500, 1000, 2000, 4000, 8000, 15000];
const SILENT_MS = 25000;
const RESYNC_PAUSE_MS = 5000;
const REVOKED = 4001;

/**
 * Decides what to do with a frame: 'apply', 'skip' (seen already), 'gap' (something is missing).
 * @param {{epoch: string, seq: number}} at @param {Frame} frame
 */
export const judge = (at, frame) => {
  if (frame.e !== at.epoch) return 'gap';
  if (frame.s <= at.seq) return 'skip';
  return frame.s === at.seq + 1 ? 'apply' : 'gap';
};

/** Last value per key of the events that may wait while the tab is hidden. @param {LiveEvent[]} events */
export const urgent = (events) => events.some((e) => !/^(queue\.|log\.|record\.)/.test(e.k));

/** @param {string} url script of the heartbeat worker */
const startWorker = (url) => {
  const tt = /** @type {any} */ (window).trustedTypes;
  const policy = tt?.createPolicy('h189', { createScriptURL: (/** @type {string} */ u) => u });
  return new Worker(policy ? policy.createScriptURL(url) : url);
};

/** @param {{statics: string, onEvents: (events: LiveEvent[]) => void, onResync: () => void, onEnded: () => void}} deps */
export const makeLive = ({ statics, onEvents, onResync, onEnded }) => {
  const at = { epoch: '', seq: 0 };
  /** @type {WebSocket | null} */
  let socket = null;
  /** @type {Worker | null} */
  let worker = null;
  let tries = 0;
  let heard = 0;
  let resynced = 0;
  let stopped = true;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  /** @type {LiveEvent[]} */
  let held = [];

  const release = () => {
    if (!held.length) return;
    const events = held;
    held = [];
    store.applyEvents(events);
    onEvents(events);
  };
  /** @param {LiveEvent[]} events */
  const take = (events) => {
    held = held.concat(events);
    if (!document.hidden || urgent(events) || held.length > 500) release();
  };

  const resync = async () => {
    const wait = resynced + RESYNC_PAUSE_MS - Date.now();
    if (wait > 0) await new Promise((done) => { setTimeout(done, wait); });
    if (stopped) return;
    resynced = Date.now();
    store.link.value = 'resyncing';
    try {
      const shot = await get('/api/desk/snapshot');
      held = [];
      start(shot);
      store.link.value = socket?.readyState === WebSocket.OPEN ? 'online' : 'offline';
      onResync();
    } catch {
      socket?.close();
    }
  };

  /** @param {import('./types').Snapshot} shot */
  const start = (shot) => {
    at.epoch = shot.epoch;
    at.seq = shot.seq;
    store.applySnapshot(shot);
  };

  /** The greeting carries no number of its own; what was missed follows it. @param {LiveEvent} hello */
  const greet = (hello) => {
    tries = 0;
    store.skew.value = Date.parse(hello.server_time) - Date.now();
    if (!hello.resumed) {
      resynced = 0;
      resync();
      return;
    }
    store.link.value = 'online';
  };

  /** @param {Frame} frame */
  const receive = (frame) => {
    heard = Date.now();
    const events = frame.ev ?? [frame];
    const hello = events.find((e) => e.k === 'hello');
    if (hello) {
      greet(hello);
      return;
    }
    const verdict = judge(at, frame);
    if (verdict === 'skip') return;
    if (verdict === 'gap') {
      resync();
      return;
    }
    at.seq = frame.s;
    if (store.link.peek() === 'slow') store.link.value = 'online';
    take(events);
  };

  const again = () => {
    if (stopped) return;
    clearTimeout(timer);
    const base = BACKOFF_MS[Math.min(tries, BACKOFF_MS.length - 1)];
    const jitter = (performance.now() % 100) / 100;
    tries += 1;
    timer = setTimeout(open, base * (0.75 + jitter / 2));
  };

  const open = () => {
    if (stopped || socket) return;
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
    const mine = new WebSocket(`${scheme}://${location.host}/ws/desk?resume=${at.epoch}.${at.seq}`, 'h189.1');
    socket = mine;
    mine.onmessage = (event) => receive(JSON.parse(event.data));
    mine.onclose = (event) => {
      if (socket !== mine) return;
      if (event.code === REVOKED) onEnded();
      socket = null;
      store.link.value = 'offline';
      again();
    };
  };

  const beat = () => {
    if (socket?.readyState !== WebSocket.OPEN) return;
    if (socket.bufferedAmount < 65536) socket.send('{"k":"hb"}');
    if (Date.now() - heard > SILENT_MS && store.link.peek() === 'online') store.link.value = 'slow';
  };

  const hurry = () => {
    if (document.hidden) return;
    release();
    if (!socket) {
      clearTimeout(timer);
      open();
    }
  };
  addEventListener('online', hurry);
  document.addEventListener('visibilitychange', hurry);

  return {
    start,
    resync,
    connect() {
      stopped = false;
      worker ??= startWorker(`${statics}core/heartbeat.js`);
      worker.onmessage = beat;
      open();
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
      worker?.terminate();
      worker = null;
      const old = socket;
      socket = null;
      old?.close();
    },
  };
};
