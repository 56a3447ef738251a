// The frame: rail with the screens a person may open, status bar, toasts, and the page for a tab that may not work.
import { html, nothing, repeat } from '../vendor/ui.js';
import { attempt, boot, setLanguage, toasts } from '../core/app.js';
import { lang, LANGS, NAMES, t } from '../core/i18n.js';
import { route } from '../core/router.js';
import { muted, onLine, stopPhone, toggleMute } from '../core/phone/driver.js';
import { barred, link, may, me, messagesWaiting, mineList, offerList, openAlerts, undecided, unreadOf } from '../core/store.js';
import { icon } from '../parts/icon.js';
import { menu } from '../parts/menu.js';
import { presenceMenu } from './presence.js';
import { setTheme, theme } from './theme.js';

/** @typedef {{path: string, icon: string, name: () => string, may: () => boolean, count?: () => number}} Place */
/** @type {Place[]} */
export const PLACES = [
  { path: '/console', icon: 'headphones', name: () => t('nav-desk'), may: () => may('shift:own:manage'), count: () => mineList.value.reduce((n, c) => n + unreadOf(c), offerList.value.length) },
  { path: '/log', icon: 'scroll-text', name: () => t('nav-log'), may: () => may('contact:log:read') },
  { path: '/callbacks', icon: 'phone-outgoing', name: () => t('nav-callbacks'), may: () => may('callback:promise:manage'), count: () => messagesWaiting.value + undecided.value },
  { path: '/cases', icon: 'siren', name: () => t('nav-cases'), may: () => may('case:record:read') || may('case:escalation:ack'), count: () => openAlerts.value.length },
  { path: '/line', icon: 'phone', name: () => t('nav-line'), may: () => may('line:settings:manage') },
  { path: '/roster', icon: 'calendar-clock', name: () => t('nav-roster'), may: () => may('roster:plan:manage') || may('roster:own:manage') },
  { path: '/staffing', icon: 'users', name: () => t('nav-staffing'), may: () => may('forecast:load:read') },
  { path: '/jobs', icon: 'inbox', name: () => t('nav-jobs'), may: () => may('job:dead:read') },
  { path: '/audit', icon: 'shield-check', name: () => t('nav-audit'), may: () => may('audit:log:read') },
];
/** Where somebody begins: an auditor has no desk, and no need of one. */
export const firstPlace = () => PLACES.find((p) => p.may()) ?? PLACES[0];
/** The place an address belongs to. @param {string} path */
export const placeOf = (path) => PLACES.find((p) => path === p.path || path.startsWith(`${p.path}/`)) ?? PLACES[0];

/** @param {KeyboardEvent} event */
const arrows = (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.code];
  if (!step) return;
  event.preventDefault();
  const links = /** @type {HTMLElement[]} */ ([.../** @type {Element} */ (event.currentTarget).querySelectorAll('a')]);
  links[(links.indexOf(/** @type {HTMLElement} */ (document.activeElement)) + step + links.length) % links.length]?.focus();
};

export const railView = () => html`<nav class="rail" aria-label=${t('nav-name')} @keydown=${arrows}>
  <a class="mark" href=${firstPlace().path} data-link aria-label=${t('app-name')}>189</a>
  ${repeat(PLACES.filter((p) => p.may()), (p) => p.path, (p) => html`<a href=${p.path} data-link data-testid="nav-${p.path.slice(1)}"
      aria-current=${placeOf(route.value.path) === p ? 'page' : nothing}>
    ${icon(p.icon)}<span>${p.name()}</span>${p.count?.() ? html`<b class="badge" aria-label=${t('nav-count', { n: p.count() })}>${p.count()}</b>` : nothing}</a>`)}
</nav>`;

const linkWord = () => ({
  online: html`<span class="link ok" data-testid="link-online">${icon('wifi')} ${t('link-online')}</span>`,
  slow: html`<span class="link warn" data-testid="link-slow">${icon('wifi')} ${t('link-slow')}</span>`,
  resyncing: html`<span class="link warn" data-testid="link-resyncing">${icon('refresh-cw')} ${t('link-resyncing')}</span>`,
  offline: html`<span class="link bad" data-testid="link-offline">${icon('wifi-off')} ${t('link-offline')}</span>`,
})[link.value] ?? nothing;

export const openKeys = () => attempt(async () => (await import('./keys-dialog.js')).keysDialog());

const langMenu = () => menu({
  id: 'lang', testid: 'lang-menu', kind: 'plain', text: html`${icon('languages')} ${lang.value.toUpperCase()}`,
  items: LANGS.map((l) => ({ key: l, text: NAMES[l], testid: `lang-${l}`, mark: l === lang.value, act: () => setLanguage(l) })),
});
const themeNames = /** @type {Record<string, () => string>} */ ({ system: () => t('theme-system'), light: () => t('theme-light'), dark: () => t('theme-dark') });
const userMenu = () => menu({
  id: 'me', testid: 'me-menu', kind: 'plain', text: html`${icon('user')} <span class="me-name">${me.value?.name ?? ''}</span>`,
  items: [
    ...Object.entries(themeNames).map(([key, name]) => ({ key, text: name(), testid: `theme-${key}`, mark: theme.value === key, act: () => setTheme(key) })),
    { key: 'keys', text: t('keys-title'), testid: 'keys-open', act: openKeys },
    { key: 'out', text: t('action-log-out'), testid: 'logout', act: () => /** @type {HTMLFormElement} */ (document.getElementById('logout-form')).requestSubmit() },
  ],
});

export const topView = () => html`<div class="top">
  <h1 class="top-title">${placeOf(route.value.path).name()}</h1>
  ${may('shift:own:manage') ? presenceMenu() : nothing}
  <span class="grow"></span>
  ${linkWord()}
  ${langMenu()}
  ${userMenu()}
  <form id="logout-form" method="post" action="/logout" hidden><input type="hidden" name="csrf" value=${boot.csrf}></form>
</div>`;

export const toastsView = () => html`<div class="toasts" role="status" aria-live="polite">
  ${repeat(toasts.value, (x) => x.id, (x) => html`<p class="toast ${x.bad ? 'bad' : ''}" data-testid="toast">${icon(x.bad ? 'circle-alert' : 'circle-check')} ${x.text}</p>`)}
</div>`;

/** The call outlives the session; signing in in another tab takes it over. */
const stillTalking = () => html`<p><b>${t('ended-talking')}</b></p><p>
  <button type="button" class=${muted.value ? 'warn' : 'ghost'} aria-pressed=${String(muted.value)} @click=${toggleMute}>${muted.value ? t('call-unmute') : t('call-mute')}</button>
  <button type="button" class="danger" data-testid="ended-hangup" @click=${stopPhone}>${t('call-end')}</button></p>`;

/** @param {() => void} takeOver */
export const barredView = (takeOver) => {
  if (!barred.value) return nothing;
  if (barred.value === 'other') {
    return html`<div class="barred" data-testid="other-tab"><div class="barred-box">
      <p class="mark">189</p><h1>${t('other-tab-title')}</h1><p>${t('other-tab-text')}</p>
      <button type="button" class="primary big" data-testid="use-here" @click=${takeOver}>${t('other-tab-use')}</button></div></div>`;
  }
  return html`<div class="barred" data-testid="session-ended"><div class="barred-box">
    <p class="mark">189</p><h1>${t('ended-title')}</h1><p>${t('ended-text')}</p>
    ${onLine.value ? stillTalking() : nothing}
    <a class="button primary big" href="/login" target=${onLine.value ? '_blank' : nothing}>${t('ended-login')}</a></div></div>`;
};
