// Times, dates, lengths and numbers as staff read them: Bishkek time, words from the catalogue, no browser locale data.
import { t, lang } from './i18n.js';
import { serverNow } from './store.js';

const BISHKEK_MS = 6 * 3600 * 1000; // no summer time since 2005
const DAY_MS = 24 * 3600 * 1000;

/** @param {number} n */
const two = (n) => String(n).padStart(2, '0');

/** Calendar fields in Bishkek. @param {string | number} at ISO text or ms */
export const parts = (at) => {
  const d = new Date((typeof at === 'number' ? at : Date.parse(at)) + BISHKEK_MS);
  return {
    year: d.getUTCFullYear(), month: d.getUTCMonth() + 1, day: d.getUTCDate(),
    hour: d.getUTCHours(), minute: d.getUTCMinutes(), second: d.getUTCSeconds(),
  };
};

/** 14:05 @param {string | number} at */
export const time = (at) => { const p = parts(at); return `${two(p.hour)}:${two(p.minute)}`; };
/** 14:05:12 @param {string | number} at */
export const timeExact = (at) => { const p = parts(at); return `${time(at)}:${two(p.second)}`; };
/** 23 ноября (with the year when it is not this one) @param {string | number} at @param {number} [now] ms */
export const date = (at, now = serverNow()) => {
  const p = parts(at);
  const args = { day: p.day, month: p.month, year: String(p.year) };
  return p.year === parts(now).year ? t('fmt-date', args) : t('fmt-date-year', args);
};
/** Whole days between two moments by the Bishkek calendar. @param {string | number} at @param {number} now */
const daysAgo = (at, now) => {
  const ms = typeof at === 'number' ? at : Date.parse(at);
  return Math.floor((now + BISHKEK_MS) / DAY_MS) - Math.floor((ms + BISHKEK_MS) / DAY_MS);
};
/** Today, yesterday or the date. @param {string | number} at @param {number} [now] */
export const day = (at, now = serverNow()) => {
  const days = daysAgo(at, now);
  if (days === 0) return t('fmt-today');
  return days === 1 ? t('fmt-yesterday') : date(at, now);
};
/** The time alone for today, otherwise with the day. @param {string | number} at @param {number} [now] */
export const moment = (at, now = serverNow()) => (daysAgo(at, now) === 0 ? time(at) : `${day(at, now)}, ${time(at)}`);

/** The same with seconds, for records of what was done. @param {string | number} at @param {number} [now] */
export const exact = (at, now = serverNow()) => (daysAgo(at, now) === 0 ? timeExact(at) : `${day(at, now)}, ${timeExact(at)}`);

/** 4:12 or 1:04:12 @param {number | null | undefined} seconds */
export const length = (seconds) => {
  if (seconds === null || seconds === undefined) return '–';
  const s = Math.max(0, Math.floor(seconds));
  const tail = `${two(Math.floor(s / 60) % 60)}:${two(s % 60)}`;
  return s >= 3600 ? `${Math.floor(s / 3600)}:${tail}` : tail.replace(/^0/, '');
};
/** Time gone by since a moment. @param {string} since @param {number} [now] */
export const since = (since, now = serverNow()) => length((now - Date.parse(since)) / 1000);
/** Time left until a moment; a passed one is "+0:40". @param {string} until @param {number} [now] */
export const left = (until, now = serverNow()) => {
  const s = Math.ceil((Date.parse(until) - now) / 1000);
  return s >= 0 ? length(s) : `+${length(-s)}`;
};

/** 1 234,5 (English: 1,234.5) @param {number} value */
export const number = (value) => {
  const [whole, fraction] = String(Math.abs(value)).split('.');
  const english = lang.value === 'en';
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, english ? ',' : '\u00a0');
  const sign = value < 0 ? '\u2212' : '';
  return sign + grouped + (fraction ? (english ? '.' : ',') + fraction : '');
};

/** 240 kB or 1.2 MB, as people read sizes. @param {number} bytes */
export const size = (bytes) => (bytes < 1e6 ? t('file-kb', { n: number(Math.max(1, Math.round(bytes / 1000))) }) : t('file-mb', { n: number(Math.round(bytes / 1e5) / 10) }));

/** The UTC moment at which a Bishkek calendar day (yyyy-mm-dd) begins. @param {string} isoDay */
export const dayStart = (isoDay) => new Date(Date.parse(`${isoDay}T00:00:00Z`) - BISHKEK_MS).toISOString();
/** The UTC moment of what a date and time field holds: Bishkek time. @param {string} local yyyy-mm-ddThh:mm */
export const fromInput = (local) => new Date(Date.parse(`${local}:00Z`) - BISHKEK_MS).toISOString();
/** Today's Bishkek day as yyyy-mm-dd, some days back. @param {number} [back] @param {number} [now] */
export const isoDay = (back = 0, now = serverNow()) => {
  const p = parts(now - back * DAY_MS);
  return `${p.year}-${two(p.month)}-${two(p.day)}`;
};

const GSM = /^[\n\r !"#$%&'()*+,\-./0-9:;<=>?@A-Z_a-z£¥èéùìòÇØøÅåΔΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà]*$/;
const GSM_DOUBLE = /[\f^{}\\[\]~|€]/g;
/** Parts an SMS takes: 160/153 in the plain alphabet, 70/67 with any other letter. @param {string} text @returns {{parts: number, used: number, room: number, plain: boolean}} */
export const smsParts = (text) => {
  const plain = GSM.test(text.replace(GSM_DOUBLE, ''));
  const used = plain ? text.length + (text.match(GSM_DOUBLE)?.length ?? 0) : text.length;
  const [one, many] = plain ? [160, 153] : [70, 67];
  let count = Math.min(1, used);
  let room = many;
  // What takes two places is never cut in two. The same as bots/sms/segments.py.
  if (used > one) {
    for (const sign of text) {
      const size = plain ? 1 + (sign.match(GSM_DOUBLE)?.length ?? 0) : sign.length;
      if (size > room) [count, room] = [count + 1, many];
      room -= size;
    }
  }
  return { parts: count, used, room: count <= 1 ? one : count * many, plain };
};
