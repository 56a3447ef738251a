"""What staff may change of the line at once. Each change is a version, with a row of the record."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any, Final

from hotline.access.model import Actor
from hotline.access.permissions import Permission
from hotline.access.policy import require
from hotline.audit.service import Audit
from hotline.audit.tags import Tag
from hotline.infra.crypto import Vault
from hotline.infra.db import Database, Uow
from hotline.intake import hours as opening
from hotline.intake.hours import HoursProblems
from hotline.kernel.errors import Conflict, Invalid
from hotline.line import store
from hotline.line.events import LineShut
from hotline.line.model import Kind
from hotline.line.reader import LineReader, line_of

_LONGEST_CLOSING: Final = timedelta(days=60)
_LONGEST_ANNOUNCEMENT: Final = timedelta(days=7)
_NO_TIME: Final = timedelta()


class LineDesk:
    """Hours, closing, announcement and recording for who may set them.

    `topics` are those of the intake.
    """

    def __init__(
        self,
        db: Database,
        vault: Vault,
        audit: Audit,
        reader: LineReader,
        topics: Collection[str],
    ) -> None:
        self._db = db
        self._vault = vault
        self._audit = audit
        self._reader = reader
        self._topics = topics

    async def hours(self, actor: Actor) -> dict[str, Any]:
        """The hours in force, whether the line is shut by hand, and what follows for a caller now.

        `version` 0 are the hours of the file. `opens_at` is None while nobody knows when.
        """
        require(actor, Permission.LINE_SETTINGS_MANAGE)
        async with self._db.reads() as uow:
            settings = await store.current(uow)
            now = await uow.time()
        line = line_of(settings, self._reader.seed)
        shut = line.closing is not None and line.closing.holds(now)
        closing = settings[Kind.CLOSING] if shut else None
        return {
            "version": _version(settings, Kind.HOURS),
            **opening.document(line.hours),
            "open": line.is_open(now),
            "opens_at": line.next_open(now),
            "closing_version": _version(settings, Kind.CLOSING),
            "closing": closing
            and {
                "until": closing.value["until"],
                "reason": self._reason(closing),
                "by": closing.set_by,
                "at": closing.set_at,
            },
        }

    async def set_hours(self, actor: Actor, document: dict[str, Any], version: int) -> int:
        """New hours, made from `version`; the new version.

        Raises Conflict when another is in force, Invalid with the places that do not fit.
        """
        require(actor, Permission.LINE_SETTINGS_MANAGE)
        try:
            checked = opening.document(opening.parse(document))
        except HoursProblems as error:
            places = (problem.split(": ", 2)[1] for problem in error.problems)
            raise Invalid("invalid-input", **dict.fromkeys(places, "not-an-option")) from None
        async with self._db.uow() as uow:
            return await self.put(uow, actor, Kind.HOURS, checked, version=version)

    async def close(self, actor: Actor, until: datetime | None, reason: str, version: int) -> None:
        """Shut the line at once, for a time or until it is opened; danger still gets through.

        `version` is the `closing_version` that was seen: raises Conflict when a colleague closed
        or opened since, so that nobody's end replaces another's unseen.
        """
        require(actor, Permission.LINE_SETTINGS_MANAGE)
        async with self._db.uow() as uow:
            if until is not None:
                await _ahead(uow, until, _LONGEST_CLOSING)
            moment = until.isoformat() if until else None
            value = {"shut": True, "until": moment}
            await self.put(uow, actor, Kind.CLOSING, value, version=version, reason=reason)

    async def open(self, actor: Actor) -> None:
        """Take a closing back: the hours decide again. Twice is once."""
        require(actor, Permission.LINE_SETTINGS_MANAGE)
        async with self._db.uow() as uow:
            known = (await store.current(uow)).get(Kind.CLOSING)
            if known is not None and known.value["shut"]:
                await self.put(uow, actor, Kind.CLOSING, {"shut": False}, version=known.version)

    async def announcement(self, actor: Actor) -> dict[str, Any]:
        """The topic that is announced, until when, and the topics there are."""
        require(actor, Permission.LINE_SETTINGS_MANAGE)
        async with self._db.reads() as uow:
            settings = await store.current(uow)
            now = await uow.time()
        line = line_of(settings, self._reader.seed)
        topic, told = line.announced(now), line.announcement
        until = told.until if topic and told else None
        return {"topic": topic, "until": until, "topics": list(self._topics)}

    async def announce(self, actor: Actor, topic: str | None, until: datetime | None) -> None:
        """Tell who waits that many ask about a topic, until a moment; None tells nothing more."""
        require(actor, Permission.LINE_SETTINGS_MANAGE)
        if topic is not None and topic not in self._topics:
            raise Invalid("invalid-input", topic="not-an-option")
        if topic is not None and until is None:
            raise Invalid("invalid-input", until="not-an-option")
        async with self._db.uow() as uow:
            value: dict[str, Any] = {"topic": None}
            if topic is not None and until is not None:
                await _ahead(uow, until, _LONGEST_ANNOUNCEMENT)
                value = {"topic": topic, "until": until.isoformat()}
            await self.put(uow, actor, Kind.ANNOUNCEMENT, value)

    async def recording(self, actor: Actor) -> dict[str, Any]:
        """Whether talks are recorded, and what rules it out here (`site`, `carrier` or None)."""
        require(actor, Permission.LINE_SETTINGS_MANAGE)
        async with self._db.reads() as uow:
            line = line_of(await store.current(uow), self._reader.seed)
        bar = self._reader.bar
        return {"on": line.records and bar is None, "bar": bar}

    async def record(self, actor: Actor, *, on: bool) -> None:
        """Record talks from the next call on, or none any more, at once. Twice is once.

        Raises Conflict where site or carrier rule it out.
        """
        require(actor, Permission.LINE_SETTINGS_MANAGE)
        if on and self._reader.bar is not None:
            code = "recording-ruled-out"
            raise Conflict(code)
        async with self._db.uow() as uow:
            if line_of(await store.current(uow), self._reader.seed).records is not on:
                await self.put(uow, actor, Kind.RECORDING, {"on": on})

    async def put(
        self,
        uow: Uow,
        actor: Actor,
        kind: Kind,
        value: dict[str, Any],
        *,
        version: int | None = None,
        reason: str | None = None,
    ) -> int:
        """The next version after `version`, or after whatever is in force; on record.

        Raises Conflict when another is in force, or somebody else was faster.
        """
        known = _version(await store.current(uow), kind)
        made = known + 1
        sealed = self._vault.seal(reason, aad=_aad(made)) if reason else None
        if version not in {None, known} or not await store.put(
            uow, kind, made, value, actor.staff_id, reason_sealed=sealed
        ):
            code = "conflict"
            raise Conflict(code)
        await self._audit.record(
            uow,
            actor,
            Tag.LINE_CHANGED,
            object_type="line",
            object_id=made,
            groups=[f"line.{kind}"],
        )
        if kind in {Kind.CLOSING, Kind.QUEUES}:
            uow.publish(LineShut())
        uow.after_commit(self._reader.forget)
        return made

    def _reason(self, closing: store.Setting) -> str | None:
        sealed = closing.reason_sealed
        return self._vault.open(sealed, aad=_aad(closing.version)) if sealed else None


def _aad(version: int) -> str:
    return f"line_setting|closing|{version}|reason_sealed"


def _version(settings: dict[Kind, store.Setting], kind: Kind) -> int:
    return settings[kind].version if kind in settings else 0


async def _ahead(uow: Uow, until: datetime, longest: timedelta) -> None:
    """Raise Invalid unless the moment lies ahead, and not too far."""
    if not _NO_TIME < until - await uow.time() <= longest:
        raise Invalid("invalid-input", until="not-an-option")
