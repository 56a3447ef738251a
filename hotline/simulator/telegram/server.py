"""The Bot API on the wire: token, parameters, faults, answers."""

from __future__ import annotations

import asyncio
import hmac

from aiohttp import web

from hotline.simulator.faults import Fault
from hotline.simulator.telegram.errors import BotError
from hotline.simulator.telegram.methods import Methods
from hotline.simulator.telegram.params import read
from hotline.simulator.telegram.platform import Platform

_BLACK_HOLE_S = 30.0
# What floods, failures and lost answers may hit.
_CHANGING = ("send", "edit", "delete")
_SPARED = {"sendchataction", "deletewebhook"}


class Server:
    """Handlers of ``/bot<token>/METHOD`` and ``/file/bot<token>/path``."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self._methods = Methods(platform)

    def routes(self) -> list[web.RouteDef]:
        """Return the routes."""
        return [
            web.route("*", "/bot{token:[^/]+}/{method}", self.call),
            web.get("/file/bot{token:[^/]+}/{path:.+}", self.file),
        ]

    async def call(self, request: web.Request) -> web.Response:
        """Carry out a method."""
        name = request.match_info["method"].lower()
        try:
            result = await self._result(request, name)
        except BotError as error:
            self._note(name, error.code)
            return web.json_response(error.body(), status=error.code)
        self._note(name, 200)
        if _may_fail(name) and self._platform.faults.strikes(Fault.TELEGRAM_TIMEOUT_AFTER):
            await asyncio.sleep(_BLACK_HOLE_S)
        return web.json_response({"ok": True, "result": result})

    async def file(self, request: web.Request) -> web.Response:
        """Hand out a file."""
        if not self._known(request):
            raise web.HTTPUnauthorized
        body = self._platform.file_body(request.match_info["path"])
        if body is None:
            raise web.HTTPNotFound
        return web.Response(body=body, content_type="application/octet-stream")

    async def _result(self, request: web.Request, name: str) -> object:
        if not self._known(request):
            raise BotError(401, "Unauthorized")
        method = self._methods.table.get(name)
        if method is None:
            raise BotError(404, "Not Found: method not found")
        try:
            params = await read(request)
        except web.HTTPRequestEntityTooLarge as error:
            raise BotError(413, "Request Entity Too Large") from error
        faults = self._platform.faults
        if _may_fail(name) and faults.strikes(Fault.TELEGRAM_429):
            wait = faults.retry_after_s
            raise BotError(429, f"Too Many Requests: retry after {wait}", retry_after=wait)
        if _may_fail(name) and faults.strikes(Fault.TELEGRAM_500):
            raise BotError(500, "Internal Server Error")
        return await method(params)

    def _known(self, request: web.Request) -> bool:
        given = request.match_info["token"].encode()
        return hmac.compare_digest(given, self._platform.token.encode())

    def _note(self, method: str, status: int) -> None:
        self._platform.journal.write("telegram.call", method=method, status=status)


def _may_fail(method: str) -> bool:
    return method.startswith(_CHANGING) and method not in _SPARED
