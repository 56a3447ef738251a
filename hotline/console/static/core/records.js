// Records in progress: what the server has, what is typed on top, and the saving of the difference.
import { signal } from '../vendor/ui.js';

/** @typedef {import('./types').RecordData} RecordData */
/**
 * @typedef {object} RecordState
 * @property {'loading'|'ready'|'error'|'denied'} phase
 * @property {RecordData | null} server
 * @property {Record<string, any>} dirty typed here, not yet confirmed
 * @property {'saved'|'pending'|'saving'|'retry'} save
 * @property {number} tries
 * @property {string} savedAt
 * @property {Record<string, {mine: any, theirs: any}>} clashes
 * @property {Record<string, string>} errors code per field, after a refused finish
 */

export const SAVE_AFTER_MS = 800;
const TOP = new Set(['kind', 'topic', 'country', 'region', 'screening', 'danger_now', 'summary', 'advice']);

/** The server's value of a field. @param {RecordData | null} record @param {string} id @returns {any} */
export const stored = (record, id) => {
  if (!record) return undefined;
  return TOP.has(id) ? /** @type {any} */ (record)[id] : record.fields?.[id];
};
/** @param {any} a @param {any} b */
export const same = (a, b) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/**
 * After a refused save: typed fields that nobody else touched stay typed; equal ones are done; the rest must be asked.
 * @param {RecordData | null} base @param {RecordData} theirs @param {Record<string, any>} dirty
 */
export const merge = (base, theirs, dirty) => {
  /** @type {Record<string, any>} */
  const keep = {};
  /** @type {Record<string, {mine: any, theirs: any}>} */
  const clashes = {};
  for (const [id, value] of Object.entries(dirty)) {
    const other = stored(theirs, id);
    if (same(value, other)) continue;
    if (same(stored(base, id), other)) keep[id] = value;
    else clashes[id] = { mine: value, theirs: other };
  }
  return { keep, clashes };
};

/**
 * @param {{load: (id: string) => Promise<RecordData>, save: (id: string, rev: number, fields: Record<string, any>) => Promise<RecordData>,
 *          keep: (id: string, dirty: Record<string, any>) => void, kept: (id: string) => Promise<Record<string, any> | null>,
 *          later: (ms: number, then: () => void) => any, cancel: (handle: any) => void, now: () => string}} deps
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
      found = signal(/** @type {RecordState} */ ({ phase: 'loading', server: null, dirty: {}, save: 'saved', tries: 0, savedAt: '', clashes: {}, errors: {} }));
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

  /** @param {string} id */
  const load = async (id) => {
    try {
      const [server, kept] = await Promise.all([deps.load(id), deps.kept(id)]);
      const state = all.get(id)?.peek();
      const { keep } = merge(server, server, { ...kept, ...state?.dirty });
      set(id, { phase: 'ready', server, dirty: keep, savedAt: server.saved_at ?? '', save: Object.keys(keep).length ? 'pending' : 'saved' });
      if (Object.keys(keep).length) plan(id, 0);
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
    const dirty = { ...state.dirty, [field]: value };
    set(id, { dirty, errors, save: state.save === 'saving' ? 'saving' : 'pending' });
    deps.keep(id, dirty);
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
    if (!Object.keys(state.dirty).length) return true;
    const sent = state.dirty;
    set(id, { save: 'saving' });
    try {
      const server = await deps.save(id, state.server.rev, sent);
      const typed = all.get(id)?.peek().dirty ?? {};
      const dirty = Object.fromEntries(Object.entries(typed).filter(([k, v]) => !(k in sent) || !same(v, sent[k])));
      const done = !Object.keys(dirty).length;
      set(id, { server, dirty, save: done ? 'saved' : 'pending', tries: 0, savedAt: deps.now() });
      deps.keep(id, dirty);
      if (!done) plan(id, SAVE_AFTER_MS);
      return done;
    } catch (error) {
      return refused(id, /** @type {any} */ (error));
    }
  };

  /** @param {string} id @param {{status: number, body: any}} error @returns {Promise<boolean>} */
  const refused = async (id, error) => {
    const state = of(id).peek();
    if (error.status === 409 && error.body?.record) {
      const { keep, clashes } = merge(state.server, error.body.record, state.dirty);
      set(id, { server: error.body.record, dirty: keep, clashes, save: Object.keys(keep).length ? 'pending' : 'saved', savedAt: deps.now() });
      deps.keep(id, keep);
      if (!Object.keys(keep).length) return !Object.keys(clashes).length;
      plan(id, 0);
      return false;
    }
    const tries = state.tries + 1;
    set(id, { save: 'retry', tries, errors: { ...state.errors, ...error.body?.fields } });
    if (error.status === 400 || error.status === 404) return false;
    plan(id, Math.min(30, 2 ** tries) * 1000);
    return false;
  };

  return {
    of,
    edit,
    flush,
    load,
    /** The value to show: typed, else stored. @param {RecordState} state @param {string} field @returns {any} */
    value: (state, field) => (field in state.dirty ? state.dirty[field] : stored(state.server, field)),
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
      const { [field]: clash, ...clashes } = state.clashes;
      set(id, { clashes });
      if (keepMine && clash) edit(id, field, clash.mine);
    },
    /** @param {string} id */
    forget(id) {
      deps.cancel(timers.get(id));
      all.delete(id);
      deps.keep(id, {});
    },
    /** Tries again at once everything that waits (the line is back). */
    flushAll: () => Promise.all([...all.keys()].filter((id) => Object.keys(all.get(id)?.peek().dirty ?? {}).length).map(flush)),
    unsaved: () => [...all.values()].some((s) => Object.keys(s.peek().dirty).length > 0),
  };
};
