// A telephone: dial, hear the prompts, press keys, hang up, be called.

import { Voice } from "./voice.js";
import { get, h, mine, myNumber, post, seconds } from "./world.js";

const KEYS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "0", "#"];
const LETTERS = { 2: "ABC", 3: "DEF", 4: "GHI", 5: "JKL", 6: "MNO", 7: "PQRS", 8: "TUV", 9: "WXYZ" };

export class Phone {
  constructor(root, context) {
    this.root = root;
    this.context = context;
    this.number = myNumber();
    this.sid = mine.read("call", null);
    this.mode = "idle";
    this.now = null;
    this.heard = [];
    this.due = new Map();
    this.next = 0;
    this.keys = "";
    this.since = 0;
    this.voice = new Voice(location.origin, (what) => what.k === "blocked" && this.context.notice(this.context.t("audio_blocked")));
    this.recover();
    this.reachable();
    setInterval(() => this.tick(), 500);
  }

  async recover() {
    if (!this.sid) return;
    try {
      const call = await get(`calls/${this.sid}`);
      this.mode = call.direction === "inbound" ? "calling" : "called";
      for (const moment of call.heard) this.moment(moment);
      if (this.mode === "talk") await this.speak();
    } catch {
      this.sid = null;
    }
    this.render();
  }

  reachable() {
    post("phonebook", { number: this.number, behaviour: "hand" }).catch(() => {});
  }

  happened(entry) {
    const ours = entry.kind === "call.created" && entry.to === this.number;
    if (ours && entry.direction !== "inbound" && this.mode !== "talk") this.rung(entry);
    if (entry.kind === "heard" && entry.call === this.sid) {
      this.moment(entry);
      this.render();
    }
  }

  rung(entry) {
    this.begin(entry.call, "called");
    this.from = entry.origin;
    document.body.dataset.tab = "phone";
    this.render();
  }

  begin(sid, mode) {
    Object.assign(this, { sid, mode, heard: [], due: new Map(), next: 0, keys: "", now: null, since: 0 });
    mine.write("call", sid);
  }

  /** Moments are numbered: each counts once and in its turn, whichever way it came. */
  moment(one) {
    this.due.set(one.index, one);
    for (; this.due.has(this.next); this.next += 1) this.hear(this.due.get(this.next));
  }

  hear(one) {
    this.now = one;
    if (one.moment === "answered") [this.mode, this.since] = ["talk", Date.now()];
    if (one.moment === "ended") this.ended();
    const last = this.heard.at(-1);
    const again = last && last.moment === one.moment && last.what === one.what;
    if (again) last.times += 1;
    else this.heard.push({ ...one, times: 1 });
    this.heard = this.heard.slice(-60);
  }

  ended() {
    this.mode = "over";
    mine.write("call", null);
  }

  /** Hear this call, and be heard in it where there is a microphone. */
  async speak() {
    this.voice.unlock();
    if (!(await this.voice.speak())) this.context.notice(this.context.t("no_microphone"));
    if (this.sid && this.mode !== "over") this.voice.join({ leg: this.sid });
  }

  async dial() {
    this.number = this.field.value.replace(/[^\d+]/g, "") || this.number;
    mine.write("number", this.number);
    this.voice.unlock();
    try {
      const call = await post("calls", { from: this.number });
      this.begin(call.sid, "calling");
      // What was heard before the answer to this request came is fetched once.
      const { heard } = await get(`calls/${call.sid}`);
      heard.forEach((one) => this.moment(one));
      this.speak();
    } catch (error) {
      this.context.complain(error);
    }
    this.render();
  }

  answer() {
    this.move("answer");
    this.speak();
  }

  async move(name, body = {}) {
    try {
      await post(`calls/${this.sid}/${name}`, body);
    } catch (error) {
      this.context.complain(error);
    }
  }

  press(key) {
    if (this.mode !== "talk") return;
    this.voice.sound(key);
    this.keys = (this.keys + key).slice(-12);
    this.heard.push({ moment: "pressed", what: key, times: 1 });
    this.move("press", { keys: key });
    this.render();
  }

  tick() {
    if (this.mode !== "talk" || !this.timer) return;
    const passed = Math.floor((Date.now() - this.since) / 1000);
    this.timer.textContent = `${Math.floor(passed / 60)}:${String(passed % 60).padStart(2, "0")}`;
  }

  render() {
    const focused = this.root.contains(document.activeElement) && document.activeElement.dataset.key;
    this.root.replaceChildren(this.head(), this.screen(), this.pad(), this.actions());
    this.root.dataset.mode = this.mode;
    if (focused) this.root.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
    const list = this.root.querySelector(".heard");
    if (list) list.scrollTop = list.scrollHeight;
    this.tick();
  }

  head() {
    const { t } = this.context;
    this.field = h("input", {
      id: "my-number", type: "tel", value: this.number, autocomplete: "off", inputMode: "tel",
      disabled: this.mode === "talk" || this.mode === "calling",
      onchange: () => {
        this.number = this.field.value.replace(/[^\d+]/g, "") || this.number;
        mine.write("number", this.number);
        this.reachable();
      },
    });
    return h("div.head", {}, h("h2", {}, t("tab_phone")),
      h("label", { htmlFor: "my-number" }, t("my_number")), this.field);
  }

  screen() {
    const { t, state } = this.context;
    this.timer = h("span.timer");
    const who = this.mode === "called" ? this.from : state.number;
    return h("div.screen", { "aria-live": "polite" },
      h("p.who", {}, h("b", {}, who ?? state.number), this.mode === "talk" ? this.timer : null),
      h(`p.state.${this.tone()}`, {}, this.saying()),
      this.heard.length
        ? h("ol.heard", { tabIndex: 0, "aria-label": t("heard") }, this.heard.map((one) => this.line(one)))
        : h("p.hint", {}, t("phone_hint", { number: state.number })),
      h("p.keys", {}, this.keys));
  }

  tone() {
    if (this.mode === "idle" || this.mode === "over") return "quiet";
    const kind = this.now?.moment;
    return kind === "talking" ? "live" : kind === "music" || kind === "hold" ? "wait" : "busy";
  }

  saying() {
    const { t } = this.context;
    if (this.mode === "idle") return t("idle");
    if (this.mode === "called") return t("incoming");
    if (this.mode === "over") return t(`ended_${(this.now?.what ?? "completed").replace("-", "_")}`);
    if (!this.now || this.now.moment === "ringing") return t("ringing");
    return this.words(this.now);
  }

  words(one) {
    const { t } = this.context;
    const s = seconds(one.seconds ?? 0);
    const file = decodeURIComponent((one.what ?? "").split("?")[0].split("/").slice(-2).join("/"));
    const values = { what: one.moment === "prompt" ? file : one.what, s };
    return t(`heard_${one.moment}`, values);
  }

  line(one) {
    const times = one.times > 1 ? h("span.times", {}, `×${one.times}`) : null;
    return h(`li.${one.moment}`, {}, this.words(one), times);
  }

  pad() {
    return h("div.pad", { role: "group", "aria-label": this.context.t("keypad") },
      KEYS.map((key) => h("button", {
        type: "button", "data-key": key, disabled: this.mode !== "talk", onclick: () => this.press(key),
      }, h("b", {}, key), h("small", { "aria-hidden": "true" }, LETTERS[key] ?? ""))));
  }

  actions() {
    const { t, state } = this.context;
    if (this.mode === "called") {
      return h("div.actions", {},
        h("button.go", { type: "button", onclick: () => this.answer() }, t("answer")),
        h("button.stop", { type: "button", onclick: () => this.move("refuse") }, t("refuse")));
    }
    if (this.mode === "calling" || this.mode === "talk") {
      return h("div.actions", {},
        h("button.stop", { type: "button", "data-key": "end", onclick: () => this.move("hangup") }, t("hang_up")));
    }
    return h("div.actions", {},
      h("button.go", { type: "button", "data-key": "dial", onclick: () => this.dial() },
        t("call", { number: state.number })));
  }
}
