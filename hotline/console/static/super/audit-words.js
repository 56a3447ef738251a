// What stands on record, in words: tags and objects of the audit, kinds of jobs.
import { t } from '../core/i18n.js';

/** @type {Record<string, () => string>} */
const TAGS = {
  'access:denied': () => t('tag-access-denied'), 'audit:read': () => t('tag-audit-read'), 'case:read': () => t('tag-case-read'),
  'case:sealed': () => t('tag-case-sealed'), 'case:unsealed': () => t('tag-case-unsealed'),
  'contact-log:read': () => t('tag-contact-log-read'), 'contact:read': () => t('tag-contact-read'),
  'escalation:acknowledged': () => t('tag-escalation-acknowledged'), 'escalation:closed': () => t('tag-escalation-closed'),
  'escalation:noted': () => t('tag-escalation-noted'), 'escalation:raised': () => t('tag-escalation-raised'), 'escalation:paged': () => t('tag-escalation-paged'),
  'job:discarded': () => t('tag-job-discarded'), 'job:retried': () => t('tag-job-retried'),
  'login:failed': () => t('tag-login-failed'), 'login:succeeded': () => t('tag-login-ok'), 'session:ended': () => t('tag-logout'),
  'message:edited': () => t('tag-message-edited'), 'message:noted': () => t('tag-message-noted'), 'link-code:given': () => t('tag-link-code-given'),
  'link:confirmed': () => t('tag-link-confirmed'), 'link:refused': () => t('tag-link-refused'), 'link:undone': () => t('tag-link-undone'),
  'message:played': () => t('tag-message-played'), 'file:read': () => t('tag-file-read'),
  'message:decided': () => t('tag-message-decided'), 'message:read': () => t('tag-message-read'), 'message:sent': () => t('tag-message-sent'),
  'offer:accepted': () => t('tag-offer-accepted'), 'offer:passed': () => t('tag-offer-passed'), 'offer:picked': () => t('tag-offer-picked'), 'offer:assigned': () => t('tag-offer-assigned'), 'password:changed': () => t('tag-password-changed'),
  'presence-of-other:changed': () => t('tag-presence-changed'), 'record:finished': () => t('tag-record-finished'), 'record:read': () => t('tag-record-read'),
  'record:written': () => t('tag-record-written'), 'number:revealed': () => t('tag-number-revealed'), 'account:added': () => t('tag-staff-added'),
  'account:changed': () => t('tag-staff-changed'), 'account:disabled': () => t('tag-staff-disabled'), 'account:listed': () => t('tag-staff-listed'),
  'roles:changed': () => t('tag-roles-changed'), 'contact:opened': () => t('tag-contact-opened'), 'contact:closed': () => t('tag-contact-closed'),
  'callback:hurried': () => t('tag-callback-hurried'), 'callback:postponed': () => t('tag-callback-postponed'), 'callback:closed': () => t('tag-callback-closed'),
  'callback:decided': () => t('tag-callback-decided'), 'callback:agreed': () => t('tag-callback-agreed'), 'callback:overridden': () => t('tag-callback-outside'),
  'safety:read': () => t('tag-safety-read'), 'safety:changed': () => t('tag-safety-changed'), 'answer:wrong': () => t('tag-answer-wrong'),
  'call:watched': () => t('tag-call-watched'), 'line:changed': () => t('tag-line-changed'),
  'recording:begun': () => t('tag-recording-begun'), 'recording:steered': () => t('tag-recording-steered'), 'recording:played': () => t('tag-recording-played'),
  'recording:removed': () => t('tag-recording-removed'), 'recording:destroyed': () => t('tag-recording-destroyed'),
  'roster:changed': () => t('tag-roster-changed'),
  'phone:changed': () => t('tag-phone-changed'), 'content:erased': () => t('tag-content-erased'),
};
/** Without the subject, which has a column of its own. @param {string} code */
export const tag = (code) => TAGS[code.split(':').slice(1).join(':')]?.() ?? code;

/** @type {Record<string, () => string>} */
const OBJECTS = {
  audit: () => t('object-audit'), case: () => t('object-case'), contact: () => t('object-contact'), 'contact-log': () => t('object-contact-log'),
  job: () => t('object-job'), line: () => t('object-line'), message: () => t('object-message'), recording: () => t('object-recording'), roster: () => t('object-roster'), staff: () => t('object-staff'),
};
/** @param {string | null} what `type` or `type:id` @returns {{name: string, id: string}} */
export const object = (what) => {
  const [type, id] = (what ?? '').split(':');
  return { name: OBJECTS[type]?.() ?? type, id: id ?? '' };
};

/** @type {Record<string, () => string>} */
const OUTCOMES = { ok: () => t('audit-ok'), denied: () => t('audit-denied'), failed: () => t('audit-failed') };
/** @param {string} code */
export const outcome = (code) => OUTCOMES[code]?.() ?? code;

/** @type {Record<string, () => string>} */
const JOBS = {
  event: () => t('job-event'), 'chat.deliver': () => t('job-chat-deliver'), 'chat.edit': () => t('job-chat-edit'), 'chat.typing': () => t('job-chat-typing'), 'chat.acknowledge': () => t('job-chat-acknowledge'), 'chat.idle': () => t('job-chat-idle'), 'chat.set_aside': () => t('job-chat-set-aside'), 'chat.release': () => t('job-chat-release'), 'chat.fetch': () => t('job-chat-fetch'),
  'chat.erase': () => t('job-chat-erase'), 'chat.erase_late': () => t('job-chat-erase'), 'chat.shred': () => t('job-chat-shred'), 'chat.forget': () => t('job-chat-forget'), 'chat.remind': () => t('job-chat-remind'),
  'recording.steer': () => t('job-recording-steer'), 'recording.keep': () => t('job-recording-keep'), 'recording.remove': () => t('job-recording-remove'),
  'case.climb': () => t('job-case-climb'), 'case.duty_sms': () => t('job-case-duty-sms'),
};
/** @param {string} kind */
export const job = (kind) => JOBS[kind]?.() ?? (kind.startsWith('voice.') ? t('job-voice') : kind);
