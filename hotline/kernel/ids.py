"""Identifiers are types, so that a contact's id is never passed where an operator's is meant."""

import secrets
from typing import NewType
from uuid import UUID, uuid4

ContactId = NewType("ContactId", UUID)
CallerId = NewType("CallerId", UUID)
StaffId = NewType("StaffId", UUID)
OfferId = NewType("OfferId", UUID)
CaseId = NewType("CaseId", UUID)

# Crockford's base 32: no I, L, O, U, so a code survives being read aloud over a bad line.
CODE_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_id() -> UUID:
    """A random id: it says nothing about when or in which order things happened."""
    return uuid4()


def new_code(length: int = 8) -> str:
    """A pseudonymous code that looks like an order number; 8 signs are 40 random bits."""
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(length))
