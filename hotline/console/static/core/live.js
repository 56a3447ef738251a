// The live socket: frames in order, resume after a break, a full snapshot when that is not possible.
import { get } from './api.js';
import * as store from './store.js';

/** @typedef {import('./types').Frame} Frame */
/** @typedef {import('./types').LiveEvent} LiveEvent */

const BACKOFF_MS = [500, 1000, 2000, 4000, 8000, 15000];
const SLOW_MS = 2000;
const RESYNC_PAUSE_MS = 5000;
const REFILL_MS = 5000;
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

/** @param {{statics: string, build: string, onEvents: (events: LiveEvent[]) => void, onResync: () => void, onEnded: () => void}} deps */
export const makeLive = ({ statics, build, onEvents, onResync, onEnded }) => {
  const at = { epoch: '', seq: 0 };
  /** @type {WebSocket | null} */
  let socket = null;
  /** @type {Worker | null} */
  let worker = null;
  let tries = 0;
  /** Asked whether the server is there, and nothing heard since. */
  let asked = false;
  let resynced = 0;
  /** A snapshot is on its way; frames wait for it, for nobody knows yet which of them it holds. */
  let asking = false;
  let anew = false;
  /** @type {Frame[]} */
  let early = [];
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

  /** Asks for everything again; asked while a snapshot is on its way, one more follows it. */
  const resync = async () => {
    anew = true;
    if (asking) return;
    asking = true;
    while (anew && !stopped) await refresh();
    asking = false;
    const frames = early;
    early = [];
    frames.forEach(receive);
  };
  const refresh = async () => {
    const wait = resynced + RESYNC_PAUSE_MS - Date.now();
    if (wait > 0) await new Promise((done) => { setTimeout(done, wait); });
    if (stopped) return;
    anew = false;
    resynced = Date.now();
    store.link.value = 'resyncing';
    try {
      const shot = await get('/api/desk/snapshot');
      if (stopped) return;
      if (older(shot)) {
        anew = true;
      } else {
        held = [];
        start(shot);
      }
      store.link.value = socket?.readyState === WebSocket.OPEN ? 'online' : 'offline';
      onResync();
    } catch {
      early = [];
      lose();
    }
  };
  /** What the desk was told already is newer than this. @param {import('./types').Snapshot} shot */
  const older = (shot) => shot.epoch === at.epoch && shot.seq < at.seq;

  // Where the socket is does not follow from a snapshot that another process made: its facts are no older
  // than the asking, and what the socket says from then on comes on top.
  /** @param {import('./types').Snapshot} shot */
  const start = (shot) => {
    if (!at.epoch || shot.epoch === at.epoch) {
      at.epoch = shot.epoch;
      at.seq = shot.seq;
    }
    store.applySnapshot(shot);
  };

  /** The server lists only the first of the queue; rows that left make room for those it kept back. */
  const refill = async () => {
    if (stopped || asking || store.link.peek() !== 'online' || !store.queueShort.peek()) return;
    const shot = await get('/api/desk/snapshot').catch(() => null);
    if (shot && !older(shot)) store.setQueue(shot.queue);
  };

  /** The greeting says where the desk is; what was missed follows it. @param {LiveEvent} hello @param {Frame} frame */
  const greet = (hello, frame) => {
    tries = 0;
    store.skew.value = Date.parse(hello.server_time) - Date.now();
    store.newBuild.value = hello.build === build ? '' : hello.build;
    if (!hello.resumed) {
      // Numbers of before mean nothing to who did not know them.
      at.epoch = frame.e;
      at.seq = frame.s;
      early = [];
      resynced = 0;
      resync();
      return;
    }
    store.link.value = 'online';
  };

  /** @param {Frame} frame */
  const receive = (frame) => {
    const [first] = frame.ev;
    if (first?.k === 'hello') {
      greet(first, frame);
      return;
    }
    if (first?.k === 'hb') {
      store.expiring.value = first.expiring ?? null;
      return;
    }
    if (asking) {
      early.push(frame);
      return;
    }
    const verdict = judge(at, frame);
    if (verdict === 'skip') return;
    if (verdict === 'gap') {
      at.epoch = frame.e; // a snapshot asked for now holds what led here
      at.seq = frame.s;
      resync();
      return;
    }
    at.seq = frame.s;
    take(frame.ev);
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
    asked = false;
    mine.onmessage = (event) => {
      if (socket !== mine) return;
      asked = false;
      if (store.link.peek() === 'slow') store.link.value = 'online';
      receive(JSON.parse(event.data));
    };
    mine.onclose = (event) => {
      if (socket !== mine) return;
      if (event.code === REVOKED) onEnded();
      lose();
    };
  };
  /** Leaves a socket at once: one whose other end is dead would take minutes to close. */
  const lose = () => {
    const old = socket;
    socket = null;
    old?.close();
    if (stopped) return;
    store.link.value = 'offline';
    again();
  };

  const beat = () => {
    if (!socket) return;
    if (asked) {
      lose();
      return;
    }
    asked = true;
    if (socket.readyState !== WebSocket.OPEN) return;
    socket.send('{"k":"hb"}');
    setTimeout(() => { if (asked && store.link.peek() === 'online') store.link.value = 'slow'; }, SLOW_MS);
  };

  const hurry = () => {
    if (document.hidden) return;
    release();
    if (!socket) {
      clearTimeout(timer);
      open();
    }
  };
  setInterval(refill, REFILL_MS);
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
      at.epoch = '';
      clearTimeout(timer);
      worker?.terminate();
      worker = null;
      const old = socket;
      socket = null;
      old?.close();
    },
  };
};
