// The safe-contact record: when and how a person may be reached. Each reading of it is on record.
import { html, nothing, repeat, signal } from '../vendor/ui.js';
import { attempt, toast } from '../core/app.js';
import { get, put } from '../core/api.js';
import { label, t } from '../core/i18n.js';
import * as fmt from '../core/fmt.js';
import { may } from '../core/store.js';
import { closeDialog, openDialog } from '../parts/dialog.js';
import { icon } from '../parts/icon.js';
import { loading, trouble } from '../parts/states.js';
import * as words from '../parts/words.js';

/** @typedef {import('../core/types').Safety} Safety */
/** @typedef {import('../core/types').SafetyRead} SafetyRead */
/** @type {Record<'others'|'if_other'|'we_say'|'they_say'|'alarm', () => string>} */
const TEXTS = { others: () => t('safety-others'), if_other: () => t('safety-if-other'), we_say: () => t('safety-we-say'), they_say: () => t('safety-they-say'), alarm: () => t('safety-alarm') };
const DAYS = [() => t('day-0'), () => t('day-1'), () => t('day-2'), () => t('day-3'), () => t('day-4'), () => t('day-5'), () => t('day-6')];

/** @typedef {{read: SafetyRead | null, draft: Safety | null, error: any}} Open */
const open = signal(/** @type {Open} */ ({ read: null, draft: null, error: null }));
const busy = signal(false);
/** @param {string} id */
const path = (id) => `/api/contacts/${encodeURIComponent(id)}/safety`;

/** @param {string} id */
const load = async (id) => {
  open.value = { read: null, draft: null, error: null };
  try {
    const read = await get(path(id));
    open.value = { read, draft: read.safety, error: null };
  } catch (error) {
    open.value = { read: null, draft: null, error };
  }
};
/** @param {Partial<Safety>} change */
const set = (change) => {
  const { draft } = open.peek();
  if (draft) open.value = { ...open.peek(), draft: { ...draft, ...change } };
};
/** @param {string} id */
const save = async (id) => {
  const { read, draft } = open.peek();
  if (!read || !draft || busy.peek()) return;
  busy.value = true;
  await attempt(async () => {
    await put(path(id), { ...draft, rev: read.rev });
    closeDialog();
    cards.delete(id);
    toast(t('safety-saved'));
  });
  busy.value = false;
};

/** @param {number} n @param {Partial<Safety['windows'][number]>} change */
const setWindow = (n, change) => set({ windows: (open.peek().draft?.windows ?? []).map((w, i) => (i === n ? { ...w, ...change } : w)) });
/** @param {Safety['windows'][number]} w @param {number} n @param {'from'|'to'} end */
const clock = (w, n, end) => html`<input type="time" required aria-label=${end === 'from' ? t('safety-from') : t('safety-to')} data-testid="window-${end}" .value=${w[end]} @input=${(/** @type {InputEvent} */ e) => setWindow(n, { [end]: /** @type {HTMLInputElement} */ (e.target).value })}>`;
/** @param {Safety['windows'][number]} w @param {number} n */
const windowRow = (w, n) => html`<div class="safe-window" data-testid="window"><div class="radios">${repeat(DAYS, (_, d) => d, (name, d) => html`<label class="pill"><input type="checkbox" .checked=${w.days.includes(d)}
    @change=${() => setWindow(n, { days: w.days.includes(d) ? w.days.filter((x) => x !== d) : [...w.days, d].sort() })}><span>${name()}</span></label>`)}</div>
  ${clock(w, n, 'from')} – ${clock(w, n, 'to')}
  <button type="button" class="plain small" aria-label=${t('safety-window-out')} @click=${() => set({ windows: (open.peek().draft?.windows ?? []).filter((_, i) => i !== n) })}>${icon('x')}</button></div>`;
/** @param {Safety} s @param {'never'|'may_name'} key @param {string} text */
const check = (s, key, text) => html`<label class="choice"><input type="checkbox" data-testid="safety-${key}" .checked=${s[key]} @change=${() => set({ [key]: !s[key] })}><span><b>${text}</b></span></label>`;

/** @param {string} id @param {SafetyRead} read @param {Safety} s */
const form = (id, read, s) => html`<form @submit=${(/** @type {Event} */ e) => { e.preventDefault(); save(id); }}>
  ${notices(read)}
  <fieldset class="choices">${check(s, 'never', t('safety-never'))}${check(s, 'may_name', t('safety-may-name'))}</fieldset>
  <fieldset class="field"><legend class="label">${t('safety-channels')}</legend><div class="radios">${repeat(words.channels(), (c) => c, (c) => html`<label class="pill"><input type="checkbox" data-testid="safety-${c}" .checked=${s.channels.includes(c)}
    @change=${() => set({ channels: s.channels.includes(c) ? s.channels.filter((x) => x !== c) : [...s.channels, c] })}><span>${words.channel(c)}</span></label>`)}</div><p class="hint">${t('safety-no-message')}</p></fieldset>
  <fieldset class="field"><legend class="label">${t('safety-windows')}</legend>${s.windows.length ? repeat(s.windows, (_, n) => n, windowRow) : html`<p class="soft">${t('callback-any-time')}</p>`}
    <button type="button" class="ghost small" data-testid="window-add" @click=${() => set({ windows: [...s.windows, { days: [0, 1, 2, 3, 4, 5, 6], from: '10:00', to: '18:00' }] })}>${icon('calendar-clock')} ${t('safety-window-add')}</button></fieldset>
  <label class="field"><span class="label">${t('safety-zone')}</span><select data-testid="safety-zone" @change=${(/** @type {Event} */ e) => set({ zone: /** @type {HTMLSelectElement} */ (e.target).value })}>
    ${repeat(read.zones, (z) => z.key, (z) => html`<option value=${z.key} ?selected=${s.zone === z.key}>${zoneName(z)}</option>`)}</select></label>
  ${repeat(Object.keys(TEXTS), (k) => k, (k) => { const key = /** @type {keyof typeof TEXTS} */ (k); return html`<label class="field"><span class="label">${TEXTS[key]()}</span><input type="text" maxlength="500" autocomplete="off" data-testid="safety-${key}" .value=${s[key]}
    @input=${(/** @type {InputEvent} */ e) => set({ [key]: /** @type {HTMLInputElement} */ (e.target).value })}></label>`; })}
  <footer class="dialog-foot"><button type="button" class="ghost" @click=${closeDialog}>${t('action-cancel')}</button>
    ${may('contact:safety:edit') ? html`<button type="submit" class="primary" data-testid="safety-save" ?disabled=${busy.value || s.windows.some((w) => !w.days.length || !w.from || !w.to)}>${icon('shield-check')} ${t('safety-save')}</button>` : nothing}</footer></form>`;

/** @param {SafetyRead['zones'][number]} z */
const zoneName = (z) => `${label(z.labels)} · UTC${z.offset}`;
/** @param {SafetyRead} read */
const notices = (read) => html`${read.wrong_at ? html`<p class="muted-bar" role="alert" data-testid="wrong-before">${icon('triangle-alert')} ${t('safety-wrong-before', { time: fmt.moment(read.wrong_at) })}</p>` : nothing}
  ${read.stale ? html`<p class="muted-bar" role="alert">${icon('clock')} ${t('safety-stale')}</p>` : nothing}`;

/** @param {string} id */
export const safetyDialog = (id) => {
  load(id);
  openDialog({
    title: () => t('safety-name'),
    testid: 'safety-dialog',
    body: () => {
      const { read, draft, error } = open.value;
      if (error) return trouble(error, () => load(id));
      return read && draft ? form(id, read, draft) : loading();
    },
  });
};
/** @param {string} id */
export const safetyButton = (id) => (may('contact:safety:read')
  ? html`<button type="button" class="ghost small" data-testid="safety" aria-haspopup="dialog" @click=${() => safetyDialog(id)}>${icon('shield-check')} ${t('safety-name')}</button>`
  : nothing);

/** What is read before a call, by contact; each was fetched once. @type {Map<string, import('../vendor/ui.js').Signal<{read: SafetyRead | null, error: any}>>} */
const cards = new Map();
/** @param {string} id */
const cardOf = (id) => {
  let found = cards.get(id);
  if (!found) {
    const slot = signal(/** @type {{read: SafetyRead | null, error: any}} */ ({ read: null, error: null }));
    found = slot;
    cards.set(id, slot);
    queueMicrotask(async () => {
      try {
        slot.value = { read: await get(path(id)), error: null };
      } catch (error) {
        slot.value = { read: null, error };
      }
    });
  }
  return found;
};
/** Whether everything that must be known before a call is on the screen. @param {string} id */
export const isRead = (id) => Boolean(cardOf(id).value.read);

/** May we say who we are, who else answers, which words to say and to hear. @param {string} id */
export const safetyCard = (id) => {
  const { read, error } = cardOf(id).value;
  if (error) return trouble(error, () => { cards.delete(id); cardOf(id); });
  if (!read) return loading();
  const s = read.safety;
  return html`<div class="safety-card" data-testid="safety-card">${notices(read)}
    <p class=${s.may_name ? 'soft' : 'bad-text'} data-testid="may-name"><b>${icon(s.may_name ? 'circle-check' : 'shield-alert')} ${s.may_name ? t('safety-say-189') : t('safety-hide-189')}</b></p>
    <dl class="answers">${repeat(/** @type {(keyof typeof TEXTS)[]} */ (Object.keys(TEXTS)).filter((k) => s[k]), (k) => k, (k) => html`<dt>${TEXTS[k]()}</dt><dd class=${k.endsWith('say') ? 'phrase' : ''} data-testid="card-${k}">${s[k]}</dd>`)}</dl></div>`;
};
