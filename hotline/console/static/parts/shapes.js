// Shape, word and colour together, never colour alone.
/** By state of presence. @type {Record<string, string>} */
export const SHAPES = { available: '●', busy: '■', wrap_up: '◆', break: '○', offline: '×', not_answering: '▲' };
