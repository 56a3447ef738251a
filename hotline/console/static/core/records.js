// Records in progress: what the server has, what is typed on top, and the saving of the difference.
import { signal } from '../vendor/ui.js';

/** @typedef {import('./types').RecordData} RecordData */
/**
 * @typedef {object} RecordState
 * @property {'loading'|'ready'|'error'|'denied'} phase
 * @property {RecordData | null} server
 * @property {Record<string, any>} dirty typed here, not yet confirmed
 * @property {Record<string, any[]>} known per typed field, the server's values that are no surprise: the one it was typed over, and those sent from here
 * @property {'saved'|'pending'|'saving'|'retry'|'clash'|'refused'|'shut'} save
 * @property {number} tries
 * @property {string} savedAt
 * @property {Record<string, string>} errors code per field, after a refused save or finish
 */
/** @typedef {Pick<RecordState, 'dirty' | 'known'>} Draft */

export const SAVE_AFTER_MS = 800;
const TOP = new Set(['kind', 'topic', 'country', 'region', 'screening', 'danger_now', 'summary', 'advice']);

/** The server's value of a field. @param {RecordData | null} record @param {string} id @returns {any} */
export const stored = (record, id) => {
  if (!record) return undefined;
  return TOP.has(id) ? /** @type {any} */ (record)[id] : record.fields?.[id];
};
/** @param {any} a @param {any} b */
export const same = (a, b) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/** @template V @param {Record<string, V>} from @param {(key: string, value: V) => boolean} wanted @returns {Record<string, V>} */
const only = (from, wanted) => Object.fromEntries(Object.entries(from).filter(([key, value]) => wanted(key, value)));
/** @param {Record<string, unknown>} from */
const some = (from) => Object.keys(from).length > 0;

/** Fields that somebody else wrote under the typing: they are kept, not sent, until a person chose. @param {RecordState} s @returns {Record<string, {mine: any, theirs: any}>} */
export const clashes = ({ server, dirty, known }) => Object.fromEntries(Object.entries(dirty)
  .map(([field, mine]) => /** @type {const} */ ([field, { mine, theirs: stored(server, field) }]))
  .filter(([field, { theirs }]) => server && !known[field]?.some((value) => same(value, theirs))));
/** What nothing stands in the way of. @param {RecordState} s */
const sendable = (s) => {
  const open = clashes(s);
  return only(s.dirty, (field) => !(field in open) && !(field in s.errors));
};
/** @param {RecordState} s @returns {RecordState['save']} */
const standing = (s) => {
  if (some(sendable(s))) return 'pending';
  if (some(clashes(s))) return 'clash';
  return some(s.dirty) ? 'refused' : 'saved';
};

/**
 * @param {{load: (id: string) => Promise<RecordData>, save: (id: string, rev: number, fields: Record<string, any>) => Promise<RecordData>,
 *          keep: (id: string, draft: Draft | null) => void, kept: (id: string) => Promise<Draft | null>,
 *          later: (ms: number, then: () => void) => any, cancel: (handle: any) => void}} deps
 */
export const makeRecords = (deps) => {
  /** @type {Map<string, import('../vendor/ui.js').Signal<RecordState>>} */
  const all = new Map();
  /** @type {Map<string, any>} */
  const timers = new Map();
  /** @type {Map<string, Promise<boolean>>} */
  const running = new Map();

  /** @param {string} id */
  const of = (id) => {
    let found = all.get(id);
    if (!found) {
      found = signal(/** @type {RecordState} */ ({ phase: 'loading', server: null, dirty: {}, known: {}, save: 'saved', tries: 0, savedAt: '', errors: {} }));
      all.set(id, found);
      load(id);
    }
    return found;
  };
  /** @param {string} id @param {Partial<RecordState>} change */
  const set = (id, change) => {
    const target = all.get(id);
    if (target) target.value = { ...target.peek(), ...change };
  };

  /** Changes what is typed, here and on the disk. @param {string} id @param {Partial<RecordState>} change */
  const put = (id, change) => {
    const old = all.get(id)?.peek();
    if (!old) return;
    const next = { ...old, ...change };
    set(id, { ...change, save: change.save ?? standing(next) });
    deps.keep(id, some(next.dirty) ? { dirty: next.dirty, known: next.known } : null);
  };
  /** A newer record: what is typed is laid on it, what it says already is done. @param {string} id @param {RecordData} server @param {Draft} draft @param {number} ms until the rest is sent */
  const take = (id, server, draft, ms) => {
    const dirty = only(draft.dirty, (field, value) => !same(value, stored(server, field)));
    put(id, { phase: 'ready', server, dirty, known: only(draft.known, (field) => field in dirty), tries: 0, savedAt: server.saved_at ?? '' });
    if (all.get(id)?.peek().save === 'pending') plan(id, ms);
  };

  /** @param {string} id */
  const load = async (id) => {
    try {
      const [server, kept] = await Promise.all([deps.load(id), deps.kept(id)]);
      const state = all.get(id)?.peek();
      if (!state || (state.server && state.server.rev > server.rev)) return;
      take(id, server, state.server ? state : { dirty: { ...kept?.dirty, ...state.dirty }, known: { ...kept?.known, ...state.known } }, 0);
    } catch (error) {
      set(id, { phase: /** @type {any} */ (error).status === 404 ? 'denied' : 'error' });
    }
  };

  /** @param {string} id @param {number} ms */
  const plan = (id, ms) => {
    deps.cancel(timers.get(id));
    timers.set(id, deps.later(ms, () => flush(id)));
  };

  /** @param {string} id @param {string} field @param {any} value */
  const edit = (id, field, value) => {
    const state = of(id).peek();
    const { [field]: _gone, ...errors } = state.errors;
    const known = field in state.dirty ? state.known : { ...state.known, [field]: [stored(state.server, field)] };
    put(id, { dirty: { ...state.dirty, [field]: value }, known, errors, save: state.save === 'saving' ? 'saving' : undefined });
    plan(id, SAVE_AFTER_MS);
  };

  /** Saves what is typed. True when everything is on the server. @param {string} id @returns {Promise<boolean>} */
  const flush = (id) => {
    const now = running.get(id);
    if (now) return now.then(() => flush(id));
    const work = save(id).finally(() => running.delete(id));
    running.set(id, work);
    return work;
  };

  /** @param {string} id @returns {Promise<boolean>} */
  const save = async (id) => {
    deps.cancel(timers.get(id));
    const state = all.get(id)?.peek();
    if (!state?.server) return false;
    const sent = sendable(state);
    if (!some(sent)) put(id, {});
    else {
      // An answer may get lost: what was sent may be there all the same, and is nobody else's word.
      const known = Object.fromEntries(Object.entries(sent).map(([field, value]) => [field, [...(state.known[field] ?? []).filter((v) => !same(v, value)), value]]));
      put(id, { known: { ...state.known, ...known }, save: 'saving' });
      try {
        arrived(id, sent, await deps.save(id, state.server.rev, sent));
      } catch (error) {
        refused(id, sent, /** @type {any} */ (error));
      }
    }
    return all.get(id)?.peek().save === 'saved';
  };

  /** @param {string} id @param {Record<string, any>} sent @param {RecordData} server */
  const arrived = (id, sent, server) => {
    const state = all.get(id)?.peek();
    if (!state) return;
    const dirty = only(state.dirty, (field, value) => !(field in sent && same(value, sent[field])));
    const known = Object.fromEntries(Object.keys(sent).map((field) => [field, [stored(server, field)]]));
    take(id, server, { dirty, known: { ...state.known, ...known } }, SAVE_AFTER_MS);
  };

  /** @param {string} id @param {Record<string, any>} sent @param {{status: number, passing?: boolean, body?: any}} error */
  const refused = (id, sent, error) => {
    const state = all.get(id)?.peek();
    if (!state) return;
    const codes = only(error.body?.fields ?? {}, (field) => field in sent);
    if (error.status === 409 && error.body?.record) take(id, error.body.record, state, 0);
    else if (error.status === 400 && some(codes)) correct(id, sent, codes);
    else if (error.passing) {
      put(id, { save: 'retry', tries: state.tries + 1 });
      plan(id, Math.min(30, 2 ** (state.tries + 1)) * 1000);
    } else put(id, { save: 'shut' });
  };
  /** Wrong values wait for their correction, the others go on; a field that the form no longer has has no place to go to. @param {string} id @param {Record<string, any>} sent @param {Record<string, string>} codes */
  const correct = (id, sent, codes) => {
    const state = of(id).peek();
    const wrong = only(codes, (field, code) => code !== 'unknown-field' && same(state.dirty[field], sent[field]));
    put(id, { dirty: only(state.dirty, (field) => codes[field] !== 'unknown-field'), errors: { ...state.errors, ...wrong }, tries: 0 });
    if (of(id).peek().save === 'pending') plan(id, 0);
  };

  /** The value to show: typed, else stored. @param {RecordState} state @param {string} field @returns {any} */
  const value = (state, field) => (field in state.dirty ? state.dirty[field] : stored(state.server, field));

  return {
    of,
    edit,
    flush,
    load,
    value,
    /** The values a form's rules look at: a record without a kind is a consultation. @param {RecordState} state @returns {(id: string) => any} */
    values: (state) => (id) => value(state, id) ?? (id === 'kind' ? 'consultation' : null),
    /** @param {string} id @param {Record<string, string>} errors */
    setErrors: (id, errors) => set(id, { errors }),
    /** Somebody else saved: take it if it is newer. @param {string} id @param {number} rev */
    changed(id, rev) {
      const state = all.get(id)?.peek();
      if (state?.server && rev > state.server.rev && state.save !== 'saving') load(id);
    },
    /** @param {string} id @param {string} field @param {boolean} keepMine */
    settle(id, field, keepMine) {
      const state = of(id).peek();
      if (keepMine) put(id, { known: { ...state.known, [field]: [stored(state.server, field)] } });
      else put(id, { dirty: only(state.dirty, (key) => key !== field) });
      plan(id, 0);
    },
    /** Saves until everything is on the server, or false as soon as something stands in the way. @param {string} id */
    async drain(id) {
      while (!await flush(id)) if (all.get(id)?.peek().save !== 'pending') return false;
      return true;
    },
    /** @param {string} id */
    forget(id) {
      deps.cancel(timers.get(id));
      all.delete(id);
      deps.keep(id, null);
    },
    /** Lets go of contacts that are in other hands; what was typed stays on the disk, and asks when they come back. @param {{has(id: string): boolean}} mine */
    holdOnly(mine) {
      for (const id of [...all.keys()].filter((one) => !mine.has(one))) {
        deps.cancel(timers.get(id));
        all.delete(id);
      }
    },
    /** Tries again at once everything that waits (the line is back). */
    flushAll: () => Promise.all([...all.keys()].filter((id) => some(all.get(id)?.peek().dirty ?? {})).map(flush)),
    unsaved: () => [...all.values()].some((s) => some(s.peek().dirty)),
  };
};
