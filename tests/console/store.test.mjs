// The store: what the server tells becomes the state of the desk, in order and once.
import './page.mjs';
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import * as store from '../../hotline/console/static/core/store.js';
import { judge, urgent } from '../../hotline/console/static/core/live.js';

const presence = { state: 'available', reason: null, since: '2026-11-23T08:00:00Z', until: null, calls: 0, chats: 0, max_chats: 3 };
const card = (id, more = {}) => ({ id, channel: 'telegram', kind: 'chat', state: 'talking', since: '2026-11-23T08:00:00Z', unread: 0, call: null, finished: false, ...more });
const shot = (more = {}) => ({ epoch: 'e', seq: 1, server_time: new Date().toISOString(), presence, offers: [], mine: [], queue: [], queue_stats: { waiting: 0, longest_since: null, by_channel: {} }, escalations: [], online: 1, ...more });
const message = (id, more = {}) => ({ id, contact_id: 'a', from: 'caller', kind: 'text', text: 't', state: 'received', error: null, at: '2026-11-23T08:00:00Z', client_id: null, staff: null, ...more });

beforeEach(() => store.applySnapshot(shot()));

test('a snapshot replaces what the server decides', () => {
  store.applySnapshot(shot({ mine: [card('a')], queue: [{ id: 'q', effective_at: '2026-11-23T08:00:00Z' }] }));
  store.applySnapshot(shot({ mine: [card('b')] }));

  assert.deepEqual(store.mineList.value.map((c) => c.id), ['b']);
  assert.equal(store.queueList.value.length, 0);
});

test('an offer comes and goes', () => {
  store.applyEvents([{ k: 'call.offer', id: 'o', kind: 'call', until: '2026-11-23T08:00:20Z' }]);
  assert.equal(store.offerList.value[0].id, 'o');

  store.applyEvents([{ k: 'offer.gone', id: 'o', reason: 'taken' }]);
  assert.equal(store.offerList.value.length, 0);
});

const waits = (id, minute, more = {}) => ({ id, since: '2026-11-23T08:00:00Z', effective_at: new Date(Date.UTC(2026, 10, 23, 8, minute)).toISOString(), ...more });
const queued = () => store.queueList.value.map((q) => q.id);

test('the queue is in the order of the server, who was put in front or behind, too', () => {
  store.applyEvents([waits('old', 0), waits('front', -60), waits('set-back', 10), waits('new', 1)].map((q) => ({ k: 'queue.item', ...q })));
  assert.deepEqual(queued(), ['front', 'old', 'new', 'set-back']);
});

test('behind the end of a full list nobody is shown before the list is asked for again', () => {
  const first = Array.from({ length: 40 }, (_, n) => waits(`a${String(n).padStart(2, '0')}`, n));
  store.applySnapshot(shot({ queue: first, queue_stats: { waiting: 100, longest_since: null, by_channel: {} } }));
  store.applyEvents(Array.from({ length: 60 }, (_, n) => ({ k: 'queue.item', ...waits(`late${n}`, 100 + n) })));
  store.applyEvents([{ k: 'queue.item', ...waits('danger', -60) }, { k: 'queue.item', ...waits('a01', 99) }]);
  assert.deepEqual(queued(), ['danger', ...first.map((q) => q.id).filter((id) => id !== 'a01')]);
  assert.equal(store.queueShort.value, false);

  store.applyEvents([{ k: 'queue.gone', id: 'danger' }]);
  assert.equal(store.queueShort.value, true);
  store.setQueue([waits('a00', 0), waits('b', 50)]);
  store.applyEvents([{ k: 'queue.item', ...waits('late', 120) }]);
  assert.deepEqual(queued(), ['a00', 'b', 'late']);
});

test('messages follow the order of the server and appear once', () => {
  store.applyEvents([{ k: 'chat.message', ...message(7) }, { k: 'chat.message', ...message(5) }, { k: 'chat.message', ...message(7, { state: 'read' }) }]);
  assert.deepEqual(store.thread('a').value.messages.map((m) => [m.id, m.state]), [[5, 'received'], [7, 'read']]);
});

test('a message changes its state in place', () => {
  store.applyEvents([{ k: 'chat.message', ...message(9, { contact_id: 'c' }) }, { k: 'chat.message_state', id: 9, contact_id: 'c', state: 'failed', error: 'blocked' }]);
  assert.deepEqual(store.thread('c').value.messages.map((m) => [m.state, m.error]), [['failed', 'blocked']]);
});

test('a closed contact leaves the desk and the next one is chosen', () => {
  store.applySnapshot(shot({ mine: [card('a'), card('b')] }));
  store.selected.value = 'a';
  store.applyEvents([{ k: 'contact.card', ...card('a', { state: 'closed' }) }]);

  assert.equal(store.selected.value, 'b');
});

test('the own state is taken nested or flat', () => {
  store.applyEvents([{ k: 'presence.self', presence: { ...presence, state: 'break' } }]);
  assert.equal(store.presence.value.state, 'break');
  store.applyEvents([{ k: 'presence.self', ...presence }]);
  assert.equal(store.presence.value.state, 'available');
});

test('an unknown event changes nothing', () => {
  store.applyEvents([{ k: 'weather.changed', id: 1 }]);
  assert.equal(store.offerList.value.length, 0);
});

test('frames are applied in order, once, and a gap is noticed', () => {
  const at = { epoch: 'e', seq: 4 };
  assert.equal(judge(at, { e: 'e', s: 5, ev: [] }), 'apply');
  assert.equal(judge(at, { e: 'e', s: 4, ev: [] }), 'skip');
  assert.equal(judge(at, { e: 'e', s: 6, ev: [] }), 'gap');
  assert.equal(judge(at, { e: 'other', s: 5, ev: [] }), 'gap');
});

test('a hidden tab may wait with the queue, never with an offer', () => {
  assert.equal(urgent([{ k: 'queue.item' }, { k: 'log.changed' }]), false);
  assert.equal(urgent([{ k: 'queue.item' }, { k: 'call.offer' }]), true);
});

test('the person of a sealed case stands there until they are taken, or the list says otherwise', () => {
  const waits = (id, contact) => ({ case_id: id, code: 'HT-1', contact_id: contact, since: '2026-11-23T08:00:00Z' });
  const shown = () => store.back.value.map((one) => `${one.case_id}/${one.contact_id}`);
  store.applySnapshot(shot({ back: [waits('c', 'a')] }));
  store.applyEvents([{ k: 'case.back', back: [waits('c', 'a'), waits('d', 'a'), waits('e', 'b')] }]);
  assert.deepEqual(shown(), ['c/a', 'd/a', 'e/b']);
  store.applyEvents([{ k: 'queue.gone', id: 'a', why: 'taken' }]);
  assert.deepEqual(shown(), ['e/b']);
  store.applyEvents([{ k: 'case.back', back: [] }]);
  assert.deepEqual(shown(), []);
});
