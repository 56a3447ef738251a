// The desk: three columns, each its own panel; on narrow screens a bar chooses which one is seen.
import { computed, effect, html, render, repeat, signal } from '../vendor/ui.js';
import { t } from '../core/i18n.js';
import { mount } from '../core/mount.js';
import { mineList, offerList, presence, selected } from '../core/store.js';
import { icon } from '../parts/icon.js';
import { contactView } from './contact.js';
import { offersView } from './offers.js';
import { mineView, queueView } from './lists.js';
import { recordView } from './record.js';
import { startView } from './start.js';

/** 'queue' | 'talk' | 'record': which column a narrow screen shows */
export const column = signal('queue');
const offShift = computed(() => (presence.value?.state ?? 'offline') === 'offline' && mineList.value.length === 0);
const TABS = [
  { key: 'queue', icon: 'list', name: () => t('tab-queue') },
  { key: 'talk', icon: 'message-circle', name: () => t('tab-talk') },
  { key: 'record', icon: 'file-text', name: () => t('tab-record') },
];

const WIDE = matchMedia('(min-width: 1024px)');
/** Between 1024 and 1279 px the left column is always seen, so only two can be chosen. @param {string} key */
const pressed = (key) => column.value === key || (key === 'talk' && column.value === 'queue' && WIDE.matches);

const tabsView = () => html`<div class="tabs" role="group" aria-label=${t('tab-name')}>${repeat(TABS, (x) => x.key, (x) => html`<button type="button" data-testid="tab-${x.key}"
  aria-pressed=${String(pressed(x.key))} @click=${() => { column.value = x.key; }}>${icon(x.icon)} ${x.name()}</button>`)}</div>`;

/** @param {HTMLElement} el */
const columns = (el) => {
  const frame = html`<div class="desk">
    <div class="desk-tabs"></div>
    <aside class="col left" aria-labelledby="mine-h"><div class="offers"></div><div class="own"></div><div class="queue"></div></aside>
    <section class="col middle"></section>
    <aside class="col right" aria-labelledby="record-h"></aside></div>`;
  render(frame, el);
  const find = (/** @type {string} */ name) => /** @type {HTMLElement} */ (el.querySelector(name));
  const desk = find('.desk');
  const stops = [
    mount(find('.desk-tabs'), tabsView), mount(find('.offers'), offersView), mount(find('.own'), mineView),
    mount(find('.queue'), queueView), mount(find('.middle'), contactView), mount(find('.right'), recordView),
    effect(() => { desk.dataset.column = column.value; }),
    effect(() => { if (selected.value && column.peek() === 'queue') column.value = 'talk'; }),
    effect(() => { if (offerList.value.length) column.value = 'queue'; }),
  ];
  return () => stops.forEach((stop) => stop());
};

/** @param {HTMLElement} el */
export const openDesk = (el) => {
  let close = () => {};
  const stop = effect(() => {
    const start = offShift.value;
    close();
    const box = document.createElement('div');
    box.className = 'fill';
    el.replaceChildren(box);
    close = start ? mount(box, startView) : columns(box);
  });
  return () => { stop(); close(); };
};
