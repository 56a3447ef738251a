"""Whom an operator may ring from a talk: partners by name, and numbers the rules allow.

Everything else is refused: who gets hold of a desk must not be able to ring expensive numbers.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from hotline.infra.crypto import Vault
from hotline.kernel.errors import Invalid, Problems
from hotline.kernel.ids import ContactId, new_id
from hotline.kernel.languages import SOURCE, Lang
from hotline.kernel.phone import Number, ordinary, parse
from hotline.telephony.model import CLIENT_PREFIX, Guest, Role, identity

FILE = "dialing.toml"


class DialingProblems(Problems):
    """The rules cannot be used; `problems` names every place."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Partner(_Part):
    """A body that callers are handed on to, with where its number stands and when we looked."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{1,39}$")]
    number: Annotated[str, Field(pattern=r"^\+?[0-9]{2,15}$")]
    name: dict[Lang, str]
    source: Annotated[str, Field(min_length=1)]
    checked: date

    def named(self, lang: Lang) -> str:
        """What it is called."""
        return self.name.get(lang, self.name[SOURCE])


class _File(_Part):
    allow: tuple[Annotated[str, Field(pattern=r"^\+[1-9][0-9]{0,14}$")], ...]
    partner: tuple[Partner, ...] = ()


@dataclass(frozen=True, slots=True)
class Partners:
    """Partners by id, and the beginnings of the numbers that may be rung beside them."""

    by_id: Mapping[str, Partner]
    allow: tuple[str, ...]

    @classmethod
    def load(cls, config: Path) -> Self:
        """Read a configuration folder. Raises DialingProblems."""
        path = config / FILE
        try:
            read = _File.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
        except OSError:
            raise DialingProblems([f"{FILE}: cannot be read"]) from None
        except tomllib.TOMLDecodeError as error:
            raise DialingProblems([f"{FILE}: not TOML: {error}"]) from None
        except ValidationError as error:
            problems = [
                f"{FILE}: {'.'.join(map(str, one['loc']))}: {one['msg']}"
                for one in error.errors(include_url=False, include_input=False)
            ]
            raise DialingProblems(problems) from None
        by_id = {partner.id: partner for partner in read.partner}
        problems = [
            f"{FILE}: {one.id}: has no name in {SOURCE}"
            for one in read.partner
            if SOURCE not in one.name
        ]
        if len(by_id) < len(read.partner):
            problems.append(f"{FILE}: two partners have the same id")
        if problems:
            raise DialingProblems(problems)
        return cls(by_id, read.allow)

    @property
    def numbers(self) -> dict[str, str]:
        """The number of each, by id."""
        return {partner.id: partner.number for partner in self.by_id.values()}

    def get(self, partner_id: str) -> Partner | None:
        """The partner of that id."""
        return self.by_id.get(partner_id)

    def allowed(self, typed: str) -> Number:
        """A number somebody typed, if it may be rung. Raises Invalid("number-not-allowed")."""
        number = parse(typed)
        e164 = number.e164
        if e164 is None or not e164.startswith(self.allow) or not ordinary(e164):
            code = "number-not-allowed"
            raise Invalid(code, number=code)
        return number


class Numbers:
    """The numbers of guests: proved, sealed for the table, and opened where they are rung."""

    def __init__(self, partners: Partners, vault: Vault) -> None:
        self.partners = partners
        self._vault = vault

    def third(self, contact_id: ContactId, room: str, typed: str) -> tuple[Guest, bytes]:
        """A guest on a number somebody typed, and that number sealed. Raises Invalid."""
        number = self.partners.allowed(typed)
        guest = Guest(new_id(), contact_id, room, Role.THIRD, label=number.masked)
        return guest, self._vault.seal(str(number.e164), aad=_aad(guest.id))

    def partner(self, contact_id: ContactId, room: str, partner_id: str) -> Guest:
        """A guest who is a partner. Raises Invalid."""
        if self.partners.get(partner_id) is None:
            code = "invalid"
            raise Invalid(code, partner="unknown")
        return Guest(new_id(), contact_id, room, Role.THIRD, partner=partner_id)

    def address(self, guest: Guest, sealed: bytes | None) -> str | None:
        """What the carrier is to ring; None when the partner is on the list no longer."""
        if guest.staff_id is not None:
            return CLIENT_PREFIX + identity(guest.staff_id)
        if guest.partner is not None:
            partner = self.partners.get(guest.partner)
            return partner.number if partner else None
        return self._vault.open(sealed, aad=_aad(guest.id)) if sealed else None


def _aad(guest_id: UUID) -> str:
    """The place a sealed number is bound to."""
    return f"call_guest|{guest_id}|number_sealed"
