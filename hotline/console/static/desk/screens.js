// Which screen is shown for an address; those of supervisors are loaded when they are opened.
import { computed, effect, html } from '../vendor/ui.js';
import { t } from '../core/i18n.js';
import { mount } from '../core/mount.js';
import { route } from '../core/router.js';
import { denied, loading } from '../parts/states.js';
import { icon } from '../parts/icon.js';
import { openDesk } from './desk-screen.js';
import { PLACES, placeOf } from './shell.js';

/** @typedef {(el: HTMLElement, path: string) => (() => void)} Screen opens a screen and returns what closes it */
/** @type {Record<string, () => Promise<Screen>>} */
const LOADERS = {
  '/console': async () => openDesk,
  '/log': async () => (await import('../super/log-screen.js')).openLog,
  '/callbacks': async () => (await import('../super/callbacks-screen.js')).openCallbacks,
  '/cases': async () => (await import('../super/cases-screen.js')).openCases,
  '/line': async () => (await import('../super/line-screen.js')).openLine,
  '/roster': async () => (await import('../super/roster-screen.js')).openRoster,
  '/staffing': async () => (await import('../super/staffing-screen.js')).openStaffing,
  '/jobs': async () => (await import('../super/jobs-screen.js')).openJobs,
  '/audit': async () => (await import('../super/audit-screen.js')).openAudit,
};

/** Trying again is of no use: the browser remembers that the module did not come. */
const outdated = () => html`<div class="state" role="alert" data-testid="state-outdated"><p>${icon('circle-alert')} ${t('fail-module')}</p>
  <button type="button" class="ghost" @click=${() => location.reload()}>${icon('refresh-cw')} ${t('update-reload')}</button></div>`;

/** @param {HTMLElement} el */
export const startScreens = (el) => {
  const path = computed(() => route.value.path);
  /** @type {() => void} */
  let close = () => {};
  /** @param {string} at */
  const open = async (at) => {
    close();
    const box = document.createElement('div');
    box.className = 'screen';
    el.replaceChildren(box);
    const place = placeOf(at);
    const here = PLACES.includes(place) && place.may() ? place : null;
    close = mount(box, () => (here ? loading() : denied()));
    if (!here) return;
    try {
      const screen = await LOADERS[here.path]();
      if (!box.isConnected) return;
      close();
      const fresh = document.createElement('div');
      fresh.className = 'screen';
      if (here.path !== '/console') fresh.tabIndex = 0;
      el.replaceChildren(fresh);
      close = screen(fresh, at);
    } catch {
      if (box.isConnected) close = mount(box, () => outdated());
    }
  };
  effect(() => { open(path.value); });
};
