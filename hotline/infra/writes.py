"""Writes of several rooms as one statement: one round trip, and all or nothing by itself."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final, NamedTuple

_PARAMETER: Final = re.compile(r"\$(\d+)")


class Write(NamedTuple):
    """An insert, update or delete. Another one in the same batch sees it only by its `name`.

    All of a batch see the data as it was before: two of them must not touch the same row.
    """

    sql: str
    args: tuple[object, ...]
    name: str = ""


def together(writes: Iterable[Write], tail: str = "") -> tuple[str, list[object]]:
    """One statement for all of them; `tail` is a query that may read what they return, by name."""
    writes = list(writes)
    shape = tuple((write.name, write.sql, len(write.args)) for write in writes)
    return _statement(shape, tail), [arg for write in writes for arg in write.args]


@lru_cache(maxsize=512)
def _statement(shape: tuple[tuple[str, str, int], ...], tail: str) -> str:
    """The text for writes of this shape: each in a clause of its own, parameters counted on."""
    if len(shape) == 1 and not tail:
        return shape[0][1]
    clauses: list[str] = []
    before = 0
    for number, (name, sql, count) in enumerate(shape):
        clauses.append(f"{name or f'write_{number}'} as ({_counted_on(sql, before)})")
        before += count
    return f"with {', '.join(clauses)} {tail or 'select 1'}"


def _counted_on(sql: str, before: int) -> str:
    return _PARAMETER.sub(lambda found: f"${int(found[1]) + before}", sql)
