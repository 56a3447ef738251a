// Puts the page together: texts, language, tabs, and the stream that feeds the four panels.

import { Behind } from "./behind.js";
import { Chat } from "./chat.js";
import { Phone } from "./phone.js";
import { Sms } from "./sms.js";
import { follow, get, h, mine } from "./world.js";

const NAMES = { ky: "Кыргызча", ru: "Русский", uz: "Oʻzbekcha", en: "English" };
const TABS = ["phone", "sms", "chat", "behind"];
const $ = (id) => document.getElementById(id);

const texts = await (await fetch("/hand/texts.json")).json();
const state = await get("state");
let lang = mine.read("lang", "ru");
let panels = [];

/** Say a text in the chosen language; {name} is filled in. */
function t(key, values = {}) {
  const text = texts[lang][key] ?? texts.ru[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

const context = { t, state, lang: () => lang, notice, complain };
panels = [
  new Phone($("phone"), context),
  new Sms($("sms"), context),
  new Chat($("chat"), context),
  new Behind($("behind"), context),
];

function notice(text) {
  const box = h("p.notice", { role: "alert" }, text);
  document.body.append(box);
  setTimeout(() => box.remove(), 5000);
}

/** Without an answer there was nobody to answer. */
function complain(error) {
  notice(t(error.trouble ?? "trouble_link"));
}

function speak(chosen) {
  lang = chosen;
  mine.write("lang", lang);
  document.documentElement.lang = lang;
  document.title = `${state.number} · ${t("title")}`;
  for (const node of document.querySelectorAll("[data-t]")) {
    node.textContent = t(node.dataset.t, { number: state.number });
  }
  $("langs").setAttribute("aria-label", t("language"));
  $("langs").replaceChildren(
    ...Object.entries(NAMES).map(([code, name]) =>
      h("button", {
        type: "button", lang: code, title: name, "aria-label": name,
        "aria-pressed": String(code === lang), onclick: () => speak(code),
      }, code.toUpperCase()),
    ),
  );
  showTab(mine.read("tab", "phone"));
  for (const panel of panels) panel.render();
}

function showTab(chosen) {
  mine.write("tab", chosen);
  document.body.dataset.tab = chosen;
  $("tabs").setAttribute("aria-label", t("panels"));
  $("tabs").replaceChildren(
    ...TABS.map((name) =>
      h("button", {
        type: "button", "aria-pressed": String(name === chosen), onclick: () => showTab(name),
      }, t(`tab_${name}`)),
    ),
  );
}

speak(lang in NAMES ? lang : "ru");
follow(
  state,
  (entry) => panels.forEach((panel) => panel.happened(entry)),
  (up) => {
    $("link").textContent = up ? "" : t("link_lost");
    $("link").classList.toggle("lost", !up);
  },
);
