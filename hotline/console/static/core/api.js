// HTTP to our own server: one function per verb, one error class, never anything else's address.

/** A refused or failed request. `code` is the server's word, or 'offline' when nothing answered. */
export class ApiError extends Error {
  /** @param {number} status @param {string} code @param {string} text @param {any} body */
  constructor(status, code, text, body) {
    super(code);
    this.status = status;
    this.code = code;
    this.text = text;
    this.body = body;
  }

  /** True when trying again later can help. */
  get passing() {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

let csrf = '';
let onEnded = () => {};
/** @param {string} token @param {() => void} ended called once the session is no longer valid */
export const configure = (token, ended) => {
  csrf = token;
  onEnded = ended;
};

/** @param {Response} answer */
const read = async (answer) => {
  const kind = answer.headers.get('content-type') ?? '';
  return kind.includes('json') ? answer.json() : null;
};

/**
 * @param {string} method @param {string} path @param {unknown} [body] @param {number} [timeoutMs]
 * @returns {Promise<any>}
 */
export const request = async (method, path, body, timeoutMs = 15000) => {
  const headers = /** @type {Record<string, string>} */ (body === undefined ? {} : { 'Content-Type': 'application/json' });
  return ask(method, path, headers, body === undefined ? undefined : JSON.stringify(body), timeoutMs);
};
/** @param {string} method @param {string} path @param {Record<string, string>} more headers @param {BodyInit | undefined} body @param {number} timeoutMs @returns {Promise<any>} */
const ask = async (method, path, more, body, timeoutMs) => {
  const headers = /** @type {Record<string, string>} */ ({ Accept: 'application/json', ...more });
  if (method !== 'GET') headers['X-CSRF'] = csrf;
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), timeoutMs);
  /** @type {Response} */
  let answer;
  /** @type {any} */
  let json;
  try {
    answer = await fetch(path, { method, headers, credentials: 'same-origin', redirect: 'manual', signal: abort.signal, body });
    json = await read(answer);
  } catch {
    throw new ApiError(0, 'offline', '', null);
  } finally {
    clearTimeout(timer);
  }
  if (answer.ok) return json;
  if (answer.status === 401 || answer.type === 'opaqueredirect') onEnded();
  throw new ApiError(answer.status, json?.error ?? 'failed', json?.text ?? '', json);
};

/** @param {string} path */
export const get = (path) => request('GET', path);
/** @param {string} path @param {unknown} [body] */
export const post = (path, body = {}) => request('POST', path, body);
/** @param {string} path @param {unknown} body */
export const patch = (path, body) => request('PATCH', path, body);
/** @param {string} path @param {unknown} body */
export const put = (path, body) => request('PUT', path, body);
/** @param {string} path */
export const remove = (path) => request('DELETE', path);
const UPLOAD_MS = 10 * 60 * 1000;
/** A file as it is; on a poor line it takes its time. @param {string} path @param {Blob} file */
export const upload = (path, file) => ask('POST', path, { 'Content-Type': 'application/octet-stream' }, file, UPLOAD_MS);
