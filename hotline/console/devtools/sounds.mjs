// Makes static/sounds: every sound of the console is synthesised here, so nobody else holds rights in them.
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const RATE = 11025;

/** One note: [start s, length s, frequency Hz, loudness 0..1]; soft attack and decay so that nothing clicks. */
const play = (notes, length) => {
  const wave = new Float64Array(Math.round(length * RATE));
  for (const [start, span, hertz, loud] of notes) {
    const from = Math.round(start * RATE);
    const count = Math.round(span * RATE);
    for (let i = 0; i < count && from + i < wave.length; i += 1) {
      const at = i / RATE;
      const attack = Math.min(1, at / 0.012);
      const decay = Math.exp((-3.2 * i) / count) * Math.min(1, (count - i) / (0.02 * RATE));
      const tone = Math.sin(2 * Math.PI * hertz * at) + 0.28 * Math.sin(4 * Math.PI * hertz * at);
      wave[from + i] += tone * attack * decay * loud * 0.7;
    }
  }
  return wave;
};

const wav = (wave) => {
  const bytes = Buffer.alloc(44 + wave.length);
  bytes.write('RIFF', 0);
  bytes.writeUInt32LE(36 + wave.length, 4);
  bytes.write('WAVEfmt ', 8);
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(1, 22);
  bytes.writeUInt32LE(RATE, 24);
  bytes.writeUInt32LE(RATE, 28);
  bytes.writeUInt16LE(1, 32);
  bytes.writeUInt16LE(8, 34);
  bytes.write('data', 36);
  bytes.writeUInt32LE(wave.length, 40);
  wave.forEach((v, i) => bytes.writeUInt8(Math.max(0, Math.min(255, Math.round(128 + 127 * v))), 44 + i));
  return bytes;
};

const SOUNDS = {
  ring: [[[0, 0.5, 659, 0.7], [0.18, 0.5, 880, 0.7], [0.62, 0.5, 659, 0.7], [0.8, 0.6, 880, 0.7]], 1.5],
  'two-tone': [[[0, 0.35, 740, 0.6], [0.22, 0.5, 587, 0.6]], 0.8],
  tick: [[[0, 0.12, 1047, 0.35]], 0.14],
  chime: [[[0, 0.6, 523, 0.55], [0.25, 0.6, 659, 0.55], [0.5, 0.9, 784, 0.55]], 1.45],
  low: [[[0, 0.7, 233, 0.6]], 0.75],
};
for (const [name, [notes, length]] of Object.entries(SOUNDS)) {
  writeFileSync(join(here, '..', 'static', 'sounds', `${name}.wav`), wav(play(notes, length)));
}
