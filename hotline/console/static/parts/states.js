// The states every list and panel must have, in words: loading, empty, failed, not allowed.
import { html, nothing } from '../vendor/ui.js';
import { t } from '../core/i18n.js';
import { icon } from './icon.js';

export const loading = () => html`<div class="state skeleton" role="status" aria-label=${t('state-loading')} data-testid="state-loading"><i></i><i></i><i></i></div>`;
/** @param {string} text @param {unknown} [next] */
export const empty = (text, next = nothing) => html`<div class="state" data-testid="state-empty"><p>${text}</p>${next}</div>`;
/** @param {(() => void)} again @param {string} [code] */
export const failed = (again, code = '') => html`<div class="state" role="alert" data-testid="state-error">
  <p>${icon('circle-alert')} ${t('state-failed')}</p>
  <button type="button" class="ghost" @click=${again}>${icon('refresh-cw')} ${t('action-try-again')}</button>
  ${code ? html`<p class="hint">${t('state-code', { code })}</p>` : nothing}
</div>`;
export const denied = () => html`<div class="state" data-testid="state-denied"><p>${icon('info')} ${t('state-denied')}</p></div>`;
/** The right state for an error. @param {any} error @param {() => void} again */
export const trouble = (error, again) => (error?.status === 404 || error?.status === 403 ? denied() : failed(again, error?.code));
