"""Parameters of a Bot API call, whether they came as JSON, as a form or as multipart."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias, cast

from aiohttp import web

from hotline.simulator.telegram.errors import bad

Json: TypeAlias = dict[str, object]


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as somebody hands it over; length and sides where the sender tells them."""

    body: bytes = field(repr=False)
    name: str = ""
    mime: str = ""
    seconds: int = 0
    width: int = 0
    height: int = 0


class Params:
    """Typed reading; forms carry objects and lists as JSON text."""

    def __init__(self, values: Mapping[str, object], files: Mapping[str, Upload]) -> None:
        self._values = {name: value for name, value in values.items() if value is not None}
        self.files = dict(files)

    def __contains__(self, name: str) -> bool:
        return name in self._values

    def text(self, name: str) -> str:
        """Return a string, empty when absent."""
        return str(self._values.get(name, ""))

    def whole(self, name: str, *, default: int = 0) -> int:
        """Return an integer."""
        value = self._values.get(name, default)
        try:
            return int(str(value))
        except ValueError as error:
            raise bad(f"invalid {name} specified") from error

    def chat_id(self) -> int:
        """Return the chat that is meant; a name is not known to anybody here."""
        if not self.text("chat_id"):
            raise bad("chat_id is empty")
        try:
            return int(self.text("chat_id"))
        except ValueError as error:
            raise bad("chat not found") from error

    def flag(self, name: str) -> bool:
        """Return a boolean, False when absent."""
        return str(self._values.get(name, "")).lower() in {"true", "1", "yes"}

    def items(self, name: str) -> list[object] | None:
        """Return a list, None when absent."""
        value = self._decoded(name)
        if value is None:
            return None
        if not isinstance(value, list):
            raise bad(f"can't parse {name} JSON object")
        return cast("list[object]", value)

    def record(self, name: str) -> Json | None:
        """Return an object, None when absent."""
        value = self._decoded(name)
        if value is None:
            return None
        if not isinstance(value, dict):
            raise bad(f"object expected as {name.replace('_', ' ')}")
        return cast("Json", value)

    def _decoded(self, name: str) -> object:
        value = self._values.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError as error:
            raise bad(f"can't parse {name.replace('_', ' ')} JSON object") from error


async def read(request: web.Request) -> Params:
    """Read query, JSON, form or multipart."""
    values: dict[str, object] = dict(request.query)
    files: dict[str, Upload] = {}
    if request.content_type == "application/json":
        try:
            body = await request.json()
        except ValueError as error:
            raise bad("can't parse JSON object") from error
        if not isinstance(body, dict):
            raise bad("can't parse JSON object")
        values.update(body)
    elif request.method == "POST":
        for name, part in (await request.post()).items():
            if isinstance(part, web.FileField):
                body = await asyncio.to_thread(part.file.read)
                files[name] = Upload(body, part.filename, part.content_type)
            else:
                values[name] = part
    return Params(values, files)
