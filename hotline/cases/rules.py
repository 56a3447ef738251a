"""Reads the ladder's rules from config/escalation.toml; whatever is wrong is said at once."""

import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from hotline.cases.escalation import Ladder
from hotline.cases.model import Level
from hotline.kernel.errors import Problems

Minutes = Annotated[float, Field(ge=1, le=7 * 24 * 60)]


class EscalationProblems(Problems):
    """The rules cannot be used; `problems` names every place."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Deadlines(_Part):
    urgent: Minutes
    high: Minutes
    normal: Minutes


class _Ladder(_Part):
    second_alert: Annotated[float, Field(gt=0, lt=1)]
    sms_repeats: Annotated[int, Field(ge=0, le=20)]


class _File(_Part):
    deadline_min: _Deadlines
    ladder: _Ladder


def load(config: Path) -> Ladder:
    """The rules of a configuration folder. Raises EscalationProblems."""
    path = config / "escalation.toml"
    try:
        read = _File.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError:
        raise EscalationProblems([f"{path.name}: cannot be read"]) from None
    except tomllib.TOMLDecodeError as error:
        raise EscalationProblems([f"{path.name}: not TOML: {error}"]) from None
    except ValidationError as error:
        problems = [
            f"{path.name}: {'.'.join(map(str, one['loc']))}: {one['msg']}"
            for one in error.errors(include_url=False, include_input=False)
        ]
        raise EscalationProblems(problems) from None
    minutes = read.deadline_min
    deadlines = {level: timedelta(minutes=getattr(minutes, level)) for level in Level}
    if not deadlines[Level.URGENT] <= deadlines[Level.HIGH] <= deadlines[Level.NORMAL]:
        raise EscalationProblems([f"{path.name}: a more urgent level has the longer deadline"])
    return Ladder(deadlines, read.ladder.second_alert, read.ladder.sms_repeats)
