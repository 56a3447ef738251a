"""Who is on shift now, for whoever sets the line: state and since when; no contact, no caller."""

from typing import Any

from hotline.access.model import Actor
from hotline.access.permissions import Permission
from hotline.access.policy import require
from hotline.infra.db import Database
from hotline.routing import operatorstore
from hotline.routing.desk import presence_json
from hotline.routing.model import Presence
from hotline.staff.directory import Directory


class OnShift:
    """The list of everybody on shift."""

    def __init__(self, db: Database, staff: Directory) -> None:
        self._db = db
        self._staff = staff

    async def shown(self, actor: Actor) -> list[dict[str, Any]]:
        """Who does not answer comes first, then who is in their state longest."""
        require(actor, Permission.LINE_SETTINGS_MANAGE)
        async with self._db.reads() as uow:
            ids = await operatorstore.on_shift(uow)
            states = await operatorstore.operators(uow, ids)
            names = await self._staff.names(ids, uow)
        there = [states[one] for one in ids if one in states and one in names]
        return [
            {"name": names[one.staff_id], **presence_json(one)}
            for one in sorted(there, key=lambda one: one.presence is not Presence.NOT_ANSWERING)
        ]
