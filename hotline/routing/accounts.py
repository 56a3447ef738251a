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
        the account a moment before it was changed.
        """
        staff_id = StaffId(event.staff_id)
        async with self._db.uow() as uow:
            open_ones = await self._staff.actors_on([staff_id], uow)
            if not open_ones:
                return
            (actor,) = open_ones
            works = Permission.SHIFT_OWN_MANAGE in actor.permissions
            if works and await operatorstore.renew(
                uow,
                staff_id,
                able=ability(actor),
                max_chats=actor.max_chats,
                call_beside=actor.call_beside,
            ):
                await self._routing.tell_presence(uow, staff_id)
        if not works:
            await self._shifts.sign_off(staff_id)
