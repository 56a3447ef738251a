"""Callbacks and messages over HTTP."""

from aiohttp import web
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from hotline.access.permissions import Permission
from hotline.callbacks.agreeing import Agreements, Wish
from hotline.callbacks.listening import Listening
from hotline.callbacks.model import CallbackState
from hotline.callbacks.promises import Promises
from hotline.infra.web.http import actor, json_body, json_ok, path_uuid
from hotline.infra.web.ranges import send_range
from hotline.infra.web.routes import Route
from hotline.kernel.errors import NotFound
from hotline.kernel.text import clean

_WORDS = 500


class Hurry(BaseModel):
    """Why the person is called although it is not safe; empty where it is."""

    model_config = ConfigDict(extra="forbid")
    outside: str = Field(default="", max_length=_WORDS)


class PutOff(Hurry):
    """When to call, at the earliest."""

    at: AwareDatetime


class Agree(PutOff):
    """A call at an agreed time; without `until` an hour. `number`: another than the caller's."""

    until: AwareDatetime | None = None
    reason: str = Field(default="", max_length=_WORDS)
    number: str = Field(default="", max_length=40)


class Close(BaseModel):
    """Why nobody is to be called."""

    model_config = ConfigDict(extra="forbid")
    reason: str = Field(pattern="^[a-z_]{1,40}$")


class Views:
    """The list of callbacks and what may be done with one."""

    def __init__(self, promises: Promises, agreements: Agreements, listening: Listening) -> None:
        self._promises = promises
        self._agreements = agreements
        self._listening = listening

    async def shown(self, request: web.Request) -> web.StreamResponse:
        """GET /api/callbacks."""
        wanted = request.query.get("state", CallbackState.OPEN)
        if wanted not in set(CallbackState):
            raise NotFound
        found = await self._promises.shown(actor(request), CallbackState(wanted))
        return json_ok({"callbacks": found, "next": None})

    async def one(self, request: web.Request) -> web.StreamResponse:
        """GET /api/callbacks/{id}."""
        found = await self._promises.one(actor(request), path_uuid(request, "id"))
        return json_ok({"callback": found})

    async def call(self, request: web.Request) -> web.StreamResponse:
        """POST /api/callbacks/{id}/call."""
        body = await json_body(request, Hurry)
        await self._promises.hurry(actor(request), path_uuid(request, "id"), _words(body.outside))
        return json_ok({})

    async def agree(self, request: web.Request) -> web.StreamResponse:
        """POST /api/contacts/{id}/callback."""
        body = await json_body(request, Agree)
        wish = Wish(
            at=body.at,
            until=body.until,
            reason=_words(body.reason),
            number=body.number.strip(),
            outside=_words(body.outside),
        )
        made = await self._agreements.promise(actor(request), path_uuid(request, "id"), wish)
        return json_ok(made)

    async def put_off(self, request: web.Request) -> web.StreamResponse:
        """POST /api/callbacks/{id}/put-off."""
        body = await json_body(request, PutOff)
        why = _words(body.outside)
        await self._promises.put_off(actor(request), path_uuid(request, "id"), body.at, why)
        return json_ok({})

    async def close(self, request: web.Request) -> web.StreamResponse:
        """POST /api/callbacks/{id}/close."""
        body = await json_body(request, Close)
        await self._promises.close(actor(request), path_uuid(request, "id"), body.reason)
        return json_ok({})

    async def again(self, request: web.Request) -> web.StreamResponse:
        """POST /api/callbacks/{id}/again."""
        body = await json_body(request, PutOff)
        wish = Wish(at=body.at, outside=_words(body.outside))
        made = await self._agreements.again(actor(request), path_uuid(request, "id"), wish)
        return json_ok(made)

    async def give_up(self, request: web.Request) -> web.StreamResponse:
        """POST /api/callbacks/{id}/give-up."""
        body = await json_body(request, Close)
        await self._agreements.give_up(actor(request), path_uuid(request, "id"), body.reason)
        return json_ok({})

    async def ticket(self, request: web.Request) -> web.StreamResponse:
        """POST /api/messages/{id}/ticket."""
        return json_ok(await self._listening.ticket(actor(request), path_uuid(request, "id")))

    async def sound(self, request: web.Request) -> web.StreamResponse:
        """GET /api/messages/{id}/sound: the whole, or one range of it."""
        ticket = request.query.get("t", "")
        sound = await self._listening.sound(actor(request), path_uuid(request, "id"), ticket)
        return await send_range(
            request,
            sound.media_type,
            sound.length,
            lambda start, stop: self._listening.read(sound, start, stop),
        )

    def routes(self) -> list[Route]:
        """What the desk may ask."""
        manage = Permission.CALLBACK_PROMISE_MANAGE
        decide = Permission.CALLBACK_PROMISE_DECIDE
        return [
            Route("GET", "/api/callbacks", self.shown, manage),
            Route("GET", "/api/callbacks/{id}", self.one, manage),
            Route("POST", "/api/contacts/{id}/callback", self.agree, manage),
            Route("POST", "/api/callbacks/{id}/call", self.call, manage),
            Route("POST", "/api/callbacks/{id}/put-off", self.put_off, manage),
            Route("POST", "/api/callbacks/{id}/close", self.close, manage),
            Route("POST", "/api/callbacks/{id}/again", self.again, decide),
            Route("POST", "/api/callbacks/{id}/give-up", self.give_up, decide),
            Route("POST", "/api/messages/{id}/ticket", self.ticket, Permission.MESSAGE_SOUND_PLAY),
            Route("GET", "/api/messages/{id}/sound", self.sound, Permission.MESSAGE_SOUND_PLAY),
        ]


def _words(text: str) -> str:
    return clean(text, limit=_WORDS).strip()
