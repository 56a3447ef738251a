"""What the carrier reports of messages to the duty telephone: that one never arrived is seen."""

import re
from typing import Final

from aiohttp import web

from hotline.carrier.form import Form
from hotline.carrier.gate import Gate
from hotline.cases.duty import Duty
from hotline.infra.web.routes import Public, Route
from hotline.kernel.errors import Unavailable

STATUS_PATH: Final = "/sms/duty"
_LOST: Final = frozenset({"undelivered", "failed", "canceled"})
_PAGE: Final = re.compile(r"[1-9][0-9]{0,17}")
_SID: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")
_CODE: Final = re.compile(r"[0-9]{1,6}")


class Webhook:
    """An address apart from that of the chats: the ladder climbs where SMS to callers are off."""

    def __init__(self, duty: Duty, gate: Gate) -> None:
        self._duty = duty
        self._gate = gate

    async def status(self, request: web.Request, form: Form) -> web.StreamResponse:
        """POST /sms/duty?page=<number>. Only what failed is news."""
        page, sid = request.query.get("page", ""), form.get("MessageSid", "")
        if form.get("MessageStatus") in _LOST and _PAGE.fullmatch(page) and _SID.fullmatch(sid):
            code = form.get("ErrorCode", "")
            try:
                await self._duty.undelivered(
                    int(page), sid, code if _CODE.fullmatch(code) else "undelivered"
                )
            except Unavailable:
                return web.Response(status=503)
        return web.Response()

    def routes(self) -> list[Route]:
        """The one address."""
        access = Public("the carrier posts here and proves itself by its signature")
        return [Route("POST", STATUS_PATH, self._gate.guard(self.status), access)]
