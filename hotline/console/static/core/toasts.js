// What could not be done, and why: said in a line at the bottom of the page for some seconds.
import { signal } from '../vendor/ui.js';
import { t } from './i18n.js';

/** Short messages at the bottom: what could not be done, and why. */
export const toasts = signal(/** @type {{id: number, text: string, bad: boolean}[]} */ ([]));
let toastId = 0;
/** @param {string} text @param {boolean} [bad] */
export const toast = (text, bad = false) => {
  const id = (toastId += 1);
  toasts.value = [...toasts.value, { id, text, bad }];
  setTimeout(() => { toasts.value = toasts.value.filter((x) => x.id !== id); }, 6000);
};
/** A part of the page that is loaded when it is needed did not come; after an update of the server it never will. @param {any} error */
const notLoaded = (error) => error instanceof TypeError && /module/i.test(error.message);
/** The server's words for an error, or ours when it said none. @param {any} error */
export const complain = (error) => toast(error?.text || (error?.code === 'offline' ? t('fail-line') : notLoaded(error) ? t('fail-module') : t('fail-unexpected')), true);
/** Runs an action of a button; a failure is told in words. @template T @param {() => Promise<T>} work @returns {Promise<T | null>} */
export const attempt = async (work) => {
  try {
    return await work();
  } catch (error) {
    complain(error);
    return null;
  }
};
