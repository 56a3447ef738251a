// A small chart of a day in half hours: bars with their range, and lines in steps. The table beside it says the same.
import { html, nothing, svg } from '../vendor/ui.js';
import * as fmt from '../core/fmt.js';

/** @typedef {{name: string, text: string, values: (number | null)[]}} Line `name` is its look: needed, planned */
/** @typedef {{summary: string, labels: string[], lines?: Line[], bars?: (number | null)[], low?: (number | null)[], high?: (number | null)[], testid: string}} Chart */
const [WIDE, HIGH, LEFT, TOP, FOOT] = [720, 150, 34, 8, 22];

/** The next number that is easy to read. @param {number} most */
const ceiling = (most) => {
  const size = 10 ** Math.floor(Math.log10(Math.max(1, most) / 2));
  return [2, 4, 6, 8, 10, 20].map((n) => n * size).find((n) => n >= most) ?? most;
};
/** @param {Chart} c */
const scales = (c) => {
  const all = [...(c.lines ?? []).flatMap((l) => l.values), ...(c.bars ?? []), ...(c.high ?? [])];
  const top = ceiling(Math.max(1, ...all.map((v) => v ?? 0)));
  const step = (WIDE - LEFT) / Math.max(1, c.labels.length);
  return { top, step, x: (/** @type {number} */ n) => LEFT + n * step, y: (/** @type {number} */ v) => TOP + (HIGH - TOP - FOOT) * (1 - v / top) };
};
/** Where nothing is known the line has a gap. @param {(number | null)[]} values @param {ReturnType<typeof scales>} s */
const path = (values, s) => values.map((v, n) => (v === null ? '' : `${n && values[n - 1] !== null ? 'L' : 'M'}${s.x(n).toFixed(1)} ${s.y(v).toFixed(1)}H${s.x(n + 1).toFixed(1)}`)).join('');

/** @param {Chart} c */
export const chart = (c) => {
  const s = scales(c);
  const every = Math.max(1, Math.ceil(c.labels.length / 12));
  return html`<div class="chart-box"><svg class="chart" role="img" aria-label=${c.summary} data-testid=${c.testid} viewBox="0 0 ${WIDE} ${HIGH}">
    ${[0, s.top / 2, s.top].map((v) => svg`<line class="rule" x1=${LEFT} x2=${WIDE} y1=${s.y(v)} y2=${s.y(v)} /><text x=${LEFT - 6} y=${s.y(v) + 4} text-anchor="end">${fmt.number(v)}</text>`)}
    ${c.labels.map((l, n) => (n % every ? nothing : svg`<text x=${s.x(n)} y=${HIGH - 5}>${l}</text>`))}
    ${(c.bars ?? []).map((v, n) => (v === null ? nothing : svg`<rect class="bar-of" x=${s.x(n) + 1} width=${Math.max(1, s.step - 2)} y=${s.y(v)} height=${s.y(0) - s.y(v)} />`))}
    ${(c.high ?? []).map((v, n) => (v === null ? nothing : svg`<line class="range" x1=${s.x(n + 0.5)} x2=${s.x(n + 0.5)} y1=${s.y(v)} y2=${s.y(c.low?.[n] ?? 0)} />`))}
    ${(c.lines ?? []).map((l) => svg`<path class="line ${l.name}" d=${path(l.values, s)} />`)}</svg></div>
  ${c.lines ? html`<p class="legend">${c.lines.map((l) => html`<span><svg class="chart key" viewBox="0 0 28 10" aria-hidden="true"><path class="line ${l.name}" d="M0 5H28" /></svg> ${l.text}</span>`)}</p>` : nothing}`;
};
