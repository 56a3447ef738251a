// The one place where the state of the desk lives: signals, and the functions that apply what the server tells.
import { batch, computed, effect, signal } from '../vendor/ui.js';
import { route } from './router.js';
import { putShut } from './shut.js';

/** @typedef {import('./types').LiveEvent} LiveEvent */
/** @typedef {import('./types').Message} Message */
/** @typedef {import('./types').ContactCard} ContactCard */
/** @typedef {{messages: Message[], more: boolean, phase: 'idle'|'loading'|'ready'|'error'}} Thread */

export const me = signal(/** @type {import('./types').Me | null} */ (null));
export const presence = signal(/** @type {import('./types').Presence | null} */ (null));
export const offers = signal(/** @type {Map<string, import('./types').Offer>} */ (new Map()));
export const mine = signal(/** @type {Map<string, import('./types').ContactCard>} */ (new Map()));
export const queue = signal(/** @type {Map<string, import('./types').QueueItem>} */ (new Map()));
export const stats = signal(/** @type {import('./types').QueueStats} */ ({ waiting: 0, longest_since: null, by_channel: {} }));
export const cases = signal(/** @type {Map<string, import('./types').CaseCard>} */ (new Map()));
/** Sealed cases whose person waits. */
export const back = signal(/** @type {import('./types').Back[]} */ ([]));
export const staffOnline = signal(0);
export const selected = signal(/** @type {string | null} */ (null));
export const form = signal(/** @type {import('./types').Form | null} */ (null));
/** 'online' | 'slow' | 'offline' | 'resyncing' */
export const link = signal('resyncing');
/** '' | 'other' (another tab leads) | 'ended' (session is over) */
export const barred = signal('');
export const newBuild = signal('');
/** The end of the session, once it is near: renewable by any act, or not. */
export const expiring = signal(/** @type {{at: string, renewable: boolean} | null} */ (null));
/** Numbers that grow when the log or the dead letters changed, so that open lists can say "4 new". */
export const logChanges = signal(0);
export const deadChanges = signal(0);
/** Grows when somebody changed the roster. */
export const rosterChanges = signal(0);
/** Grows when the state of somebody on shift changed. */
export const staffChanges = signal(0);
/** Grows when something is known anew of who a caller is. */
export const linkChanges = signal(0);
/** Messages of callers that nobody has cared for yet. */
export const messagesWaiting = signal(0);
/** Callbacks that were not kept, and wait for a supervisor to decide. */
export const undecided = signal(0);
/** When the latest of them came, ms. */
export const lastUndecided = signal(0);
/** ms to add to this computer's clock to get the server's. */
export const skew = signal(0);

/** @type {Map<string, import('../vendor/ui.js').Signal<Thread>>} */
const threads = new Map();

/** The messages of one contact; the signal stays the same for the life of the page. @param {string} id */
export const thread = (id) => {
  let found = threads.get(id);
  if (!found) {
    found = signal(/** @type {Thread} */ ({ messages: [], more: false, phase: 'idle' }));
    threads.set(id, found);
  }
  return found;
};

export const serverNow = () => Date.now() + skew.peek();
/** @param {string} permission */
export const may = (permission) => Boolean(me.value?.permissions.includes(permission));

/** A call that a colleague only asks one into: its record comes with it. @param {ContactCard | undefined} card */
export const lent = (card) => card?.call?.transfer?.mine === 'to';

/** Who waits longest for an answer comes first, who waits for none last. @param {ContactCard} c */
const waits = (c) => c.chat?.waiting_since ?? '9';
const LATE_MS = 3000;
const WAIT = ['reserved', 'talking', 'wrap_up'];
export const mineList = computed(() => [...mine.value.values()]
  .sort((a, b) => WAIT.indexOf(a.state) - WAIT.indexOf(b.state) || a.kind.localeCompare(b.kind) || waits(a).localeCompare(waits(b)) || a.since.localeCompare(b.since)));
export const offerList = computed(() => [...offers.value.values()].sort((a, b) => a.until.localeCompare(b.until)));
export const queueList = computed(() => [...queue.value.values()]
  .sort(byTurn));
export const openAlerts = computed(() => [...cases.value.values()]
  .filter((c) => c.state === 'open').sort((a, b) => a.deadline_at.localeCompare(b.deadline_at)));
export const liveCall = computed(() => mineList.value.find((c) => c.kind === 'call' && c.state !== 'wrap_up' && c.call?.state !== 'ended') ?? null);

/** How many of the queue a snapshot holds at most. */
const LISTED = 40;
/** More wait than are listed. */
export const queueShort = computed(() => queue.value.size < Math.min(LISTED, stats.value.waiting));
/** The last of a full list: of those behind it only some would be told of, so that none is shown. */
let edge = /** @type {import('./types').QueueItem | undefined} */ (undefined);

/** @param {import('./types').QueueItem} a @param {import('./types').QueueItem} b */
const byTurn = (a, b) => Date.parse(a.effective_at) - Date.parse(b.effective_at) || a.id.localeCompare(b.id);

/** @template V @param {{value: Map<string, V>}} target @param {string} key @param {V} value */
const put = (target, key, value) => { target.value = new Map(target.value).set(key, value); };
/** @template V @param {{value: Map<string, V>}} target @param {string} key */
const drop = (target, key) => {
  if (!target.value.has(key)) return;
  const next = new Map(target.value);
  next.delete(key);
  target.value = next;
};
/** @template {{id: string}} V @param {V[] | undefined} list @returns {Map<string, V>} */
const byId = (list) => new Map((list ?? []).map((item) => [item.id, item]));

/** @param {import('./types').QueueItem[]} items */
export const setQueue = (items) => {
  queue.value = byId(items);
  edge = items[LISTED - 1];
};
/** @param {import('./types').QueueItem} item */
const putWaiting = (item) => (edge && byTurn(item, edge) > 0 ? drop(queue, item.id) : put(queue, item.id, item));
/** Replaces everything the server decides; threads and drafts stay. @param {import('./types').Snapshot} shot */
export const applySnapshot = (shot) => batch(() => {
  presence.value = shot.presence;
  offers.value = byId(shot.offers);
  mine.value = byId(shot.mine);
  setQueue(shot.queue);
  stats.value = shot.queue_stats;
  cases.value = byId(shot.escalations);
  back.value = shot.back ?? [];
  messagesWaiting.value = shot.messages ?? 0;
  undecided.value = shot.undecided ?? 0;
  staffOnline.value = shot.online;
  skew.value = Date.parse(shot.server_time) - Date.now();
  putShut(shot.shut ?? [], serverNow);
  if (selected.peek() && !mine.value.has(selected.peek() ?? '')) selected.value = null;
  if (!selected.peek()) selected.value = mineList.value[0]?.id ?? null;
});

/** Adds or replaces one message; order is the server's (its id). @param {Message} message */
export const putMessage = (message) => {
  const target = thread(message.contact_id);
  const others = target.peek().messages.filter((m) => m.id !== message.id);
  const messages = [...others, message].sort((a, b) => a.id - b.id);
  target.value = { ...target.peek(), messages };
};

const erasures = /** @type {Map<string, number>} */ (new Map());
/** How often a conversation was erased; what was asked for before that is not to be shown. @param {string} id */
export const erasedTimes = (id) => erasures.get(id) ?? 0;
/** Whoever shows it loads it again. @param {string} id */
const erased = (id) => {
  erasures.set(id, erasedTimes(id) + 1);
  thread(id).value = { messages: [], more: false, phase: 'idle' };
};

/** The answer to an own sending: whatever the live socket told of it meanwhile is newer. @param {Message} message */
export const addMessage = (message) => {
  if (!thread(message.contact_id).peek().messages.some((m) => m.id === message.id)) putMessage(message);
};

/** Whether this is the contact on the screen: chosen, and the desk is the screen. @param {string} id */
export const inView = (id) => selected.value === id && route.value.path === '/console';
/** The newest message that was on the screen, by contact. */
const lookedAt = signal(/** @type {Map<string, number>} */ (new Map()));
effect(() => {
  const id = selected.value;
  const last = id && inView(id) ? thread(id).value.messages.at(-1)?.id : undefined;
  if (id && last && lookedAt.peek().get(id) !== last) lookedAt.value = new Map(lookedAt.peek()).set(id, last);
});
/** What of an own chat was not seen yet: counted here once it was open, before that as the server says. @param {import('./types').ContactCard} card */
export const unreadOf = (card) => {
  if (inView(card.id)) return 0;
  const { phase, messages } = thread(card.id).value;
  const seen = lookedAt.value.get(card.id) ?? 0;
  return phase === 'ready' ? messages.filter((m) => m.from === 'caller' && m.id > seen).length : card.unread;
};

/** @param {LiveEvent} event */
const messageState = (event) => {
  const target = thread(event.contact_id);
  const messages = target.peek().messages.map((m) => (m.id === event.id ? { ...m, state: event.state, error: event.error ?? null, edit: event.edit ?? null } : m));
  target.value = { ...target.peek(), messages };
};

/** Puts an own contact; a closed one leaves the list. @param {import('./types').ContactCard} card */
export const putCard = (card) => {
  if (card.state === 'closed') dropCard(card.id);
  else {
    put(mine, card.id, card);
    if (!selected.peek()) selected.value = card.id;
  }
};
/** The contact of somebody else, or of yesterday, whose record is open on its page. */
export const writingUp = signal('');
/** @param {string} id */
export const dropCard = (id) => {
  drop(mine, id);
  threads.delete(id);
  if (selected.peek() === id) selected.value = mineList.value[0]?.id ?? null;
};
/** @param {string} id */
export const dropOffer = (id) => drop(offers, id);
export const clearOffers = () => { offers.value = new Map(); };
/** Offers whose time is over go also when nobody can say so. */
export const dropLateOffers = () => {
  for (const o of offers.peek().values()) if (Date.parse(o.until) + LATE_MS < serverNow()) dropOffer(o.id);
};
/** @param {import('./types').CaseCard} card */
export const putCase = (card) => (card.state === 'closed' ? drop(cases, card.id) : put(cases, card.id, card));

/** What an event kind does to the state. @type {Record<string, (event: any) => void>} */
const KINDS = {
  'presence.self': (e) => { presence.value = e.presence ?? body(e); },
  'queue.item': (e) => putWaiting(body(e)),
  'queue.gone': (e) => { drop(queue, e.id); back.value = back.peek().filter((one) => one.contact_id !== e.id); },
  'queue.stats': (e) => { stats.value = body(e); },
  'call.offer': (e) => put(offers, e.id, body(e)),
  'chat.offer': (e) => put(offers, e.id, body(e)),
  'offer.gone': (e) => drop(offers, e.id),
  'contact.card': (e) => putCard(body(e)),
  'contact.gone': (e) => dropCard(e.id),
  'chat.message': (e) => putMessage(body(e)),
  'chat.message_state': messageState,
  'chat.file': (e) => putMessage(body(e)),
  'chat.erased': (e) => erased(e.contact_id),
  'contact.links': () => { linkChanges.value += 1; },
  'escalation.changed': (e) => putCase(body(e)),
  'escalation.alert': (e) => putCase(body(e)),
  'case.back': (e) => { back.value = e.back; },
  'messages.waiting': (e) => { messagesWaiting.value = e.n; },
  'callbacks.undecided': (e) => { undecided.value = e.n; lastUndecided.value = Date.parse(e.newest ?? '') || 0; },
  'line.shut': (e) => putShut(e.shut, serverNow),
  'log.changed': () => { logChanges.value += 1; },
  'roster.changed': () => { rosterChanges.value += 1; },
  'presence.staff': () => { staffChanges.value += 1; },
  'dead.letter': () => { deadChanges.value += 1; },
};
/** An event without its kind. @param {LiveEvent} event @returns {any} */
const body = (event) => {
  const { k, ...rest } = event;
  return rest;
};

/** Applies the events of one frame at once, so that every panel draws once. @param {LiveEvent[]} events */
export const applyEvents = (events) => batch(() => {
  for (const event of events) KINDS[event.k]?.(event);
});
