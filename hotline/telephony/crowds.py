"""How many calls from where are taken at once, and what becomes of the others.

A call beyond the caps hears how else to reach help, and gets through by saying that it is about
danger, up to a cap for that. The look that decides what a call hears comes first; the statement
that writes it down counts once more, one call after the other.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from hotline.contacts.model import Contact, ContactState, Recalled
from hotline.infra.db import Uow
from hotline.kernel.phone import HIDDEN, Number
from hotline.line import floods
from hotline.line.model import FloodMode
from hotline.line.reader import LineReader
from hotline.telephony import crowdstore
from hotline.telephony.model import Lane, Seat


@dataclass(frozen=True, slots=True)
class Caps:
    """Calls at once, of a number and of the numbers of a prefix; 0 is no limit.

    `silent`: when who pressed no key is asked for one, after `silent_turns` of the hold loop.
    """

    per_number: int = 3
    per_prefix: int = 20
    per_hidden: int = 40
    danger_per_number: int = 2
    danger_per_prefix: int = 10
    lasts: timedelta = timedelta(minutes=15)
    silent: Literal["flood", "always", "never"] = "flood"
    silent_turns: int = 2

    def of(self, prefix: str | None) -> int:
        """The cap of the numbers of a prefix; who hides the number is counted with all who do."""
        if prefix is None:
            return 0
        return self.per_hidden if prefix == HIDDEN else self.per_prefix


class Crowds:
    """Takes part in the caller's transaction."""

    def __init__(self, line: LineReader, caps: Caps) -> None:
        self._line = line
        self._caps = caps

    def look(self, origin: Number) -> tuple[str, tuple[object, ...]]:
        """What to ask beside who calls, for `seat`: the query and its parameters."""
        prefix = origin.prefix
        args = (prefix, self._caps.per_number, self._caps.of(prefix))
        return crowdstore.LIVE_CALLS, args

    async def seat(self, uow: Uow, origin: Number, recalled: Recalled) -> Seat:
        """Whether a new call is taken. A prefix that has too many floods us from now on."""
        line, prefix = await self._line.now(uow), origin.prefix
        refused = Seat(recalled.index, prefix, Lane.REFUSED)
        if line.blocks(recalled.index, recalled.at):
            return refused
        holds = line.flood(prefix, recalled.at)
        if holds is FloodMode.OPEN:
            return Seat(recalled.index, prefix)
        if _reached(self._caps.of(prefix), recalled.beside["of_prefix"]) and prefix is not None:
            rest = line.floods[prefix][1] - recalled.at if holds else timedelta()
            if rest < self._caps.lasts * 3 / 4:  # not a row for every call of a flood
                await floods.counted(uow, prefix, self._caps.lasts)
                uow.after_commit(self._line.forget)
            return refused
        if _reached(self._caps.per_number, recalled.beside["of_number"]):
            return refused
        per_number = self._caps.per_number if recalled.index else 0
        return Seat(recalled.index, prefix, Lane.OPEN, per_number, self._caps.of(prefix))

    async def urgent(self, uow: Uow, sid: str) -> bool:
        """Whether somebody who was turned away and is in danger gets through."""
        caps = self._caps
        return await crowdstore.take_urgent(
            uow, sid, of_number=caps.danger_per_number, of_prefix=caps.danger_per_prefix
        )

    async def behind(self, uow: Uow, contact: Contact) -> bool:
        """Whether the caller waits behind those whose numbers are in no flood."""
        line = await self._line.now(uow)
        if not line.floods:
            return False
        prefix = await crowdstore.prefix_of(uow, contact.id)
        return line.flood(prefix, await uow.time()) is FloodMode.FLOOD

    async def cuts_silence(
        self, uow: Uow, contact: Contact, turn: int
    ) -> Literal["ask", "end", ""]:
        """What to do about a caller who waits and has never pressed a key.

        Not about who is in danger or has been spoken with: somebody who cannot press a key is not
        cut off in ordinary times.
        """
        intake, asked = contact.intake, contact.intake.get("asked")
        quiet = contact.state is ContactState.WAITING and not intake.get("keyed")
        if not quiet or contact.danger or contact.talking_since:
            return ""
        if self._caps.silent == "never" or turn < self._caps.silent_turns:
            return ""
        if self._caps.silent == "flood":
            line = await self._line.now(uow)
            if not line.floods or not line.flooded(await uow.time()):
                return ""
        return "end" if asked is not None and turn > asked else "ask"


def _reached(cap: int, count: int) -> bool:
    return cap > 0 and count >= cap
