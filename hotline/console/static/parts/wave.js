// A sound with its waveform: played, paused and gone through by mouse or by keys.
import { effect, html, nothing, ref, signal } from '../vendor/ui.js';
import { t } from '../core/i18n.js';
import * as fmt from '../core/fmt.js';
import { icon } from './icon.js';

/** @typedef {{url: string, duration_s: number, peaks: number[]}} Ticket */
/** `begins`: it plays as soon as it is there, and has the keys. `lost`: it cannot be played. @typedef {{id: string, ticket: Ticket, name: string, testid: string, begins?: boolean, lost?: () => void}} Wave */
/** Where the one that plays is, in seconds. */
const place = signal({ id: '', at: 0, playing: false, speed: 1 });
const STEP_S = 5;
const SPEEDS = [1, 1.25, 1.5, 2];
const TALL = 56;

/** @param {EventTarget | null} from @returns {HTMLAudioElement | null} */
const sound = (from) => /** @type {Element} */ (from).closest('.recording')?.querySelector('audio') ?? null;
/** @param {HTMLAudioElement} el */
const toggle = (el) => { if (el.paused) el.play().catch(() => {}); else el.pause(); };
/** What is asked for before the sound is known is kept, and gone to then. @param {HTMLAudioElement} el @param {string} id @param {number} at @param {number} length */
const seek = (el, id, at, length) => {
  const to = Math.min(Math.max(0, at), length);
  place.value = { id, at: to, playing: !el.paused, speed: el.playbackRate };
  if (el.readyState) el.currentTime = to;
};
/** @param {string} id */
const heardOf = (id) => (place.peek().id === id ? place.peek().at : 0);
/** @param {HTMLAudioElement} el @param {number} by */
const faster = (el, by) => { el.playbackRate = SPEEDS[Math.min(Math.max(0, SPEEDS.indexOf(el.playbackRate) + by), SPEEDS.length - 1)]; };
/** @param {string} id @param {Event} e */
const moved = (id, e) => {
  const el = /** @type {HTMLAudioElement} */ (e.currentTarget);
  if (e.type === 'loadedmetadata') el.currentTime = heardOf(id);
  if (el.readyState) place.value = { id, at: el.currentTime, playing: !el.paused, speed: el.playbackRate };
};

/** Keys only while the player has the focus. @param {KeyboardEvent} e @param {string} id @param {number} length */
const key = (e, id, length) => {
  const el = sound(e.currentTarget);
  if (!el || e.ctrlKey || e.altKey || e.metaKey) return;
  /** @type {Record<string, () => void>} */
  const keys = {
    Space: () => toggle(el), ArrowLeft: () => seek(el, id, heardOf(id) - STEP_S, length), ArrowRight: () => seek(el, id, heardOf(id) + STEP_S, length),
    Home: () => seek(el, id, 0, length), End: () => seek(el, id, length, length), BracketLeft: () => faster(el, -1), BracketRight: () => faster(el, 1),
  };
  if (!keys[e.code]) return;
  e.preventDefault();
  keys[e.code]();
};
/** @param {PointerEvent} e @param {string} id @param {number} length */
const press = (e, id, length) => {
  const box = /** @type {HTMLElement} */ (e.currentTarget).getBoundingClientRect();
  const el = sound(e.currentTarget);
  if (el) seek(el, id, ((e.clientX - box.left) / box.width) * length, length);
};

/** One bar per peak, the part that was heard in another colour. @param {HTMLCanvasElement} canvas @param {Ticket} ticket @param {number} at */
const draw = (canvas, ticket, at) => {
  const pen = canvas.getContext('2d');
  if (!pen) return;
  // Colours are known only once it stands in the page.
  if (!canvas.isConnected) {
    queueMicrotask(() => { if (canvas.isConnected) draw(canvas, ticket, at); });
    return;
  }
  const { peaks, duration_s } = ticket;
  const style = getComputedStyle(canvas);
  const [heard, rest] = [style.getPropertyValue('--primary'), style.getPropertyValue('--edge')];
  canvas.width = Math.max(1, peaks.length);
  canvas.height = TALL;
  peaks.forEach((peak, n) => {
    const tall = Math.max(1, (peak / 255) * TALL);
    pen.fillStyle = duration_s && n / peaks.length < at / duration_s ? heard : rest;
    pen.fillRect(n, (TALL - tall) / 2, 1, tall);
  });
};
/** @param {string} id @param {Ticket} ticket */
const painter = (id, ticket) => {
  let stop = () => {};
  return (/** @type {Element | undefined} */ el) => {
    stop();
    if (el) stop = effect(() => { const { id: now, at } = place.value; draw(/** @type {HTMLCanvasElement} */ (el), ticket, now === id ? at : 0); });
  };
};
/** A painter lives as long as its ticket: a new one at each turn would paint for nobody. @type {Map<Ticket, (el: Element | undefined) => void>} */
const painters = new Map();
/** @param {string} id @param {Ticket} ticket */
const painterOf = (id, ticket) => {
  const known = painters.get(ticket) ?? painter(id, ticket);
  painters.set(ticket, known);
  return known;
};

/** Playing on is one press less; a browser that does not let us waits for the key or the button. @param {Element | undefined} el */
const begin = (el) => {
  if (el?.isConnected !== false) return;
  queueMicrotask(() => {
    /** @type {HTMLElement | null} */ (el.querySelector('[role=slider]'))?.focus();
    el.querySelector('audio')?.play().catch(() => {});
  });
};

/** @param {Wave} wave */
export const wavePlayer = ({ id, ticket, name, testid, begins = false, lost = () => {} }) => {
  const now = place.value.id === id ? place.value : { at: 0, playing: false, speed: 1 };
  const told = t('recorded-place', { at: fmt.length(now.at), length: fmt.length(ticket.duration_s) });
  const follow = (/** @type {Event} */ e) => moved(id, e);
  return html`<div class="recording" data-testid="${testid}-player" ${begins ? ref(begin) : nothing}>
    <audio preload="metadata" src=${ticket.url} @loadedmetadata=${follow} @timeupdate=${follow} @play=${follow} @pause=${follow} @seeked=${follow} @ratechange=${follow} @error=${lost}></audio>
    <div class="wave" role="slider" tabindex="0" data-testid="wave" aria-label=${name} aria-valuemin="0" aria-valuemax=${Math.round(ticket.duration_s)} aria-valuenow=${Math.round(now.at)} aria-valuetext=${told} title=${t('recorded-keys')}
      @keydown=${(/** @type {KeyboardEvent} */ e) => key(e, id, ticket.duration_s)} @pointerdown=${(/** @type {PointerEvent} */ e) => press(e, id, ticket.duration_s)}><canvas aria-hidden="true" ${ref(painterOf(id, ticket))}></canvas></div>
    <p class="tags"><button type="button" class="ghost small" data-testid="${testid}-play" aria-pressed=${String(now.playing)} @click=${(/** @type {Event} */ e) => { const el = sound(e.currentTarget); if (el) toggle(el); }}>${icon(now.playing ? 'pause' : 'play')} ${now.playing ? t('recorded-pause') : t('recorded-play')}</button>
      <span class="clock" data-testid="${testid}-place">${told}</span>${now.speed === 1 ? nothing : html` <span class="tag">×${String(now.speed)}</span>`}</p></div>`;
};
