// Ctrl+K: go to a screen, an own contact or an action by typing.
import { html, nothing, repeat, signal } from '../vendor/ui.js';
import { setPresence } from '../core/app.js';
import { matches } from '../core/fold.js';
import { t } from '../core/i18n.js';
import { go } from '../core/router.js';
import { may, mineList, presence, selected } from '../core/store.js';
import { closeDialog, dialog, openDialog } from '../parts/dialog.js';
import * as words from '../parts/words.js';
import { keysDialog } from './keys-dialog.js';
import { PLACES } from './shell.js';

/** @typedef {{key: string, text: string, act: () => void}} Entry */
const query = signal('');
const at = signal(0);

/** @returns {Entry[]} */
const entries = () => [
  ...mineList.value.map((c) => ({ key: c.id, text: words.who(c), act: () => { go('/console'); selected.value = c.id; } })),
  ...PLACES.filter((p) => p.may()).map((p) => ({ key: p.path, text: p.name(), act: () => go(p.path) })),
  ...(may('shift:own:manage') && presence.value?.state === 'break' ? [{ key: 'back', text: t('presence-available'), act: () => { setPresence('available', null); } }] : []),
  { key: 'keys', text: t('keys-title'), act: () => setTimeout(keysDialog) },
];
const shown = () => entries().filter((e) => matches(e.text, query.value));

/** @param {Entry} entry */
const run = (entry) => { closeDialog(); entry.act(); };
/** @param {KeyboardEvent} event */
const onKey = (event) => {
  const list = shown();
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.code];
  if (step) {
    event.preventDefault();
    at.value = Math.max(0, Math.min(list.length - 1, at.value + step));
  } else if (event.code === 'Enter' && list[at.value]) {
    event.preventDefault();
    run(list[at.value]);
  }
};

export const openPalette = () => {
  if (dialog.peek()) return;
  query.value = '';
  at.value = 0;
  openDialog({
    title: () => t('palette-title'),
    testid: 'palette',
    body: () => html`<input type="text" class="wide" data-testid="palette-input" autofocus aria-label=${t('palette-title')} placeholder=${t('palette-hint')} .value=${query.value}
        @input=${(/** @type {InputEvent} */ e) => { query.value = /** @type {HTMLInputElement} */ (e.target).value; at.value = 0; }} @keydown=${onKey}>
      <ul class="palette">${repeat(shown(), (entry) => entry.key, (entry, i) => html`<li><button type="button" class="row ${i === at.value ? 'on' : ''}" @click=${() => run(entry)}>${entry.text}</button></li>`)}
      ${shown().length ? nothing : html`<li class="hint">${t('combo-none')}</li>`}</ul>`,
  });
};
