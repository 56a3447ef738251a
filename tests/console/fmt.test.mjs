// Times, numbers, SMS parts and folding, as staff read them.
import './page.mjs';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { beforeEach, test } from 'node:test';
import * as fmt from '../../hotline/console/static/core/fmt.js';
import { fold, matches } from '../../hotline/console/static/core/fold.js';
import { addCatalogue, label, lang, LANGS, t } from '../../hotline/console/static/core/i18n.js';

const locales = new URL('../../hotline/locales/', import.meta.url);
for (const one of LANGS) {
  addCatalogue(one, ['common', 'console'].map((name) => readFileSync(new URL(`${one}/${name}.ftl`, locales), 'utf8')).join('\n'));
}
const NOW = Date.parse('2026-11-23T18:30:00Z'); // 24 November, 00:30 in Bishkek

beforeEach(() => { lang.value = 'ru'; });

test('times are those of Bishkek', () => {
  assert.equal(fmt.time('2026-11-23T18:05:12Z'), '00:05');
  assert.equal(fmt.timeExact('2026-11-23T08:05:12Z'), '14:05:12');
});

test('the day changes at Bishkek midnight', () => {
  assert.equal(fmt.day('2026-11-23T18:00:00Z', NOW), 'Сегодня');
  assert.equal(fmt.day('2026-11-23T17:59:59Z', NOW), 'Вчера');
  assert.equal(fmt.isoDay(0, NOW), '2026-11-24');
  assert.equal(fmt.isoDay(1, NOW), '2026-11-23');
  assert.equal(fmt.dayStart('2026-11-24'), '2026-11-23T18:00:00.000Z');
});

test('dates are written in each language without the browser', () => {
  const at = '2026-11-03T08:00:00Z';
  const seen = LANGS.map((one) => { lang.value = one; return fmt.date(at, NOW); });
  assert.deepEqual(seen, ['3-ноябрь', '3 ноября', '3-noyabr', '3 November']);
  lang.value = 'ky';
  assert.equal(fmt.date('2025-01-05T08:00:00Z', NOW), '2025-жылдын 5-январь');
});

test('lengths', () => {
  assert.equal(fmt.length(0), '0:00');
  assert.equal(fmt.length(252), '4:12');
  assert.equal(fmt.length(3852), '1:04:12');
  assert.equal(fmt.length(null), '–');
  assert.equal(fmt.left('2026-11-23T18:30:20Z', NOW), '0:20');
  assert.equal(fmt.left('2026-11-23T18:29:20Z', NOW), '+0:40');
});

test('numbers are grouped as in each language', () => {
  assert.equal(fmt.number(1234567.5), '1\u00a0234\u00a0567,5');
  lang.value = 'en';
  assert.equal(fmt.number(-12480), '\u221212,480');
});

test('seventy Cyrillic letters are one SMS, one more makes two', () => {
  assert.equal(fmt.smsParts('ө'.repeat(70)).parts, 1);
  assert.equal(fmt.smsParts('ө'.repeat(71)).parts, 2);
  assert.equal(fmt.smsParts('ө'.repeat(134)).parts, 2);
  assert.equal(fmt.smsParts('ө'.repeat(135)).parts, 3);
});

test('plain Latin fits 160, and the Uzbek letter mark makes it short', () => {
  assert.equal(fmt.smsParts('a'.repeat(160)).parts, 1);
  assert.equal(fmt.smsParts('a'.repeat(161)).parts, 2);
  assert.equal(fmt.smsParts('[').used, 2);
  assert.equal(fmt.smsParts(`${'a'.repeat(70)}ʻ`).parts, 2);
  assert.equal(fmt.smsParts('').parts, 0);
});

test('search folds letters that other layouts lack', () => {
  assert.equal(fold('Өлкө ҮҢ ёж'), 'олко ун еж');
  assert.ok(matches('Oʻzbekiston', "o'zbek"));
  assert.ok(matches('Труд и оплата', 'опл тру'));
  assert.ok(!matches('Труд и оплата', 'паспорт'));
});

test('plurals follow the language', () => {
  const counts = [1, 3, 5, 21].map((n) => t('record-gaps', { n }));
  assert.deepEqual(counts, ['Нужно заполнить 1 поле', 'Нужно заполнить 3 поля', 'Нужно заполнить 5 полей', 'Нужно заполнить 21 поле']);
});

test('an unknown id shows itself, a missing label falls back', () => {
  assert.equal(t('no-such-text'), 'no-such-text');
  lang.value = 'ky';
  assert.equal(label({ ru: 'Россия', en: 'Russia' }), 'Россия');
});
