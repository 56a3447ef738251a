"""A cursor is exactly the row it was made of, and nothing else is one."""

from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.cases.cursors import read_cursor, write_cursor
from hotline.kernel.errors import Invalid

moments = st.datetimes(
    datetime(1990, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone
    datetime(2200, 1, 1),  # noqa: DTZ001 - the same
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=6))]),
)


@given(at=moments, row_id=st.uuids())
def test_a_cursor_comes_back_exact(at: datetime, row_id: UUID) -> None:
    assert read_cursor(write_cursor(at, row_id)) == (at, row_id)


@pytest.mark.parametrize("word", ["", "~", "1~2", "x~" + "0" * 32, "9" * 60 + "~" + "0" * 32])
def test_anything_else_is_refused(word: str) -> None:
    with pytest.raises(Invalid):
        read_cursor(word)


@given(word=st.text(max_size=90))
def test_whatever_is_sent_is_never_our_failure(word: str) -> None:
    try:
        at, _ = read_cursor(word)
    except Invalid:
        return
    assert at.tzinfo is UTC
