// Codes of the server in words: one map per family, every catalogue id written out so that a test finds it.
import { label, NAMES, t } from '../core/i18n.js';
import { boot } from '../core/app.js';
import { find } from '../core/form.js';
import { form, me } from '../core/store.js';

/** @param {Record<string, () => string>} map @returns {(code: string | null | undefined) => string} */
const words = (map) => (code) => (code && map[code] ? map[code]() : '');

const channelName = words({ voice: () => t('channel-voice'), telegram: () => t('channel-telegram'), sms: () => t('channel-sms') });
/** A messenger without a word of ours goes by its code: that is a name, in any language. @param {string | null | undefined} code */
export const channel = (code) => channelName(code) || (code ? code[0].toUpperCase() + code.slice(1) : '');
/** @returns {string[]} */
export const channels = () => boot.channels;
/** A person without a name, with the channel where the mask does not say it already. @param {{channel: string, masked: string}} c */
export const who = (c) => (c.masked.startsWith(channel(c.channel)) ? c.masked : `${channel(c.channel)} ${c.masked}`);
export const presenceState = words({
  offline: () => t('presence-offline'), available: () => t('presence-available'), busy: () => t('presence-busy'),
  wrap_up: () => t('presence-wrap-up'), break: () => t('presence-break'), not_answering: () => t('presence-not-answering'),
});
export const breakReason = words({
  short: () => t('break-short'), meal: () => t('break-meal'), meeting: () => t('break-meeting'),
  training: () => t('break-training'), technical: () => t('break-technical'), hard_call: () => t('break-hard-call'),
});
export const wrapWhy = words({ record: () => t('wrap-why-record'), colleague: () => t('wrap-why-colleague'), partner: () => t('wrap-why-partner'), other: () => t('wrap-why-other') });
const passReasons = { paperwork: () => t('pass-paperwork'), language: () => t('pass-language'), topic: () => t('pass-topic'), know_caller: () => t('pass-know-caller'), technical: () => t('pass-technical'), other: () => t('pass-other') };
export const PASS_REASONS = Object.keys(passReasons);
export const passReason = words(passReasons);
const gone = words({ caller_left: () => t('gone-caller-left'), expired: () => t('gone-expired'), passed: () => t('gone-passed'), withdrawn: () => t('gone-withdrawn'), adrift: () => t('gone-adrift') });
/** How an offer ended, and who has the contact now: for who was not first. @param {{how?: string, by?: string, [field: string]: any} | undefined} end */
export const offerEnd = (end) => {
  const by = !end?.by ? '' : end.by === me.peek()?.name ? t('gone-own') : t('gone-taken', { by: end.by });
  return end?.how === 'taken' ? by : [gone(end?.how), by].filter(Boolean).join(' ');
};
export const cardState = words({ reserved: () => t('card-reserved'), talking: () => t('card-talking'), wrap_up: () => t('card-wrap-up'), closed: () => t('card-closed'), waiting: () => t('card-waiting'), intake: () => t('card-intake') });
export const chatState = words({ waiting_us: () => t('chat-waiting-us'), waiting_caller: () => t('chat-waiting-caller'), resolved: () => t('chat-resolved') });
export const callState = words({ connecting: () => t('call-connecting'), live: () => t('call-live'), lost: () => t('call-lost'), ended: () => t('call-ended') });
export const partyRole = words({ caller: () => t('party-caller'), operator: () => t('party-operator'), third: () => t('party-third'), supervisor: () => t('party-supervisor') });
export const partyState = words({ here: () => t('party-here'), held: () => t('party-held'), ringing: () => t('party-ringing'), away: () => t('party-away') });
export const watchMode = words({ listen: () => t('watch-listen'), whisper: () => t('watch-whisper'), barge: () => t('watch-barge') });
export const watchHint = words({ listen: () => t('watch-listen-hint'), whisper: () => t('watch-whisper-hint'), barge: () => t('watch-barge-hint') });
export const callbackWhy = words({ waiting: () => t('callback-why-waiting'), agreed: () => t('callback-why-agreed'), missed: () => t('callback-why-missed'), message: () => t('callback-why-message') });
export const callbackState = words({ open: () => t('callback-state-open'), done: () => t('callback-state-done'), undecided: () => t('callback-state-undecided'), given_up: () => t('callback-state-given-up'), closed: () => t('callback-state-closed') });
export const callbackEnd = words({ reached: () => t('callback-end-reached'), refused: () => t('callback-end-refused'), wrong_number: () => t('callback-end-wrong-number'), unsafe: () => t('callback-end-unsafe'), heard: () => t('callback-end-heard'), no_answer: () => t('callback-end-no-answer'), other: () => t('callback-end-other') });
export const messageState = words({
  received: () => '', queued: () => t('msg-queued'), sending: () => t('msg-sending'), sent: () => t('msg-sent'),
  delivered: () => t('msg-delivered'), read: () => t('msg-read'), failed: () => t('msg-failed'), unknown: () => t('msg-unknown'),
});
export const messageKind = words({
  note: () => t('note-name'), edited: () => t('kind-edited'), press: () => t('kind-press'), command: () => t('kind-command'), video: () => t('kind-video'), photo: () => t('kind-photo'), voice: () => t('kind-voice'), document: () => t('kind-document'), location: () => t('kind-location'),
  contact: () => t('kind-contact'), stop: () => t('kind-stop'), resume: () => t('kind-resume'), sticker: () => t('kind-sticker'), other: () => t('kind-other'),
});
const refusal = words({
  blocked: () => t('why-blocked'), 'no-address': () => t('why-no-address'), refused: () => t('why-refused'), 'slow-down': () => t('why-slow-down'),
  'bad-token': () => t('why-bad-token'), unreachable: () => t('why-unreachable'), 'opted-out': () => t('why-opted-out'), undelivered: () => t('why-undelivered'),
  'too-long': () => t('why-too-long'), gone: () => t('why-gone'), 'outcome-unknown': () => t('why-outcome-unknown'),
  'bad-number': () => t('why-bad-number'), 'not-mobile': () => t('why-not-mobile'), 'queue-full': () => t('why-queue-full'), expired: () => t('why-expired'), 'phone-off': () => t('why-phone-off'),
  barred: () => t('why-barred'), filtered: () => t('why-filtered'), 'country-off': () => t('why-country-off'), 'asked-to-stop': () => t('why-asked-to-stop'), 'not-safe': () => t('why-not-safe'),
  'too-late': () => t('why-too-late'), 'no-channel': () => t('why-no-channel'), dropped: () => t('why-dropped'), unreadable: () => t('why-unreadable'), 'file-gone': () => t('why-file-gone'), erased: () => t('why-erased'),
});
/** What to do about it, where something else helps than sending again. */
export const whatNow = words({ blocked: () => t('todo-blocked'), 'no-address': () => t('todo-no-address'), 'opted-out': () => t('todo-opted-out'), 'bad-token': () => t('todo-bad-token') });
/** Why a message did not arrive; carriers have numbers of their own. @param {string | null | undefined} code */
export const whyNot = (code) => (code?.startsWith('carrier-') ? t('why-carrier', { code: code.slice(8) }) : refusal(code));
export const requeueReason = words({ operator_lost: () => t('why-operator-lost'), no_join: () => t('why-no-join'), not_reached: () => t('outcome-not-reached'), adrift: () => t('why-adrift'), unattended: () => t('why-unattended') });
export const caseResult = words({ helped: () => t('case-result-helped'), referred: () => t('case-result-referred'), not_confirmed: () => t('case-result-not-confirmed'), unreachable: () => t('case-result-unreachable') });
export const caseKind = words({ danger: () => t('case-kind-danger'), trafficking: () => t('case-kind-trafficking'), child: () => t('case-kind-child'), other: () => t('case-kind-other') });
export const caseLevel = words({ urgent: () => t('case-level-urgent'), high: () => t('case-level-high'), normal: () => t('case-level-normal') });
export const caseState = words({ open: () => t('case-state-open'), acknowledged: () => t('case-state-acknowledged'), closed: () => t('case-state-closed') });
export const outcome = words({
  answered: () => t('outcome-answered'), abandoned: () => t('outcome-abandoned'), left_in_intake: () => t('outcome-left-in-intake'),
  out_of_hours: () => t('outcome-out-of-hours'), rejected: () => t('outcome-rejected'), silent: () => t('outcome-silent'), unfinished: () => t('outcome-unfinished'),
  not_reached: () => t('outcome-not-reached'), message: () => t('outcome-message'), came_again: () => t('outcome-came-again'),
});
export const riskLevel = words({ none: () => t('risk-none'), raised: () => t('risk-raised'), high: () => t('risk-high'), immediate: () => t('risk-immediate') });
export const riskFilter = words({ danger: () => t('risk-filter-danger'), screened: () => t('risk-filter-screened'), escalated: () => t('risk-filter-escalated'), none: () => t('risk-none') });
export const fieldError = words({
  required: () => t('error-required'), 'too-long': () => t('error-too-long'), 'not-an-option': () => t('error-not-an-option'),
  'wrong-type': () => t('error-wrong-type'), 'unknown-field': () => t('error-unknown-field'),
});
/** @param {string | null | undefined} code */
export const language = (code) => (code ? NAMES[/** @type {import('../core/i18n.js').Lang} */ (code)] ?? code : '');
const intakeTopic = words({
  abroad: () => t('intake-topic-abroad'), documents: () => t('intake-topic-documents'), wages: () => t('intake-topic-wages'), ban: () => t('intake-topic-ban'),
  missing: () => t('intake-topic-missing'), danger: () => t('intake-topic-danger'), other: () => t('intake-topic-other'),
});
/** What the person chose before the talk, or a topic of the form. @param {string | null | undefined} key */
export const topic = (key) => intakeTopic(key) || (key && form.value ? label(find(form.value.lists.topics ?? [], key)?.labels) : '');
/** @param {string | null | undefined} key */
export const kind = (key) => (key && form.value ? label(form.value.kinds.find((k) => k.key === key)?.labels) : '');

/** What happened to a contact or case, for timelines. */
export const happened = words({
  opened: () => t('tl-opened'), answered: () => t('tl-answered'), missed: () => t('tl-missed'), caller_stopped: () => t('tl-caller-stopped'), danger: () => t('tl-danger'),
  waiting: () => t('tl-waiting'), reserved: () => t('tl-reserved'), offered: () => t('tl-offered'), offer_made: () => t('tl-offered'),
  picked: () => t('tl-picked'), assigned: () => t('tl-assigned'), offer_accepted: () => t('tl-accepted'), accepted: () => t('tl-accepted'), offer_passed: () => t('tl-passed'), passed: () => t('tl-passed'),
  offer_expired: () => t('tl-expired'), expired: () => t('tl-expired'), withdrawn: () => t('tl-withdrawn'), unreserved: () => t('tl-withdrawn'),
  callback_asked: () => t('tl-callback-asked'), callback_kept: () => t('tl-callback-kept'), callback_called: () => t('tl-callback-called'),
  callback_passed: () => t('tl-callback-passed'), callback_missed: () => t('tl-callback-missed'), callback_given_up: () => t('tl-callback-given-up'),
  callback_hurried: () => t('tl-callback-hurried'), callback_put_off: () => t('tl-callback-put-off'), callback_closed: () => t('tl-callback-closed'),
  recording_begun: () => t('tl-recording-begun'), recording_paused: () => t('tl-recording-paused'), recording_on: () => t('tl-recording-on'),
  recording_off: () => t('tl-recording-off'), recording_refused: () => t('tl-recording-refused'),
  adrift: () => t('tl-adrift'), found_again: () => t('tl-found-again'), message_left: () => t('tl-message-left'),
  callback_agreed: () => t('tl-callback-agreed'), callback_lapsed: () => t('tl-callback-lapsed'), callback_outside: () => t('tl-callback-outside'),
  erase_asked: () => t('tl-erase-asked'), erased: () => t('tl-erased'), erased_held: () => t('tl-erased-held'), campaign: () => t('tl-campaign'), silent_alarm: () => t('tl-silent-alarm'),
  callback_undecided: () => t('tl-callback-undecided'), callback_decided: () => t('tl-callback-decided'), callback_untaken: () => t('tl-callback-untaken'),
  callback_gathered: () => t('tl-callback-gathered'), message_late: () => t('tl-message-late'),
  safety_changed: () => t('tl-safety-changed'), sent_unsafe: () => t('tl-sent-unsafe'), wrong_answer: () => t('tl-wrong-answer'), asked_to_stop: () => t('tl-asked-to-stop'), asked_to_resume: () => t('tl-asked-to-resume'),
  link_code: () => t('tl-link-code'), link_suggested: () => t('tl-link-suggested'), link_confirmed: () => t('tl-link-confirmed'),
  link_refused: () => t('tl-link-refused'), link_undone: () => t('tl-link-undone'),
  talking: () => t('tl-talking'), requeued: () => t('tl-requeued'), caller_left: () => t('tl-caller-left'), talk_ended: () => t('tl-talk-ended'), wrap_up_extended: () => t('tl-wrap-up-extended'),
  wrap_up: () => t('tl-talk-ended'), finished: () => t('tl-finished'), closed: () => t('tl-closed'), case_closed: () => t('tl-case-closed'), sealed: () => t('tl-case-sealed'), unsealed: () => t('tl-case-unsealed'), caller_waits: () => t('tl-caller-waits'), raised: () => t('tl-raised'),
  escalated: () => t('tl-raised'), escalation_raised: () => t('tl-raised'), acknowledged: () => t('tl-acknowledged'), acked: () => t('tl-acknowledged'),
  paged: () => t('tl-paged'), owner: () => t('tl-owner'), reassigned: () => t('tl-owner'), note: () => t('tl-note'), record: () => t('tl-record'),
  record_changed: () => t('tl-record'), read: () => t('tl-read'), message: () => t('tl-message'), hold: () => t('tl-waiting'), duty_sms: () => t('tl-duty-sms'),
});
