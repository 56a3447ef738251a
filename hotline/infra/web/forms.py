"""Forms from carriers and browsers: whatever bytes come, it is never a failure of ours."""

from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl

from aiohttp import web

from hotline.kernel.errors import Invalid

MAX_FIELDS: Final = 200
MAX_VALUE: Final = 65_536


@dataclass(frozen=True, slots=True)
class Form:
    """The fields in the order they came, names possibly repeated.

    `pairs` is clean text: NUL removed, invalid UTF-8 replaced. `raw` is what a signature was made
    over: nothing removed, undecodable bytes kept as surrogates (`surrogateescape`).
    """

    raw: tuple[tuple[str, str], ...]

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """All fields, clean."""
        return [(_clean(name), _clean(value)) for name, value in self.raw]

    @property
    def fields(self) -> dict[str, str]:
        """The first value of each field, clean."""
        return dict(reversed(self.pairs))

    def first(self, name: str, default: str = "") -> str:
        """The first value of a field."""
        return next((_clean(value) for key, value in self.raw if key == name), default)

    def every(self, name: str) -> list[str]:
        """All values of a field."""
        return [_clean(value) for key, value in self.raw if key == name]


_FORM: Final = web.RequestKey("form", Form)


async def read_form(request: web.Request) -> Form:
    """The urlencoded body, parsed once per request; an empty body is an empty form.

    Raises `Invalid` for another content type, too many fields or a value that is too long.
    """
    known: Form | None = request.get(_FORM)
    if known is not None:
        return known
    content = await request.read()
    if content and request.content_type != "application/x-www-form-urlencoded":
        raise Invalid("bad-media-type")
    form = request[_FORM] = parse_form(content)
    return form


def parse_form(content: bytes) -> Form:
    """Parse an urlencoded body or query; see `read_form`."""
    try:
        pairs = parse_qsl(
            content.decode("utf-8", "surrogateescape"),
            keep_blank_values=True,
            errors="surrogateescape",
            max_num_fields=MAX_FIELDS,
        )
    except ValueError:
        raise Invalid("too-many-fields") from None
    if any(len(value) > MAX_VALUE for _, value in pairs):
        raise Invalid("field-too-long")
    return Form(tuple(pairs))


def _clean(text: str) -> str:
    bare = text.replace("\0", "")
    if bare.isascii():
        return bare
    return bare.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
