// Clocks that run without drawing a panel again: elements carry the moment, one interval writes the text.
import { html } from '../vendor/ui.js';
import { left, length, since } from '../core/fmt.js';
import { link, serverNow } from '../core/store.js';

/** Seconds after which somebody waits too long; the settings of the site say so at the start. */
const LIMITS = { amber_s: 60, red_s: 180 };
/** @param {{amber_s: number, red_s: number} | undefined} limits */
export const setLimits = (limits) => { Object.assign(LIMITS, limits ?? {}); };

/** Time gone by. @param {string} at */
export const clock = (at) => html`<time class="clock" data-since=${at}></time>`;
/** Time somebody waits for us: amber, then red, by the settings. @param {string} at */
export const waitClock = (at) => html`<time class="clock waits" data-since=${at} data-waits></time>`;
/** Time left; turns into "+0:10" afterwards. @param {string} at */
export const countdown = (at) => html`<time class="clock" data-until=${at}></time>`;
/** Time left for something; 0:00 when it is over: own time is no debt. @param {string} at */
export const timeLeft = (at) => html`<time class="clock" data-left=${at}></time>`;
/** A bar that empties until a moment. @param {string} until @param {number} totalS @param {string} name */
export const fuse = (until, totalS, name) => html`<progress class="fuse" max=${totalS} data-burn=${until} aria-label=${name}></progress>`;

/** Writes all clocks inside an element. @param {ParentNode} root */
export const fill = (root) => {
  const now = serverNow();
  for (const el of root.querySelectorAll('[data-since]')) el.textContent = since(/** @type {HTMLElement} */ (el).dataset.since ?? '', now);
  for (const el of root.querySelectorAll('[data-waits]')) {
    const s = (now - Date.parse(/** @type {HTMLElement} */ (el).dataset.since ?? '')) / 1000;
    el.classList.toggle('amber', s >= LIMITS.amber_s && s < LIMITS.red_s);
    el.classList.toggle('red', s >= LIMITS.red_s);
  }
  for (const el of root.querySelectorAll('[data-until]')) {
    const until = /** @type {HTMLElement} */ (el).dataset.until ?? '';
    el.textContent = left(until, now);
    el.classList.toggle('over', Date.parse(until) < now);
  }
  for (const el of root.querySelectorAll('[data-left]')) el.textContent = length(Math.ceil((Date.parse(/** @type {HTMLElement} */ (el).dataset.left ?? '') - now) / 1000));
  for (const el of root.querySelectorAll('progress[data-burn]')) {
    const bar = /** @type {HTMLProgressElement} */ (el);
    bar.value = Math.max(0, (Date.parse(bar.dataset.burn ?? '') - now) / 1000);
  }
};

/** A wrong clock is worse than none: they stop and turn grey while the line is down. */
export const startClocks = () => setInterval(() => {
  const stale = link.peek() === 'offline' || link.peek() === 'resyncing';
  document.documentElement.classList.toggle('stale', stale);
  if (!stale) fill(document);
}, 1000);
