// An SMS messenger with one conversation: the hotline's.

import { clock, h, mine, myNumber, post } from "./world.js";

export class Sms {
  constructor(root, context) {
    this.root = root;
    this.context = context;
    this.lines = mine.read("sms", []);
    this.draft = "";
  }

  happened(entry) {
    if (entry.kind !== "sms.arrived" || entry.to !== myNumber()) return;
    this.add({ from: "them", text: entry.body, at: entry.at });
  }

  add(line) {
    this.lines = [...this.lines, line].slice(-200);
    mine.write("sms", this.lines);
    this.render();
  }

  async send(event) {
    event.preventDefault();
    const text = this.field.value.trim();
    if (!text) return;
    this.draft = "";
    this.add({ from: "me", text, at: new Date().toISOString() });
    this.field.focus();
    try {
      await post("sms", { from: myNumber(), body: text });
    } catch (error) {
      this.context.complain(error);
    }
  }

  render() {
    const { t, state, lang } = this.context;
    const typing = document.activeElement?.id === "sms-text";
    this.field = h("input", {
      id: "sms-text", type: "text", value: this.draft, maxLength: 1600, autocomplete: "off",
      placeholder: t("write"), "aria-label": t("write"), oninput: () => { this.draft = this.field.value; },
    });
    const list = h("ol.lines", { tabIndex: 0, "aria-live": "polite", "aria-label": t("tab_sms") },
      this.lines.map((one) => h(`li.${one.from}`, {},
        h("p", {}, one.text), h("time", {}, clock(one.at, lang()).slice(0, 5)))));
    this.root.replaceChildren(
      h("div.head", {}, h("h2", {}, t("tab_sms")), h("p", {}, t("sms_with", { number: state.sms_number }))),
      this.lines.length ? list : h("p.hint", {}, t("sms_hint")),
      h("form", { onsubmit: (event) => this.send(event) }, this.field,
        h("button.go", { type: "submit" }, t("send"))));
    list.scrollTop = list.scrollHeight;
    if (typing) this.field.focus();
  }
}
