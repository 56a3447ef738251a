// An OGG file of Opus packets, as messengers send voice messages: RFC 3533 and RFC 7845.

const PACKETS = 50;
const FIRST = 2;
const LAST = 4;
const LOOKAHEAD = 312;
const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte << 24;
  for (let bit = 0; bit < 8; bit++) rest = rest & 0x80000000 ? (rest << 1) ^ 0x04c11db7 : rest << 1;
  return rest;
});

function checksum(page) {
  let sum = 0;
  for (const byte of page) sum = (sum << 8) ^ TABLE[(sum >>> 24) ^ byte];
  return sum >>> 0;
}

function head(channels, rate) {
  const packet = new DataView(new ArrayBuffer(19));
  put(packet, 0, "OpusHead");
  packet.setUint8(8, 1);
  packet.setUint8(9, channels);
  packet.setUint16(10, LOOKAHEAD, true);
  packet.setUint32(12, rate, true);
  return new Uint8Array(packet.buffer);
}

function tags() {
  const packet = new DataView(new ArrayBuffer(20));
  put(packet, 0, "OpusTags");
  packet.setUint32(8, 4, true);
  put(packet, 12, "hand");
  return new Uint8Array(packet.buffer);
}

function put(view, at, letters) {
  for (const [n, letter] of [...letters].entries()) view.setUint8(at + n, letter.charCodeAt(0));
}

/** Packets come in one by one; `samples` counts at 48 kHz, whatever the microphone's rate. */
export class OggOpus {
  #pages = [];
  #packets = [];
  #samples = 0;
  #serial = crypto.getRandomValues(new Uint32Array(1))[0];

  constructor(channels, rate) {
    this.#page([head(channels, rate)], FIRST);
    this.#page([tags()]);
  }

  add(packet, samples) {
    if (this.#packets.length === PACKETS) this.#turn();
    this.#packets.push(packet);
    this.#samples += samples;
  }

  blob() {
    this.#turn(LAST);
    return new Blob(this.#pages, { type: "audio/ogg" });
  }

  #turn(flags = 0) {
    this.#page(this.#packets, flags);
    this.#packets = [];
  }

  #page(packets, flags = 0) {
    const lacing = packets.flatMap(({ length }) => [...new Array(Math.floor(length / 255)).fill(255), length % 255]);
    const size = packets.reduce((sum, { length }) => sum + length, 0);
    const page = new Uint8Array(27 + lacing.length + size);
    const view = new DataView(page.buffer);
    put(view, 0, "OggS");
    view.setUint8(5, flags);
    view.setBigUint64(6, BigInt(this.#samples), true);
    view.setUint32(14, this.#serial, true);
    view.setUint32(18, this.#pages.length, true);
    view.setUint8(26, lacing.length);
    page.set(lacing, 27);
    let at = 27 + lacing.length;
    for (const packet of packets) {
      page.set(packet, at);
      at += packet.length;
    }
    view.setUint32(22, checksum(page), true);
    this.#pages.push(page);
  }
}
