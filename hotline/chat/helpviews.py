"""Erasing a conversation, over HTTP."""

from aiohttp import web

from hotline.access.permissions import Permission
from hotline.chat.erasing import Erasing
from hotline.chat.views import Empty
from hotline.infra.web.http import actor, json_body, json_ok, path_uuid
from hotline.infra.web.routes import Route


class HelpViews:
    """What staff may do with a conversation beside writing."""

    def __init__(self, erasing: Erasing) -> None:
        self._erasing = erasing

    async def erase(self, request: web.Request) -> web.StreamResponse:
        """POST /api/chats/{id}/erase; `held`: our own copy goes once the escalation is closed."""
        await json_body(request, Empty)
        held = await self._erasing.by_staff(actor(request), path_uuid(request, "id"))
        return json_ok({"held": held})

    def routes(self) -> list[Route]:
        """What the desk may ask."""
        path = "/api/chats/{id}/erase"
        return [Route("POST", path, self.erase, Permission.CHAT_CONTENT_ERASE)]
