// Folding for search: people without the Kyrgyz layout type Russian letters, and apostrophes come in five shapes.
const PAIRS = /** @type {Record<string, string>} */ ({ ө: 'о', ү: 'у', ң: 'н', ё: 'е', 'қ': 'к', 'ғ': 'г', 'ҳ': 'х', 'ў': 'у' });

/** @param {string} text */
export const fold = (text) => text.toLowerCase()
  .replace(/[өүңёқғҳў]/g, (c) => PAIRS[c])
  .replace(/[ʻʼ‘’`´]/g, "'")
  .replace(/\s+/g, ' ').trim();

/** True when every word of the query occurs in the text. @param {string} text @param {string} query */
export const matches = (text, query) => {
  const folded = fold(text);
  return fold(query).split(' ').every((word) => folded.includes(word));
};
