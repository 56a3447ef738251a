// Into the talk of an operator: three ways, in words. The operator sees it, and each is on record.
import { html, repeat } from '../vendor/ui.js';
import { t } from '../core/i18n.js';
import { may } from '../core/store.js';
import { watch, watched } from '../core/watching.js';
import { icon } from '../parts/icon.js';
import * as words from '../parts/words.js';

const MODES = /** @type {const} */ (['listen', 'whisper', 'barge']);
const SIGNS = { listen: 'ear', whisper: 'headphones', barge: 'megaphone' };

/** Whether somebody may come into this talk now. @param {{state: string, channel: string}} row */
export const watchable = (row) => may('call:line:watch') && row.channel === 'voice' && row.state === 'talking';
/** @param {string} id */
export const watchButtons = (id) => html`<div class="watch" role="group" aria-label=${t('watch-name')}>${repeat(MODES, (m) => m, (m) => {
  const on = watched.value?.id === id && watched.value.mode === m;
  return html`<button type="button" class=${on ? 'primary' : 'ghost'} data-testid="watch-${m}" aria-pressed=${String(on)} title=${words.watchHint(m)} @click=${() => watch(id, m)}>${icon(SIGNS[m])} ${words.watchMode(m)}</button>`;
})}</div>`;
