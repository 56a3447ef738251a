// One contact read back: what happened, what was written, what was said.
import { html, nothing, repeat, signal } from '../vendor/ui.js';
import { attempt, resyncs } from '../core/app.js';
import { get } from '../core/api.js';
import { label, t } from '../core/i18n.js';
import * as fmt from '../core/fmt.js';
import { mount } from '../core/mount.js';
import { route } from '../core/router.js';
import { stored } from '../core/records.js';
import { form, may, writingUp } from '../core/store.js';
import { said } from '../parts/answer.js';
import { channelIcon, icon } from '../parts/icon.js';
import { player } from '../parts/player.js';
import { loading, trouble } from '../parts/states.js';
import { timeline } from '../parts/timeline.js';
import * as words from '../parts/words.js';
import { agreeButton } from '../desk/agree.js';
import { changed, quote } from '../desk/bubble-parts.js';
import { eraseButton } from '../desk/erase.js';
import { messageBody } from '../desk/message-text.js';
import { recordOf } from '../desk/record.js';
import { safetyButton } from '../desk/safety.js';
import { recordingsView } from './recordings.js';
import { makeWaited } from './waited.js';
import { watchable, watchButtons } from './watch-buttons.js';

/** @typedef {import('../core/types').Message} Message */
/** @typedef {import('../core/types').RecordData} RecordData */

/** @param {RecordData | null} record */
const recordView = (record) => {
  const f = form.value;
  if (!record) return html`<p class="soft">${t('review-no-record')}</p>`;
  if (!f) return loading();
  const filled = f.fields.filter((x) => { const v = stored(record, x.id); return v !== null && v !== undefined && v !== '' && !(Array.isArray(v) && !v.length); });
  if (!filled.length) return html`<p class="soft">${t('review-no-record')}</p>`;
  return html`<dl class="answers" data-testid="record-read">${repeat(filled, (x) => x.id, (x) => html`<dt>${label(x.labels)}</dt><dd>${said(f, x, stored(record, x.id))}</dd>`)}</dl>
    <p class="hint">${record.author?.name ?? ''}${record.saved_at ? html` · ${fmt.moment(record.saved_at)}` : nothing}</p>`;
};
/** @param {Message} m */
const bubble = (m) => html`<li class="bubble ${m.from} ${m.kind === 'note' ? 'note' : ''}" data-testid="message" data-id=${m.id}>${quote(m)}${messageBody(m)}
  <footer>${changed(m)}${m.staff ?? (m.from === 'bot' ? t('msg-bot') : '')} <time>${fmt.moment(m.at)}</time>
    ${m.from !== 'caller' && ['failed', 'unknown'].includes(m.state) ? html`<span class="bad-text">${words.messageState(m.state)}${words.whyNot(m.error) ? html`: ${words.whyNot(m.error)}` : nothing}</span>` : nothing}</footer></li>`;
/** @param {any} leg */
const leg = (leg) => html`<li><time>${fmt.time(leg.opened_at)}</time><span>${({ caller: t('leg-caller'), operator: t('leg-operator'), duty: t('leg-duty') })[/** @type {'caller'} */ (leg.role)] ?? ''}
  <span class="soft">${leg.ended_at ? fmt.length((Date.parse(leg.ended_at) - Date.parse(leg.opened_at)) / 1000) : t('call-live')}</span></span></li>`;

/** @param {any} d @param {() => void} older @param {() => void} again */
const messages = (d, older, again) => html`<section class="card"><h3>${t('review-messages')}</h3>${eraseButton(d.row.id, again)}
  ${d.more ? html`<button type="button" class="ghost small older" data-testid="older" @click=${older}>${t('chat-older')}</button>` : nothing}
  <ol class="messages">${repeat(d.messages, (/** @type {Message} */ m) => m.id, bubble)}</ol></section>`;

/** @param {import('../core/types').VoiceMessage} m */
const leftOne = (m) => html`<li><time>${fmt.moment(m.at)}</time><span>${player(m)}</span></li>`;

/** Whoever comes for this finds it on top. */
const asksWhy = () => new URLSearchParams(route.peek().query).has('why');
/** @param {any} d @param {() => void} older @param {() => void} again after the record is finished @param {() => unknown} waited */
const body = (d, older, again, waited) => html`<header class="page-title"><span class="avatar">${channelIcon(d.row.channel)}</span><div><h2>${d.row.masked}</h2>
    <p class="soft">${fmt.moment(d.row.opened_at)} · ${words.channel(d.row.channel)}${d.row.language ? html` · ${words.language(d.row.language)}` : nothing}${d.row.operator ? html` · ${d.row.operator}` : nothing}</p></div>
    ${d.row.danger ? html`<b class="tag bad">${icon('triangle-alert')} ${t('danger-flag')}</b>` : nothing}
    <span class="tags">${safetyButton(d.row.id)}${may('callback:promise:manage') ? agreeButton(d.row.id, d.row.channel) : nothing}</span>
    ${watchable(d.row) ? watchButtons(d.row.id) : nothing}
    ${d.case ? html`<a class="button ghost" href="/cases/${d.case.id}" data-link>${icon('siren')} ${d.case.code} · ${words.caseState(d.case.state)}</a>` : nothing}</header>
  <div class="two"><div class="stack">
      ${asksWhy() ? waited() : nothing}
      ${d.messages ? messages(d, older, again) : nothing}
      ${recordingsView(d.recordings)}
      ${d.left?.length ? html`<section class="card"><h3>${t('review-left')}</h3><ol class="timeline">${repeat(d.left, (/** @type {any} */ m) => m.id, leftOne)}</ol></section>` : nothing}
      <section class="card"><h3>${t('timeline-title')}</h3>${timeline(d.timeline)}</section>
      ${asksWhy() ? nothing : waited()}
      ${d.legs?.length ? html`<section class="card"><h3>${t('review-legs')}</h3><ol class="timeline">${d.legs.map(leg)}</ol></section>` : nothing}
    </div><section class="card" data-testid="record-side">${writingUp.value === d.row.id ? recordOf(d.row.id, again) : html`<h3>${t('record-title')}</h3>
      ${d.row.outcome === 'unfinished' && may('contact:record:write') ? html`<p class="acts"><button type="button" class="primary" data-testid="write-up" @click=${() => { writingUp.value = d.row.id; }}>${icon('pencil')} ${t('record-write-up')}</button></p>` : nothing}${recordView(d.record)}`}</section></div>
  <p class="hint">${icon('eye')} ${t('review-audited')}</p>`;

/** @param {HTMLElement} el @param {string} id @param {string} back address of the list it was found in */
export const openContact = (el, id, back) => {
  const state = signal(/** @type {{detail: any, error: any, resyncs: number}} */ ({ detail: null, error: null, resyncs: 0 }));
  const load = async () => {
    state.value = { detail: null, error: null, resyncs: resyncs.peek() };
    try {
      state.value = { ...state.peek(), detail: await get(`/api/log/${encodeURIComponent(id)}`) };
    } catch (error) {
      state.value = { ...state.peek(), error };
    }
  };
  const older = () => attempt(async () => {
    const { detail } = state.peek();
    const page = await get(`/api/chats/${encodeURIComponent(id)}/messages?limit=200&before=${detail.messages[0].id}`);
    if (state.peek().detail !== detail) return;
    state.value = { ...state.peek(), detail: { ...detail, more: page.more, messages: [...page.messages, ...detail.messages] } };
  });
  const again = () => {
    writingUp.value = '';
    load();
  };
  const waited = makeWaited(id, asksWhy());
  load();
  // Each read goes on record, so a person decides about the next one.
  const stop = mount(el, () => html`<div class="page-scroll" data-testid="contact-page"><p><a class="back" href=${back} data-link>${icon('arrow-left')} ${t('nav-log')}</a></p>
    ${resyncs.value > state.value.resyncs ? html`<button type="button" class="ghost wide" data-testid="stale" @click=${load}>${icon('refresh-cw')} ${t('review-stale')}</button>` : nothing}
    ${state.value.error ? trouble(state.value.error, load) : state.value.detail ? body(state.value.detail, older, again, waited) : loading()}</div>`);
  return () => {
    writingUp.value = '';
    stop();
  };
};
