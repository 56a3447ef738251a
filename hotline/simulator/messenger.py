"""The person's side of Telegram over HTTP, for the page and for tests in other processes.

``POST /_sim/telegram/{user}`` with one of ``start``, ``text`` (and ``reply_to``), ``press`` (and
``message_id``), ``edit`` (a number, and ``text``), ``delete`` (numbers), ``location``,
``contact``, ``sticker``, ``block``; also ``language_code`` and ``first_name``.
``POST /_sim/telegram/{user}/files`` takes a form: ``kind``, one or more ``file`` (several are an
album), ``caption``, ``reply_to``, ``seconds``. Both answer ``{messages: [number]}``.
``GET /_sim/telegram/{user}`` lists what stands in the chat, ``GET /_sim/telegram/{user}/chat``
tells also its state and what was deleted. ``GET /_sim/files/{file_id}`` is a file, for people.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from aiohttp import web

from hotline.simulator import shapes
from hotline.simulator.people import People
from hotline.simulator.telegram.files import Kind
from hotline.simulator.telegram.params import Upload
from hotline.simulator.telegram.people import TelegramPerson
from hotline.simulator.telegram.platform import Platform

Json = dict[str, object]
Move = Callable[[TelegramPerson, Json], Awaitable[list[int]]]

# What a browser may show where it stands; all else is handed out to be kept.
_SHOWN = ("image/jpeg", "image/png", "image/webp", "audio/", "video/")
_HEADERS = {
    "Cache-Control": "private, max-age=3600",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
}


class Messenger:
    """Handlers; a wrong request is a 400 with a sentence."""

    def __init__(self, telegram: Platform, people: People) -> None:
        self._telegram = telegram
        self._people = people

    def routes(self) -> list[web.RouteDef]:
        """Return the routes."""
        return [
            web.post("/_sim/telegram/{user}", self.act),
            web.post("/_sim/telegram/{user}/files", self.send_files),
            web.get("/_sim/telegram/{user}", self.messages),
            web.get("/_sim/telegram/{user}/chat", self.chat),
            web.get("/_sim/files/{file_id}", self.file),
        ]

    async def act(self, request: web.Request) -> web.Response:
        """Let somebody do something in the chat with the bot."""
        person, body = self._person(request), await _body(request)
        for name in ("language_code", "first_name"):
            if name in body:
                setattr(person.account, name, str(body[name]))
        move = next((one for name, one in _MOVES.items() if name in body), None)
        if move is None:
            raise web.HTTPBadRequest(text=f"one of {', '.join(_MOVES)} is needed")
        try:
            return web.json_response({"messages": await move(person, body)})
        except LookupError as error:
            raise web.HTTPBadRequest(text="no such button or message") from error
        except (ValueError, TypeError) as error:
            raise web.HTTPBadRequest(text="not in this shape") from error

    async def send_files(self, request: web.Request) -> web.Response:
        """Let somebody send files."""
        person, form = self._person(request), await request.post()
        seconds = _whole(form.get("seconds"))
        parts = [one for one in form.getall("file", []) if isinstance(one, web.FileField)]
        uploads = [await _upload(one, seconds) for one in parts]
        try:
            kind = Kind(str(form.get("kind")))
        except ValueError as error:
            raise web.HTTPBadRequest(text="unknown kind of file") from error
        if not uploads:
            raise web.HTTPBadRequest(text="file is needed")
        caption, reply_to = str(form.get("caption", "")), _whole(form.get("reply_to")) or None
        if len(uploads) > 1:
            sent = await person.album([(kind, one) for one in uploads], caption)
        else:
            sent = [await person.file(kind, uploads[0], caption, reply_to=reply_to)]
        return web.json_response({"messages": [one.message_id for one in sent]})

    async def messages(self, request: web.Request) -> web.Response:
        """Show what somebody sees in the chat."""
        return web.json_response(
            [shapes.message_json(one) for one in self._person(request).messages]
        )

    async def chat(self, request: web.Request) -> web.Response:
        """Show the chat: whether it is open, what stands in it and what was deleted."""
        chat = self._person(request).chat
        return web.json_response(
            {
                "started": chat.started,
                "blocked": chat.blocked,
                "deleted": chat.deleted,
                "messages": [shapes.message_json(one) for one in chat.messages.values()],
            }
        )

    async def file(self, request: web.Request) -> web.Response:
        """Hand out a file to a person; nothing in it can run."""
        kept = self._telegram.files.find(request.match_info["file_id"])
        if kept is None:
            raise web.HTTPNotFound
        headers = dict(_HEADERS)
        shown = kept.mime.startswith(_SHOWN)
        headers["Content-Disposition"] = "inline" if shown else "attachment"
        mime = kept.mime if shown else "application/octet-stream"
        return web.Response(body=kept.body, content_type=mime, headers=headers)

    def _person(self, request: web.Request) -> TelegramPerson:
        return self._people.telegram_person(_whole(request.match_info["user"]))


async def _start(person: TelegramPerson, body: Json) -> list[int]:
    return [(await person.start(str(body["start"] or ""))).message_id]


async def _write(person: TelegramPerson, body: Json) -> list[int]:
    text = str(body["text"] or "")
    if not text:
        raise ValueError(text)
    return [(await person.text(text, reply_to=_whole(body.get("reply_to")) or None)).message_id]


async def _press(person: TelegramPerson, body: Json) -> list[int]:
    await person.press(str(body["press"]), message_id=_whole(body.get("message_id")) or None)
    return []


async def _edit(person: TelegramPerson, body: Json) -> list[int]:
    await person.edit(_whole(body["edit"]), str(body.get("text", "")))
    return []


async def _delete(person: TelegramPerson, body: Json) -> list[int]:
    numbers = body["delete"]
    await person.delete(*(_whole(one) for one in (numbers if isinstance(numbers, list) else [])))
    return []


async def _place(person: TelegramPerson, body: Json) -> list[int]:
    place = body["location"]
    if not isinstance(place, list):
        raise TypeError(place)
    latitude, longitude = (float(one) for one in place)
    return [(await person.location(latitude, longitude)).message_id]


async def _card(person: TelegramPerson, body: Json) -> list[int]:
    return [(await person.contact(str(body["contact"]))).message_id]


async def _sticker(person: TelegramPerson, body: Json) -> list[int]:
    return [(await person.sticker(str(body["sticker"]))).message_id]


async def _block(person: TelegramPerson, body: Json) -> list[int]:
    await (person.block() if body["block"] else person.unblock())
    return []


# The first name that stands in the request decides; ``text`` is also a part of others.
_MOVES: dict[str, Move] = {
    "start": _start,
    "press": _press,
    "edit": _edit,
    "delete": _delete,
    "location": _place,
    "contact": _card,
    "sticker": _sticker,
    "block": _block,
    "text": _write,
}


def _whole(value: object) -> int:
    """Read a number; 0 for none. A wrong one is a 400."""
    try:
        return int(str(value or 0))
    except ValueError as error:
        raise web.HTTPBadRequest(text="a number is needed") from error


async def _upload(part: web.FileField, seconds: int) -> Upload:
    body = await asyncio.to_thread(part.file.read)
    mime = "" if part.content_type == "application/octet-stream" else part.content_type
    return Upload(body, part.filename, mime, seconds=seconds)


async def _body(request: web.Request) -> Json:
    if request.content_type != "application/json":
        raise web.HTTPUnsupportedMediaType(text="JSON is needed")
    body = await request.json()
    if not isinstance(body, dict):
        raise web.HTTPBadRequest(text="an object is needed")
    return body
