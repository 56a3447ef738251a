// The rules of the form: what shows, what is needed, how the risk comes about.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { choices, find, gaps, holds, risk, wantsScreening } from '../../hotline/console/static/core/form.js';

const topics = [{ key: 'labour', labels: {}, children: [{ key: 'labour.wages', labels: {}, flags: ['screen'] }] }, { key: 'danger', labels: {}, flags: ['urgent'], children: [] }];
const form = {
  version: 1,
  kinds: [{ key: 'consultation', labels: {}, non_data: false }, { key: 'prank', labels: {}, non_data: true }],
  fields: [
    { id: 'topic', type: 'search', required: true, when: { field: 'kind', in: ['consultation'] }, options_from: 'topics', options: null, section: 'what', labels: {} },
    { id: 'note', type: 'text', required: false, when: null, options_from: null, options: null, section: 'what', labels: {} },
  ],
  lists: { topics, countries: [], regions: [], screening: [{ key: 'locked', labels: {}, weight: 'danger' }, { key: 'debt', labels: {}, weight: 'sign' }, { key: 'watched', labels: {}, weight: 'sign' }] },
};
const values = (given) => (id) => given[id] ?? null;

test('a rule names a field and its values', () => {
  const rule = { field: 'kind', in: ['consultation'] };
  assert.equal(holds(rule, values({ kind: 'consultation' })), true);
  assert.equal(holds(rule, values({ kind: 'prank' })), false);
  assert.equal(holds({ field: 'kind', values: ['prank'] }, values({ kind: 'prank' })), true);
  assert.equal(holds(null, values({})), true);
});

test('a topic fits its sub-topics, and rules combine', () => {
  assert.equal(holds({ topic: ['labour'] }, values({ topic: 'labour.wages' })), true);
  assert.equal(holds({ topic: ['lab'] }, values({ topic: 'labour.wages' })), false);
  assert.equal(holds({ any: [{ topic: ['danger'] }, { kind: 'prank' }] }, values({ kind: 'prank' })), true);
  assert.equal(holds({ not: { kind: 'prank' } }, values({ kind: 'prank' })), false);
});

test('only what shows and is needed can be missing', () => {
  assert.deepEqual(gaps(form, values({ kind: 'consultation' })).map((f) => f.id), ['topic']);
  assert.deepEqual(gaps(form, values({ kind: 'prank' })), []);
});

test('choices are found at both levels', () => {
  assert.equal(choices(form, form.fields[0]).length, 2);
  assert.equal(find(topics, 'labour.wages')?.key, 'labour.wages');
  assert.equal(find(topics, 'nothing'), null);
});

test('the risk and its reasons', () => {
  const level = (given, danger = false) => risk(form, values(given), danger).level;
  assert.equal(level({}), 'none');
  assert.equal(level({ screening: ['debt'] }), 'raised');
  assert.equal(level({ screening: ['debt', 'watched'] }), 'high');
  assert.equal(level({ screening: ['locked'] }), 'high');
  assert.equal(level({}, true), 'high');
  assert.equal(level({ topic: 'danger' }), 'raised');
  assert.equal(level({ danger_now: 'yes' }), 'immediate');
  assert.equal(level({ danger_now: 'no' }), 'none');
  assert.deepEqual(risk(form, values({ screening: ['debt', 'watched'] }), false).signs.map((s) => s.key), ['debt', 'watched']);
});

test('a topic with a flag asks for the screening', () => {
  assert.equal(wantsScreening(form, values({ topic: 'labour.wages' })), true);
  assert.equal(wantsScreening(form, values({ topic: 'labour' })), false);
});
