// What happens behind: legs, rooms, and the webhooks with how they were answered.

import { clock, get, h } from "./world.js";

const QUIET = new Set(["heard", "rest", "telegram.call"]);
const OVER = new Set(["completed", "busy", "failed", "no-answer", "canceled"]);

export class Behind {
  constructor(root, context) {
    this.root = root;
    this.context = context;
    this.state = context.state;
  }

  happened(entry) {
    if (QUIET.has(entry.kind) || this.timer) return;
    this.timer = setTimeout(() => this.refresh(), 400);
  }

  async refresh() {
    this.timer = null;
    try {
      this.state = await get("state");
    } catch {
      return;
    }
    this.render();
  }

  render() {
    const { t, lang } = this.context;
    const { calls, rooms, webhooks } = this.state;
    const open = rooms.filter((room) => room.status !== "completed");
    this.root.replaceChildren(
      h("div.head", {}, h("h2", {}, t("tab_behind")), h("p", {}, t("behind_lead"))),
      h("div.scroll", { tabIndex: 0, "aria-label": t("tab_behind") },
        h("h3", {}, t("legs")),
        calls.length ? h("ul.legs", {}, calls.slice(0, 12).map((one) => this.leg(one))) : this.none(),
        h("h3", {}, t("rooms")),
        open.length ? h("ul.rooms", {}, open.map((room) => this.room(room))) : this.none(),
        h("h3", {}, t("webhooks")),
        webhooks.length
          ? h("ul.hooks", {}, webhooks.map((one) => this.hook(one, lang())))
          : this.none()));
  }

  none() {
    return h("p.hint", {}, this.context.t("nothing_yet"));
  }

  leg(one) {
    const tone = OVER.has(one.status) ? "quiet" : one.status === "in-progress" ? "live" : "busy";
    return h("li", {}, h("span.way", {}, `${one.from} → ${one.to || this.context.t("app")}`),
      h(`span.pill.${tone}`, {}, one.status));
  }

  room(room) {
    const { t } = this.context;
    const who = room.participants.map((one) => (one.label || one.call.slice(0, 8)) + (one.hold ? ` (${t("held")})` : ""));
    return h("li", {}, h("span.way", {}, who.join(" · ") || "—"), h("span.pill.live", {}, room.status));
  }

  hook(one, lang) {
    const path = one.url.replace(/^https?:\/\/[^/]+/, "") || one.url;
    const good = one.status >= 200 && one.status < 400;
    return h("li", {}, h("time", {}, clock(one.at, lang)), h("span.way", { title: path }, `${one.hook} ${path}`),
      h(`span.pill.${good ? "good" : "bad"}`, {}, String(one.status || this.context.t("no_answer"))));
  }
}
