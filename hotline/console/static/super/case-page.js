// One case: why it was raised, what happened since, notes and the end.
import { computed, effect, html, nothing, repeat, signal, untracked } from '../vendor/ui.js';
import { attempt } from '../core/app.js';
import { get, post } from '../core/api.js';
import { t } from '../core/i18n.js';
import * as fmt from '../core/fmt.js';
import { mount } from '../core/mount.js';
import { cases, may } from '../core/store.js';
import { acknowledge } from '../desk/bars.js';
import { countdown } from '../parts/clock.js';
import { closeDialog, openDialog } from '../parts/dialog.js';
import { icon } from '../parts/icon.js';
import { loading, trouble } from '../parts/states.js';
import { timeline } from '../parts/timeline.js';
import * as words from '../parts/words.js';

const RESULTS = ['helped', 'referred', 'not_confirmed', 'unreachable'];
/** What is typed under each case: a look elsewhere does not lose it. */
const notes = signal(/** @type {Record<string, string>} */ ({}));
/** @param {string} id @param {string} text */
const write = (id, text) => { notes.value = { ...notes.peek(), [id]: text }; };
const end = signal({ result: '', text: '' });

/** @param {string} id @param {() => void} load */
const closeCase = (id, load) => {
  end.value = { result: '', text: '' };
  openDialog({
    title: () => t('case-close-title'),
    testid: 'case-close-dialog',
    body: () => html`<form @submit=${(/** @type {Event} */ e) => { e.preventDefault(); attempt(async () => { await post(`/api/escalations/${id}/close`, end.peek()); closeDialog(); load(); }); }}>
      <fieldset class="field"><legend class="label">${t('case-result')}</legend><div class="radios">${repeat(RESULTS, (k) => k, (k) => html`<label class="pill"><input type="radio" name="result" data-testid="result-${k}" .checked=${end.value.result === k} @change=${() => { end.value = { ...end.value, result: k }; }}><span>${words.caseResult(k)}</span></label>`)}</div></fieldset>
      <label class="field"><span class="label">${t('case-result-text')}</span><textarea rows="3" maxlength="2000" data-testid="result-text" .value=${end.value.text} @input=${(/** @type {InputEvent} */ e) => { end.value = { ...end.value, text: /** @type {HTMLTextAreaElement} */ (e.target).value }; }}></textarea></label>
      <footer class="dialog-foot"><button type="button" class="ghost" @click=${closeDialog}>${t('action-cancel')}</button><button type="submit" class="primary" data-testid="case-close-go" ?disabled=${!end.value.result || !end.value.text.trim()}>${t('case-close')}</button></footer></form>`,
  });
};

/** @param {string} id @param {() => void} load */
const addNote = async (id, load) => {
  const typed = notes.peek()[id] ?? '';
  if (!typed.trim()) return;
  await attempt(async () => {
    await post(`/api/escalations/${id}/note`, { text: typed.trim() });
    if (notes.peek()[id] === typed) write(id, '');
    load();
  });
};

/** Its person is served by senior operators only, or by everybody again. @param {import('../core/types').CaseCard} c @param {() => void} load */
const seal = (c, load) => attempt(async () => { await post(`/api/escalations/${c.id}/seal`, { sealed: !c.sealed }); load(); });

/** The same word ends a contact and a case. @param {import('../core/types').TimelineItem} item */
const ofCase = (item) => (item.kind === 'closed' ? { ...item, kind: 'case_closed' } : item);

/** @param {any} d @param {() => void} load */
const body = (d, load) => {
  const c = d.case;
  const mayAct = may('case:escalation:ack');
  return html`<header class="page-title"><h2>${c.code}</h2><span class="tag ${c.level === 'urgent' ? 'bad' : 'warn'}">${words.caseLevel(c.level)}</span><span class="tag">${words.caseState(c.state)}</span>${c.sealed ? html`<span class="tag warn" data-testid="case-sealed">${icon('shield-alert')} ${t('case-sealed')}</span>` : nothing}
      ${c.state === 'open' ? html`<span class=${c.overdue ? 'bad-text' : 'soft'}>${c.overdue ? t('case-overdue') : t('case-time-left')} ${countdown(c.deadline_at)}</span>` : nothing}<span class="grow"></span>
      ${c.state === 'open' && mayAct ? html`<button type="button" class="danger" data-testid="case-ack" @click=${async () => { await acknowledge(c); load(); }}>${icon('check')} ${t('case-take')}</button>` : nothing}
      ${c.state !== 'closed' && mayAct ? html`<button type="button" class="ghost" data-testid="case-seal" @click=${() => seal(c, load)}>${c.sealed ? t('case-unseal') : t('case-seal')}</button>` : nothing}
      ${c.state === 'acknowledged' && mayAct ? html`<button type="button" class="primary" data-testid="case-close" @click=${() => closeCase(c.id, load)}>${t('case-close')}</button>` : nothing}</header>
    <div class="two"><div class="stack">
      <section class="card"><h3>${t('case-reason')}</h3><p data-testid="case-reason">${d.reason || t('not-said')}</p></section>
      <section class="card"><h3>${t('timeline-title')}</h3>${timeline(d.timeline.map(ofCase))}
        ${mayAct && c.state !== 'closed' ? html`<label class="field"><span class="label">${t('case-note')}</span><textarea rows="3" maxlength="2000" data-testid="case-note" .value=${notes.value[c.id] ?? ''} @input=${(/** @type {InputEvent} */ e) => write(c.id, /** @type {HTMLTextAreaElement} */ (e.target).value)}></textarea></label>
          <button type="button" class="ghost" data-testid="case-note-add" ?disabled=${!notes.value[c.id]?.trim()} @click=${() => addNote(c.id, load)}>${t('case-note-add')}</button>` : nothing}</section></div>
      <section class="card facts"><h3>${t('case-about')}</h3><dl><dt>${t('case-kind')}</dt><dd>${words.caseKind(c.kind)}</dd><dt>${t('case-raised')}</dt><dd>${fmt.moment(c.raised_at)}</dd><dt>${t('case-owner')}</dt><dd>${c.owner?.name ?? '–'}</dd>
        <dt>${t('log-person')}</dt><dd>${d.contact.masked}</dd><dt>${t('log-channel')}</dt><dd>${words.channel(d.contact.channel)}</dd><dt>${t('log-language')}</dt><dd>${words.language(d.contact.language) || '–'}</dd><dt>${t('log-topic')}</dt><dd>${words.topic(d.contact.topic) || '–'}</dd></dl>
        ${may('contact:log:read') ? html`<p><a href="/log/${d.contact.id}" data-link>${t('case-contact-open')}</a></p>` : nothing}</section></div>`;
};

/** @param {HTMLElement} el @param {string} id */
export const openCase = (el, id) => {
  const state = signal(/** @type {{detail: any, error: any}} */ ({ detail: null, error: null }));
  const load = async () => {
    try {
      state.value = { detail: await get(`/api/cases/${encodeURIComponent(id)}`), error: null };
    } catch (error) {
      state.value = { ...state.peek(), error };
    }
  };
  // Each read goes on record: what becomes of other cases is no reason for one.
  const card = computed(() => cases.value.get(id));
  const stops = [
    effect(() => { card.value; untracked(load); }),
    mount(el, () => html`<div class="page-scroll" data-testid="case-page"><p><a class="back" href="/cases" data-link>${icon('arrow-left')} ${t('nav-cases')}</a></p>
      ${state.value.detail ? body(state.value.detail, load) : state.value.error ? trouble(state.value.error, load) : loading()}</div>`),
  ];
  return () => stops.forEach((stop) => stop());
};
