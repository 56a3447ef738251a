// Where one writes: words, photos, files and voice messages, an answer or a change of own words.

import { summary } from "./bubble.js";
import { shrunk } from "./pictures.js";
import { canRecord, record } from "./recorder.js";
import { h, icon } from "./world.js";

const ICONS = {
  photo: "M3 6h18v13H3zM3 16l5-5 5 5 3-3 5 5M15.5 9.5h2v2h-2z",
  clip: "M8 12l6-6a3 3 0 0 1 5 5l-8.500 8.500a5 5 0 0 1-7-7L12 4",
  microphone: "M9 4a3 3 0 0 1 6 0v7a3 3 0 0 1-6 0zM5 11a7 7 0 0 0 14 0M12 18v3",
  send: "M4 12h15M13 6l6 6-6 6",
  cross: "M6 6l12 12M18 6L6 18",
};

/** `send({text, reply_to, edit})` and `upload(form)` are the chat's. */
export class Composer {
  constructor(context, { send, upload }) {
    this.context = context;
    this.send = send;
    this.upload = upload;
    this.about = null;
    this.recording = null;
    this.root = h("div.composer");
    this.render();
  }

  /** Answer a message, or change it; null ends both. */
  turn(about) {
    if (this.about?.kind === "edit" || about?.kind === "edit") {
      this.field.value = about?.kind === "edit" ? about.message.content.text ?? about.message.content.caption ?? "" : "";
    }
    this.about = about;
    this.render();
    this.field.focus();
  }

  /** What one answers or changes may be gone. */
  forget(message) {
    if (this.about?.message.message === message) this.turn(null);
  }

  render() {
    const { t } = this.context;
    const draft = this.field?.value ?? "";
    const typing = document.activeElement === this.field && this.field;
    this.field = h("textarea", {
      id: "chat-text", rows: 1, value: draft, maxLength: 4096, autocomplete: "off",
      placeholder: t("write"), "aria-label": t("write"), onkeydown: (event) => this.enter(event),
    });
    this.root.replaceChildren(this.bar() ?? "", this.recording ? this.recordingForm() : this.form());
    if (typing) this.field.focus();
  }

  bar() {
    if (!this.about) return null;
    const { t } = this.context;
    return h("div.about", {}, h("span", {}, h("b", {}, t(this.about.kind)), " ", summary(this.about.message, t)),
      h("button", { type: "button", "data-act": "leave", "aria-label": t("cancel"), onclick: () => this.turn(null) }, icon(ICONS.cross)));
  }

  form() {
    const { t } = this.context;
    const editing = this.about?.kind === "edit";
    return h("form", { onsubmit: (event) => this.submit(event) },
      !editing && this.picker("chat-photo", ICONS.photo, t("send_photo"), "image/*", "photo"),
      !editing && this.picker("chat-file", ICONS.clip, t("send_file"), "", "document"),
      this.field,
      !editing && h("button.tool", {
        type: "button", id: "chat-voice", title: t("record"), "aria-label": t("record"), onclick: () => this.speak(),
      }, icon(ICONS.microphone)),
      this.sender(editing ? "save" : "send", "chat-send"));
  }

  sender(name, id) {
    const label = this.context.t(name);
    return h("button.go", { type: "submit", id, title: label, "aria-label": label }, icon(ICONS.send));
  }

  picker(id, path, label, accept, kind) {
    const input = h("input", {
      id, type: "file", accept, multiple: true, "aria-label": label,
      onchange: () => this.files(kind, [...input.files]),
    });
    return h("label.tool", { title: label }, icon(path), input);
  }

  recordingForm() {
    const { t } = this.context;
    this.timer = h("output", {}, "0:00");
    return h("form", { onsubmit: (event) => this.finish(event) },
      h("span.red", { role: "status" }, t("recording"), " ", this.timer),
      h("button.tool", { type: "button", "aria-label": t("cancel"), onclick: () => this.quit() }, icon(ICONS.cross)),
      this.sender("send", "chat-voice-send"));
  }

  enter(event) {
    if (event.key === "Escape" && this.about) this.turn(null);
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    this.submit(event);
  }

  submit(event) {
    event.preventDefault();
    const text = this.field.value.trim();
    if (!text) return;
    const { kind, message } = this.about ?? {};
    this.field.value = "";
    if (kind === "edit") this.send({ edit: message.message, text });
    else this.send({ text, ...(kind === "reply" && { reply_to: message.message }) });
    if (kind) this.turn(null);
  }

  async files(kind, chosen) {
    if (!chosen.length) return;
    const form = new FormData();
    try {
      if (kind === "photo") chosen = await Promise.all(chosen.map(shrunk));
    } catch {
      kind = "document"; // what is no picture goes as a file, as it is
    }
    for (const one of chosen) form.append("file", one, one.name ?? "photo.jpg");
    await this.hand(kind, form);
  }

  async hand(kind, form) {
    form.append("kind", kind);
    if (kind !== "voice" && this.field.value.trim()) form.append("caption", this.field.value.trim());
    if (kind !== "voice") this.field.value = "";
    if (this.about) form.append("reply_to", this.about.message.message);
    this.about = null;
    this.render();
    await this.upload(form);
  }

  async speak() {
    try {
      if (!canRecord()) throw new Error("no recorder");
      this.recording = await record();
    } catch {
      this.context.notice(this.context.t("no_recorder"));
      return;
    }
    const began = performance.now();
    this.render();
    this.ticking = setInterval(() => {
      const passed = Math.floor((performance.now() - began) / 1000);
      this.timer.textContent = `${Math.floor(passed / 60)}:${String(passed % 60).padStart(2, "0")}`;
    }, 250);
  }

  async finish(event) {
    event.preventDefault();
    const { recording } = this;
    this.over();
    const form = new FormData();
    try {
      form.append("file", await recording.finish(), "voice.oga");
    } catch {
      this.context.notice(this.context.t("no_recorder"));
      return;
    }
    await this.hand("voice", form);
  }

  quit() {
    this.recording.cancel();
    this.over();
  }

  over() {
    clearInterval(this.ticking);
    this.recording = null;
    this.render();
  }
}
