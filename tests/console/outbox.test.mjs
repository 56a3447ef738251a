// The outbox: in order, once, and a refused message waits for a person.
import './page.mjs';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeOutbox, MAX_PARCELS, pause } from '../../hotline/console/static/core/outbox.js';

const settle = () => new Promise((done) => { setImmediate(done); });
const make = (answer, mine = () => true) => {
  const log = { sent: [], tried: [], waits: [], lost: [] };
  let ids = 0;
  const outbox = makeOutbox({
    send: async (p) => { log.tried.push(p.client_id); return answer(p); },
    keep: () => {},
    sent: (_a, p) => log.sent.push(p.text),
    mine,
    lost: (count) => log.lost.push(count),
    wait: (seconds, then) => log.waits.push({ seconds, then }),
    newId: () => `id-${(ids += 1)}`,
    now: () => '2026-11-23T08:00:00Z',
  });
  return { outbox, log };
};
const offline = Object.assign(new Error('offline'), { passing: true, code: 'offline' });
const refused = Object.assign(new Error('no'), { passing: false, code: 'message-undeliverable' });

test('messages of one contact go out in order', async () => {
  const { outbox, log } = make(async () => { await settle(); });
  outbox.add('a', 'one');
  outbox.add('a', 'two');
  while (outbox.parcels.value.length) await settle();

  assert.deepEqual(log.sent, ['one', 'two']);
});

test('a lost line keeps the message and tries with the same id', async () => {
  let line = false;
  const { outbox, log } = make(async () => { if (!line) throw offline; });
  outbox.add('a', 'one');
  await settle();
  assert.equal(outbox.parcels.value[0].state, 'waiting');

  line = true;
  log.waits[0].then();
  await settle();
  assert.deepEqual(log.tried, ['id-1', 'id-1']);
  assert.equal(outbox.parcels.value.length, 0);
});

test('a refused message stops its contact, not the others', async () => {
  const { outbox, log } = make(async (p) => { if (p.contact_id === 'a') throw refused; });
  outbox.add('a', 'bad');
  outbox.add('a', 'after');
  outbox.add('b', 'fine');
  await settle();

  assert.deepEqual(log.sent, ['fine']);
  assert.deepEqual(outbox.parcels.value.map((p) => p.state), ['failed', 'waiting']);
});

test('giving a refused message up lets the next one go', async () => {
  const { outbox, log } = make(async (p) => { if (p.text === 'bad') throw refused; });
  outbox.add('a', 'bad');
  outbox.add('a', 'after');
  await settle();
  outbox.remove('id-1');
  await settle();

  assert.deepEqual(log.sent, ['after']);
});

test('what was refused for a contact in other hands is told and makes room', async () => {
  const mine = new Set(['b']);
  const { outbox, log } = make(async (p) => { if (p.text === 'bad') throw refused; }, (id) => mine.has(id));
  outbox.add('a', 'bad');
  outbox.add('a', 'after');
  outbox.add('b', 'bad');
  await settle();
  assert.deepEqual(outbox.parcels.value.map((p) => p.contact_id), ['b']);

  mine.delete('b');
  outbox.sweep();
  assert.deepEqual([outbox.parcels.value, log.lost], [[], [2, 1]]);
});

test('what was refused before a reload does not stay unseen', async () => {
  const { outbox, log } = make(async () => {}, () => false);
  outbox.restore([{ client_id: 'old', contact_id: 'a', text: 'kept', at: '', state: 'failed', tries: 1, code: '' }]);

  assert.deepEqual([outbox.parcels.value, log.lost], [[], [1]]);
});

test('what the server already has is not sent again', async () => {
  const { outbox, log } = make(async () => { throw offline; });
  outbox.add('a', 'one');
  await settle();
  outbox.arrived('id-1');
  log.waits[0].then();
  await settle();

  assert.deepEqual(log.tried, ['id-1']);
});

test('after a reload the same ids go on', async () => {
  const { outbox, log } = make(async () => {});
  outbox.restore([{ client_id: 'old', contact_id: 'a', text: 'kept', at: '', state: 'sending', tries: 1, code: '' }]);
  await settle();
  assert.deepEqual(log.tried, ['old']);
});

test('the outbox has an end, and pauses grow to thirty seconds', async () => {
  const { outbox } = make(async () => { throw offline; });
  for (let i = 0; i < MAX_PARCELS; i += 1) assert.ok(outbox.add(`c${i}`, 'x'));
  assert.equal(outbox.add('more', 'x'), false);
  assert.deepEqual([1, 2, 3, 9].map(pause), [1, 2, 4, 30]);
});

test('who asked for no messages is asked about once, then answered', async () => {
  const stop = Object.assign(new Error('no'), { passing: false, code: 'asked-to-stop' });
  const { outbox, log } = make(async (p) => { if (!p.sure) throw stop; });
  outbox.add('a', 'one');
  await settle();
  assert.equal(outbox.parcels.value[0].state, 'failed');

  outbox.retry('id-1');
  await settle();
  outbox.add('a', 'two');
  await settle();
  assert.deepEqual(log.sent, ['one', 'two']);
});
