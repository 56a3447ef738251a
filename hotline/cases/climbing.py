"""Climbs the ladder: one timer row per open case, taken back when a person takes the case."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from hotline.access.permissions import Permission
from hotline.access.roles import Role
from hotline.audit.service import Audit
from hotline.audit.tags import Tag
from hotline.cases import escalation, store
from hotline.cases.escalation import Climb, Crew, Ladder
from hotline.cases.events import EscalationPaged
from hotline.cases.history import History
from hotline.cases.model import (
    DUTY_PHONE,
    Case,
    CaseState,
    Level,
    PageState,
    staff_target,
)
from hotline.cases.ports import OnShift
from hotline.infra.db import Database, Uow
from hotline.infra.jobcontext import Later
from hotline.kernel.ids import StaffId
from hotline.staff.directory import Directory

CLIMB: Final = "case.climb"
DUTY_SMS: Final = "case.duty_sms"


class Climbing:
    """The ladder of every open case. Each step is taken once, whoever comes first."""

    def __init__(
        self,
        db: Database,
        audit: Audit,
        staff: Directory,
        on_shift: OnShift,
        history: History,
        ladder: Ladder,
    ) -> None:
        self._db = db
        self._audit = audit
        self._staff = staff
        self._on_shift = on_shift
        self._history = history
        self._ladder = ladder

    def deadline(self, level: Level) -> timedelta:
        """How long nobody may have taken it."""
        return self._ladder.deadlines[level]

    async def foot(self, uow: Uow, level: Level) -> Climb:
        """What raising does now."""
        return escalation.begin(self._ladder, level, await self._crew(uow))

    async def lay(self, uow: Uow, case: Case, climb: Climb) -> None:
        """Write down whom a step alerts, and set the timer of the next one."""
        for staff_id in climb.page:
            await store.add_page(uow, case, staff_target(staff_id), PageState.TOLD)
        if climb.sms:
            await self._send_sms(uow, case)
        self._set_timer(uow, case)

    async def call_in(self, uow: Uow, case: Case) -> None:
        """The person of a case is back: its owner and everybody present are alerted, once more.

        The duty telephone too, where nobody who may take the case can hear it. Each time is a round
        of its own; the ladder of an open case goes on where it stands.
        """
        if case.state is CaseState.OPEN:
            await self.stop(uow, case)
        case = await store.save(uow, case, {"round": case.round + 1})
        if case.state is CaseState.OPEN:
            self._set_timer(uow, case)
        present = await self.present(uow)
        for staff_id in sorted(present | ({case.owner_id} if case.owner_id else set())):
            await store.add_page(uow, case, staff_target(staff_id), PageState.TOLD)
        if not present:
            await self._send_sms(uow, case, back=True)
        await self._audit.record(
            uow, None, Tag.SYSTEM_ESCALATION_PAGED, object_type="case", object_id=case.id
        )

    async def present(self, uow: Uow) -> set[StaffId]:
        """Who may take an escalation and can hear one now."""
        able = await self._staff.who_may(Permission.CASE_ESCALATION_ACK, uow)
        return {one.staff_id for one in able} & set(await self._on_shift.hearing(uow))

    async def stop(self, uow: Uow, case: Case) -> None:
        """A person took the case: no further step."""
        await uow.cancel(_key(case))

    async def climb(self, case_id: UUID, round_: int, *, step: int) -> None:
        """The timer of a step fires: take what is due. Raises Later when it is too early.

        Nothing happens when a person took the case meanwhile, when its ladder began anew, or when
        the step was taken already; in all but the first case another timer is set.
        """
        async with self._db.uow() as uow:
            case = await store.get(uow, case_id, lock=True)
            if case is None or case.state is not CaseState.OPEN:
                return
            if case.round != round_ or case.step >= step:
                return
            now = await uow.time()
            due = escalation.climb(
                self._ladder,
                case.level,
                await self._crew(uow),
                stands_on=case.step,
                elapsed=now - case.ladder_at,
                owner=case.owner_id,
            )
            if due is not None:
                await self._take(uow, case, due)
                return
            wait = case.next_at - now
        raise Later(max(wait.total_seconds(), 0.1))

    async def sweep(self) -> int:
        """The net under the timers: set again those that are missing; how many cases waited."""
        async with self._db.uow() as uow:
            late = await store.stalled(uow)
            for case in late:
                self._set_timer(uow, case)
        return len(late)

    async def _take(self, uow: Uow, case: Case, climb: Climb) -> None:
        then = await store.save(
            uow,
            case,
            {
                "step": climb.step,
                "owner_id": climb.owner,
                "next_at": case.ladder_at + climb.next_after,
            },
        )
        await self._history.add(uow, case.id, "paged", step=climb.step, sms=climb.sms)
        if then.owner_id != case.owner_id:
            await self._history.add(uow, case.id, "owner", then.owner_id)
        await self.lay(uow, then, climb)
        await self._audit.record(
            uow, None, Tag.SYSTEM_ESCALATION_PAGED, object_type="case", object_id=case.id
        )
        uow.publish(EscalationPaged(contact_id=case.contact_id, case_id=case.id, step=climb.step))

    async def _send_sms(self, uow: Uow, case: Case, *, back: bool = False) -> None:
        page_id = await store.add_page(uow, case, DUTY_PHONE, PageState.QUEUED)
        if page_id is not None:
            # A lane of its own: a telephone that does not answer must not stop the ladder.
            why = {"back": True} if back else {}
            uow.enqueue(DUTY_SMS, {"page_id": page_id, **why}, lane=f"page:{page_id}")

    async def _crew(self, uow: Uow) -> Crew:
        able = await self._staff.who_may(Permission.CASE_ESCALATION_ACK, uow)
        return Crew(
            supervisors=tuple(a.staff_id for a in able if Role.SUPERVISOR in a.roles),
            seniors=tuple(a.staff_id for a in able if Role.SUPERVISOR not in a.roles),
            on_shift=tuple(await self._on_shift.on_shift(uow)),
        )

    def _set_timer(self, uow: Uow, case: Case) -> None:
        payload = {"case_id": str(case.id), "round": case.round, "step": case.step + 1}
        uow.enqueue(
            CLIMB, payload, lane=f"timer:case:{case.id}", run_at=case.next_at, key=_key(case)
        )


def _key(case: Case) -> str:
    """One timer per step: the one that runs now does not keep out the one it sets."""
    return f"{CLIMB}:{case.id}:{case.round}:{case.step + 1}"
