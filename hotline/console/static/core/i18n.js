// Texts of the desk: one Fluent bundle per language, switched in place.
import { FluentBundle, FluentResource, signal } from '../vendor/ui.js';

/** @typedef {import('./types').Lang} Lang */
/** @type {Lang[]} */
export const LANGS = ['ky', 'ru', 'uz', 'en'];
/** @type {Record<Lang, Lang[]>} */
export const FALLBACK = { ky: ['ru'], uz: ['ru'], en: ['ru'], ru: ['ky'] };
/** Names of the languages in themselves: the same in every language. @type {Record<Lang, string>} */
export const NAMES = { ky: 'Кыргызча', ru: 'Русский', uz: 'Oʻzbekcha', en: 'English' };

export const lang = signal(/** @type {Lang} */ ('ru'));
/** @type {Map<Lang, FluentBundle>} */
const bundles = new Map();

/** Browsers know no Kyrgyz numbers and wrong Uzbek ones: the second name in the pair supplies them. @param {Lang} of @param {string} source */
export const addCatalogue = (of, source) => {
  const bundle = new FluentBundle([of, of === 'en' ? 'en' : 'ru'], { useIsolating: false });
  bundle.addResource(new FluentResource(source), { allowOverrides: true });
  bundles.set(of, bundle);
};
/** @param {Lang} of */
export const hasCatalogue = (of) => bundles.has(of);

/** The text of a catalogue id in the current language; an unknown id shows as itself. @param {string} id @param {Record<string, string | number>} [args] @returns {string} */
export const t = (id, args) => {
  for (const name of [lang.value, ...FALLBACK[lang.value]]) {
    const bundle = bundles.get(name);
    const message = bundle?.getMessage(id);
    if (bundle && message?.value) return bundle.formatPattern(message.value, args, []);
  }
  return id;
};

/** A text that is data: its labels by language, with the fallback order of the house. @param {import('./types').Labels | null | undefined} labels */
export const label = (labels) => {
  if (!labels) return '';
  for (const name of [lang.value, ...FALLBACK[lang.value]]) if (labels[name]) return labels[name] ?? '';
  return Object.values(labels)[0] ?? '';
};

/** Loads a catalogue if needed, then switches every text on the page. @param {Lang} next @param {string} statics */
export const switchTo = async (next, statics) => {
  if (!hasCatalogue(next)) {
    const answer = await fetch(`${statics}ftl/${next}.ftl`);
    if (!answer.ok) throw new Error('catalogue');
    addCatalogue(next, await answer.text());
  }
  lang.value = next;
  document.documentElement.lang = next;
};
