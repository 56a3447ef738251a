// The services of this page, made once from the boot block, and the actions that panels call.
import { effect, signal, untracked } from '../vendor/ui.js';
import * as api from './api.js';
import * as store from './store.js';
import * as phone from './phone/driver.js';
import { addCatalogue, lang, switchTo, t } from './i18n.js';
import { answerOwed, decisionCame, escalationCame, messageCame, personBack, sessionOver, startAlerts, unlock } from './alert.js';
import { diskShelf, makeDrafts, memoryShelf, sealingKey } from './drafts.js';
import { makeLive } from './live.js';
import { makeOutbox, requestOf } from './outbox.js';
import { makeRecords } from './records.js';
import { loadThread } from './threads.js';
import { attempt, complain, toast } from './toasts.js';
import { lost } from './taking.js';
import { offerEnd, requeueReason } from '../parts/words.js';

export { attempt, complain, toast, toasts } from './toasts.js';

/** @typedef {import('./types').Boot} Boot */
/** @type {Boot} */
export let boot;
/** @type {import('./drafts.js').Drafts} */
export let drafts;
/** @type {ReturnType<typeof makeOutbox>} */
export let outbox;
/** @type {ReturnType<typeof makeRecords>} */
export let records;
/** @type {ReturnType<typeof makeLive>} */
export let live;

/** Reads the boot block of the page. @returns {Boot} */
export const readBoot = () => JSON.parse(document.getElementById('boot')?.textContent ?? '{}');

/** A fresh id for what is sent, so that sending it again is known. */
export const newId = () => {
  const b = crypto.getRandomValues(new Uint8Array(16));
  b[6] = (b[6] & 15) | 64;
  b[8] = (b[8] & 63) | 128;
  const hex = [...b].map((x) => x.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
};

/** @param {Boot} from */
export const init = async (from) => {
  boot = from;
  api.configure(from.csrf, ended);
  addCatalogue(from.lang, from.catalogue);
  lang.value = from.lang;
  store.me.value = from.me;
  store.skew.value = Date.parse(from.server_time) - Date.now();
  const key = await sealingKey(from.draft_key);
  drafts = makeDrafts(await diskShelf().catch(memoryShelf), key);
  outbox = makeOutbox({
    send: (p) => api.post(...requestOf(p)),
    keep: (parcels) => { drafts.save('outbox', parcels); },
    sent: (answer) => store.addMessage(answer.message),
    mine: (id) => store.mine.peek().has(id),
    lost: (n) => toast(t('outbox-lost', { n }), true),
    wait: (s, then) => setTimeout(then, s * 1000),
    newId,
    now: () => new Date(store.serverNow()).toISOString(),
  });
  records = makeRecords({
    load: (id) => api.get(`/api/contacts/${id}/record`),
    save: (id, rev, fields) => api.patch(`/api/contacts/${id}/record`, { base_rev: rev, fields }),
    keep: (id, draft) => { draft ? drafts.save(`record:${id}`, draft) : drafts.remove(`record:${id}`); },
    kept: (id) => drafts.load(`record:${id}`),
    later: (ms, then) => setTimeout(then, ms),
    cancel: (timer) => clearTimeout(timer),
  });
  live = makeLive({ statics: from.statics, build: from.build, onEvents: heard, onResync: afterBreak, onEnded: ended });
  drafts.sweep();
  drafts.load('outbox').then((kept) => kept?.length && outbox.restore(kept));
  startAlerts(from.statics);
  watchLink();
  watchUndecided();
  watchBack();
  setInterval(store.dropLateOffers, 1000);
  effect(() => {
    const mine = store.mine.value;
    const open = store.writingUp.value;
    records.holdOnly({ has: (id) => mine.has(id) || id === open });
    untracked(outbox.sweep);
  });
};

/** The session is over, and the page says so. What was not sent stays sealed here; a call goes on until its end. */
export const ended = () => {
  if (store.barred.peek() === 'ended') return;
  live?.stop();
  store.clearOffers();
  if (!phone.onLine.peek()) phone.stopPhone();
  store.expiring.value = null;
  store.barred.value = 'ended';
  sessionOver();
};
/** Another tab works now: nothing may ring, talk or listen here. */
export const yieldToOtherTab = () => {
  live.stop();
  store.clearOffers();
  phone.stopPhone();
};
/** Any act puts the end of the session off; this one does nothing else. */
export const stay = () => attempt(async () => {
  await api.post('/api/session/extend');
  store.expiring.value = null;
});

const watchLink = () => {
  let was = store.link.peek();
  effect(() => {
    const now = store.link.value;
    if (now === 'online' && was !== 'online') {
      outbox.flush();
      records.flushAll();
    }
    was = now;
  });
};

const watchUndecided = () => {
  let [was, last] = [store.undecided.peek(), store.serverNow()];
  effect(() => {
    const [now, newest] = [store.undecided.value, store.lastUndecided.value];
    // One may come while another is decided: then there are no more than before.
    if (now > was || newest > last) {
      decisionCame();
      toast(t('alert-undecided'), true);
    }
    was = now;
    last = Math.max(last, newest);
  });
};

/** Heard once for each wait: the list comes again whenever something about them changes. */
const watchBack = () => {
  let known = store.back.peek().map((one) => one.contact_id);
  effect(() => {
    const now = store.back.value.map((one) => one.contact_id);
    if (now.some((id) => !known.includes(id))) personBack();
    known = now;
  });
};

/** @param {import('./types').LiveEvent[]} events */
const heard = (events) => {
  for (const e of events) {
    if (e.k === 'chat.message') {
      outbox.arrived(e.client_id);
      if (e.from === 'caller') messageCame(store.inView(e.contact_id));
    }
    if (e.k === 'chat.erased' && store.mine.peek().has(e.contact_id)) toast(t('chat-erased'), true);
    const owed = e.k === 'chat.unanswered' ? store.mine.peek().get(e.contact_id) : null;
    if (owed?.chat?.waiting_since) { answerOwed(); toast(t('chat-unanswered', { who: owed.masked }), true); }
    if (e.k === 'escalation.alert' && store.may('case:escalation:ack')) escalationCame();
    if (e.k === 'record.changed' && e.by !== store.me.peek()?.id) records.changed(e.contact_id, e.rev);
    if (e.k === 'offer.gone' && lost(e)) toast(offerEnd(e), true);
    if (e.k === 'session.revoked') ended();
    if (e.k === 'callback.untaken') toast(t('callback-untaken'), true);
    if (e.k === 'contact.gone' && requeueReason(e.why)) toast(t('contact-gone', { why: requeueReason(e.why) }), true);
    if (e.k === 'contact.card' && e.call?.state === 'ended' && phone.carried.peek() === e.id) phone.leaveCall();
    if (e.k === 'contact.gone' && phone.carried.peek() === e.id) phone.leaveCall();
  }
};
/** After a break nothing may be trusted: threads and details are asked for again, open lists say so or reload. */
const afterBreak = () => {
  store.logChanges.value += 1;
  store.deadChanges.value += 1;
  for (const card of store.mine.peek().values()) if (card.kind === 'chat') loadThread(card.id);
  resyncs.value += 1;
};
/** Grows after each full resync; lists that show server data reload on it. */
export const resyncs = signal(0);

export const loadForm = async () => {
  store.form.value ??= await api.get('/api/forms/consultation');
};

const HANG_UP_MS = 5000;
const PHONE = 'h189.phone';
/** The telephone of the last shift on this computer, else the one of the account, else the first of this installation. */
export const phoneChoice = () => {
  const wanted = localStorage.getItem(PHONE) ?? store.me.peek()?.phone_mode ?? '';
  return phoneModes().includes(wanted) ? wanted : phoneModes()[0];
};
/** What this installation allows; where the server does not say, both. */
export const phoneModes = () => boot.phone_modes ?? ['browser', 'fake'];
/** @param {string} mode */
export const startShift = async (mode) => {
  unlock();
  localStorage.setItem(PHONE, mode);
  await phone.startPhone(mode, boot.statics);
  store.presence.value = await api.post('/api/shift/start', { phone_mode: mode });
};
/** @param {string} state @param {string | null} reason */
export const setPresence = (state, reason) => attempt(async () => {
  store.presence.value = await api.post('/api/presence', { state, reason });
});
export const pauseAfterHardCall = () => attempt(async () => {
  store.presence.value = await api.post('/api/pause-after-hard-call');
});
export const endShift = () => attempt(async () => {
  await api.post('/api/shift/end');
  phone.stopPhone();
  live.resync();
});

/** @param {string} id */
export const join = (id) => phone.joinCall(id, phoneChoice(), boot.statics);
/** The microphone is off the line in any case, also when the server cannot be told. @param {string} id */
export const hangUp = async (id) => {
  try {
    await api.request('POST', `/api/calls/${id}/hangup`, {}, HANG_UP_MS);
  } catch (error) {
    if (/** @type {any} */ (error).passing) toast(t('call-end-alone'), true);
    else complain(error);
  }
  phone.leaveCall();
};
/** Joins the same line again after a reload or a broken connection. @param {string} id */
export const reconnect = (id) => {
  unlock();
  return join(id);
};

/** @param {import('./i18n.js').Lang} next */
export const setLanguage = (next) => attempt(async () => {
  await switchTo(next, boot.statics);
  await api.patch('/api/me', { lang: next });
});
