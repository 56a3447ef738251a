// Makes static/vendor: the three small libraries as one file, the phone SDK as another, and a manifest
// that names every version, licence and hash. Run by hand (npm ci && npm run vendor) when a version changes.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync, existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, '..', 'static', 'vendor');
const target = ['chrome109', 'firefox115'];

const UI = `
export { html, svg, render, nothing } from 'lit-html';
export { repeat } from 'lit-html/directives/repeat.js';
export { live } from 'lit-html/directives/live.js';
export { guard } from 'lit-html/directives/guard.js';
export { ref } from 'lit-html/directives/ref.js';
export { classMap } from 'lit-html/directives/class-map.js';
export { signal, computed, effect, batch, untracked } from '@preact/signals-core';
export { FluentBundle, FluentResource } from '@fluent/bundle';
`;
const PHONE = "export { Device, Call } from '@twilio/voice-sdk';\n";

const FILES = [
  { file: 'ui.js', source: UI, parts: ['lit-html', '@preact/signals-core', '@fluent/bundle'] },
  { file: 'twilio-voice.js', source: PHONE, parts: ['@twilio/voice-sdk'] },
];

/** @param {string} name */
const about = (name) => JSON.parse(readFileSync(join(here, 'node_modules', name, 'package.json'), 'utf8'));

/** @param {string} name */
const licence = (name) => {
  const folder = join(here, 'node_modules', name);
  const file = existsSync(folder) && readdirSync(folder).find((n) => /^licen[sc]e/i.test(n));
  return file ? readFileSync(join(folder, file), 'utf8').trim() : `${about(name).license}`;
};

const text = (name) => `${name} ${about(name).version}\n\n${licence(name)}\n`;
const manifest = [];
const licences = [text('lucide-static')]; // icons.svg
for (const { file, source, parts } of FILES) {
  await build({
    stdin: { contents: source, resolveDir: here, loader: 'js' },
    bundle: true,
    format: 'esm',
    minify: true,
    target,
    legalComments: 'none',
    outfile: join(out, file),
  });
  const sha256 = createHash('sha256').update(readFileSync(join(out, file))).digest('hex');
  const names = parts.map((name) => ({ name, version: about(name).version, licence: about(name).license }));
  manifest.push({ file, sha256, parts: names });
  parts.forEach((name) => licences.push(text(name)));
}
writeFileSync(join(out, 'MANIFEST.json'), `${JSON.stringify({ files: manifest }, null, 2)}\n`);
writeFileSync(join(out, 'LICENCES.txt'), licences.join(`\n${'-'.repeat(78)}\n\n`));
