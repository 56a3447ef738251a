"""Typed access to the attributes of one TwiML element, with a note of those unknown."""

from __future__ import annotations

from collections.abc import Mapping

from hotline.simulator.carrier.errors import DocumentError

_METHODS = {"GET", "POST"}


class Attributes:
    """Read attributes; a value of the wrong kind refuses the document (12200)."""

    def __init__(self, element: str, values: Mapping[str, str]) -> None:
        self._element = element
        self._values = dict(values)
        self._asked: set[str] = set()

    def text(self, name: str) -> str | None:
        """Return the attribute, None when it is absent."""
        self._asked.add(name)
        return self._values.get(name)

    def known(self, *names: str) -> None:
        """Accept attributes that change nothing in the simulation."""
        self._asked.update(names)

    def flag(self, name: str, *, default: bool) -> bool:
        """Return a boolean attribute."""
        value = self.text(name)
        if value is None:
            return default
        if value.lower() not in {"true", "false"}:
            raise self._wrong(name, value)
        return value.lower() == "true"

    def number(self, name: str, *, default: int, low: int, high: int) -> int:
        """Return an integer attribute within the documented range."""
        value = self.text(name)
        if value is None:
            return default
        if not value.isdecimal() or not low <= int(value) <= high:
            raise self._wrong(name, value)
        return int(value)

    def method(self, name: str = "method") -> str:
        """Return GET or POST (the default)."""
        value = (self.text(name) or "POST").upper()
        if value not in _METHODS:
            raise self._wrong(name, value)
        return value

    def choice(self, name: str, *, default: str, allowed: frozenset[str]) -> str:
        """Return one of the allowed words."""
        value = self.text(name) or default
        if value not in allowed:
            raise self._wrong(name, value)
        return value

    def words(self, name: str, *, default: str, allowed: frozenset[str]) -> tuple[str, ...]:
        """Return a blank-separated list of allowed words."""
        value = self.text(name)
        words = tuple((default if value is None else value).split())
        for word in words:
            if word not in allowed:
                raise self._wrong(name, word)
        return words

    def unknown(self) -> list[str]:
        """Return the attributes nobody asked for."""
        return sorted(f"{self._element}/@{name}" for name in self._values.keys() - self._asked)

    def _wrong(self, name: str, value: str) -> DocumentError:
        return DocumentError(12200, f"Attribute {name}={value!r} of {self._element} is not valid")
