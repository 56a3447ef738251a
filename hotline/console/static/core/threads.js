// The messages of a conversation, as they are asked for.
import * as api from './api.js';
import * as store from './store.js';

/** @param {string} id @param {number} [before] message id */
export const loadThread = async (id, before) => {
  const target = store.thread(id);
  const times = store.erasedTimes(id);
  const asked = new Map(target.peek().messages.map((m) => [m.id, m]));
  target.value = { ...target.peek(), phase: 'loading' };
  try {
    const page = await api.get(`/api/chats/${id}/messages?limit=60${before ? `&before=${before}` : ''}`);
    if (store.erasedTimes(id) !== times) return;
    // What the live socket told of a message meanwhile is newer than this answer.
    const kept = target.peek().messages.filter((m) => asked.get(m.id) !== m);
    const all = new Map([...target.peek().messages, ...page.messages, ...kept].map((m) => [m.id, m]));
    const messages = [...all.values()].sort((a, b) => a.id - b.id);
    target.value = { messages, more: page.more, phase: 'ready' };
  } catch {
    if (store.erasedTimes(id) === times) target.value = { ...target.peek(), phase: 'error' };
  }
};
