"""The words of the knowledge room."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from hotline.kernel.languages import Lang

Audience = Literal["callers", "staff"]
Review = Literal["draft", "read"]


@dataclass(frozen=True, slots=True)
class Article:
    """Something short to read. `topic` is one of the intake; `checked_on` the day it was true.

    `source` says where each fact stands, for staff. `review`: *draft* until native readers have
    read it. Those for *staff* are said by an operator, and shown to nobody else.
    """

    id: str
    topic: str
    audience: Audience
    title: Mapping[Lang, str]
    body: Mapping[Lang, str]
    source: str
    checked_on: date
    review: Review
