// Why a contact waited: one sentence, what happened in the queue, and for each operator what ruled them out and for how long.
import { html, nothing, repeat, signal } from '../vendor/ui.js';
import { get } from '../core/api.js';
import { t } from '../core/i18n.js';
import * as fmt from '../core/fmt.js';
import { icon } from '../parts/icon.js';
import { loading, trouble } from '../parts/states.js';
import * as words from '../parts/words.js';

/** @typedef {{language: string | null, topic: string | null, senior: boolean, reserve: boolean}} Asks */
/** @typedef {{at: string, what: string, name: string | null, asks: Asks | null, until: string | null, state: string | null, reason: string | null, by: string | null}} Line */
/** @typedef {{what: string, detail: string | null, seconds: number}} Total */
/** @typedef {{id: string, name: string, main: string, totals: Total[], segments: {what: string, from: string, until: string}[]}} Considered */
/** @typedef {{from: string, until: string, waited_s: number, waits: boolean, cut: boolean, on_shift: number, lines: Line[], operators: Considered[]}} Why */

const TIMES = 4;
/** @type {Record<string, () => string>} */
const REASONS = {
  off_shift: () => t('wait-by-off-shift'), break: () => t('wait-by-break'), not_answering: () => t('wait-by-not-answering'), unreachable: () => t('wait-by-unreachable'),
  break_after: () => t('wait-by-break-after'), asked: () => t('wait-by-asked'), asked_other: () => t('wait-by-asked-other'), call_in_hand: () => t('wait-by-call-in-hand'),
  chats_in_hand: () => t('wait-by-chats-in-hand'), chats_full: () => t('wait-by-chats-full'), sealed: () => t('wait-by-sealed'), kept: () => t('wait-by-kept'),
  language: () => t('wait-by-language'), topic: () => t('wait-by-topic'), reserve: () => t('wait-by-reserve'), passed: () => t('wait-by-passed'),
  call_first: () => t('wait-by-call-first'), asked_elsewhere: () => t('wait-by-asked-elsewhere'), longer_first: () => t('wait-by-longer-first'),
  same_moment: () => t('wait-by-same-moment'), free: () => t('wait-by-free'),
};
/** @type {Record<string, () => string>} */
const HAPPENED = {
  came: () => t('wait-came'), danger: () => t('wait-danger'), relaxed: () => t('wait-relaxed'), asks: () => t('wait-asks'), kept: () => t('wait-kept'),
  kept_no_more: () => t('wait-kept-no-more'), ahead: () => t('wait-ahead'), back: () => t('wait-back'), left: () => t('wait-left'), offered: () => t('wait-offered'),
  assigned: () => t('wait-assigned'), taken: () => t('wait-taken'),
};
/** @type {Record<string, () => string>} */
const ENDED = { pending: () => t('wait-pending'), accepted: () => t('wait-accepted'), passed: () => t('wait-passed'), expired: () => t('wait-expired'), withdrawn: () => t('wait-withdrawn') };

/** `ky:2` in words. @param {string} token */
const languageAsked = (token) => {
  const [code, level] = token.split(':');
  return level === '2' ? t('wait-ask-own', { language: words.language(code) }) : t('wait-ask-second', { language: words.language(code) });
};
/** @param {string} token */
const topicAsked = (token) => {
  const [code, level] = token.split(':');
  const topic = words.topic(code) || code;
  return level === '2' ? t('wait-ask-expert', { topic }) : t('wait-ask-topic', { topic });
};
/** @param {Asks} a */
const asked = (a) => [
  a.language ? languageAsked(a.language) : t('wait-ask-any-language'),
  a.topic ? topicAsked(a.topic) : t('wait-ask-any-topic'),
  a.senior ? t('wait-ask-senior') : '', a.reserve ? t('wait-ask-reserve') : '',
].filter(Boolean).join(', ');
/** @param {Total} x */
const reason = (x) => {
  const more = x.what === 'break' ? words.breakReason(x.detail) : x.what === 'language' && x.detail ? languageAsked(x.detail) : x.what === 'topic' && x.detail ? words.topic(x.detail.split(':')[0]) : '';
  return `${REASONS[x.what]?.() ?? x.what}${more ? `: ${more}` : ''}`;
};
/** Who assigned it, and how it ended. @param {Line} line */
const ended = (line) => [line.by ? t('wait-assigned-by', { name: line.by }) : '', line.state ? ENDED[line.state]?.() : '', words.passReason(line.reason)].filter(Boolean).join(', ');
/** @type {Record<string, (line: {name: string, time: string, how: string}) => string>} */
const ASKED = { offered: (x) => t('wait-offered-to', x), assigned: (x) => t('wait-assigned-to', x), taken: (x) => t('wait-taken-by', x) };
/** @param {string} from @param {string} until */
const between = (from, until) => fmt.length((Date.parse(until) - Date.parse(from)) / 1000);

/** @param {Why} w */
const sentence = (w) => {
  /** @type {Map<string, number>} */
  const counts = new Map();
  w.operators.forEach((one) => counts.set(one.main, (counts.get(one.main) ?? 0) + 1));
  const list = [...counts].sort((a, b) => b[1] - a[1]).map(([what, n]) => t('wait-count', { reason: REASONS[what]?.() ?? what, n })).join(', ');
  const came = w.lines.find((line) => line.what === 'came')?.at ?? w.from;
  return [
    w.waits ? t('wait-so-far', { time: fmt.length(w.waited_s) }) : t('wait-waited', { time: fmt.length(w.waited_s) }),
    w.on_shift ? t('wait-on-shift', { n: w.on_shift, list }) : t('wait-nobody'),
    ...w.lines.filter((line) => line.what === 'relaxed' && line.asks).map((line) => t('wait-after', { time: between(came, line.at), what: asked(/** @type {Asks} */ (line.asks)) })),
    ...w.lines.map((line) => ASKED[line.what]?.({ name: line.name ?? '', time: fmt.time(line.at), how: ended(line) }) ?? '').filter(Boolean),
  ].join(' ');
};

/** @param {Line} line */
const happened = (line) => html`<li><time>${fmt.exact(line.at)}</time><span>${HAPPENED[line.what]?.() ?? line.what}${line.name ? html` <b>${line.name}</b>` : nothing}
  <span class="soft">${line.asks ? asked(line.asks) : nothing}${ended(line)}${line.until ? html` · ${between(line.at, line.until)}` : nothing}</span></span></li>`;

/** What lasted no second is said only where there is nothing else. @param {Considered} one */
const told = (one) => {
  const long = one.totals.filter((x) => x.seconds >= 1 || x.what === 'longer_first');
  return long.length ? long : one.totals.slice(0, 1);
};
/** @param {Considered} one @param {string} what */
const times = (one, what) => {
  const all = one.segments.filter((s) => s.what === what);
  return `${all.slice(0, TIMES).map((s) => `${fmt.timeExact(s.from)}–${fmt.timeExact(s.until)}`).join(', ')}${all.length > TIMES ? ` +${all.length - TIMES}` : ''}`;
};
/** @param {Considered} one */
const rows = (one) => told(one).map((x, i, all) => html`<tr data-testid="wait-row">${i ? nothing : html`<th scope="rowgroup" rowspan=${all.length}>${one.name}</th>`}
  <td>${reason(x)}</td><td class="num">${fmt.length(x.seconds)}</td><td class="when">${times(one, x.what)}</td></tr>`);

/** @param {Why} w */
const answer = (w) => html`<p data-testid="wait-sentence">${sentence(w)}</p>
  ${w.cut ? html`<p class="hint">${t('wait-cut')}</p>` : nothing}${w.on_shift > w.operators.length ? html`<p class="hint">${t('wait-shown', { shown: w.operators.length, n: w.on_shift })}</p>` : nothing}
  <ol class="timeline" data-testid="wait-lines">${w.lines.map(happened)}</ol>
  ${w.operators.length ? html`<div class="table-box" tabindex="0" role="region" aria-label=${t('wait-table')}><table class="grid" data-testid="wait-table"><caption class="hidden">${t('wait-table')}</caption>
    <thead><tr><th scope="col">${t('wait-operator')}</th><th scope="col">${t('wait-reason')}</th><th scope="col">${t('wait-length')}</th><th scope="col">${t('wait-when')}</th></tr></thead>
    ${repeat(w.operators, (one) => one.id, (one) => html`<tbody>${rows(one)}</tbody>`)}</table></div>` : nothing}
  ${w.operators.length > 1 ? html`<p class="soft">${t('wait-order')}</p>` : nothing}`;

/** The section of a contact's page; asked for by a press, as each read goes on record. @param {string} id @param {boolean} open at once */
export const makeWaited = (id, open) => {
  const state = signal(/** @type {{why: Why | null | undefined, error: any, busy: boolean}} */ ({ why: undefined, error: null, busy: false }));
  const load = async () => {
    state.value = { why: undefined, error: null, busy: true };
    try {
      state.value = { why: (await get(`/api/contacts/${encodeURIComponent(id)}/why`)).why, error: null, busy: false };
    } catch (error) {
      state.value = { why: undefined, error, busy: false };
    }
  };
  if (open) load();
  return () => {
    const s = state.value;
    const shown = s.error ? trouble(s.error, load) : s.busy ? loading() : s.why === null ? html`<p class="soft">${t('wait-never')}</p>` : s.why ? answer(s.why) : nothing;
    return html`<section class="card" data-testid="waited" aria-busy=${String(s.busy)}><h3>${t('wait-title')}</h3>
      <p><button type="button" class="ghost small" data-testid="wait-show" ?disabled=${s.busy} @click=${load}>${icon(s.why ? 'refresh-cw' : 'eye')} ${s.why ? t('wait-again') : t('wait-show')}</button></p>
      <div aria-live="polite">${shown}</div></section>`;
  };
};
