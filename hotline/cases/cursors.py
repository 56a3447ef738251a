"""Where a list goes on: time and id of the last row seen, as one word in an address."""

from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

from hotline.kernel.errors import Invalid

_LONGEST: Final = 80
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def write_cursor(at: datetime, row_id: UUID) -> str:
    """The word for a row; exact to the microsecond, as PostgreSQL compares."""
    return f"{(at - _EPOCH) // timedelta(microseconds=1)}~{row_id.hex}"


def read_cursor(word: str) -> tuple[datetime, UUID]:
    """The row of a word. Raises Invalid for anything `write_cursor` does not make."""
    at, _, row_id = word[:_LONGEST].partition("~")
    try:
        return _EPOCH + timedelta(microseconds=int(at)), UUID(row_id)
    except (ValueError, OverflowError):
        raise Invalid("invalid-input", cursor="invalid") from None
