"""Chats over HTTP."""

from typing import Literal

from aiohttp import web
from pydantic import BaseModel, ConfigDict, Field

from hotline.access.permissions import Permission
from hotline.chat.attention import Attention
from hotline.chat.editing import Editing
from hotline.chat.model import message_json
from hotline.chat.replies import Replies
from hotline.chat.service import Chat
from hotline.infra.web.http import (
    BIGGEST,
    actor,
    json_body,
    json_ok,
    path_number,
    path_uuid,
    query_number,
)
from hotline.infra.web.routes import Route
from hotline.kernel.errors import NotFound

_DEFAULT_PAGE = 60


class SendMessage(BaseModel):
    """What an operator writes; `client_id` makes a repeat harmless.

    `sure`: also to somebody who asked for no more messages here.
    """

    model_config = ConfigDict(extra="forbid")
    client_id: str = Field(min_length=1, max_length=64)
    text: str = Field(min_length=1, max_length=20_000)
    reply_to: int | None = Field(default=None, ge=1, le=BIGGEST)
    sure: bool = False


class WriteNote(BaseModel):
    """What colleagues are to read; `client_id` makes a repeat harmless."""

    model_config = ConfigDict(extra="forbid")
    client_id: str = Field(min_length=1, max_length=64)
    text: str = Field(min_length=1, max_length=20_000)


class EditMessage(BaseModel):
    """Other words for a message that was sent."""

    model_config = ConfigDict(extra="forbid")
    text: str = Field(min_length=1, max_length=20_000)


class Decide(BaseModel):
    """What is to happen to a message whose fate nobody knows."""

    model_config = ConfigDict(extra="forbid")
    action: Literal["resend", "drop"]


class Empty(BaseModel):
    """Nothing is asked for."""

    model_config = ConfigDict(extra="forbid")


class Views:
    """The chat side of the desk."""

    def __init__(
        self, chat: Chat, editing: Editing, attention: Attention, replies: Replies
    ) -> None:
        self._chat = chat
        self._editing = editing
        self._attention = attention
        self._replies = replies

    async def messages(self, request: web.Request) -> web.StreamResponse:
        """GET /api/chats/{id}/messages."""
        before = query_number(request, "before")
        messages, more = await self._chat.messages(
            actor(request),
            path_uuid(request, "id"),
            before=before,
            limit=query_number(request, "limit") or _DEFAULT_PAGE,
        )
        return json_ok({"messages": [message_json(m) for m in messages], "more": more})

    async def earlier(self, request: web.Request) -> web.StreamResponse:
        """GET /api/chats/{contact}/earlier/{id}."""
        messages, more = await self._chat.earlier(
            actor(request),
            path_uuid(request, "contact"),
            path_uuid(request, "id"),
            before=query_number(request, "before"),
            limit=query_number(request, "limit") or _DEFAULT_PAGE,
        )
        return json_ok({"messages": [message_json(m) for m in messages], "more": more})

    async def send(self, request: web.Request) -> web.StreamResponse:
        """POST /api/chats/{id}/messages."""
        body = await json_body(request, SendMessage)
        message = await self._chat.send(
            actor(request),
            path_uuid(request, "id"),
            body.client_id,
            body.text,
            reply_to=body.reply_to,
            sure=body.sure,
        )
        return json_ok({"message": message_json(message)})

    async def note(self, request: web.Request) -> web.StreamResponse:
        """POST /api/chats/{id}/notes."""
        body = await json_body(request, WriteNote)
        message = await self._chat.note(
            actor(request), path_uuid(request, "id"), body.client_id, body.text
        )
        return json_ok({"message": message_json(message)})

    async def typing(self, request: web.Request) -> web.StreamResponse:
        """POST /api/chats/{id}/typing."""
        await json_body(request, Empty)
        await self._attention.typing(actor(request), path_uuid(request, "id"))
        return json_ok({})

    async def edit(self, request: web.Request) -> web.StreamResponse:
        """POST /api/messages/{id}/edit."""
        body = await json_body(request, EditMessage)
        number = path_number(request, "id")
        await self._editing.edit(actor(request), number, body.text)
        message = await self._chat.message(number, actor(request))
        if message is None:
            raise NotFound
        return json_ok({"message": message_json(message)})

    async def revisions(self, request: web.Request) -> web.StreamResponse:
        """GET /api/messages/{id}/revisions."""
        found = await self._editing.earlier(actor(request), path_number(request, "id"))
        return json_ok({"revisions": [{"at": one.at, "text": one.text} for one in found]})

    async def replies(self, request: web.Request) -> web.StreamResponse:
        """GET /api/replies."""
        return json_ok({"replies": await self._replies.shown(actor(request))})

    async def close(self, request: web.Request) -> web.StreamResponse:
        """POST /api/chats/{id}/close."""
        await json_body(request, Empty)
        await self._chat.close(actor(request), path_uuid(request, "id"))
        return json_ok({})

    async def decide(self, request: web.Request) -> web.StreamResponse:
        """POST /api/messages/{id}/decide."""
        body = await json_body(request, Decide)
        message = await self._chat.decide(actor(request), path_number(request, "id"), body.action)
        return json_ok({"message": message_json(message)})

    def routes(self) -> list[Route]:
        """What the desk may ask of chats."""
        read, write = Permission.CONTACT_OWN_READ, Permission.CHAT_MESSAGE_SEND
        return [
            Route("GET", "/api/chats/{id}/messages", self.messages, read),
            Route("GET", "/api/chats/{contact}/earlier/{id}", self.earlier, read),
            Route("POST", "/api/chats/{id}/messages", self.send, write),
            Route("POST", "/api/chats/{id}/notes", self.note, write),
            Route("POST", "/api/chats/{id}/typing", self.typing, write),
            Route("POST", "/api/chats/{id}/close", self.close, write),
            Route("POST", "/api/messages/{id}/edit", self.edit, write),
            Route("GET", "/api/messages/{id}/revisions", self.revisions, read),
            Route("GET", "/api/replies", self.replies, write),
            Route("POST", "/api/messages/{id}/decide", self.decide, write),
        ]
