"""Entities of a text: parsed from HTML or MarkdownV2, or checked as given; UTF-16 offsets."""

from __future__ import annotations

import html
import re

from hotline.simulator.telegram.errors import bad
from hotline.simulator.telegram.params import Json, Params

_TAGS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline",
    "ins": "underline", "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough",
    "code": "code", "pre": "pre", "a": "text_link", "tg-spoiler": "spoiler",
    "blockquote": "blockquote", "span": "spoiler",
}  # fmt: skip
_TOKEN = re.compile(r"<(/?)([a-zA-Z-]+)((?:\s[^<>]*)?)>|<")
_HREF = re.compile(r"""href=["']([^"']*)["']""")
_MARKS = {"*": "bold", "_": "italic", "__": "underline", "~": "strikethrough", "||": "spoiler",
          "`": "code"}  # fmt: skip
_PLAIN = re.compile(
    r"(?P<bot_command>(?<![\w/])/[A-Za-z0-9_]{1,32}(?:@\w+)?)"
    r"|(?P<url>https?://[^\s<>]+)"
    r"|(?P<email>[\w.+-]+@[\w-]+\.[\w.-]*\w)"
    r"|(?P<mention>(?<!\w)@[A-Za-z]\w{3,31})"
    r"|(?P<phone_number>(?<!\w)\+\d{10,15}(?!\w))"
)
_MAX_TEXT = 4096
_MAX_CAPTION = 1024
_RESERVED = set("_*[]()~`>#+-=|{}.!")


def units(text: str) -> int:
    """Return the length in UTF-16 code units, in which Telegram counts."""
    return len(text.encode("utf-16-le")) // 2


def worded(params: Params) -> Json:
    """Return ``text`` and ``entities`` of a message, or refuse."""
    text, entities = formatted(params, "text", "entities")
    if not text.strip():
        raise bad("message text is empty")
    if units(text) > _MAX_TEXT:
        raise bad("message is too long")
    entities = _with_found(text, entities)
    return {"text": text} | ({"entities": entities} if entities else {})


def captioned(params: Params) -> Json:
    """Return ``caption`` and ``caption_entities`` beside a file, empty without words, or refuse."""
    text, entities = formatted(params, "caption", "caption_entities")
    if units(text) > _MAX_CAPTION:
        raise bad("message caption is too long")
    entities = _with_found(text, entities)
    words: Json = {"caption": text} if text.strip() else {}
    return words | ({"caption_entities": entities} if entities else {})


def found_in(text: str) -> list[Json]:
    """Return what Telegram marks by itself in a text, whoever writes it."""
    found = list[Json]()
    for match in _PLAIN.finditer(text):
        kind = str(match.lastgroup)
        start, length = units(text[: match.start()]), units(match[0])
        found.append({"type": kind, "offset": start, "length": length})
    return found


def formatted(params: Params, field: str, given: str) -> tuple[str, list[Json]]:
    """Return the plain text and its entities, or refuse as Telegram does."""
    text, mode = params.text(field), params.text("parse_mode").lower()
    match mode:
        case "html":
            return from_html(text)
        case "markdownv2" | "markdown":
            return from_markdown(text, strict=mode == "markdownv2")
        case "":
            return text, _given(params, text, given)
        case _:
            raise bad("unsupported parse_mode")


def from_html(text: str) -> tuple[str, list[Json]]:
    """Read the tags Telegram supports."""
    plain, entities, opened, position = "", list[Json](), list[tuple[str, int, str]](), 0
    for token in _TOKEN.finditer(text):
        plain += html.unescape(text[position : token.start()])
        position = token.end()
        closing, tag, rest = token[1], (token[2] or "").lower(), token[3] or ""
        if not tag:
            raise _unparsable(f'Unsupported start tag "" at byte offset {token.start()}')
        if not closing:
            if tag not in _TAGS:
                raise _unparsable(f'Unsupported start tag "{tag}" at byte offset {token.start()}')
            opened.append((tag, units(plain), rest))
        elif not opened or opened[-1][0] != tag:
            raise _unparsable(f"Unmatched end tag at byte offset {token.start()}")
        else:
            name, start, attributes = opened.pop()
            _add(entities, _TAGS[name], start, end=units(plain), attributes=attributes)
    if opened:
        raise _unparsable(f'Can\'t find end tag corresponding to start tag "{opened[-1][0]}"')
    return plain + html.unescape(text[position:]), entities


def from_markdown(text: str, *, strict: bool) -> tuple[str, list[Json]]:
    """Read pairs of marks; in the second version reserved characters must be escaped."""
    plain, entities, opened, i = "", list[Json](), dict[str, int](), 0
    while i < len(text):
        if text[i] == "\\" and i + 1 < len(text):
            plain, i = plain + text[i + 1], i + 2
            continue
        mark = text[i : i + 2] if text[i : i + 2] in _MARKS else text[i]
        if mark in _MARKS:
            start = opened.pop(mark, None)
            if start is None:
                opened[mark] = units(plain)
            else:
                _add(entities, _MARKS[mark], start, end=units(plain), attributes="")
        elif strict and mark in _RESERVED:
            raise _unparsable(
                f"Character '{mark}' is reserved and must be escaped with the preceding '\\'"
            )
        else:
            plain += mark
        i += len(mark)
    if opened:
        raise _unparsable(f"Can't find end of the entity starting at byte offset {len(text)}")
    return plain, entities


def _add(entities: list[Json], kind: str, start: int, *, end: int, attributes: str) -> None:
    entity: Json = {"type": kind, "offset": start, "length": end - start}
    href = _HREF.search(attributes)
    if kind == "text_link":
        if href is None:
            return
        entity["url"] = html.unescape(href[1])
    if end > start:
        entities.append(entity)


def _with_found(text: str, given: list[Json]) -> list[Json]:
    """Add what Telegram finds outside of the marks that were given."""
    taken = {at for one in given for at in _places(one)}
    found = [one for one in found_in(text) if taken.isdisjoint(_places(one))]
    return sorted([*given, *found], key=lambda one: _places(one).start)


def _places(entity: Json) -> range:
    start = int(str(entity["offset"]))
    return range(start, start + int(str(entity["length"])))


def _given(params: Params, text: str, field: str) -> list[Json]:
    entities = [one for one in params.items(field) or [] if isinstance(one, dict)]
    length = units(text)
    for one in entities:
        offset, size = int(str(one.get("offset", -1))), int(str(one.get("length", 0)))
        if offset < 0 or size <= 0 or offset + size > length:
            raise bad("entity begins or ends outside of the text")
    return entities


def _unparsable(reason: str) -> Exception:
    return bad(f"can't parse entities: {reason}")
