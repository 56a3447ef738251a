"""Tickets: an address that opens one thing to one person, for a while.

Asking for one is what goes on record; the bytes may then be fetched in as many pieces as a browser
likes. Nothing is stored: a ticket proves itself.
"""

from datetime import datetime, timedelta
from hmac import compare_digest
from typing import Final
from uuid import UUID

from hotline.infra.crypto import Vault
from hotline.kernel.errors import NotFound

_LONGEST_NUMBER: Final = 12


class Tickets:
    """Tickets of one purpose, which open nothing of another."""

    def __init__(self, vault: Vault, purpose: str, lives: timedelta) -> None:
        self._vault = vault
        self._purpose = purpose
        self._lives = lives

    def give(self, staff_id: UUID, thing_id: UUID, now: datetime) -> str:
        """What this person adds to the address of this thing."""
        until = int((now + self._lives).timestamp())
        return f"{until}.{self._mark(staff_id, thing_id, until)}"

    def check(self, staff_id: UUID, thing_id: UUID, ticket: str, now: datetime) -> None:
        """Raises `NotFound` for a ticket that is not theirs, not of this thing, or over."""
        digits, _, mark = ticket.partition(".")
        if not (digits.isascii() and digits.isdecimal() and len(digits) <= _LONGEST_NUMBER):
            raise NotFound
        right = self._mark(staff_id, thing_id, int(digits))
        if not compare_digest(right.encode(), mark.encode("utf-8", "replace")):
            raise NotFound
        if now.timestamp() >= int(digits):
            raise NotFound

    def _mark(self, staff_id: UUID, thing_id: UUID, until: int) -> str:
        return self._vault.index(self._purpose, f"{thing_id}|{staff_id}|{until}").hex()
