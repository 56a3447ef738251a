// Entry of the console: boot, services, panels. Everything else is loaded from here or when a screen is opened.
import { effect, html } from '../vendor/ui.js';
import * as app from '../core/app.js';
import * as store from '../core/store.js';
import { t } from '../core/i18n.js';
import { listen } from '../core/keys.js';
import { mount, report } from '../core/mount.js';
import { soundOn, unlock } from '../core/alert.js';
import { onLine, startPhone, toggleMute } from '../core/phone/driver.js';
import { go, route, startRouter } from '../core/router.js';
import { accept } from '../core/taking.js';
import { lead } from '../core/tabs.js';
import { setLimits, startClocks } from '../parts/clock.js';
import { askFirst, closeDialog, dialog, dialogView } from '../parts/dialog.js';
import { barsView } from './bars.js';
import { toggleHold } from './call-tools.js';
import { finishRecord } from './record-actions.js';
import { startScreens } from './screens.js';
import { barredView, firstPlace, openKeys, railView, toastsView, topView } from './shell.js';
import { applyTheme } from './theme.js';

/** @param {string} id */
const place = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

const nextContact = (/** @type {number} */ step) => {
  const ids = store.mineList.peek().map((c) => c.id);
  if (!ids.length) return;
  const at = ids.indexOf(store.selected.peek() ?? '');
  store.selected.value = ids[(at + step + ids.length) % ids.length];
};

const actions = {
  answer: () => { const [top] = store.offerList.peek(); if (top) accept(top); },
  mute: toggleMute,
  hold: () => { const call = store.liveCall.peek(); if (call && !dialog.peek()) toggleHold(call); },
  next: () => nextContact(1),
  previous: () => nextContact(-1),
  finish: () => { const id = store.selected.peek(); if (id && !dialog.peek()) finishRecord(id); },
  palette: () => { app.attempt(async () => (await import('./palette.js')).openPalette()); },
  help: () => { openKeys(); },
};

const askReload = () => askFirst({
  title: () => t('reload-title'),
  text: () => t('reload-text'),
  verb: () => t('reload-go'),
  testid: 'reload-question',
  bad: true,
  act: () => { leaving = true; location.reload(); },
});
let leaving = false;

/** Browsers allow sound only after a click or key: the first one gives it back, and the telephone of a shift with it. */
const unlockOnTouch = () => {
  const once = () => {
    if (soundOn.peek()) return;
    unlock();
    // Silent when it fails: the call that needs it tries again, and says so.
    if ((store.presence.peek()?.state ?? 'offline') !== 'offline') startPhone(app.phoneChoice(), app.boot.statics).catch(() => {});
  };
  // Not on pointerdown: the bar above goes away, and the button would move from under the pointer.
  addEventListener('click', once, true);
  addEventListener('keydown', once, true);
};

const guards = () => {
  listen(actions, () => Boolean(store.barred.peek()), () => Boolean(store.liveCall.peek()), askReload);
  addEventListener('beforeunload', (event) => {
    const lost = store.barred.peek() === 'ended' ? onLine.peek() : store.liveCall.peek() || app.records.unsaved();
    if (leaving || !lost) return;
    event.preventDefault();
    event.returnValue = '';
  });
  addEventListener('error', (event) => report(event.message, `${event.filename}`.split('/').pop() ?? ''));
  addEventListener('unhandledrejection', (event) => report(String(event.reason?.code ?? event.reason?.name ?? 'rejection'), 'promise'));
};

/** @param {boolean} leads */
const onLead = (leads) => {
  if (!leads) app.yieldToOtherTab();
  if (store.barred.peek() === 'ended') return;
  store.barred.value = leads ? '' : 'other';
  if (leads) app.live.connect();
};
/** This tab was told to work instead of another one, which drops its telephone: the call comes along as soon as it is known. */
let moved = false;
const followCall = () => app.resyncs.subscribe(() => {
  if (!moved) return;
  moved = false;
  const call = store.liveCall.peek();
  if (call) app.reconnect(call.id);
});

const main = async () => {
  applyTheme();
  const boot = app.readBoot();
  await app.init(boot);
  document.documentElement.lang = boot.lang;
  setLimits(boot.chat);
  if (boot.snapshot) app.live.start(boot.snapshot);
  startRouter();
  if (route.peek().path === '/console') go(firstPlace().path, true);
  guards();
  unlockOnTouch();
  followCall();
  app.loadForm().catch(() => app.toast(t('fail-form'), true));
  const tab = lead(onLead);
  const root = place('app');
  mount(place('rail'), railView);
  mount(place('top'), topView);
  mount(place('bars'), barsView);
  mount(place('dialogs'), dialogView);
  mount(place('toasts'), toastsView);
  mount(place('barred'), () => barredView(() => { moved = true; tab.takeOver(); }));
  startScreens(place('screen'));
  effect(() => {
    root.toggleAttribute('inert', store.barred.value !== '');
    if (store.barred.value) closeDialog();
  });
  mount(place('skip'), () => html`${t('skip-to-content')}`);
  startClocks();
  document.documentElement.dataset.ready = 'yes';
};

main().catch((error) => {
  report(error instanceof Error ? error.name : 'error', 'boot');
  place('loading')?.removeAttribute('hidden');
  throw error;
});
