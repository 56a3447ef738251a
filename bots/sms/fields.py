"""Fields under a provider's own names: JSON of any depth as flat names such as `message.id`."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from bots.sms.model import readable
from hotline.carrier.form import MAX_FIELDS, Form

CODE: Final = re.compile(r"[A-Za-z0-9_-]{1,32}")
_DEEPEST: Final = 8
Said = Callable[[str], str]
"""Our name of a field -> what it says, readable; "" when it is not there."""


def of_json(body: bytes) -> Form:
    """A JSON document as a form; whatever cannot be read, or is no object, has no fields."""
    try:
        document = json.loads(body)
    except (ValueError, RecursionError):
        return Form()
    found = Form()
    for name, value in _flat(document, "", _DEEPEST):
        if len(found) >= MAX_FIELDS:
            return found
        found.add(name, value)
    return found


def nested(flat: Mapping[str, str]) -> dict[str, Any]:
    """The other way: `message.to` becomes a field of an object."""
    made: dict[str, Any] = {}
    for name, value in flat.items():
        *path, last = name.split(".")
        place = made
        for step in path:
            place = place.setdefault(step, {})
        place[last] = value
    return made


def reader(names: Mapping[str, str], form: Form) -> Said:
    """Reads a form by our names."""

    def said(ours: str) -> str:
        return readable(form.get(names.get(ours, ""), ""))

    return said


def _flat(value: object, name: str, depth: int) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict | list):
        inner = value.items() if isinstance(value, dict) else enumerate(value)
        for key, one in inner if depth else ():
            yield from _flat(one, f"{name}.{key}" if name else str(key), depth - 1)
    elif isinstance(value, bool):
        yield name, str(value).lower()
    elif value is not None:
        yield name, str(value)
