// One message of the chat: words, files, buttons, and what one can do with it.

import { clock, h, icon } from "./world.js";

const MARKS = {
  bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code", pre: "code",
  blockquote: "q", spoiler: "span.spoiler", text_link: "span.link", url: "span.link",
  bot_command: "span.link", mention: "span.link", email: "span.link", phone_number: "span.link",
};
const FILES = ["photo", "voice", "audio", "video", "animation", "video_note", "document", "sticker"];
const LOCK = "M6 11h12v9H6zM8 11V8a4 4 0 0 1 8 0v3";
const file = (id) => `/_sim/files/${id}`;

/** Words with their marks; places count in UTF-16, as here. Marks inside marks are left out. */
function words(text, entities = []) {
  const parts = [];
  let at = 0;
  for (const { type, offset, length, url } of [...entities].sort((a, b) => a.offset - b.offset)) {
    if (offset < at || !(type in MARKS)) continue;
    parts.push(text.slice(at, offset));
    at = offset + length;
    parts.push(h(MARKS[type], url ? { title: url } : {}, text.slice(offset, at)));
  }
  return [...parts, text.slice(at)];
}

function size(bytes) {
  return bytes < 1024 * 1024 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

/** What it is in a few words, for quotes and for those who do not see pictures. */
export function summary({ content }, t) {
  const said = content.text ?? content.caption;
  const kind = [...FILES, "location", "contact"].find((name) => name in content);
  return said || (kind ? t(`kind_${kind}`) : "…");
}

function attached(content, t) {
  const kind = FILES.find((name) => name in content);
  const held = content[kind];
  switch (kind) {
    case undefined:
      return null;
    case "photo": {
      const { file_id, width, height } = held.at(-1);
      const image = h("img", { src: file(file_id), width, height, alt: content.caption || t("kind_photo") });
      if (content.has_protected_content) return image;
      return h("a", { href: file(file_id), target: "_blank", rel: "noopener" }, image);
    }
    case "voice":
    case "audio":
      return h("audio", { src: file(held.file_id), controls: true, preload: "metadata", "aria-label": t(`kind_${kind}`) });
    case "video":
    case "animation":
    case "video_note":
      return h(`video.${kind}`, { src: file(held.file_id), controls: true, preload: "metadata", "aria-label": t(`kind_${kind}`) });
    case "sticker":
      return h("span.sticker", { role: "img", "aria-label": t("kind_sticker") }, held.emoji ?? "◻");
    default:
      return h("a.file", { href: file(held.file_id), download: held.file_name ?? "" },
        h("b", {}, held.file_name ?? t("kind_document")), h("small", {}, size(held.file_size)));
  }
}

function told({ location, contact }, t) {
  if (location) return h("span", {}, `${t("kind_location")}: ${location.latitude}, ${location.longitude}`);
  return contact ? h("span", {}, `${t("kind_contact")}: ${contact.first_name} ${contact.phone_number}`) : null;
}

/**
 * The message as an element. `on` has what can be done: press(button), reply(), edit(), remove();
 * `answered` is the message it answers, if that is still there, and `busy` the pressed button.
 */
export function bubble(one, { t, lang, answered, busy, on }) {
  const { content } = one;
  const said = content.text ?? content.caption;
  const mine = !one.from_bot;
  const note = (name) => h("button", { type: "button", "data-act": name, onclick: on[name] }, t(name));
  return h(`li.${mine ? "me" : "them"}`, { "data-message": one.message },
    h("div.bubble", {},
      one.reply_to && h("blockquote", {}, answered ? summary(answered, t) : t("chat_gone")),
      attached(content, t), told(content, t),
      said && h("p", {}, words(said, content.entities ?? content.caption_entities)),
      !said && !FILES.some((name) => name in content) && !content.location && !content.contact && h("p", {}, "…")),
    h("div.under", {},
      h("span.acts", {}, note("reply"), mine && said && note("edit"), note("remove")),
      content.has_protected_content && h("span.kept", { title: t("protected"), role: "img", "aria-label": t("protected") }, icon(LOCK)),
      one.edited && h("span", {}, t("edited")),
      h("time", {}, clock(one.date, lang).slice(0, 5))),
    (content.reply_markup?.inline_keyboard ?? []).map((row) => h("div.row", {}, row.map((button) => key(button, busy, on)))));
}

function key(button, busy, on) {
  if (button.url) return h("span.key", { title: button.url }, button.text);
  return h("button.key", {
    type: "button", "aria-busy": String(busy === button.callback_data), onclick: () => on.press(button),
  }, button.text);
}
