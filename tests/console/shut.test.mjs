// What is shut by hand: shown as long as it holds, gone when its time is over, without a word of the server.
import assert from 'node:assert/strict';
import { afterEach, mock, test } from 'node:test';
import './page.mjs';
import { putShut, shut } from '../../hotline/console/static/core/shut.js';

const START = Date.parse('2026-11-23T08:00:00Z');
const HOUR = 3600_000;
const clock = () => START + elapsed;
let elapsed = 0;
const pass = (ms) => { elapsed += ms; mock.timers.tick(ms); };
const one = (queue, until) => ({ queue, name: null, door: 'closed', until: until === null ? null : new Date(START + until).toISOString(), by: '', at: '' });
const shown = () => shut.value.map((s) => s.queue);

afterEach(() => { mock.timers.reset(); elapsed = 0; });

test('each leaves at its own time, and what has no end stays', () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  putShut([one('over', -1), one('soon', 60_000), one('months', 40 * 24 * HOUR), one('endless', null)], clock);
  assert.deepEqual(shown(), ['soon', 'months', 'endless']);
  pass(60_100);
  assert.deepEqual(shown(), ['months', 'endless']);
  for (let hours = 0; hours < 40 * 24; hours += 1) pass(HOUR + 100);
  assert.deepEqual(shown(), ['endless']);
});

test('what comes anew replaces what was there, and its timer', () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  putShut([one('calls', 60_000)], clock);
  putShut([], clock);
  pass(60_100);
  assert.deepEqual(shown(), []);
});
