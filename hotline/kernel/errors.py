"""Everything that can be refused, in one tree; the docstring of a class is its message."""

from collections.abc import Sequence
from typing import ClassVar

from typing_extensions import override


class HotlineError(Exception):
    """Something the house refuses, with a code that the catalogue turns into words."""

    status: ClassVar[int] = 400

    def __init__(self, code: str, **fields: str) -> None:
        super().__init__(code)
        self.code = code
        self.fields = fields

    @override
    def __str__(self) -> str:
        return f"{type(self).__name__}: {self.code}"


class Problems(Exception):  # noqa: N818 - it names what it carries
    """Something an administrator wrote cannot be used; `problems` says all that is wrong."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = list(problems)


class Invalid(HotlineError):  # noqa: N818 - read as in "raise NotFound"
    """The input does not fit; `fields` names each place and why."""


class NotFound(HotlineError):  # noqa: N818 - read as in "raise NotFound"
    """There is no such thing, or it is not for this person."""

    status: ClassVar[int] = 404

    def __init__(self, code: str = "not-found", **fields: str) -> None:
        super().__init__(code, **fields)


class Forbidden(NotFound):
    """The person may not; outside it looks exactly like NotFound."""


class Conflict(HotlineError):  # noqa: N818 - read as in "raise NotFound"
    """Somebody or something was faster."""

    status: ClassVar[int] = 409


class TooMany(HotlineError):  # noqa: N818 - read as in "raise NotFound"
    """A limit was reached; trying later may help."""

    status: ClassVar[int] = 429


class Unavailable(HotlineError):  # noqa: N818 - read as in "raise NotFound"
    """A part that is needed does not answer."""

    status: ClassVar[int] = 503
