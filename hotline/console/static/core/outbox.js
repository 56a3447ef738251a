// Messages on their way: kept in order per contact, tried again with the same id, so a retry never doubles one.
import { signal } from '../vendor/ui.js';

/** @typedef {{client_id: string, contact_id: string, text: string, at: string, state: 'waiting'|'sending'|'failed', tries: number, code: string, sure?: boolean, note?: boolean, reply_to?: number}} Parcel */

export const MAX_PARCELS = 50;
/** Seconds before try n+1. @param {number} tries */
export const pause = (tries) => Math.min(30, 2 ** Math.max(0, tries - 1));

/** The address decides whether anybody outside reads it: a note has one of its own. @param {Parcel} p @returns {[string, object]} */
export const requestOf = (p) => {
  const body = { client_id: p.client_id, text: p.text };
  if (p.note) return [`/api/chats/${p.contact_id}/notes`, body];
  return [`/api/chats/${p.contact_id}/messages`, { ...body, ...(p.reply_to ? { reply_to: p.reply_to } : {}), ...(p.sure ? { sure: true } : {}) }];
};

/**
 * @param {{send: (parcel: Parcel) => Promise<any>, keep: (parcels: Parcel[]) => void, sent: (answer: any, parcel: Parcel) => void,
 *          mine: (contactId: string) => boolean, lost: (count: number) => void,
 *          wait: (seconds: number, then: () => void) => void, newId: () => string, now: () => string}} deps
 */
export const makeOutbox = (deps) => {
  const parcels = signal(/** @type {Parcel[]} */ ([]));
  let busy = new Set();
  /** Contacts that asked for no messages and are answered all the same: the operator said so once. */
  const sure = new Set();

  /** @param {Parcel[]} next */
  const set = (next) => {
    parcels.value = next;
    deps.keep(next);
  };
  /** @param {string} id @param {Partial<Parcel>} change */
  const change = (id, change) => set(parcels.peek().map((p) => (p.client_id === id ? { ...p, ...change } : p)));
  /** @param {string} id */
  const remove = (id) => set(parcels.peek().filter((p) => p.client_id !== id));

  /** Sends the first waiting parcel of a contact; the next one follows only after it. @param {string} contactId */
  const run = async (contactId) => {
    if (busy.has(contactId)) return;
    const parcel = parcels.peek().find((p) => p.contact_id === contactId);
    if (!parcel || parcel.state === 'failed') return;
    busy.add(contactId);
    change(parcel.client_id, { state: 'sending' });
    try {
      const answer = await deps.send(parcel);
      remove(parcel.client_id);
      deps.sent(answer, parcel);
      busy.delete(contactId);
      await run(contactId);
    } catch (error) {
      busy.delete(contactId);
      stumble(parcel, /** @type {any} */ (error));
    }
  };
  /** @param {Parcel} parcel @param {{passing?: boolean, code?: string}} error */
  const stumble = (parcel, error) => {
    const tries = parcel.tries + 1;
    const state = error.passing ? 'waiting' : 'failed';
    change(parcel.client_id, { state, tries, code: error.code ?? 'failed' });
    if (state === 'waiting') deps.wait(pause(tries), () => run(parcel.contact_id));
    else sweep();
  };
  /** Gives up what was refused, and what waits behind it, when the contact is in other hands: nobody would see it here. */
  const sweep = () => {
    const over = new Set(parcels.peek().filter((p) => p.state === 'failed' && !deps.mine(p.contact_id)).map((p) => p.contact_id));
    const left = parcels.peek().filter((p) => !over.has(p.contact_id));
    const lost = parcels.peek().length - left.length;
    if (!lost) return;
    set(left);
    deps.lost(lost);
  };

  return {
    parcels,
    sweep,
    /** False when too much waits already. @param {string} contactId @param {string} text @param {{note?: boolean, reply_to?: number}} [more] */
    add(contactId, text, more = {}) {
      if (parcels.peek().length >= MAX_PARCELS) return false;
      const parcel = { client_id: deps.newId(), contact_id: contactId, text, at: deps.now(), state: /** @type {const} */ ('waiting'), tries: 0, code: '', sure: sure.has(contactId), ...more };
      set([...parcels.peek(), parcel]);
      run(contactId);
      return true;
    },
    /** @param {string} clientId */
    retry(clientId) {
      const parcel = parcels.peek().find((p) => p.client_id === clientId);
      if (!parcel) return;
      if (parcel.code === 'asked-to-stop') sure.add(parcel.contact_id);
      change(clientId, { state: 'waiting', sure: sure.has(parcel.contact_id) });
      run(parcel.contact_id);
    },
    /** Gives a message up; what waited behind it goes on. @param {string} clientId */
    remove(clientId) {
      const parcel = parcels.peek().find((p) => p.client_id === clientId);
      remove(clientId);
      if (parcel) run(parcel.contact_id);
    },
    /** The server already has it (it came back over the live socket). @param {string | null} clientId */
    arrived(clientId) {
      if (clientId && parcels.peek().some((p) => p.client_id === clientId)) remove(clientId);
    },
    /** After a reload: what was on its way goes on, with the same ids. @param {Parcel[]} kept */
    restore(kept) {
      set(kept.map((p) => ({ ...p, state: p.state === 'sending' ? 'waiting' : p.state })));
      sweep();
      this.flush();
    },
    flush() {
      for (const id of new Set(parcels.peek().map((p) => p.contact_id))) run(id);
    },
  };
};
