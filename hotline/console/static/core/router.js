// Addresses inside the shell: changed without loading a page, so a call in this page is never dropped.
import { signal } from '../vendor/ui.js';

/** path and query of the screen that is shown */
export const route = signal(read());

function read() {
  return { path: globalThis.location?.pathname ?? '/console', query: globalThis.location?.search ?? '' };
}
/** @param {string} to path with query @param {boolean} [replace] */
export const go = (to, replace = false) => {
  if (to === location.pathname + location.search) return;
  history[replace ? 'replaceState' : 'pushState'](null, '', to);
  route.value = read();
};
export const startRouter = () => {
  addEventListener('popstate', () => { route.value = read(); });
  addEventListener('click', (event) => {
    if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = /** @type {Element} */ (event.target).closest?.('a[data-link]');
    if (!link) return;
    event.preventDefault();
    go(link.getAttribute('href') ?? '/console');
  });
};
