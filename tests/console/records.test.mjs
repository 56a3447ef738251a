// Records: saved as they are typed, merged when two people write, lost never.
import './page.mjs';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeRecords, merge } from '../../hotline/console/static/core/records.js';

const base = { contact_id: 'a', rev: 1, kind: null, topic: 'labour', summary: null, fields: { outcome: null }, saved_at: null };
const settle = () => new Promise((done) => { setImmediate(done); });

const make = (save, kept = null) => {
  const timers = [];
  const records = makeRecords({
    load: async () => ({ ...base }),
    save,
    keep: () => {},
    kept: async () => kept,
    later: (ms, then) => timers.push({ ms, then }),
    cancel: (handle) => { if (handle) timers[handle - 1].then = () => {}; },
    now: () => '2026-11-23T08:00:00Z',
  });
  return { records, timers };
};

test('typing is saved once it pauses, only what changed', async () => {
  const saved = [];
  const { records, timers } = make(async (_id, rev, fields) => { saved.push([rev, fields]); return { ...base, rev: rev + 1, ...fields }; });
  records.of('a');
  await settle();
  records.edit('a', 'summary', 'x');
  records.edit('a', 'summary', 'xy');
  timers.forEach((timer) => timer.then());
  await settle();

  assert.deepEqual(saved, [[1, { summary: 'xy' }]]);
  assert.equal(records.of('a').value.save, 'saved');
});

test('what is typed while saving is not lost', async () => {
  let go;
  const { records } = make((_id, rev, fields) => new Promise((done) => { go = () => done({ ...base, rev: rev + 1, ...fields }); }));
  records.of('a');
  await settle();
  records.edit('a', 'summary', 'first');
  const work = records.flush('a');
  await settle();
  records.edit('a', 'summary', 'first and more');
  go();
  await work;

  assert.deepEqual(records.of('a').value.dirty, { summary: 'first and more' });
});

test('a failed save says so and tries again', async () => {
  const { records, timers } = make(async () => { throw Object.assign(new Error('offline'), { status: 0 }); });
  records.of('a');
  await settle();
  records.edit('a', 'summary', 'x');
  await records.flush('a');

  const state = records.of('a').value;
  assert.equal(state.save, 'retry');
  assert.deepEqual(state.dirty, { summary: 'x' });
  assert.equal(timers.at(-1).ms, 2000);
});

test('a change elsewhere in the record is merged without a question', async () => {
  const theirs = { ...base, rev: 2, topic: 'documents' };
  let tries = 0;
  const { records, timers } = make(async (_id, rev, fields) => {
    tries += 1;
    if (tries === 1) throw Object.assign(new Error('conflict'), { status: 409, body: { record: theirs } });
    return { ...theirs, rev: rev + 1, ...fields };
  });
  records.of('a');
  await settle();
  records.edit('a', 'summary', 'mine');
  await records.flush('a');
  timers.at(-1).then();
  await settle();

  const state = records.of('a').value;
  assert.equal(records.value(state, 'topic'), 'documents');
  assert.equal(records.value(state, 'summary'), 'mine');
  assert.deepEqual(state.clashes, {});
});

test('the same field changed by both is asked about', () => {
  const { keep, clashes } = merge(base, { ...base, rev: 2, summary: 'theirs' }, { summary: 'mine', topic: 'labour' });
  assert.deepEqual(keep, {});
  assert.deepEqual(clashes, { summary: { mine: 'mine', theirs: 'theirs' } });
});

test('after a crash the local text is saved', async () => {
  const saved = [];
  const { records, timers } = make(async (_id, rev, fields) => { saved.push(fields); return { ...base, rev: rev + 1, ...fields }; }, { summary: 'kept' });
  records.of('a');
  await settle();
  timers.forEach((timer) => timer.then());
  await settle();

  assert.deepEqual(saved, [{ summary: 'kept' }]);
});
