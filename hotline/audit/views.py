"""The record as auditors read it: who did what, who read what, and whether the chain holds."""

from typing import Any, Final
from uuid import UUID

from aiohttp import web

from hotline.audit.model import Entry
from hotline.audit.ports import Names
from hotline.audit.service import Audit, Filter
from hotline.infra.web import http
from hotline.kernel.errors import Invalid

_LONGEST_CURSOR: Final = 18
_LONGEST_FILTER: Final = 80


class AuditViews:
    """`names` tells the names of the ids in the record."""

    def __init__(self, audit: Audit, names: Names) -> None:
        self._audit = audit
        self._names = names

    async def log(self, request: web.Request) -> web.StreamResponse:
        """A page, newest first: `cursor` continues; `actor`, `object`, `tag` narrow it down.

        `object` is `type` or `type:id`, as it stands in the rows.
        """
        actor = http.actor(request)
        page = await self._audit.read(actor, _filter(request), before=_cursor(request))
        chain = await self._audit.state(actor)
        names = await self._names({e.actor_id for e in page.entries if e.actor_id is not None})
        return http.json_ok(
            {
                "rows": [_row(entry, names) for entry in page.entries],
                "next": None if page.next is None else str(page.next),
                "chain": {"ok": chain.ok, "checked": chain.checked, "at": chain.at},
            }
        )


def _row(entry: Entry, names: dict[UUID, str]) -> dict[str, Any]:
    what = (
        entry.object_type if entry.object_id is None else f"{entry.object_type}:{entry.object_id}"
    )
    return {
        "id": entry.id,
        "at": entry.at,
        "actor": None if entry.actor_id is None else names.get(entry.actor_id, "?"),
        "actor_id": entry.actor_id,
        "tag": entry.tag,
        "object": what,
        "groups": entry.groups,
        "outcome": entry.outcome,
    }


def _cursor(request: web.Request) -> int | None:
    raw = request.query.get("cursor", "")
    if not raw:
        return None
    if len(raw) > _LONGEST_CURSOR or not (raw.isascii() and raw.isdigit()):
        raise Invalid("invalid-input", cursor="cursor")
    return int(raw)


def _filter(request: web.Request) -> Filter:
    query = request.query
    kind, _, object_id = query.get("object", "")[:_LONGEST_FILTER].replace("\0", "").partition(":")
    tag = query.get("tag", "")[:_LONGEST_FILTER].replace("\0", "")
    try:
        actor_id = UUID(query["actor"]) if query.get("actor") else None
    except ValueError:
        raise Invalid("invalid-input", actor="uuid") from None
    return Filter(actor_id, kind or None, object_id or None, tag or None)
