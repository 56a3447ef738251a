"""Ready answers: data in four languages, filled in for the operator, who edits and sends them."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from hotline.access.model import Actor
from hotline.i18n import formats
from hotline.i18n.catalogue import Catalogue
from hotline.infra import yamlfile
from hotline.infra.db import Database
from hotline.intake import hours as opening
from hotline.intake.hours import Hours
from hotline.kernel.errors import Problems
from hotline.kernel.languages import LANGS, Lang
from hotline.line.reader import LineReader

_FILE: Final = "replies.yaml"
_VARIABLE: Final = re.compile(r"\{([^{}]*)\}")
_KNOWN: Final = frozenset({"operator", "hours", "number"})
_LONGEST: Final = 1000


def _filled(texts: dict[Lang, str]) -> dict[Lang, str]:
    if missing := [lang for lang in LANGS if not texts.get(lang, "").strip()]:
        message = f"has no text in {', '.join(missing)}"
        raise ValueError(message)
    names = {name for text in texts.values() for name in _VARIABLE.findall(text)}
    if unknown := names - _KNOWN:
        message = f"has variables that nothing fills in: {', '.join(sorted(unknown))}"
        raise ValueError(message)
    if any("{" in rest or "}" in rest for rest in (_VARIABLE.sub("", t) for t in texts.values())):
        raise ValueError("has a brace without its other one")
    return texts


_Texts = Annotated[dict[Lang, str], AfterValidator(_filled)]


class Reply(BaseModel):
    """One of them; `status` says whether a native reader has read it."""

    model_config = ConfigDict(extra="forbid")

    key: str = Field(pattern=r"^[a-z][a-z0-9-]{1,30}$")
    status: Literal["draft", "read"]
    texts: _Texts


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    replies: list[Reply] = Field(max_length=200)


def read(folder: Path) -> Sequence[Reply]:
    """The file of the site. Raises Problems with everything that is wrong in it."""
    problems: list[str] = []
    found = yamlfile.read(folder / _FILE, _File, problems)
    keys = [reply.key for reply in found.replies] if found else []
    problems += [f"{_FILE}: {key}: is there twice" for key in keys if keys.count(key) > 1]
    if found is None or problems:
        raise Problems(problems)
    return found.replies


class Replies:
    """Nothing of it is ever sent by itself."""

    def __init__(
        self,
        db: Database,
        replies: Sequence[Reply],
        catalogue: Catalogue,
        line: LineReader,
        *,
        number: str,
    ) -> None:
        self._db = db
        self._replies = replies
        self._catalogue = catalogue
        self._line = line
        self._number = number

    async def shown(self, actor: Actor) -> list[dict[str, Any]]:
        """All of them, every variable filled in."""
        async with self._db.uow() as uow:
            hours = (await self._line.now(uow)).hours
        values = {lang: self._values(lang, actor, hours) for lang in LANGS}
        return [
            {
                "key": reply.key,
                "texts": {lang: text.format(**values[lang]) for lang, text in reply.texts.items()},
            }
            for reply in self._replies
        ]

    def _values(self, lang: Lang, actor: Actor, hours: Hours) -> dict[str, str]:
        return {
            "operator": actor.name,
            "number": self._number,
            "hours": self._hours(lang, hours),
        }

    def _hours(self, lang: Lang, hours: Hours) -> str:
        """The week in words, without the days when nobody answers."""
        if opening.round_the_clock(hours):
            return self._catalogue.t(lang, "hours-always")
        week = opening.in_words(hours, formats.weekdays(lang))
        return "; ".join(f"{days} {times}" for days, times in week if times) or "–"
