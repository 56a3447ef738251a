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
  store.applySnapshot(shot({ mine: [card('a')], queue: [{ id: 'q', since: '2026-11-23T08:00:00Z', priority: 0 }] }));
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

test('the queue is ordered by waiting time with its head start', () => {
  store.applyEvents([
    { k: 'queue.item', id: 'old', since: '2026-11-23T08:00:00Z', priority: 0 },
    { k: 'queue.item', id: 'grave', since: '2026-11-23T08:05:00Z', priority: 3600 },
    { k: 'queue.item', id: 'new', since: '2026-11-23T08:01:00Z', priority: 0 },
  ]);
  assert.deepEqual(store.queueList.value.map((q) => q.id), ['grave', 'old', 'new']);
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
