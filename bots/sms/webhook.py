"""The addresses the carrier posts messages and their fates to: signed, committed, then answered."""

import re
from collections.abc import Mapping
from typing import Final

from aiohttp import web

from bots.sms.channel import CHANNEL, STATUS_PATH
from bots.sms.door import SID, Door
from hotline.carrier.form import Form
from hotline.carrier.gate import Gate
from hotline.chat.delivery import Delivery
from hotline.chat.model import MessageState
from hotline.chat.ports import Report
from hotline.infra.metrics import Metrics
from hotline.infra.web.routes import Public, Route
from hotline.kernel.errors import Unavailable

IN_PATH: Final = "/sms/in"
EMPTY: Final = '<?xml version="1.0" encoding="UTF-8"?><Response/>'
STATES: Final[Mapping[str, MessageState]] = {
    "accepted": MessageState.SENT,
    "scheduled": MessageState.SENT,
    "queued": MessageState.SENT,
    "sending": MessageState.SENT,
    "sent": MessageState.SENT,
    "partially_delivered": MessageState.SENT,
    "delivered": MessageState.DELIVERED,
    "read": MessageState.READ,
    "undelivered": MessageState.FAILED,
    "failed": MessageState.FAILED,
    "canceled": MessageState.FAILED,
}
_REF: Final = re.compile(r"([1-9][0-9]{0,17})\.([0-9]{1,3})")
_CODE: Final = re.compile(r"[0-9]{1,6}")


class Webhook:
    """An empty answer means kept; replies go out by themselves, so that each is accounted for."""

    def __init__(
        self,
        door: Door,
        delivery: Delivery,
        gate: Gate,
        metrics: Metrics,
    ) -> None:
        self._door = door
        self._delivery = delivery
        self._gate = gate
        self._metrics = metrics

    async def message(self, _request: web.Request, form: Form) -> web.StreamResponse:
        """POST /sms/in."""
        event_id = _field(form, "MessageSid", "SmsSid")
        if not SID.fullmatch(event_id):
            return web.Response(status=400)
        try:
            await self._door.take(event_id, form)
        except Unavailable:
            return web.Response(status=503)
        return web.Response(text=EMPTY, content_type="text/xml")

    async def status(self, request: web.Request, form: Form) -> web.StreamResponse:
        """POST /sms/status?m=<message>.<part>."""
        found = _REF.fullmatch(request.query.get("m", ""))
        sid = _field(form, "MessageSid", "SmsSid")
        state = STATES.get(_field(form, "MessageStatus", "SmsStatus"))
        if found is None or state is None or not SID.fullmatch(sid):
            self._metrics.inbox.labels(CHANNEL, "ignored").inc()
            return web.Response()
        code = form.get("ErrorCode", "")
        failed = state is MessageState.FAILED
        why = f"carrier-{code}" if _CODE.fullmatch(code) else "undelivered"
        number, part = int(found[1]), int(found[2])
        report = Report(CHANNEL, number, part, sid, state, why if failed else None)
        try:
            await self._delivery.report(report)
        except Unavailable:
            return web.Response(status=503)
        return web.Response()

    def routes(self) -> list[Route]:
        """Both addresses."""
        access = Public("the carrier posts here and proves itself by its signature")
        return [
            Route("POST", IN_PATH, self._gate.guard(self.message), access),
            Route("POST", STATUS_PATH, self._gate.guard(self.status), access),
        ]


def _field(form: Form, *names: str) -> str:
    """The first of these fields that says something."""
    return next((form[name] for name in names if form.get(name)), "")
