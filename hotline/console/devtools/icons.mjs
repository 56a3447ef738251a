// Makes static/icons.svg: one sprite of the Lucide icons the console uses (ISC licence, named in the file).
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const NAMES = `phone phone-call phone-off phone-incoming phone-missed mic mic-off send message-circle
  message-square headphones list scroll-text siren shield-alert shield-check triangle-alert circle-alert
  circle-check circle-help check check-check clock hourglass coffee log-out log-in user users languages
  globe map-pin search x chevron-down chevron-right chevron-left arrow-left refresh-cw rotate-ccw trash-2
  paperclip pencil save wifi-off wifi volume-2 play sun moon monitor keyboard file-text inbox layers archive bell
  circle-dot link external-link info eye power history bot smartphone pause grid-3x3 arrow-right-left user-plus
  ear undo-2 calendar-clock calendar-x door-closed door-open megaphone ban voicemail phone-outgoing`.split(/\s+/).filter(Boolean);

const symbol = (name) => {
  const file = join(here, 'node_modules', 'lucide-static', 'icons', `${name}.svg`);
  const body = readFileSync(file, 'utf8').replace(/<!--[\s\S]*?-->/g, '').replace(/[\s\S]*?<svg[^>]*>/, '').replace('</svg>', '');
  return `<symbol id="${name}" viewBox="0 0 24 24">${body.replace(/\s+/g, ' ').trim()}</symbol>`;
};
const head = '<!-- Lucide icons, ISC licence, https://lucide.dev/license ; made by devtools/icons.mjs -->';
const sprite = `${head}\n<svg xmlns="http://www.w3.org/2000/svg" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">\n${NAMES.map(symbol).join('\n')}\n</svg>\n`;
writeFileSync(join(here, '..', 'static', 'icons.svg'), sprite);
