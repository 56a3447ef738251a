// Files of a message: asked for only when somebody wants them, because each look goes on record.
import { html, nothing, ref, repeat, signal } from '../vendor/ui.js';
import { attempt } from '../core/app.js';
import { post } from '../core/api.js';
import { t } from '../core/i18n.js';
import * as fmt from '../core/fmt.js';
import { mount } from '../core/mount.js';
import { icon } from './icon.js';
import { wavePlayer } from './wave.js';

/** @typedef {import('../core/types').ChatFile} ChatFile */
/** @typedef {import('./wave.js').Ticket} Ticket */

/** Addresses of what was opened; each works for a short time only. */
const tickets = signal(/** @type {Record<string, Ticket>} */ ({}));
const broken = signal('');

/** @param {string} id @returns {Promise<Ticket | null>} */
const ask = (id) => attempt(() => post(`/api/files/${encodeURIComponent(id)}/ticket`));
/** @param {string} id */
const open = async (id) => {
  const ticket = await ask(id);
  broken.value = '';
  if (ticket) tickets.value = { ...tickets.peek(), [id]: ticket };
};
/** @param {string} id */
const hide = (id) => {
  const { [id]: _, ...others } = tickets.peek();
  tickets.value = others;
};
/** The server says "attachment": the page stays where it is. @param {string} id */
const download = async (id) => {
  const ticket = await ask(id);
  if (!ticket) return;
  const link = document.createElement('a');
  link.href = ticket.url;
  link.download = '';
  link.click();
};

/** @type {Record<string, () => string>} */
const WHY = {
  'too-large': () => t('file-too-large'), empty: () => t('file-empty'), damaged: () => t('file-damaged'), 'too-many-pixels': () => t('file-too-many-pixels'),
  gone: () => t('file-gone'), erased: () => t('why-erased'), 'not-fetched': () => t('file-not-fetched'), 'no-channel': () => t('file-no-channel'), 'too-many': () => t('file-too-many'),
};
/** @type {Record<string, () => string>} */
const TYPES = {
  jpeg: () => t('file-photo'), png: () => t('file-photo'), opus: () => t('file-voice'), mp3: () => t('file-audio'), m4a: () => t('file-audio'), wav: () => t('file-audio'),
  mp4: () => t('file-video'), webm: () => t('file-video'), pdf: () => t('file-pdf'), heic: () => t('file-heic'), other: () => t('file-other'),
};
/** @type {Record<string, () => string>} */
const KINDS = { photo: () => t('file-photo'), voice: () => t('file-voice'), audio: () => t('file-audio'), video: () => t('file-video'), document: () => t('kind-document') };

/** @param {ChatFile} f */
const label = (f) => (f.type ? (TYPES[f.type] ?? TYPES.other)() : KINDS[f.kind]?.() ?? t('kind-other'));
/** @param {ChatFile} f */
const measure = (f) => html`<span class="clock">${[f.show === 'voice' && f.duration_s ? fmt.length(f.duration_s) : '', f.length ? fmt.size(f.length) : ''].filter(Boolean).join(' · ')}</span>`;

/** @param {ChatFile} f */
const picture = (f) => {
  const ticket = tickets.value[f.id];
  if (!ticket || broken.value === f.id) {
    return html`<button type="button" class="ghost" data-testid="file-show" @click=${() => open(f.id)}>${icon('eye')} ${broken.value === f.id ? t('file-again') : html`${label(f)}: ${t('file-show')}`} ${measure(f)}</button>`;
  }
  return html`<img class="photo" data-testid="file-photo" src=${ticket.url} alt=${t('file-photo')} width=${f.width ?? nothing} height=${f.height ?? nothing} @error=${() => { broken.value = f.id; }}>
    <button type="button" class="ghost small" data-testid="file-hide" @click=${() => hide(f.id)}>${icon('x')} ${t('file-hide')}</button>`;
};
/** @param {ChatFile} f */
const voice = (f) => {
  const ticket = tickets.value[f.id];
  if (ticket && broken.value !== f.id) return wavePlayer({ id: f.id, ticket, name: t('file-place'), testid: 'file', begins: true, lost: () => { broken.value = f.id; } });
  return html`<button type="button" class="ghost" data-testid="file-listen" @click=${() => open(f.id)}>${icon('play')} ${broken.value === f.id ? t('file-again') : html`${label(f)}: ${t('file-listen')}`} ${measure(f)}</button>`;
};
/** @param {ChatFile} f */
const other = (f) => html`<button type="button" class="ghost" data-testid="file-download" @click=${() => download(f.id)}>${icon('file-text')} ${label(f)}: ${t('file-download')} ${measure(f)}</button>
  ${f.type === 'other' || !f.type ? html`<p class="hint">${t('file-other-hint')}</p>` : nothing}`;

/** @param {ChatFile} f */
const one = (f) => {
  const name = f.name ? html`<p class="hint"><bdi data-testid="file-name">${f.name}</bdi></p>` : nothing;
  if (f.state === 'awaited') return html`<p class="soft" data-testid="file-awaited">${icon('hourglass')} ${label(f)}: ${t('file-awaited')} ${measure(f)}</p>${name}`;
  if (f.state !== 'kept') return html`<p class="bad-text" data-testid="file-refused">${icon('circle-alert')} ${label(f)}: ${WHY[f.error ?? '']?.() ?? t('file-not-fetched')}</p>${name}`;
  return html`${f.show === 'picture' ? picture(f) : f.show === 'voice' ? voice(f) : other(f)}${name}`;
};

/** Each file draws by itself: a voice that plays must not draw the whole conversation again. @type {Map<string, (el: Element | undefined) => void>} */
const islands = new Map();
/** @param {ChatFile} f */
const island = (f) => {
  const key = `${f.id} ${f.state}`;
  const known = islands.get(key);
  if (known) return known;
  let stop = () => {};
  const made = (/** @type {Element | undefined} */ el) => {
    stop();
    stop = el ? mount(el, () => one(f)) : () => {};
  };
  islands.set(key, made);
  return made;
};

/** @param {import('../core/types').Message} m */
export const filesView = (m) => (m.files?.length
  ? repeat(m.files, (f) => f.id, (f) => html`<div class="file" data-testid="file" data-state=${f.state} ${ref(island(f))}></div>`) : nothing);
