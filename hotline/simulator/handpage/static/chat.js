// A messenger like Telegram, with the bot: what stands in the chat, and what one does there.

import { bubble } from "./bubble.js";
import { Composer } from "./composer.js";
import { get, h, myAccount, post, upload } from "./world.js";

const TYPING_MS = 5000;
const SPIN_MS = 15_000;

export class Chat {
  constructor(root, context) {
    this.root = root;
    this.context = context;
    this.account = myAccount();
    this.chat = { started: false, blocked: false, messages: [] };
    this.shown = new Map();
    this.busy = {};
    this.composer = new Composer(context, {
      send: (body) => this.act(body),
      upload: (form) => this.attempt(() => upload(`telegram/${this.account}/files`, form)),
    });
    this.refresh();
  }

  happened(entry) {
    if (entry.chat !== this.account) return;
    if (entry.kind === "telegram.message") {
      if (entry.from_bot) this.type(false);
      if (entry.what === "deleted") this.composer.forget(entry.message);
      this.soon();
    }
    if (entry.kind === "telegram.blocked") this.soon();
    if (entry.kind === "telegram.action") this.type(true);
    if (entry.kind === "telegram.answered") {
      this.busy = {};
      if (entry.text) this.context.notice(entry.text);
      this.fill();
    }
  }

  soon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.refresh(), 60);
  }

  async refresh() {
    try {
      this.chat = await get(`telegram/${this.account}/chat`);
    } catch {
      return;
    }
    const state = `${this.chat.started} ${this.chat.blocked} ${this.chat.messages.length > 0}`;
    if (state !== this.state) this.render();
    else this.fill();
  }

  act(body) {
    if (body.text === "/start") body = { start: "" };
    return this.attempt(() => post(`telegram/${this.account}`, { ...body, language_code: this.context.lang() }));
  }

  async attempt(move) {
    try {
      await move();
    } catch (error) {
      this.busy = {};
      this.context.complain(error);
    }
  }

  press(message, button) {
    this.busy = { message, data: button.callback_data };
    this.fill();
    this.act({ press: button.callback_data, message_id: message });
    setTimeout(() => { this.busy = {}; this.fill(); }, SPIN_MS);
  }

  type(on) {
    clearTimeout(this.typed);
    this.typing.hidden = !on;
    if (on) this.typed = setTimeout(() => { this.typing.hidden = true; }, TYPING_MS);
  }

  render() {
    const { t, state } = this.context;
    const { started, blocked, messages } = this.chat;
    this.state = `${started} ${blocked} ${messages.length > 0}`;
    this.shown.clear();
    this.list = h("ol.lines", { tabIndex: 0, "aria-live": "polite", "aria-label": t("tab_chat") });
    // A picture has its height only when it is there.
    this.list.addEventListener("load", () => { if (this.follows) this.list.scrollTop = this.list.scrollHeight; }, true);
    this.typing = h("p.typing", { hidden: this.typing?.hidden ?? true, role: "status" }, t("typing"));
    this.composer.render();
    this.root.replaceChildren(
      h("div.head", {}, h("h2", {}, t("tab_chat")), h("p", {}, `@${state.bot}`),
        started && h("button.aside", { type: "button", "data-act": "block", onclick: () => this.act({ block: !blocked }) },
          t(blocked ? "unblock" : "block"))),
      messages.length ? this.list : h("p.hint", {}, t("chat_hint")),
      this.typing,
      blocked ? h("p.hint.blocked", {}, t("blocked")) : messages.length ? this.composer.root : this.starter());
    this.fill();
  }

  starter() {
    return h("div.actions", {},
      h("button.go", { type: "button", onclick: () => this.act({ start: "" }) }, this.context.t("start")));
  }

  /** Only what has changed is made anew, so that what plays plays on. */
  fill() {
    const { list, shown } = this;
    const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 80;
    const known = new Map(this.chat.messages.map((one) => [one.message, one]));
    for (const [number, { node }] of shown) {
      if (known.has(number)) continue;
      node.remove();
      shown.delete(number);
    }
    let grown = false;
    for (const [place, one] of this.chat.messages.entries()) {
      const answered = known.get(one.reply_to);
      const busy = this.busy.message === one.message ? this.busy.data : "";
      const version = JSON.stringify([one, answered?.content, busy]);
      let was = shown.get(one.message);
      if (was?.version !== version) {
        grown ||= !was;
        const node = bubble(one, this.around(one, answered, busy));
        was?.node.replaceWith(node);
        was = { node, version };
        shown.set(one.message, was);
      }
      if (list.children[place] !== was.node) list.insertBefore(was.node, list.children[place] ?? null);
    }
    const own = grown && this.chat.messages.at(-1)?.from_bot === false;
    if (grown) this.follows = atEnd || own;
    if (grown && this.follows) list.scrollTop = list.scrollHeight;
  }

  around(one, answered, busy) {
    const { t, lang } = this.context;
    return {
      t, answered, busy, lang: lang(),
      on: {
        press: (button) => this.press(one.message, button),
        reply: () => this.composer.turn({ kind: "reply", message: one }),
        edit: () => this.composer.turn({ kind: "edit", message: one }),
        remove: () => this.act({ delete: [one.message] }),
      },
    };
  }
}
