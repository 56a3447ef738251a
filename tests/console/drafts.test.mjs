// Drafts: readable only to the person who wrote them, and not for ever.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeDrafts, memoryShelf, sealingKey } from '../../hotline/console/static/core/drafts.js';

const KEY = Buffer.alloc(32, 7).toString('base64');
const HOUR = 3600 * 1000;

const scan = (value) => {
  if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return Buffer.from(value).toString('utf8');
  return JSON.stringify(value);
};

test('a draft comes back for the same key', async () => {
  const shelf = memoryShelf();
  await makeDrafts(shelf, await sealingKey(KEY)).save('reply:a', 'Саламатсызбы');

  assert.equal(await makeDrafts(shelf, await sealingKey(KEY)).load('reply:a'), 'Саламатсызбы');
});

test('another person cannot read it', async () => {
  const shelf = memoryShelf();
  await makeDrafts(shelf, await sealingKey()).save('reply:a', 'secret');

  assert.equal(await makeDrafts(shelf, await sealingKey()).load('reply:a'), null);
});

test('a draft moved under another contact is refused', async () => {
  const shelf = memoryShelf();
  const drafts = makeDrafts(shelf, await sealingKey(KEY));
  await drafts.save('reply:a', 'for a');
  await shelf.put('reply:b', await shelf.get('reply:a'));

  assert.equal(await drafts.load('reply:b'), null);
});

test('the shelf holds no readable word', async () => {
  const shelf = memoryShelf();
  await makeDrafts(shelf, await sealingKey(KEY)).save('record:a', { summary: 'passport' });
  const row = await shelf.get('record:a');

  assert.ok(!Object.values(row).map(scan).join(' ').includes('passport'));
});

test('drafts end after twelve hours and are then swept away', async () => {
  let now = 0;
  const shelf = memoryShelf();
  const drafts = makeDrafts(shelf, await sealingKey(KEY), () => now);
  await drafts.save('a', 1);
  now = 12 * HOUR;
  await drafts.save('b', 2);
  assert.equal(await drafts.load('a'), 1);
  now += 1;
  assert.equal(await drafts.load('a'), null);
  await drafts.sweep();
  assert.deepEqual(await shelf.keys(), ['b']);
});

test('what is removed while it is being sealed stays removed', async () => {
  const drafts = makeDrafts(memoryShelf(), await sealingKey(KEY));
  drafts.save('a', 'sent by now');
  drafts.remove('a');

  assert.equal(await drafts.load('a'), null);
});

test('the last word stays, however long the one before was', async () => {
  const drafts = makeDrafts(memoryShelf(), await sealingKey(KEY));
  drafts.save('a', 'x'.repeat(1e6));
  drafts.save('a', 'short');

  assert.equal(await drafts.load('a'), 'short');
});
