"""What a desk asks for in a talk, over HTTP."""

from typing import Literal
from uuid import UUID

from aiohttp import web
from pydantic import BaseModel, ConfigDict, Field

from hotline.access.permissions import Permission
from hotline.infra.web.http import actor, json_body, json_ok, path_uuid
from hotline.infra.web.routes import Route
from hotline.telephony.model import Mode
from hotline.telephony.talks import Goal, Talks
from hotline.telephony.watching import Watching


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Hold(_Body):
    """Whether the caller is to hear music."""

    on: bool


class Third(_Body):
    """Whom to ring: a number or a partner."""

    number: str | None = Field(default=None, max_length=40)
    partner: str | None = Field(default=None, max_length=40)
    caller_held: bool = False


class To(_Body):
    """To whom the talk goes."""

    kind: Literal["staff", "queue", "number", "partner"]
    id: str | None = Field(default=None, max_length=64)
    topic: str | None = Field(default=None, max_length=64)
    language: str | None = Field(default=None, max_length=8)


class HandOn(_Body):
    """A transfer."""

    to: To
    warm: bool


class Watch(_Body):
    """How to be in the talk."""

    mode: Literal["listen", "whisper", "barge", "off"]


class TalkViews:
    """Addresses of the verbs of a talk."""

    def __init__(self, talks: Talks, watching: Watching) -> None:
        self._talks = talks
        self._watching = watching

    async def hold(self, request: web.Request) -> web.StreamResponse:
        """POST /api/calls/{contact}/hold."""
        body = await json_body(request, Hold)
        await self._talks.hold(actor(request), _contact(request), on=body.on)
        return json_ok({})

    async def third(self, request: web.Request) -> web.StreamResponse:
        """POST /api/calls/{contact}/third."""
        body = await json_body(request, Third)
        guest = await self._talks.bring(
            actor(request),
            _contact(request),
            number=body.number,
            partner=body.partner,
            caller_held=body.caller_held,
        )
        return json_ok({"leg": guest.id})

    async def dismiss(self, request: web.Request) -> web.StreamResponse:
        """DELETE /api/calls/{contact}/third/{leg}."""
        leg = path_uuid(request, "leg")
        await self._talks.dismiss(actor(request), _contact(request), leg)
        return json_ok({})

    async def hand_on(self, request: web.Request) -> web.StreamResponse:
        """POST /api/calls/{contact}/transfer."""
        body = await json_body(request, HandOn)
        goal = Goal(body.to.kind, body.to.id, body.to.topic, body.to.language)
        await self._talks.hand_on(actor(request), _contact(request), goal, warm=body.warm)
        return json_ok({})

    async def finish(self, request: web.Request) -> web.StreamResponse:
        """POST /api/calls/{contact}/transfer/finish."""
        await self._talks.finish(actor(request), _contact(request))
        return json_ok({})

    async def take_back(self, request: web.Request) -> web.StreamResponse:
        """POST /api/calls/{contact}/transfer/back."""
        await self._talks.take_back(actor(request), _contact(request))
        return json_ok({})

    async def targets(self, request: web.Request) -> web.StreamResponse:
        """GET /api/calls/{contact}/targets."""
        return json_ok(await self._talks.targets(actor(request), _contact(request)))

    async def watch(self, request: web.Request) -> web.StreamResponse:
        """POST /api/calls/{contact}/watch."""
        body = await json_body(request, Watch)
        mode = None if body.mode == "off" else Mode(body.mode)
        await self._watching.watch(actor(request), _contact(request), mode)
        return json_ok({"mode": body.mode})

    def routes(self) -> list[Route]:
        """All of them."""
        talk, call = Permission.CALL_LINE_TALK, "/api/calls/{contact}"
        return [
            Route("POST", f"{call}/hold", self.hold, talk),
            Route("POST", f"{call}/third", self.third, talk),
            Route("DELETE", f"{call}/third/{{leg}}", self.dismiss, talk),
            Route("POST", f"{call}/transfer", self.hand_on, talk),
            Route("POST", f"{call}/transfer/finish", self.finish, talk),
            Route("POST", f"{call}/transfer/back", self.take_back, talk),
            Route("GET", f"{call}/targets", self.targets, talk),
            Route("POST", f"{call}/watch", self.watch, Permission.CALL_LINE_WATCH),
        ]


def _contact(request: web.Request) -> UUID:
    return path_uuid(request, "contact")
