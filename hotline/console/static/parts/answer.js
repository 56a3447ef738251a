// The answer to a question of the form, in words instead of codes.
import { choices, find } from '../core/form.js';
import { label, t } from '../core/i18n.js';

/** @param {import('../core/types').Form} f @param {import('../core/types').Field} field @param {any} value */
export const said = (f, field, value) => {
  const list = choices(f, field);
  const one = (/** @type {any} */ v) => (v === true ? t('yes') : v === false ? t('no') : label(find(list, v)?.labels) || String(v));
  return Array.isArray(value) ? value.map(one).join('; ') : one(value);
};
