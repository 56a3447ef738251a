// The live socket: a dead line is noticed, one snapshot at a time, nothing newer is lost to it.
import './page.mjs';
import assert from 'node:assert/strict';
import { beforeEach, mock, test } from 'node:test';

mock.timers.enable({ apis: ['setInterval', 'setTimeout', 'Date'], now: Date.parse('2026-11-23T08:00:00Z') });
Object.assign(globalThis, {
  window: globalThis, location: { protocol: 'https:', host: 'desk.test', pathname: '/console', search: '' },
  addEventListener: () => {},
});
Object.assign(document, { hidden: false, addEventListener: () => {} });

const sockets = [];
globalThis.WebSocket = class {
  static OPEN = 1;
  constructor(url) { this.url = url; this.readyState = 0; this.sent = []; sockets.push(this); }
  send(text) { this.sent.push(text); }
  close() { this.readyState = 2; }
  hears(...ev) { this.readyState = 1; this.onmessage({ data: JSON.stringify({ e: 'e', s: 1, ev }) }); }
  frame(s, ev, e = 'e') { this.onmessage({ data: JSON.stringify({ e, s, ev: [ev] }) }); }
};
let worker;
globalThis.Worker = class { constructor() { worker = this; } terminate() {} };
/** Snapshots that were asked for and not answered yet. */
let asked = [];
let count = 0;
globalThis.fetch = () => new Promise((answer) => {
  count += 1;
  asked.push((shot) => answer({ ok: true, status: 200, headers: new Headers({ 'content-type': 'application/json' }), json: async () => shot }));
});

const store = await import('../../hotline/console/static/core/store.js');
const { makeLive } = await import('../../hotline/console/static/core/live.js');

const offer = (id) => ({ id, kind: 'call', until: '2026-11-23T09:00:00Z' });
const shot = (seq, more = {}) => ({
  epoch: 'e', seq, server_time: new Date().toISOString(), presence: { state: 'available' }, offers: [], mine: [], queue: [],
  queue_stats: { waiting: 0, longest_since: null, by_channel: {} }, escalations: [], online: 1, ...more,
});
const hello = (more = {}) => ({ k: 'hello', server_time: new Date().toISOString(), build: 'b1', resumed: true, ...more });
const settle = async () => { for (let i = 0; i < 20; i += 1) await Promise.resolve(); };
const offers = () => store.offerList.value.map((o) => o.id);
const last = () => sockets.at(-1);

let live;
beforeEach(() => {
  live?.stop();
  mock.timers.tick(60000);
  sockets.length = 0;
  asked = [];
  count = 0;
  live = makeLive({ statics: '/', build: 'b1', onEvents: () => {}, onResync: () => {}, onEnded: () => {} });
  live.start(shot(1));
  live.connect();
  last().hears(hello());
});

test('a quiet line that answers stays online', () => {
  for (let i = 0; i < 6; i += 1) {
    worker.onmessage();
    last().hears({ k: 'hb' });
    mock.timers.tick(10000);
  }

  assert.equal(store.link.value, 'online');
  assert.equal(sockets.length, 1);
});

test('a line that is slow to answer says so, and is well again with the answer', () => {
  worker.onmessage();
  mock.timers.tick(2000);
  assert.equal(store.link.value, 'slow');

  last().hears({ k: 'hb' });
  assert.equal(store.link.value, 'online');
});

test('a dead line is left for a new socket', () => {
  worker.onmessage();
  mock.timers.tick(10000);
  worker.onmessage();
  assert.equal(store.link.value, 'offline');

  mock.timers.tick(1000);
  assert.equal(sockets.length, 2);
  assert.match(last().url, /resume=e\.1$/);
});

test('what the dead socket says afterwards is not heard', () => {
  const dead = last();
  worker.onmessage();
  worker.onmessage();
  dead.frame(2, { k: 'call.offer', ...offer('late') });

  assert.deepEqual(offers(), []);
});

test('the answer tells of the end of the session, and takes it back', () => {
  last().hears({ k: 'hb', expiring: { at: '2026-11-23T08:02:00Z', renewable: true } });
  assert.equal(store.expiring.value.renewable, true);

  last().hears({ k: 'hb' });
  assert.equal(store.expiring.value, null);
});

test('another build of the server is noticed at the greeting', () => {
  assert.equal(store.newBuild.value, '');
  last().hears(hello({ build: 'b2' }));

  assert.equal(store.newBuild.value, 'b2');
});

test('frames that come while a snapshot is on its way ask for no other one, and follow it', async () => {
  for (let s = 3; s < 23; s += 1) last().frame(s, { k: 'call.offer', ...offer(`o${s}`) });
  await settle();
  assert.equal(count, 1);

  asked[0](shot(21, { offers: [offer('o21')] }));
  await settle();
  assert.deepEqual(offers(), ['o21', 'o22']);
  assert.equal(count, 1);
});

test('a snapshot that is older than what was told is ignored', async () => {
  last().frame(2, { k: 'call.offer', ...offer('new') });
  last().frame(4, { k: 'log.changed' });
  await settle();
  asked[0](shot(1));
  await settle();

  assert.deepEqual(offers(), ['new']);
});

test('after a greeting that knows no number a lower one is taken', async () => {
  last().frame(2, { k: 'log.changed' });
  last().frame(0, hello({ resumed: false }));
  await settle();
  asked[0](shot(0));
  await settle();
  last().frame(1, { k: 'call.offer', ...offer('first') });

  assert.deepEqual(offers(), ['first']);
});

test('a desk that was stopped takes no snapshot any more', async () => {
  last().frame(3, { k: 'log.changed' });
  await settle();
  live.stop();
  asked[0](shot(3, { offers: [offer('elsewhere')] }));
  await settle();

  assert.deepEqual(offers(), []);
});

test('a greeting of another run while a snapshot is on its way asks for one more', async () => {
  last().frame(3, { k: 'log.changed' });
  await settle();
  last().frame(7, hello({ resumed: false }), 'f');
  asked[0](shot(3, { offers: [offer('old')] }));
  await settle();
  assert.equal(count, 2);

  asked[1]({ ...shot(7), epoch: 'f' });
  await settle();
  assert.deepEqual(offers(), []);
  last().frame(8, { k: 'call.offer', ...offer('o8') }, 'f');
  assert.deepEqual(offers(), ['o8']);
});

test('a snapshot of another process leaves the desk where its socket is', async () => {
  last().frame(4, hello({ resumed: false }), 'a');
  await settle();
  asked[0]({ ...shot(90, { offers: [offer('o1')] }), epoch: 'b' });
  await settle();
  last().frame(5, { k: 'call.offer', ...offer('o2') }, 'a');
  assert.deepEqual(offers(), ['o1', 'o2']);
  assert.equal(count, 1);

  last().frame(8, { k: 'log.changed' }, 'a'); // 6 and 7 are missing
  mock.timers.tick(60000);
  await settle();
  asked[1]({ ...shot(91, { offers: [offer('o7')] }), epoch: 'b' });
  await settle();
  last().frame(9, { k: 'call.offer', ...offer('o9') }, 'a');
  assert.deepEqual(offers(), ['o7', 'o9']);
  assert.equal(count, 2);
});

test('the queue is filled up when more wait than are listed', async () => {
  last().frame(2, { k: 'queue.stats', waiting: 3, longest_since: null, by_channel: {} });
  mock.timers.tick(5000);
  const waiting = ['a', 'b', 'c'].map((id) => ({ id, effective_at: '2026-11-23T07:00:00Z' }));
  asked[0](shot(2, { queue: waiting }));
  await settle();
  assert.deepEqual(store.queueList.value.map((q) => q.id), ['a', 'b', 'c']);

  mock.timers.tick(60000);
  assert.equal(count, 1);
});
