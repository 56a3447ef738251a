// Weekly hours and single days, typed as people write them: 08:00-12:00, 13:00-20:00. An empty field is a closed day.
import { html, nothing, repeat, signal } from '../vendor/ui.js';
import { attempt, toast } from '../core/app.js';
import { put } from '../core/api.js';
import { t } from '../core/i18n.js';
import * as fmt from '../core/fmt.js';
import { icon } from '../parts/icon.js';

/** @typedef {import('./line-screen.js').Hours} Hours */
const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
/** @type {Record<string, () => string>} */
const NAMES = {
  monday: () => t('day-monday'), tuesday: () => t('day-tuesday'), wednesday: () => t('day-wednesday'), thursday: () => t('day-thursday'),
  friday: () => t('day-friday'), saturday: () => t('day-saturday'), sunday: () => t('day-sunday'),
};
/** What is typed, from which version, and whether it differs from it. */
const draft = signal({ version: 0, week: /** @type {Record<string, string>} */ ({}), days: /** @type {[string, string][]} */ ([]), changed: false });
const next = signal('');
const busy = signal(false);

/** @param {string[] | undefined} spans */
const text = (spans) => (spans ?? []).join(', ');
/** @param {string} typed */
const spans = (typed) => typed.split(/[,;]/).map((x) => x.replace(/\s/g, '').replace(/[–—]/g, '-')).filter(Boolean);
const SPAN = /^([01]\d|2[0-3]):[0-5]\d-(?:([01]\d|2[0-3]):[0-5]\d|24:00)$/;
/** @param {string} typed */
const fits = (typed) => spans(typed).every((s) => SPAN.test(s) && s.slice(0, 5) < s.slice(6));

/** What is in force now; it does not replace what somebody is typing. @param {Hours} hours */
export const readHours = (hours) => {
  if (draft.peek().changed) return;
  const days = Object.entries(hours.days).map(([day, list]) => /** @type {[string, string]} */ ([day, text(list)])).sort(([a], [b]) => (a < b ? -1 : 1));
  draft.value = { version: hours.version, week: Object.fromEntries(DAYS.map((d) => [d, text(hours.week[d])])), days, changed: false };
};
/** @param {Partial<typeof draft.value>} more */
const change = (more) => { draft.value = { ...draft.peek(), ...more, changed: true }; };
const addDay = () => {
  const day = next.peek();
  if (!day || draft.peek().days.some(([d]) => d === day)) return;
  change({ days: [...draft.peek().days, /** @type {[string, string]} */ ([day, ''])].sort(([a], [b]) => (a < b ? -1 : 1)) });
  next.value = '';
};

/** @param {Hours} hours @param {(hours: Hours) => void} took */
const save = async (hours, took) => {
  if (busy.peek()) return;
  busy.value = true;
  await attempt(async () => {
    const { version, week, days } = draft.peek();
    const answer = await put('/api/line/hours', {
      version, timezone: hours.timezone,
      week: Object.fromEntries(DAYS.map((d) => [d, spans(week[d])])), days: Object.fromEntries(days.map(([d, typed]) => [d, spans(typed)])),
    });
    draft.value = { ...draft.peek(), changed: false };
    took(answer);
    toast(t('hours-saved'));
  });
  busy.value = false;
};
/** @param {Hours} hours */
const drop = (hours) => {
  draft.value = { ...draft.peek(), changed: false };
  readHours(hours);
};

/** @param {string} id @param {string} name @param {string} typed @param {(typed: string) => void} write @param {unknown} [more] */
const row = (id, name, typed, write, more = nothing) => html`<div class="hours-row"><label for="hours-${id}">${name}</label>
  <span><input id="hours-${id}" type="text" autocomplete="off" data-testid="hours-${id}" aria-invalid=${String(!fits(typed))} placeholder=${t('hours-closed')} .value=${typed}
    @input=${(/** @type {InputEvent} */ e) => write(/** @type {HTMLInputElement} */ (e.target).value)}>${fits(typed) ? nothing : html`<small class="bad-text">${t('hours-wrong')}</small>`}</span>${more}</div>`;
/** @param {string} day */
const weekday = (day) => row(day, NAMES[day](), draft.value.week[day] ?? '', (typed) => change({ week: { ...draft.peek().week, [day]: typed } }));
/** @param {[string, string]} entry */
const single = ([day, typed]) => row(day, fmt.date(fmt.dayStart(day)), typed, (now) => change({ days: draft.peek().days.map((e) => (e[0] === day ? [day, now] : e)) }),
  html`<button type="button" class="plain" data-testid="day-remove" title=${t('hours-day-remove')} @click=${() => change({ days: draft.peek().days.filter(([d]) => d !== day) })}>${icon('trash-2')}<span class="hidden">${t('hours-day-remove')}</span></button>`);

/** @param {Hours} hours @param {(hours: Hours) => void} took */
export const hoursView = (hours, took) => {
  const { week, days, changed } = draft.value;
  const right = [...Object.values(week), ...days.map(([, typed]) => typed)].every(fits);
  return html`<section class="card" aria-labelledby="hours-h"><h3 id="hours-h">${t('hours-title')}</h3>
    <p class="hint">${t('hours-text')}</p>
    <div class="hours">${repeat(DAYS, (d) => d, weekday)}</div>
    <h3>${t('hours-days')}</h3>
    ${days.length ? html`<div class="hours">${repeat(days, ([d]) => d, single)}</div>` : html`<p class="soft">${t('hours-days-none')}</p>`}
    <div class="fields"><label class="field"><span class="label">${t('hours-day-new')}</span><input type="date" data-testid="day-new" .value=${next.value} @input=${(/** @type {InputEvent} */ e) => { next.value = /** @type {HTMLInputElement} */ (e.target).value; }}></label>
      <button type="button" class="ghost" data-testid="day-add" ?disabled=${!next.value} @click=${addDay}>${icon('calendar-x')} ${t('hours-day-add')}</button></div>
    ${changed ? html`<footer class="dialog-foot"><button type="button" class="ghost" data-testid="hours-drop" @click=${() => drop(hours)}>${t('action-cancel')}</button>
      <button type="button" class="primary" data-testid="hours-save" ?disabled=${!right || busy.value} @click=${() => save(hours, took)}>${icon('save')} ${t('hours-save')}</button></footer>` : nothing}</section>`;
};
