// A voice in a call of the simulator: what a telephone company's browser phone is for its calls.
// The simulator says who hears whom; sound goes from page to page, prompts and keys are heard here.

const LOUDEST_FACTOR = 4;
const TRIES = 10;
const PAUSE_MS = 500;
const SLOW_MS = 1000;
const KEYS = "123456789*0#";
const ROWS_HZ = [697, 770, 852, 941];
const COLUMNS_HZ = [1209, 1336, 1477];
const TONE_S = 0.15;
const TONE_LOUDNESS = 0.08;
const SILENCING = new Set(["prompt", "say", "talking", "alone", "music", "hold", "room", "ended"]);

/** One other page: its connection, what it is sent of ours, and whether we listen to it. */
class Other {
  constructor(one, track, { begins, send }) {
    this.id = one.id;
    this.send = send;
    this.line = new RTCPeerConnection();
    this.ear = new Audio();
    this.work = Promise.resolve();
    // A copy for each: what one may hear is silence for another.
    this.track = track?.clone() ?? null;
    if (this.track) this.line.addTrack(this.track);
    else if (begins) this.line.addTransceiver("audio", { direction: "recvonly" });
    this.line.ontrack = ({ track: theirs }) => {
      this.ear.srcObject = new MediaStream([theirs]);
      this.ear.play().catch(() => {});
    };
    this.line.onicecandidate = ({ candidate }) => candidate && send({ candidate });
    this.line.onconnectionstatechange = () => {
      if (begins && this.line.connectionState === "failed") this.offer({ iceRestart: true });
    };
    if (begins) this.offer();
  }

  offer(options) {
    this.then(async () => {
      await this.line.setLocalDescription(await this.line.createOffer(options));
      this.send({ description: this.line.localDescription });
    });
  }

  take({ description, candidate }) {
    this.then(async () => {
      // One of an earlier connection, come late, is no mistake.
      if (candidate) return this.line.addIceCandidate(candidate).catch(() => {});
      await this.line.setRemoteDescription(description);
      if (description.type !== "offer") return;
      await this.line.setLocalDescription();
      this.send({ description: this.line.localDescription });
    });
  }

  /** One step after the other; a step of a connection that is closed meanwhile is nothing. */
  then(step) {
    this.work = this.work.then(step).catch((error) => {
      if (this.line.signalingState !== "closed") console.error(error);
    });
  }

  set({ heard, hears }, muted) {
    this.ear.muted = !heard;
    if (this.track) this.track.enabled = hears && !muted;
  }

  sound(key) {
    const { dtmf } = this.line.getSenders()[0] ?? {};
    if (this.track?.enabled && dtmf?.canInsertDTMF) dtmf.insertDTMF(key);
  }

  close() {
    this.line.close();
    this.track?.stop();
    this.ear.srcObject = null;
  }
}

/**
 * `tell({k, ...})` hears: `leg` (we are on the line), `heard` (a moment), `away` (the line to the
 * simulator broke, we try again), `over` (the call has ended, or cannot be reached any more).
 */
export class Voice {
  #base; #tell; #microphone = null; #socket = null; #leg = ""; #me = 0; #tries = 0; #timer = 0;
  #others = new Map(); #said = []; #muted = false; #context = null; #prompt = null; #sounds = new Map(); #factor = 1;

  constructor(base, tell) {
    this.#base = base;
    this.#tell = tell;
  }

  /** To be called from a click or a key: browsers let nothing sound before. */
  unlock() {
    this.#context ??= new AudioContext();
    this.#context.resume().catch(() => {});
  }

  /** Take the microphone; false when there is none or it is refused: one can still listen. */
  async speak() {
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      this.#microphone?.stop();
      [this.#microphone] = stream.getAudioTracks();
    } catch {
      this.#microphone = null;
    }
    return Boolean(this.#microphone);
  }

  /** Be on the line: `{leg}` of a call that is there, or `{identity}` of a softphone that dials in. */
  join(query) {
    this.#end();
    this.#tries = 0;
    this.#attach(query);
  }

  mute(on) {
    this.#muted = on;
    this.#apply();
  }

  /** Press keys: heard here, by the simulator, and by whoever is on the line. */
  press(keys) {
    this.#send({ k: "press", keys });
    for (const key of keys) this.sound(key);
  }

  /** Let a key sound, without pressing it. */
  sound(key) {
    this.#hush();
    this.#tone(key);
    for (const other of this.#others.values()) other.sound(key);
  }

  /** Hang up. */
  leave() {
    this.#send({ k: "bye" });
    this.#over();
  }

  #over() {
    this.#end();
    this.#microphone?.stop();
    this.#microphone = null;
  }

  #end() {
    clearTimeout(this.#timer);
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
    this.#leg = "";
    this.#muted = false;
    this.#hush();
    this.#meet([]);
  }

  #attach(query) {
    const address = `${this.#base.replace(/^http/, "ws")}/_sim/voice?${new URLSearchParams(query)}`;
    const socket = new WebSocket(address);
    this.#socket = socket;
    socket.onmessage = ({ data }) => this.#socket === socket && this.#told(JSON.parse(data));
    socket.onclose = () => this.#socket === socket && this.#lost();
  }

  #lost() {
    this.#meet([]);
    if (!this.#leg || this.#tries >= TRIES) {
      this.#over();
      this.#tell({ k: "over", why: "lost" });
      return;
    }
    this.#tries += 1;
    this.#tell({ k: "away" });
    this.#timer = setTimeout(() => this.#attach({ leg: this.#leg }), PAUSE_MS);
  }

  #told(message) {
    if (message.k === "leg") {
      [this.#leg, this.#me, this.#factor, this.#tries] = [message.sid, message.me, message.factor, 0];
    }
    if (message.k === "others") this.#meet(message.others);
    if (message.k === "signal") this.#others.get(message.from)?.take(message.data);
    if (message.k === "heard") this.#heard(message);
    if (["leg", "heard"].includes(message.k)) this.#tell(message);
    if (message.k === "heard" && message.moment === "ended") {
      this.#over();
      this.#tell({ k: "over", why: "ended" });
    }
  }

  #meet(others) {
    this.#said = others;
    const here = new Set(others.map((one) => one.id));
    for (const [id, other] of this.#others) {
      if (here.has(id)) continue;
      other.close();
      this.#others.delete(id);
    }
    for (const one of others) {
      if (this.#others.has(one.id)) continue;
      const send = (data) => this.#send({ k: "signal", to: one.id, data });
      this.#others.set(one.id, new Other(one, this.#microphone, { begins: this.#me > one.id, send }));
    }
    this.#apply();
  }

  #apply() {
    for (const one of this.#said) this.#others.get(one.id).set(one, this.#muted);
  }

  #send(message) {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }

  #heard(one) {
    if (SILENCING.has(one.moment)) this.#hush();
    if (one.moment === "prompt" && one.audio && this.#factor <= LOUDEST_FACTOR) this.#play(one.audio);
  }

  async #play(digest) {
    this.unlock();
    const token = {};
    this.#prompt = token;
    const buffer = await this.#fetched(digest).catch(() => null);
    if (!buffer || this.#prompt !== token) return;
    const source = new AudioBufferSourceNode(this.#context, { buffer, playbackRate: this.#factor });
    source.connect(this.#context.destination);
    source.start();
    this.#prompt = source;
    setTimeout(() => this.#context.state !== "running" && this.#tell({ k: "blocked" }), SLOW_MS);
  }

  #fetched(digest) {
    const fetching = async () => {
      const answer = await fetch(`${this.#base}/_sim/audio/${digest}`);
      return this.#context.decodeAudioData(await answer.arrayBuffer());
    };
    if (!this.#sounds.has(digest)) this.#sounds.set(digest, fetching());
    return this.#sounds.get(digest);
  }

  #hush() {
    this.#prompt?.stop?.();
    this.#prompt = null;
  }

  #tone(key) {
    const at = KEYS.indexOf(key);
    if (at < 0 || !this.#context) return;
    const end = this.#context.currentTime + TONE_S;
    const loud = new GainNode(this.#context, { gain: TONE_LOUDNESS });
    loud.connect(this.#context.destination);
    for (const frequency of [ROWS_HZ[Math.floor(at / 3)], COLUMNS_HZ[at % 3]]) {
      const tone = new OscillatorNode(this.#context, { frequency });
      tone.connect(loud);
      tone.start();
      tone.stop(end);
    }
  }
}
