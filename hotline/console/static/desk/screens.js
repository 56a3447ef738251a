// Which screen is shown for an address; those of supervisors are loaded when they are opened.
import { computed, effect, html } from '../vendor/ui.js';
import { t } from '../core/i18n.js';
import { mount } from '../core/mount.js';
import { route } from '../core/router.js';
import { denied, failed, loading } from '../parts/states.js';
import { openDesk } from './desk-screen.js';
import { PLACES, placeOf } from './shell.js';

/** @typedef {(el: HTMLElement, path: string) => (() => void)} Screen opens a screen and returns what closes it */
/** @type {Record<string, () => Promise<Screen>>} */
const LOADERS = {
  '/console': async () => openDesk,
  '/log': async () => (await import('../super/log-screen.js')).openLog,
  '/cases': async () => (await import('../super/cases-screen.js')).openCases,
  '/jobs': async () => (await import('../super/jobs-screen.js')).openJobs,
  '/audit': async () => (await import('../super/audit-screen.js')).openAudit,
};

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
      if (box.isConnected) close = mount(box, () => html`${failed(() => open(at), t('state-code-screen'))}`);
    }
  };
  effect(() => { open(path.value); });
};
