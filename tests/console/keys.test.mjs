// The keyboard: physical keys, no letters of any layout are eaten, nothing ends a call.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { actionOf, BINDINGS, keyName, reloads } from '../../hotline/console/static/core/keys.js';

const key = (code, more = {}) => ({ code, key: '', ctrlKey: false, shiftKey: false, altKey: false, metaKey: false, altGraph: false, getModifierState(name) { return name === 'AltGraph' && this.altGraph; }, ...more });

test('F2 answers on any layout', () => {
  assert.equal(actionOf(key('F2')), 'answer');
});

test('a Cyrillic letter on the key J triggers nothing', () => {
  assert.equal(actionOf(key('KeyJ', { key: 'о' })), null);
});

test('AltGr and Ctrl+Alt are letters, not shortcuts', () => {
  for (const { code } of BINDINGS) {
    assert.equal(actionOf(key(code, { ctrlKey: true, altKey: true })), null);
    assert.equal(actionOf(key(code, { ctrlKey: true, altGraph: true })), null);
  }
});

test('modifiers tell bindings apart', () => {
  assert.equal(actionOf(key('F7')), 'next');
  assert.equal(actionOf(key('F7', { shiftKey: true })), 'previous');
  assert.equal(actionOf(key('KeyK')), null);
  assert.equal(actionOf(key('KeyK', { ctrlKey: true })), 'palette');
});

test('a person can switch a key off', () => {
  assert.equal(actionOf(key('F9'), new Set(['finish'])), null);
});

test('no key ends a call, and none is a bare letter or uses Alt', () => {
  assert.ok(BINDINGS.every((b) => !/hang|end/.test(b.action)));
  assert.ok(BINDINGS.every((b) => b.ctrl || /^F\d+$/.test(b.code)));
  assert.deepEqual(BINDINGS.map(keyName), ['F2', 'F4', 'F7', 'Shift+F7', 'F8', 'F9', 'Ctrl+K', 'Ctrl+/']);
});

test('the keys that reload are known', () => {
  assert.ok(reloads(key('F5')));
  assert.ok(reloads(key('KeyR', { ctrlKey: true })));
  assert.ok(!reloads(key('KeyR')));
});
