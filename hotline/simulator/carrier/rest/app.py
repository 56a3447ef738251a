"""The REST application: the account's door, its faults, and the list of resources."""

from __future__ import annotations

import asyncio
import base64
import binascii
import hmac

from aiohttp import web
from aiohttp.typedefs import Handler

from hotline.simulator.carrier.errors import RestError, not_found
from hotline.simulator.carrier.exchange import Carrier
from hotline.simulator.carrier.rest import forms
from hotline.simulator.carrier.rest.calls import CallResource
from hotline.simulator.carrier.rest.conferences import ConferenceResource
from hotline.simulator.carrier.rest.messages import MessageResource
from hotline.simulator.carrier.rest.paging import page
from hotline.simulator.carrier.rest.queues import QueueResource
from hotline.simulator.carrier.rest.recordings import RecordingResource
from hotline.simulator.faults import Fault

_BLACK_HOLE_S = 30.0


def build(carrier: Carrier) -> web.Application:
    """Build the application; mount it at the dialect's prefix (``/2010-04-01``)."""
    return _Face(carrier).application()


class _Face:
    def __init__(self, carrier: Carrier) -> None:
        self._carrier = carrier
        self._sid = carrier.config.account_sid
        self._prefix = carrier.desk.dialect.rest_prefix

    def application(self) -> web.Application:
        carrier, base = self._carrier, f"{self._prefix}/Accounts/{self._sid}"
        app = web.Application(middlewares=[self._guard])
        routes = CallResource(carrier, base).routes() + MessageResource(carrier, base).routes()
        routes += RecordingResource(carrier, base).routes()
        if carrier.desk.dialect.conferences:
            routes += ConferenceResource(carrier, base).routes()
        if carrier.desk.dialect.queues:
            routes += QueueResource(carrier, base).routes()
        routes += [
            web.get(f"{base}.json", self._account),
            web.get(f"{base}/IncomingPhoneNumbers.json", self._numbers),
            web.get(f"{base}/IncomingPhoneNumbers/{{sid}}.json", self._one_number),
        ]
        for route in routes:
            app.router.add_route(route.method, route.path[len(self._prefix) :], route.handler)
        return app

    @web.middleware
    async def _guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        silent = False
        try:
            self._check(request)
            answer = await handler(request)
            silent = self._carrier.faults.strikes(Fault.REST_TIMEOUT_AFTER)
        except RestError as error:
            answer = web.json_response(error.body(), status=error.status)
        except web.HTTPNotFound:
            refusal = not_found(request.path)
            answer = web.json_response(refusal.body(), status=refusal.status)
        except web.HTTPMethodNotAllowed:
            refusal = RestError(405, 20004, "Method not allowed")
            if not self._carrier.desk.dialect.reliable:
                refusal = not_found(request.path)
            answer = web.json_response(refusal.body(), status=refusal.status)
        self._carrier.desk.journal.write(
            "rest", method=request.method, path=request.path, status=answer.status
        )
        if silent:
            await asyncio.sleep(_BLACK_HOLE_S)
        return answer

    def _check(self, request: web.Request) -> None:
        if not self._authorised(request.headers.get("Authorization", "")):
            raise RestError(401, 20003, "Authenticate")
        if self._carrier.faults.strikes(Fault.REST_429):
            raise RestError(429, 20429, "Too Many Requests")
        if self._carrier.faults.strikes(Fault.REST_500):
            raise RestError(500, 20500, "An internal server error has occurred")

    def _authorised(self, header: str) -> bool:
        kind, _, value = header.partition(" ")
        try:
            given = base64.b64decode(value, validate=True)
        except binascii.Error:
            return False
        wanted = f"{self._sid}:{self._carrier.config.auth_token}".encode()
        return kind.lower() == "basic" and hmac.compare_digest(given, wanted)

    async def _account(self, _request: web.Request) -> web.Response:
        return web.json_response(
            {
                "sid": self._sid,
                "friendly_name": "Simulated account",
                "status": "active",
                "type": "Full",
                "owner_account_sid": self._sid,
                "date_created": "Tue, 31 Aug 2010 20:36:28 +0000",
                "date_updated": "Tue, 31 Aug 2010 20:36:28 +0000",
                "auth_token": None,
                "uri": f"{self._prefix}/Accounts/{self._sid}.json",
                "subresource_uris": {},
            }
        )

    async def _numbers(self, request: web.Request) -> web.Response:
        form = forms.query(request, frozenset({"PhoneNumber", "FriendlyName", "Beta", "Origin"}))
        wanted = {form.text("PhoneNumber"), form.text("FriendlyName")} - {""}
        numbers = [one for one in self._ours() if wanted <= {one}]
        return page(request, "incoming_phone_numbers", numbers, show=self._number)

    async def _one_number(self, request: web.Request) -> web.Response:
        shown = (self._number(one) for one in self._ours())
        found = next((one for one in shown if one["sid"] == request.match_info["sid"]), None)
        if found is None:
            raise not_found(request.path)
        return web.json_response(found)

    def _ours(self) -> tuple[str, str]:
        return self._carrier.config.number, self._carrier.config.sms_number

    def _number(self, number: str) -> dict[str, object]:
        config, urls = self._carrier.config, self._carrier.urls
        sid = f"PN{number.strip('+').rjust(32, '0')}"
        return {
            "sid": sid,
            "account_sid": self._sid,
            "phone_number": number,
            "friendly_name": number,
            "voice_url": urls.voice_url,
            "voice_method": "POST",
            "voice_fallback_url": urls.voice_fallback_url,
            "status_callback": urls.status_callback,
            "sms_url": urls.sms_url,
            "sms_method": "POST",
            "capabilities": {
                "voice": True,
                "sms": number == config.sms_number,
                "mms": False,
                "fax": False,
            },
            "api_version": "2010-04-01",
            "status": "in-use",
            "origin": "twilio",
            "beta": False,
            "date_created": "Tue, 31 Aug 2010 20:36:28 +0000",
            "date_updated": "Tue, 31 Aug 2010 20:36:28 +0000",
            "uri": f"{self._prefix}/Accounts/{self._sid}/IncomingPhoneNumbers/{sid}.json",
        }
