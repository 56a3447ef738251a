"""The address Telegram posts updates to: checked, committed, and only then answered."""

import hmac
import json

import structlog
from aiohttp import web

from bots.telegram.door import Door
from bots.telegram.updates import CHANNEL
from hotline.infra.metrics import Metrics
from hotline.infra.web.routes import Public, Route
from hotline.kernel.errors import Unavailable
from hotline.kernel.secret import Secret

PATH = "/telegram/webhook"
HEADER = "X-Telegram-Bot-Api-Secret-Token"

log = structlog.get_logger(__name__)


class Webhook:
    """200 means kept. Anything else makes Telegram come again."""

    def __init__(self, door: Door, secret: Secret, metrics: Metrics) -> None:
        self._door = door
        self._secret = secret.reveal().encode()
        self._metrics = metrics

    async def update(self, request: web.Request) -> web.StreamResponse:
        """POST /telegram/webhook."""
        given = request.headers.get(HEADER, "").encode("utf-8", "replace")
        if not self._secret or not hmac.compare_digest(given, self._secret):
            self._metrics.signatures_bad.labels(CHANNEL).inc()
            return web.Response(status=403)
        body = await request.read()
        try:
            value = json.loads(body.decode("utf-8", "replace"))
        except (ValueError, RecursionError):
            log.warning("telegram.not_json", body_bytes=len(body))
            return web.Response(status=400)
        try:
            await self._door.take(value)
        except Unavailable:
            return web.Response(status=503)
        return web.Response()

    def routes(self) -> list[Route]:
        """The one address."""
        access = Public("Telegram posts here and proves itself by the secret token")
        return [Route("POST", PATH, self.update, access)]
