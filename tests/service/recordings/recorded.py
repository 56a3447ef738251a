"""A telephone exchange that records talks, with the jobs that do."""

from datetime import timedelta

from hotline.carrier.capabilities import Dialect
from hotline.carrier.memory import MemoryCarrier
from hotline.infra.crypto import Vault
from hotline.infra.db import Database
from hotline.infra.sounds import Sounds
from hotline.kernel.clock import SystemClock
from hotline.recordings.errands import KEEP, REMOVE, STEER
from hotline.recordings.keeping import Keeping
from hotline.recordings.steering import Steering
from tests.builders import VERA
from tests.service.telephony.document import BASE
from tests.service.telephony.exchange import Exchange

_SWITCH = """
insert into line_setting (kind, version, value, set_by)
select 'recording', coalesce(max(version), 0) + 1, $1, $2 from line_setting
where kind = 'recording'
"""


class Recorded(Exchange):
    """The line is switched on by hand."""

    def __init__(
        self,
        db: Database,
        vault: Vault,
        dialect: Dialect = "twilio",
        *,
        carrier: MemoryCarrier | None = None,
    ) -> None:
        carrier = carrier or MemoryCarrier(SystemClock())
        super().__init__(db, vault, dialect, outside=carrier)
        self.carrier = carrier
        self.sounds = Sounds(db, vault)
        steering = Steering(db, self.recordings, carrier, BASE)
        self.keeping = Keeping(
            db, self.recordings, self.audit, carrier, self.sounds, timedelta(days=30)
        )
        self.jobs.handlers |= {
            STEER: steering.steer,
            KEEP: self.keeping.keep,
            REMOVE: self.keeping.remove,
        }

    async def switch(self, *, on: bool) -> None:
        """Somebody sets the line."""
        async with self.db.uow() as uow:
            await uow.execute(_SWITCH, {"on": on}, VERA.staff_id)
        self.line.forget()
