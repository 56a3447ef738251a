"""Queues of the carrier and who waits in them."""

from __future__ import annotations

from functools import partial

from aiohttp import web

from hotline.simulator.carrier.calls import Script
from hotline.simulator.carrier.errors import RestError, not_found
from hotline.simulator.carrier.exchange import Carrier
from hotline.simulator.carrier.queues import LARGEST, Member, Queue
from hotline.simulator.carrier.rest import forms
from hotline.simulator.carrier.rest.forms import Form
from hotline.simulator.carrier.rest.paging import page
from hotline.simulator.clock import rfc2822

_FIELDS = frozenset({"FriendlyName", "MaxSize"})
_MADE_SIZE = 1_000


class QueueResource:
    """Handlers; ``base`` is the path of the account."""

    def __init__(self, carrier: Carrier, base: str) -> None:
        self._carrier = carrier
        self._queues = carrier.queues
        self._base = base

    def routes(self) -> list[web.RouteDef]:
        """Return the routes."""
        one = f"{self._base}/Queues/{{sid}}"
        return [
            web.post(f"{self._base}/Queues.json", self.create),
            web.get(f"{self._base}/Queues.json", self.list),
            web.get(f"{one}.json", self.fetch),
            web.post(f"{one}.json", self.update),
            web.delete(f"{one}.json", self.delete),
            web.get(f"{one}/Members.json", self.members),
            web.get(f"{one}/Members/{{who}}.json", self.member),
            web.post(f"{one}/Members/{{who}}.json", self.dequeue),
        ]

    async def create(self, request: web.Request) -> web.Response:
        """Make a queue."""
        form = await forms.read(request, _FIELDS)
        name = form.text("FriendlyName")
        if not name:
            raise RestError(400, 21604, "FriendlyName is required")
        if self._queues.named(name) is not None:
            raise RestError(400, 22003, "A queue of that name is there already")
        queue = self._queues.make(name, self._size(form, default=_MADE_SIZE))
        return web.json_response(self._show(queue), status=201)

    async def list(self, request: web.Request) -> web.Response:
        """List queues."""
        forms.query(request, frozenset())
        return page(request, "queues", [*self._queues.by_sid.values()], show=self._show)

    async def fetch(self, request: web.Request) -> web.Response:
        """Show a queue."""
        return web.json_response(self._show(self._find(request)))

    async def update(self, request: web.Request) -> web.Response:
        """Give it another name or size."""
        queue = self._find(request)
        form = await forms.read(request, _FIELDS)
        queue.name = form.text("FriendlyName") or queue.name
        queue.max_size = self._size(form, default=queue.max_size)
        queue.updated = self._carrier.desk.clock.now()
        return web.json_response(self._show(queue))

    async def delete(self, request: web.Request) -> web.Response:
        """Delete a queue in which nobody waits."""
        queue = self._find(request)
        if queue.members:
            raise RestError(400, 22002, "The queue is not empty")
        del self._queues.by_sid[queue.sid]
        return web.Response(status=204)

    async def members(self, request: web.Request) -> web.Response:
        """List who waits, in order."""
        queue = self._find(request)
        forms.query(request, frozenset())
        show = partial(self._show_member, queue)
        return page(request, "queue_members", queue.members, show=show)

    async def member(self, request: web.Request) -> web.Response:
        """Show who waits, by CallSid or ``Front``."""
        queue, member = self._find_one(request)
        return web.json_response(self._show_member(queue, member))

    async def dequeue(self, request: web.Request) -> web.Response:
        """Let who waits do something else."""
        queue, member = self._find_one(request)
        form = await forms.read(request, frozenset({"Url", "Method"}))
        url = form.url("Url")
        if not url:
            raise RestError(400, 21205, "Url parameter is required.")
        shown = self._show_member(queue, member)
        self._carrier.redirect(member.call, Script(url=url, method=form.method("Method")))
        return web.json_response(shown)

    def _size(self, form: Form, *, default: int) -> int:
        return form.number("MaxSize", default=default, low=1, high=LARGEST)

    def _show(self, queue: Queue) -> dict[str, object]:
        uri = f"{self._base}/Queues/{queue.sid}"
        return {
            "sid": queue.sid,
            "account_sid": self._carrier.config.account_sid,
            "friendly_name": queue.name,
            "max_size": queue.max_size,
            "current_size": len(queue.members),
            "average_wait_time": self._queues.average_s(queue),
            "date_created": rfc2822(queue.created),
            "date_updated": rfc2822(queue.updated),
            "uri": f"{uri}.json",
            "subresource_uris": {"members": f"{uri}/Members.json"},
        }

    def _show_member(self, queue: Queue, member: Member) -> dict[str, object]:
        return {
            "queue_sid": queue.sid,
            "call_sid": member.call.sid,
            "date_enqueued": rfc2822(member.enqueued),
            "position": queue.members.index(member) + 1,
            "wait_time": self._queues.waited_s(member),
            "uri": f"{self._base}/Queues/{queue.sid}/Members/{member.call.sid}.json",
        }

    def _find(self, request: web.Request) -> Queue:
        queue = self._queues.by_sid.get(request.match_info["sid"])
        if queue is None:
            raise not_found(request.path)
        return queue

    def _find_one(self, request: web.Request) -> tuple[Queue, Member]:
        queue = self._find(request)
        member = queue.find(request.match_info["who"])
        if member is None:
            raise not_found(request.path)
        return queue, member
