"""Form bodies as carriers send them, kept byte for byte so that their signature still fits."""

from typing import Final
from urllib.parse import parse_qsl

from multidict import MultiDict

MAX_FIELDS: Final = 500

Form = MultiDict[str]


def read(body: bytes) -> Form:
    """The fields, blank ones too. Invalid UTF-8 survives as lone surrogates; never raises.

    More than 500 fields are no carrier's request: the form then comes back empty, and no signature
    fits it.
    """
    text = body.decode("utf-8", "surrogateescape")
    try:
        pairs = parse_qsl(
            text,
            keep_blank_values=True,
            errors="surrogateescape",
            max_num_fields=MAX_FIELDS,
        )
    except ValueError:
        return MultiDict()
    return MultiDict(pairs)
