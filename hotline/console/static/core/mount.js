// One effect per panel: it draws again when a signal it read changes, and its failure stays its own.
import { effect, html, render } from '../vendor/ui.js';
import { t } from './i18n.js';
import { post } from './api.js';
import { fill } from '../parts/clock.js';

/** Tells the server that something failed here: words of code only, never of people. @param {string} what @param {string} where */
export const report = (what, where) => {
  post('/api/client-errors', { what: what.replace(/[^\w .:()-]/g, '').slice(0, 200), where: where.replace(/[^\w./:-]/g, '').slice(0, 100) }).catch(() => {});
};

/** @param {Element} el */
const failed = (el) => {
  el.replaceChildren();
  delete /** @type {any} */ (el)._$litPart$;
  render(html`<div class="state bad" role="alert">${t('state-panel-failed')}</div>`, el);
};

/** @param {Element} el @param {() => unknown} view @param {() => void} [after] @returns {() => void} stops drawing */
export const mount = (el, view, after) => effect(() => {
  try {
    render(view(), el);
  } catch (error) {
    failed(el);
    report(error instanceof Error ? error.name : 'error', el.id || el.className);
    if (location.hash === '#debug') throw error;
  }
  fill(el);
  after?.();
});
