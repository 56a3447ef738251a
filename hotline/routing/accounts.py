"""What routing does when an account changes: who is on shift is offered what they can do now."""

from hotline.access.permissions import Permission
from hotline.infra.db import Database
from hotline.infra.jobcontext import JobContext
from hotline.kernel.ids import StaffId
from hotline.routing import operatorstore
from hotline.routing.events import ShiftStarted
from hotline.routing.service import Routing
from hotline.routing.shifts import Shifts, ability
from hotline.staff.directory import Directory
from hotline.staff.events import StaffChanged


class Accounts:
    """Carries accounts into the states of operators."""

    def __init__(self, db: Database, staff: Directory, routing: Routing, shifts: Shifts) -> None:
        self._db = db
        self._staff = staff
        self._routing = routing
        self._shifts = shifts

    async def changed(self, event: StaffChanged | ShiftStarted, _job: JobContext) -> None:
        """As the account is now, so is the operator; whoever may take contacts no longer goes.

        Offers that are made already stand. Also after the start of a shift, which may have read
        the account a moment before it was changed, or closed.
        """
        staff_id = StaffId(event.staff_id)
        async with self._db.uow() as uow:
            members = (await self._staff.by_ids([staff_id], uow)).values()
            works = [
                one.actor
                for one in members
                if one.disabled_at is None and Permission.SHIFT_OWN_MANAGE in one.actor.permissions
            ]
            for actor in works:
                if await operatorstore.renew(
                    uow,
                    staff_id,
                    able=ability(actor),
                    max_chats=actor.max_chats,
                    call_beside=actor.call_beside,
                ):
                    await self._routing.tell_presence(uow, staff_id)
        if members and not works:
            await self._shifts.sign_off(staff_id)
