"""Messages: create, fetch, list, redact, delete."""

from __future__ import annotations

from functools import partial

from aiohttp import web

from hotline.simulator.carrier.errors import RestError, not_found
from hotline.simulator.carrier.exchange import Carrier
from hotline.simulator.carrier.messages import Message
from hotline.simulator.carrier.rest import forms
from hotline.simulator.carrier.rest.forms import Form
from hotline.simulator.carrier.rest.paging import page
from hotline.simulator.carrier.rest.views import message_json

_FILTERS = frozenset({"To", "From", "DateSent", "DateSent<", "DateSent>"})
_UNFINISHED = {"accepted", "queued", "sending"}


class MessageResource:
    """Handlers; ``base`` is the path of the account."""

    def __init__(self, carrier: Carrier, base: str) -> None:
        self._messages = carrier.messages
        self._carrier = carrier
        self._base = base

    def routes(self) -> list[web.RouteDef]:
        """Return the routes."""
        one = f"{self._base}/Messages/{{sid}}.json"
        return [
            web.post(f"{self._base}/Messages.json", self.create),
            web.get(f"{self._base}/Messages.json", self.list),
            web.get(one, self.fetch),
            web.post(one, self.update),
            web.delete(one, self.delete),
        ]

    async def create(self, request: web.Request) -> web.Response:
        """Send an SMS."""
        form = await forms.read(request, forms.MESSAGE_CREATE)
        if not form.text("To"):
            raise RestError(400, 21604, "A 'To' phone number is required.")
        origin = form.text("From")
        if not origin and form.text("MessagingServiceSid"):
            origin = self._carrier.config.sms_number
        if not origin:
            raise RestError(400, 21603, "A 'From' phone number is required.")
        form.number("ValidityPeriod", default=36_000, low=1, high=36_000)
        message = self._messages.send(
            origin, form.text("To"), form.text("Body"), status_callback=form.url("StatusCallback")
        )
        return web.json_response(message_json(message, self._base), status=201)

    async def list(self, request: web.Request) -> web.Response:
        """List messages, youngest first."""
        form = forms.query(request, _FILTERS)
        found = [one for one in self._messages.by_sid.values() if _fits(one, form)]
        return page(request, "messages", found[::-1], show=partial(message_json, base=self._base))

    async def fetch(self, request: web.Request) -> web.Response:
        """Show a message."""
        return web.json_response(message_json(self._find(request), self._base))

    async def update(self, request: web.Request) -> web.Response:
        """Redact the body; it can only be emptied, and only once delivery is over."""
        message = self._find(request)
        form = await forms.read(request, forms.MESSAGE_UPDATE)
        if "Body" in form:
            if form.text("Body"):
                raise RestError(400, 20001, "Body can only be updated to an empty string")
            self._settled(message)
            message.body = ""
        return web.json_response(message_json(message, self._base))

    async def delete(self, request: web.Request) -> web.Response:
        """Forget a message."""
        message = self._find(request)
        self._settled(message)
        del self._messages.by_sid[message.sid]
        return web.Response(status=204)

    def _settled(self, message: Message) -> None:
        if message.status in _UNFINISHED:
            raise RestError(
                409, 20009, "Cannot change the message because delivery has not been completed."
            )

    def _find(self, request: web.Request) -> Message:
        message = self._messages.by_sid.get(request.match_info["sid"])
        if message is None:
            raise not_found(request.path)
        return message


def _fits(message: Message, form: Form) -> bool:
    if form.text("To") not in {"", message.to} or form.text("From") not in {"", message.origin}:
        return False
    moment = (message.sent or message.created).isoformat()
    day, after, before = form.text("DateSent"), form.text("DateSent>"), form.text("DateSent<")
    return (
        (not day or moment.startswith(day[:10]))
        and (not after or moment[: len(after.rstrip("Z"))] >= after.rstrip("Z"))
        and (not before or moment[: len(before.rstrip("Z"))] <= before.rstrip("Z"))
    )
