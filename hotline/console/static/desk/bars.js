// Bars under the status line: no connection, are you there, sound is off, escalations that wait for somebody.
import { html, nothing, repeat } from '../vendor/ui.js';
import { attempt, outbox, setPresence, stay } from '../core/app.js';
import { post } from '../core/api.js';
import { askNoticeRight, noticeRight, soundOn, unlock } from '../core/alert.js';
import { lang, t } from '../core/i18n.js';
import { moment } from '../core/fmt.js';
import { route } from '../core/router.js';
import { shut } from '../core/shut.js';
import { back, expiring, link, may, newBuild, openAlerts, presence, mineList, putCase } from '../core/store.js';
import { countdown, timeLeft, waitClock } from '../parts/clock.js';
import { icon } from '../parts/icon.js';
import * as words from '../parts/words.js';
import { unwatch, watched } from '../core/watching.js';

/** @param {import('../core/types').CaseCard} c */
export const acknowledge = (c) => attempt(async () => {
  const answer = await post(`/api/escalations/${c.id}/ack`);
  putCase({ ...c, ...(answer?.case ?? answer ?? {}), state: 'acknowledged' });
});

/** @param {import('../core/types').CaseCard} c */
const alertBar = (c) => html`<div class="bar alarm ${c.overdue ? 'late' : ''}" role="alert" data-testid="escalation-alert">
  ${icon('siren')}
  <p><b>${words.caseKind(c.kind)}</b> · <a href="/cases/${c.id}" data-link>${c.code}</a> · ${words.caseLevel(c.level)}
    <span class="soft">${c.owner ? t('case-owner-is', { name: c.owner.name }) : t('case-no-owner')}</span></p>
  <span class="left">${c.overdue ? t('case-overdue') : t('case-time-left')} ${countdown(c.deadline_at)}</span>
  <button type="button" class="danger" data-testid="ack" @click=${() => acknowledge(c)}>${icon('check')} ${t('case-take')}</button>
</div>`;

/** @param {import('../core/types').Back} one */
const backBar = (one) => html`<div class="bar alarm" role="alert" data-testid="person-back">${icon('shield-alert')}
  <p><b>${t('back-title')}</b> · <a href="/cases/${one.case_id}" data-link>${one.code}</a> <span class="soft">${t('back-text')}</span></p>
  <span class="left">${waitClock(one.since)}</span></div>`;

const offline = () => html`<div class="bar warn" role="status" data-testid="offline-bar">${icon('wifi-off')}
  <p>${t('offline-text')}${outbox.parcels.value.length ? html` <b>${t('offline-waiting', { n: outbox.parcels.value.length })}</b>` : nothing}</p></div>`;

const away = () => html`<div class="bar warn" role="alert" data-testid="not-answering">${icon('bell')}
  <p><b>${t('away-title')}</b> ${t('away-text')}</p>
  <button type="button" class="primary" data-testid="back-to-work" @click=${() => setPresence('available', null)}>${t('away-back')}</button></div>`;

/** @param {string} until */
const paused = (until) => html`<div class="bar info" data-testid="paused">${icon('clock')}
  <p role="status"><b>${t('pause-hard-call')}.</b> ${t('pause-text')}</p><span class="left">${timeLeft(until)}</span>
  <button type="button" class="primary" data-testid="pause-end" @click=${() => setPresence('available', null)}>${t('away-back')}</button></div>`;

const quiet = () => html`<div class="bar info" role="status" data-testid="sound-off">${icon('volume-2')}
  <p>${t('sound-off-text')}</p><button type="button" class="ghost" @click=${unlock}>${t('sound-on')}</button></div>`;

/** Whoever takes escalations may have the page in the background all day. */
const unseen = () => html`<div class="bar info" role="status" data-testid="notices-off">${icon('bell')}
  <p>${t('notices-off-text')}</p><button type="button" class="ghost" @click=${askNoticeRight}>${t('check-notices-allow')}</button></div>`;

/** @param {import('../core/watching.js').Mode} mode */
const inTalk = (mode) => html`<div class="bar info" role="status" data-testid="watching" data-mode=${mode}>${icon('eye')}
  <p><b>${words.watchMode(mode)}.</b> ${words.watchHint(mode)}</p>
  <button type="button" class="primary" data-testid="watch-off" @click=${unwatch}>${icon('phone-off')} ${t('watch-leave')}</button></div>`;

/** @param {{at: string, renewable: boolean}} end */
const expires = (end) => html`<div class="bar warn" role="alert" data-testid="expiring">${icon('clock')}
  <p><b>${t('expiring-title')}</b> ${end.renewable ? nothing : t('expiring-last')}</p><span class="left">${countdown(end.at)}</span>
  ${end.renewable ? html`<button type="button" class="primary" data-testid="stay" @click=${stay}>${t('expiring-stay')}</button>` : nothing}</div>`;

/** @param {import('../core/types').Shut} s */
const shutWhat = (s) => {
  const name = s.name?.[lang.value] ?? '';
  if (!s.queue) return t('shut-line');
  return s.door === 'closed' ? t('shut-queue', { name }) : t('shut-overflow', { name });
};

const shutBar = () => html`<div class="bar warn" role="status" data-testid="shut-bar">${icon('door-closed')}
  <p>${shut.value.map((s) => html`<span class="shut" data-queue=${s.queue ?? ''}><b>${shutWhat(s)}</b>
    <span class="soft">${[s.by, t('shut-since', { at: moment(s.at) }), s.until ? t('until-is', { at: moment(s.until) }) : t('shut-endless')].filter(Boolean).join(', ')}</span></span> `)}</p>
  ${may('line:settings:manage') ? html`<a class="button ghost" href="/line" data-link data-testid="shut-see">${t('nav-line')}</a>` : nothing}</div>`;

export const barsView = () => {
  const state = presence.value?.state ?? 'offline';
  // The list of escalations has the same button in every row.
  const alerted = may('case:escalation:ack');
  const alerts = alerted && route.value.path !== '/cases' ? openAlerts.value.slice(0, 3) : [];
  return html`
    ${link.value === 'offline' ? offline() : nothing}
    ${repeat(alerts, (c) => c.id, alertBar)}
    ${repeat(back.value.slice(0, 3), (one) => one.case_id + one.contact_id, backBar)}
    ${watched.value ? inTalk(watched.value.mode) : nothing}
    ${state === 'not_answering' ? away() : nothing}
    ${state === 'break' && presence.value?.until ? paused(presence.value.until) : nothing}
    ${expiring.value ? expires(expiring.value) : nothing}
    ${shut.value.length && route.value.path !== '/line' ? shutBar() : nothing}
    ${(alerted || state !== 'offline') && !soundOn.value ? quiet() : nothing}
    ${alerted && noticeRight.value === 'default' ? unseen() : nothing}
    ${newBuild.value && !mineList.value.length ? html`<div class="bar info" role="status" data-testid="new-build">${icon('refresh-cw')}<p>${t('update-text')}</p>
      <button type="button" class="ghost" @click=${() => location.reload()}>${t('update-reload')}</button></div>` : nothing}`;
};
