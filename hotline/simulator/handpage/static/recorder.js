// A voice message from the microphone, as OGG with Opus: written by the browser where it can,
// otherwise packet by packet.

import { OggOpus } from "./ogg.js";

const TYPE = "audio/ogg;codecs=opus";
const BITRATE = 32_000;
const SAMPLES_PER_US = 0.048;

const writes = () => Boolean(self.MediaRecorder?.isTypeSupported(TYPE));
const encodes = () => Boolean(self.AudioEncoder && self.MediaStreamTrackProcessor);

export const canRecord = () => Boolean(navigator.mediaDevices) && (writes() || encodes());

/** Begin at once; rejects when there is no microphone. `finish()` resolves to the file. */
export async function record() {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  return writes() ? new Written(stream) : new Encoded(stream);
}

class Written {
  constructor(stream) {
    this.stream = stream;
    this.parts = [];
    this.recorder = new MediaRecorder(stream, { mimeType: TYPE });
    this.recorder.ondataavailable = ({ data }) => this.parts.push(data);
    this.over = new Promise((resolve) => { this.recorder.onstop = resolve; });
    this.recorder.start();
  }

  async finish() {
    this.recorder.stop();
    await this.over;
    this.cancel();
    return new Blob(this.parts, { type: "audio/ogg" });
  }

  cancel() {
    for (const track of this.stream.getTracks()) track.stop();
  }
}

class Encoded {
  constructor(stream) {
    [this.track] = stream.getAudioTracks();
    this.encoder = new AudioEncoder({ output: (chunk) => this.take(chunk), error: console.error });
    this.over = this.read(new MediaStreamTrackProcessor({ track: this.track }).readable.getReader());
  }

  async read(reader) {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      if (this.track.readyState === "live") {
        if (!this.file) this.begin(value);
        this.encoder.encode(value);
      }
      value.close();
    }
  }

  begin({ sampleRate, numberOfChannels }) {
    this.encoder.configure({ codec: "opus", sampleRate, numberOfChannels, bitrate: BITRATE });
    this.file = new OggOpus(numberOfChannels, sampleRate);
  }

  take(chunk) {
    const packet = new Uint8Array(chunk.byteLength);
    chunk.copyTo(packet);
    this.file.add(packet, Math.round(chunk.duration * SAMPLES_PER_US));
  }

  /** Rejects when nothing was heard. */
  async finish() {
    this.track.stop();
    await this.over;
    if (!this.file) throw new Error("silence");
    await this.encoder.flush();
    this.encoder.close();
    return this.file.blob();
  }

  cancel() {
    this.track.stop();
  }
}
