// A messenger like Telegram, with the bot: commands, texts and inline buttons.

import { clock, get, h, mine, myAccount, post } from "./world.js";

export class Chat {
  constructor(root, context) {
    this.root = root;
    this.context = context;
    this.account = myAccount();
    this.lines = [];
    this.draft = "";
    this.busy = null;
    this.refresh();
  }

  happened(entry) {
    if (entry.chat !== this.account) return;
    if (entry.kind === "telegram.message") this.soon();
    if (entry.kind === "telegram.answered") {
      this.busy = null;
      if (entry.text) this.context.notice(entry.text);
      this.render();
    }
  }

  soon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.refresh(), 60);
  }

  async refresh() {
    try {
      this.lines = await get(`telegram/${this.account}`);
    } catch {
      return;
    }
    this.render();
  }

  async act(body) {
    const language = { ky: "ky", ru: "ru", uz: "uz", en: "en" }[this.context.lang()];
    try {
      await post(`telegram/${this.account}`, { ...body, language_code: language });
    } catch (error) {
      this.busy = null;
      this.context.complain(error);
    }
  }

  send(event) {
    event.preventDefault();
    const text = this.field.value.trim();
    if (!text) return;
    this.draft = "";
    this.field.value = "";
    this.act(text === "/start" ? { start: "" } : { text });
  }

  press(message, button) {
    this.busy = `${message}:${button.callback_data}`;
    this.render();
    this.act({ press: button.callback_data, message_id: message });
    setTimeout(() => { this.busy = null; }, 15_000);
  }

  render() {
    const { t, state } = this.context;
    const typing = document.activeElement?.id === "chat-text";
    this.field = h("input", {
      id: "chat-text", type: "text", value: this.draft, maxLength: 4096, autocomplete: "off",
      placeholder: t("write"), "aria-label": t("write"), oninput: () => { this.draft = this.field.value; },
    });
    const list = h("ol.lines", { tabIndex: 0, "aria-live": "polite", "aria-label": t("tab_chat") },
      this.lines.map((one) => this.line(one)));
    this.root.replaceChildren(
      h("div.head", {}, h("h2", {}, t("tab_chat")), h("p", {}, `@${state.bot}`)),
      this.lines.length ? list : h("p.hint", {}, t("chat_hint")),
      this.lines.length
        ? h("form", { onsubmit: (event) => this.send(event) }, this.field,
          h("button.go", { type: "submit" }, t("send")))
        : h("div.actions", {}, h("button.go", { type: "button", onclick: () => this.act({ start: "" }) }, t("start"))));
    list.scrollTop = list.scrollHeight;
    if (typing) this.field.focus();
  }

  line(one) {
    const rows = one.content.reply_markup?.inline_keyboard ?? [];
    return h(`li.${one.from_bot ? "them" : "me"}`, {},
      h("p", {}, one.content.text ?? one.content.caption ?? "…"),
      h("time", {}, clock(one.date, this.context.lang()).slice(0, 5)),
      rows.map((row) => h("div.row", {}, row.map((button) => this.button(one.message, button)))));
  }

  button(message, button) {
    if (button.url) return h("span.key", { title: button.url }, button.text);
    return h("button.key", {
      type: "button", "aria-busy": String(this.busy === `${message}:${button.callback_data}`),
      onclick: () => this.press(message, button),
    }, button.text);
  }
}
