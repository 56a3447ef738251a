"""Which tests are left to the night, because the same one runs on the first dialect by day."""

from collections.abc import Iterable
from pathlib import Path

import pytest

_FOLDERS = {"journeys", "service"}
_FIRST = "twilio"
_OTHERS = ("signalwire", "somleng")


def put_off(items: Iterable[pytest.Item], tests: Path) -> list[pytest.Item]:
    """Those on another dialect that have a twin on the first."""
    names = {item.nodeid for item in items}
    return [
        item
        for item in items
        if item.path.relative_to(tests).parts[0] in _FOLDERS
        and any(
            other in item.nodeid and item.nodeid.replace(other, _FIRST) in names
            for other in _OTHERS
        )
    ]
