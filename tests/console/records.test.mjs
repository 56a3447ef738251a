// Records: saved as they are typed, merged when two people write, lost never.
import './page.mjs';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clashes, makeRecords } from '../../hotline/console/static/core/records.js';

const base = { contact_id: 'a', rev: 1, kind: null, topic: 'labour', summary: null, fields: { outcome: null }, saved_at: null };
const settle = () => new Promise((done) => { setImmediate(done); });

const make = (save, kept = null, load = async () => ({ ...base })) => {
  const timers = [];
  const disk = { draft: kept };
  const records = makeRecords({
    load,
    save,
    keep: (_id, draft) => { disk.draft = draft; },
    kept: async () => disk.draft,
    later: (ms, then) => timers.push({ ms, then }),
    cancel: (handle) => { if (handle) timers[handle - 1].then = () => {}; },
  });
  return { records, timers, disk };
};
const refusal = (status, body = null) => Object.assign(new Error('refused'), { status, body });
/** Saves like the server: another person's field that was written since `base_rev` is not moved. */
const shared = (theirs) => {
  const kept = { ...base, ...theirs, rev: 2 };
  const save = async (_id, rev, fields) => {
    const clashing = rev < 2 ? Object.keys(fields).filter((f) => f in theirs && fields[f] !== kept[f]) : [];
    Object.assign(kept, Object.fromEntries(Object.entries(fields).filter(([f]) => !clashing.includes(f))));
    if (clashing.length) throw refusal(409, { fields: {}, record: { ...kept } });
    kept.rev += 1;
    return { ...kept };
  };
  return { kept, save };
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
  const { records, timers } = make(async () => { throw Object.assign(new Error('offline'), { status: 0, passing: true }); });
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
  const { kept, save } = shared({ topic: 'documents' });
  const { records } = make(save);
  records.of('a');
  await settle();
  records.edit('a', 'summary', 'mine');
  await records.drain('a');

  assert.deepEqual([kept.topic, kept.summary], ['documents', 'mine']);
  assert.equal(records.of('a').value.save, 'saved');
});

test('the same field changed by both is asked about, and nothing is finished before', async () => {
  const { kept, save } = shared({ summary: 'theirs' });
  const { records, disk } = make(save);
  records.of('a');
  await settle();
  records.edit('a', 'summary', 'mine');

  assert.equal(await records.drain('a'), false);
  assert.equal(await records.drain('a'), false);
  assert.deepEqual(clashes(records.of('a').value), { summary: { mine: 'mine', theirs: 'theirs' } });
  assert.deepEqual([kept.summary, disk.draft.dirty, records.unsaved()], ['theirs', { summary: 'mine' }, true]);

  records.settle('a', 'summary', true);
  assert.equal(await records.drain('a'), true);
  assert.deepEqual([kept.summary, disk.draft], ['mine', null]);
});

test('keeping the other version drops the own one', async () => {
  const { kept, save } = shared({ summary: 'theirs' });
  const { records, disk } = make(save);
  records.of('a');
  await settle();
  records.edit('a', 'summary', 'mine');
  await records.drain('a');
  records.settle('a', 'summary', false);

  assert.equal(await records.drain('a'), true);
  assert.deepEqual([kept.summary, disk.draft], ['theirs', null]);
});

test('a later conflict leaves an open question open', async () => {
  const { save } = shared({ summary: 'theirs', topic: 'documents' });
  const { records } = make(save);
  records.of('a');
  await settle();
  records.edit('a', 'summary', 'mine');
  await records.drain('a');
  records.edit('a', 'advice', 'more');
  await records.drain('a');

  assert.deepEqual(Object.keys(clashes(records.of('a').value)), ['summary']);
});

test('a draft of an earlier hour asks before it overwrites what another person wrote since', async () => {
  const saved = [];
  const { records, disk } = make(async (_id, rev, fields) => { saved.push(fields); return { ...base, rev: rev + 1, summary: 'theirs', ...fields }; },
    { dirty: { summary: 'mine', topic: 'ban' }, known: { summary: [null], topic: ['labour'] } },
    async () => ({ ...base, rev: 7, summary: 'theirs' }));
  records.of('a');
  await settle();
  await records.flush('a');

  assert.deepEqual(saved, [{ topic: 'ban' }]);
  assert.deepEqual(clashes(records.of('a').value).summary, { mine: 'mine', theirs: 'theirs' });
  assert.equal(disk.draft.dirty.summary, 'mine');
});

test('a contact that went away and came back is read anew, and keeps what was typed', async () => {
  let server = { ...base };
  const { records } = make(async () => { throw refusal(404); }, null, async () => ({ ...server }));
  records.of('a');
  await settle();
  records.edit('a', 'summary', 'mine');
  records.holdOnly(new Map());
  server = { ...base, rev: 9, topic: 'documents', summary: 'theirs' };
  records.of('a');
  await settle();

  const state = records.of('a').value;
  assert.equal(records.value(state, 'topic'), 'documents');
  assert.deepEqual(clashes(state), { summary: { mine: 'mine', theirs: 'theirs' } });
});

test('an own save whose answer got lost is nobody else\'s word', async () => {
  let stored = { ...base };
  const { records, disk } = make(async (_id, rev, fields) => {
    stored = { ...stored, rev: rev + 1, ...fields };
    throw Object.assign(refusal(0), { passing: true });
  });
  records.of('a');
  await settle();
  records.edit('a', 'summary', 'first');
  await records.flush('a');
  records.edit('a', 'summary', 'first and more');

  const after = make(async (_id, rev, fields) => ({ ...stored, rev: rev + 1, ...fields }), disk.draft, async () => stored);
  after.records.of('a');
  await settle();
  assert.deepEqual(clashes(after.records.of('a').value), {});
  assert.equal(await after.records.drain('a'), true);
});

test('after a crash the local text is saved', async () => {
  const saved = [];
  const { records, timers } = make(async (_id, rev, fields) => { saved.push(fields); return { ...base, rev: rev + 1, ...fields }; }, { dirty: { summary: 'kept' }, known: { summary: [null] } });
  records.of('a');
  await settle();
  timers.forEach((timer) => timer.then());
  await settle();

  assert.deepEqual(saved, [{ summary: 'kept' }]);
});

test('a wrong value waits for its correction, and the others are saved', async () => {
  const saved = [];
  const { records, timers } = make(async (_id, rev, fields) => {
    if (fields.summary === 'too long') throw refusal(400, { fields: { summary: 'too-long' } });
    saved.push(fields);
    return { ...base, rev: rev + 1, ...fields };
  });
  records.of('a');
  await settle();
  records.edit('a', 'summary', 'too long');
  records.edit('a', 'advice', 'fine');
  assert.equal(await records.drain('a'), false);

  const state = records.of('a').value;
  assert.deepEqual(saved, [{ advice: 'fine' }]);
  assert.deepEqual([state.save, state.errors, state.dirty], ['refused', { summary: 'too-long' }, { summary: 'too long' }]);
  const planned = timers.length;
  assert.equal(await records.flush('a'), false);
  assert.equal(timers.length, planned);

  records.edit('a', 'summary', 'short');
  assert.equal(await records.drain('a'), true);
});

test('a field that the form no longer has is let go', async () => {
  const { records, disk } = make(async (_id, rev, fields) => {
    if ('gone' in fields) throw refusal(400, { fields: { gone: 'unknown-field' } });
    return { ...base, rev: rev + 1, ...fields };
  }, { dirty: { gone: 'x', summary: 'kept' }, known: { gone: [null], summary: [null] } });
  records.of('a');
  await settle();

  assert.equal(await records.drain('a'), true);
  assert.deepEqual([records.of('a').value.errors, disk.draft], [{}, null]);
});

for (const refused of [refusal(404), refusal(409, { error: 'contact-over' }), refusal(400, { fields: { base_rev: 'wrong-type' } })]) {
  test(`a record that takes nothing any more is not tried again: ${refused.status}`, async () => {
    const { records, timers, disk } = make(async () => { throw refused; });
    records.of('a');
    await settle();
    records.edit('a', 'summary', 'x');
    const planned = timers.length;

    assert.equal(await records.drain('a'), false);
    assert.equal(records.of('a').value.save, 'shut');
    assert.deepEqual(disk.draft.dirty, { summary: 'x' });
    assert.equal(timers.length, planned);
  });
}
