"""The approved texts of automatic SMS: whatever is not on the list stops the start."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from hotline.chat import speech
from hotline.infra import yamlfile
from hotline.intake.model import Flow
from hotline.kernel.errors import Problems
from hotline.kernel.languages import Lang

FILE: Final = "sms_templates.yaml"
Status = Literal["read", "to_read"]


class _Template(BaseModel):
    model_config = ConfigDict(extra="forbid")
    id: str
    why: str = Field(min_length=1)


class Templates(BaseModel):
    """The list, and which languages a native reader has seen."""

    model_config = ConfigDict(extra="forbid")
    status: dict[Lang, Status]
    templates: tuple[_Template, ...] = Field(min_length=1)

    @property
    def ids(self) -> frozenset[str]:
        """Ids of the catalogue."""
        return frozenset(template.id for template in self.templates)


def load(config_dir: Path) -> Templates:
    """Read the list. Raises Problems."""
    problems: list[str] = []
    found = yamlfile.read(config_dir / FILE, Templates, problems)
    if found is None:
        raise Problems(problems)
    return found


def unapproved(templates: Templates, flow: Flow) -> list[str]:
    """What a flow or the house would say by SMS that nobody approved, in words."""
    said = dict.fromkeys((*_of_flow(flow), *_of_house(flow.channel)))
    return [
        f"{FILE}: {one} is sent by itself and is not on the list"
        for one in said
        if one not in templates.ids
    ]


def _of_flow(flow: Flow) -> Iterator[str]:
    for step in flow.steps.values():
        yield from (prompt.id for prompt in step.prompts)
        yield from (choice.label for choice in step.choices)
    yield flow.danger.label


def _of_house(channel: str) -> Iterator[str]:
    yield from speech.LINES[channel].values()
    if kept := speech.kept(channel, "other"):
        yield kept
