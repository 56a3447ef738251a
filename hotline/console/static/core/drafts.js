// Drafts on this computer: sealed with a person's key that lives only in memory, so a shared PC keeps no readable word.

const STORE = 'drafts';
const MAX_AGE_MS = 12 * 3600 * 1000;

/** @typedef {{get(key: string): Promise<any>, put(key: string, value: any): Promise<void>, remove(key: string): Promise<void>, keys(): Promise<string[]>}} Shelf */

/** A shelf in memory, for tests and for browsers that refuse IndexedDB. @returns {Shelf} */
export const memoryShelf = () => {
  const map = new Map();
  return {
    get: async (key) => map.get(key),
    put: async (key, value) => { map.set(key, value); },
    remove: async (key) => { map.delete(key); },
    keys: async () => [...map.keys()],
  };
};

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
const done = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

/** @returns {Promise<Shelf>} */
export const diskShelf = async () => {
  const opening = indexedDB.open('h189', 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
  const db = await done(opening);
  /** @param {IDBTransactionMode} mode */
  const table = (mode) => db.transaction(STORE, mode).objectStore(STORE);
  return {
    get: (key) => done(table('readonly').get(key)),
    put: async (key, value) => { await done(table('readwrite').put(value, key)); },
    remove: async (key) => { await done(table('readwrite').delete(key)); },
    keys: async () => /** @type {string[]} */ (await done(table('readonly').getAllKeys())),
  };
};

/** @param {string} base64 */
const bytesOf = (base64) => Uint8Array.from(atob(base64.replace(/-/g, '+').replace(/_/g, '/')), (c) => c.charCodeAt(0));

/** The sealing key: from the server's 32 bytes, or a new one that dies with the page. @param {string} [base64] */
export const sealingKey = (base64) => {
  if (!base64) return crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
  return crypto.subtle.importKey('raw', bytesOf(base64), 'AES-GCM', false, ['encrypt', 'decrypt']);
};

/** One thing after the other for each name: sealing takes a moment, and what is removed meanwhile must stay so. */
const makeTurns = () => {
  /** @type {Map<string, Promise<unknown>>} */
  const last = new Map();
  /** @template T @param {string} name @param {() => Promise<T>} work @returns {Promise<T>} */
  return (name, work) => {
    const mine = (last.get(name) ?? Promise.resolve()).then(work, work);
    const end = () => { if (last.get(name) === mine) last.delete(name); };
    last.set(name, mine);
    mine.then(end, end);
    return mine;
  };
};

/** @param {Shelf} shelf @param {CryptoKey} key @param {() => number} [now] ms */
export const makeDrafts = (shelf, key, now = Date.now) => {
  const inTurn = makeTurns();
  const plainly = bare(shelf, key, now);
  return {
    /** @param {string} name @param {unknown} value JSON */
    save: (name, value) => inTurn(name, () => plainly.save(name, value)),
    /** The draft, or null when there is none, it is too old, or it is sealed for somebody else. @param {string} name */
    load: (name) => inTurn(name, () => plainly.load(name)),
    /** @param {string} name */
    remove: (name) => inTurn(name, () => shelf.remove(name)),
    /** Forgets what is too old to be opened, whoever wrote it. */
    async sweep() {
      for (const name of await shelf.keys()) await inTurn(name, async () => { if (now() - (await shelf.get(name))?.at > MAX_AGE_MS) await shelf.remove(name); });
    },
  };
};
/** @param {Shelf} shelf @param {CryptoKey} key @param {() => number} now */
const bare = (shelf, key, now) => ({
  /** @param {string} name @param {unknown} value */
  async save(name, value) {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const plain = new TextEncoder().encode(JSON.stringify(value));
    const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(name) }, key, plain);
    await shelf.put(name, { at: now(), iv, sealed });
  },
  /** @param {string} name */
  async load(name) {
    const row = await shelf.get(name);
    if (!row || now() - row.at > MAX_AGE_MS) return null;
    try {
      const aad = new TextEncoder().encode(name);
      const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: row.iv, additionalData: aad }, key, row.sealed);
      return JSON.parse(new TextDecoder().decode(plain));
    } catch {
      return null;
    }
  },
});
/** @typedef {ReturnType<typeof makeDrafts>} Drafts */
