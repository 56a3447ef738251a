"""The addresses that messages and their fates are posted to: proved, committed, then answered."""

from collections.abc import Awaitable, Callable

from aiohttp import web

from bots.sms.door import Door
from bots.sms.model import CHANNEL, IN_PATH, STATUS_PATH
from bots.sms.ports import Transport
from hotline.carrier.form import Form
from hotline.chat.delivery import Delivery
from hotline.infra.metrics import Metrics
from hotline.infra.web.routes import Handler, Public, Route
from hotline.kernel.errors import Unavailable


class Webhook:
    """What the transport vouches for is kept before it is answered; the rest leaves no trace."""

    def __init__(
        self, transport: Transport, door: Door, delivery: Delivery, metrics: Metrics
    ) -> None:
        self._transport = transport
        self._door = door
        self._delivery = delivery
        self._metrics = metrics

    async def message(self, _request: web.Request, form: Form) -> web.StreamResponse:
        """POST /sms/in."""
        await self._door.take(self._transport.parse_inbound(form))
        return self._transport.thanks()

    async def status(self, request: web.Request, form: Form) -> web.StreamResponse:
        """POST /sms/status?m=<message>.<part>; a transport may carry our name in a field."""
        report = self._transport.parse_status(form, request.query.get("m", ""))
        if report is None:
            self._metrics.inbox.labels(CHANNEL, "ignored").inc()
        else:
            await self._delivery.report(report)
        return web.Response()

    def routes(self) -> list[Route]:
        """Both addresses."""
        access = Public("the provider posts here and proves itself by its signature")
        return [
            Route("POST", IN_PATH, self._guarded(self.message), access),
            Route("POST", STATUS_PATH, self._guarded(self.status), access),
        ]

    def _guarded(
        self, handler: Callable[[web.Request, Form], Awaitable[web.StreamResponse]]
    ) -> Handler:
        async def guarded(request: web.Request) -> web.StreamResponse:
            form = await self._transport.verify(request)
            if form is None:
                self._metrics.signatures_bad.labels(CHANNEL).inc()
                return web.Response(status=403)
            try:
                return await handler(request, form)
            except Unavailable:
                return web.Response(status=503)

        return guarded
