// The rules of the form as data: which fields show, which are needed, how the risk comes about.

/** @typedef {import('./types').Field} Field */
/** @typedef {import('./types').Form} Form */
/** @typedef {import('./types').Listed} Listed */
/** @typedef {(id: string) => any} Values */

/** @param {any} actual @param {any} wanted */
const fits = (actual, wanted) => {
  const list = Array.isArray(wanted) ? wanted : [wanted];
  if (list.length === 1 && list[0] === true) return Array.isArray(actual) ? actual.length > 0 : Boolean(actual);
  const has = (/** @type {any} */ one) => list.some((w) => w === one || (typeof one === 'string' && typeof w === 'string' && one.startsWith(`${w}.`)));
  return Array.isArray(actual) ? actual.some(has) : has(actual);
};

/**
 * Evaluates a rule: null is true; an object names fields and the values they may have (all must fit);
 * {field: id, in: [...]} is the same for one field; {all: [...]}, {any: [...]} and {not: rule} combine; a list means all. "labour" also fits "labour.wages".
 * @param {any} rule @param {Values} values @returns {boolean}
 */
export const holds = (rule, values) => {
  if (rule === null || rule === undefined || rule === true) return true;
  if (rule === false) return false;
  if (Array.isArray(rule)) return rule.every((r) => holds(r, values));
  return Object.entries(rule).every(([key, wanted]) => {
    if (key === 'all') return wanted.every((/** @type {any} */ r) => holds(r, values));
    if (key === 'any') return wanted.some((/** @type {any} */ r) => holds(r, values));
    if (key === 'not') return !holds(wanted, values);
    if (key === 'field') return fits(values(wanted), rule.in ?? rule.values ?? true);
    if (key === 'in' || key === 'values') return true;
    return fits(values(key), wanted);
  });
};

/** @param {Field} field @param {Values} values */
export const shown = (field, values) => holds(field.when, values);
/** @param {Field} field @param {Values} values */
export const needed = (field, values) => Boolean(field.required) && holds(field.required, values);
/** @param {any} value */
export const empty = (value) => value === null || value === undefined || value === '' || (Array.isArray(value) && !value.length);

/** Fields that must still be filled. @param {Form} form @param {Values} values @returns {Field[]} */
export const gaps = (form, values) => form.fields.filter((f) => shown(f, values) && needed(f, values) && empty(values(f.id)));

/** The choices of a field, children of the topics included. @param {Form} form @param {Field} field @returns {Listed[]} */
export const choices = (form, field) => {
  const from = field.options_from ? (form.lists[field.options_from] ?? (field.options_from === 'kinds' ? form.kinds : [])) : field.options ?? [];
  return from.map((o) => (typeof o === 'string' ? { key: o, labels: { ru: o } } : o));
};
/** @param {Listed[]} list @param {string | null | undefined} key @returns {Listed | null} */
export const find = (list, key) => {
  for (const item of list) {
    if (item.key === key) return item;
    const child = item.children && find(item.children, key);
    if (child) return child;
  }
  return null;
};
/** @param {Form} form @param {string | null | undefined} kind */
export const isData = (form, kind) => !kind || !form.kinds.find((k) => k.key === kind)?.non_data;

/** @typedef {{level: 'none'|'raised'|'high'|'immediate', signs: Listed[], why: ('now'|'intake'|'topic')[]}} Risk */

/**
 * The risk with its reasons: danger now is immediate; one dangerous sign or two others, or a danger reported in the
 * intake, are high; one sign or a topic that asks for the screening raises it.
 * @param {Form} form @param {Values} values @param {boolean} intakeDanger @returns {Risk}
 */
export const risk = (form, values, intakeDanger) => {
  const ticked = /** @type {string[]} */ (values('screening') ?? []);
  const signs = (form.lists.screening ?? []).filter((s) => ticked.includes(s.key));
  const topic = find(form.lists.topics ?? [], values('topic'));
  /** @type {Risk['why']} */
  const why = [];
  if (values('danger_now') === true || values('danger_now') === 'yes') why.push('now');
  if (intakeDanger) why.push('intake');
  if (topic?.flags?.some((f) => ['urgent', 'escalate', 'minor'].includes(f))) why.push('topic');
  if (why.includes('now')) return { level: 'immediate', signs, why };
  if (intakeDanger || signs.length > 1 || signs.some((s) => s.weight === 'danger')) return { level: 'high', signs, why };
  return { level: signs.length || why.length ? 'raised' : 'none', signs, why };
};

/** Does the topic call for the screening questions? @param {Form} form @param {Values} values */
export const wantsScreening = (form, values) => {
  const topic = find(form.lists.topics ?? [], values('topic'));
  return Boolean(topic?.flags?.some((f) => f !== 'none'));
};
