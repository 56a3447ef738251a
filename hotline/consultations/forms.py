"""The consultation form and its lists, as data from config/: read, checked, offered as JSON."""

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal, Self, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from hotline.infra import yamlfile
from hotline.kernel.errors import Problems
from hotline.kernel.languages import LANGS, Lang

FieldType = Literal["radio", "select", "search", "multi", "bool", "text", "longtext"]
ListName = Literal["kinds", "topics", "countries", "regions", "screening"]
TEXT_LIMIT = 500
"""Characters of a text field that sets no limit of its own."""


class FormProblems(Problems):
    """The form or one of its lists does not fit; `problems` names every place at once."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


def _four(labels: dict[Lang, str]) -> dict[Lang, str]:
    missing = [lang for lang in LANGS if not labels.get(lang, "").strip()]
    if missing:
        message = f"no label in {', '.join(missing)}"
        raise ValueError(message)
    return labels


Labels = Annotated[dict[Lang, str], AfterValidator(_four)]


class Option(_Part):
    """One answer on offer."""

    key: str
    labels: Labels


class Kind(Option):
    """What a contact was; `non_data` kinds are closed in one press and ask nothing more."""

    non_data: bool


class SubTopic(Option):
    """A topic of the second level; flags as in config/taxonomy/topics.yaml."""

    flags: tuple[Literal["screen", "escalate", "urgent", "minor"], ...] = ()


class Topic(Option):
    """A topic of the first level. Both levels may be chosen."""

    kind: Literal["consultation", "case", "admin"]
    flags: tuple[Literal["screen", "escalate", "urgent", "minor"], ...] = ()
    children: tuple[SubTopic, ...]


class Country(Option):
    """A country, or one of the two values for none."""

    group: str
    eaeu: bool = False
    calling_code: str | None = None


class Region(Option):
    """A region of Kyrgyzstan; `former` names stay searchable."""

    type: Literal["oblast", "city", "special"]
    iso: str | None = None
    former: Labels | None = None


class Sign(Option):
    """A sign of exploitation; one of weight `danger` is alone a reason to tell a supervisor."""

    weight: Literal["danger", "sign"]


class When(_Part):
    """Shown and asked only while another field has one of these values."""

    field: str
    values: Annotated[tuple[str, ...], Field(min_length=1, alias="in")]


class FormField(_Part):
    """One question; `reason` says why it may be asked at all."""

    id: str
    type: FieldType
    section: str
    required: bool
    pii: bool = False
    limit: Annotated[int, Field(ge=1, le=20_000)] = TEXT_LIMIT
    when: When | None = None
    options_from: ListName | None = None
    options: tuple[Option, ...] | None = None
    reason: Annotated[str, Field(min_length=10)]
    labels: Labels


class _FormFile(_Part):
    version: int
    kinds: tuple[Kind, ...]
    sections: tuple[Option, ...]
    fields: tuple[FormField, ...]


class _TopicsFile(_Part):
    version: int
    topics: tuple[Topic, ...]


class _CountriesFile(_Part):
    version: int
    countries: tuple[Country, ...]


class _RegionsFile(_Part):
    version: int
    regions: tuple[Region, ...]


class _ScreeningFile(_Part):
    version: int
    source: str
    screening: tuple[Sign, ...]


class _IntakeFile(_Part):
    version: int
    intake_topics: dict[str, str | None]


@dataclass(frozen=True, slots=True)
class Form:
    """The whole form. `version` changes with any change of content, so a client can tell."""

    version: str
    kinds: tuple[Kind, ...]
    sections: tuple[Option, ...]
    fields: tuple[FormField, ...]
    topics: tuple[Topic, ...]
    countries: tuple[Country, ...]
    regions: tuple[Region, ...]
    screening: tuple[Sign, ...]
    intake_topics: Mapping[str, str | None]

    @classmethod
    def load(cls, config: Path) -> Self:
        """Read `forms/consultation.yaml` and `taxonomy/*.yaml`; raises FormProblems with all."""
        problems: list[str] = []
        taxonomy = config / "taxonomy"
        form = yamlfile.read(config / "forms" / "consultation.yaml", _FormFile, problems)
        topics = yamlfile.read(taxonomy / "topics.yaml", _TopicsFile, problems)
        countries = yamlfile.read(taxonomy / "countries.yaml", _CountriesFile, problems)
        regions = yamlfile.read(taxonomy / "regions.yaml", _RegionsFile, problems)
        screening = yamlfile.read(taxonomy / "screening.yaml", _ScreeningFile, problems)
        intake = yamlfile.read(taxonomy / "intake_topics.yaml", _IntakeFile, problems)
        if not (form and topics and countries and regions and screening and intake):
            raise FormProblems(problems)
        parts = (form, topics, countries, regions, screening, intake)
        loaded = cls(
            version=_version(form.version, parts),
            kinds=form.kinds,
            sections=form.sections,
            fields=form.fields,
            topics=topics.topics,
            countries=countries.countries,
            regions=regions.regions,
            screening=screening.screening,
            intake_topics=intake.intake_topics,
        )
        if problems := list(_misfits(loaded)):
            raise FormProblems(problems)
        return loaded

    def field(self, field_id: str) -> FormField | None:
        """The field of that name."""
        return next((one for one in self.fields if one.id == field_id), None)

    def is_non_data(self, kind: str) -> bool:
        """Whether this kind of contact is closed without a record."""
        return any(one.key == kind and one.non_data for one in self.kinds)

    def sealed(self) -> frozenset[str]:
        """Ids of the fields that are stored encrypted."""
        return frozenset(one.id for one in self.fields if one.pii)

    def flags(self, topic: str) -> frozenset[str]:
        """Flags of a topic of either level, its parent's included; empty when unknown."""
        for first in self.topics:
            own = next((sub.flags for sub in first.children if sub.key == topic), None)
            if first.key == topic:
                return frozenset(first.flags)
            if own is not None:
                return frozenset((*first.flags, *own))
        return frozenset()

    def first_level(self, topic: str) -> str | None:
        """The first-level topic a key of either level belongs to."""
        return topic.partition(".")[0] if topic in self.list_keys("topics") else None

    def prefill(self, intake_topic: str | None) -> str | None:
        """The topic to put into the record of somebody who chose this before the talk."""
        return self.intake_topics.get(intake_topic) if intake_topic else None

    def has_danger_sign(self, signs: Collection[str]) -> bool:
        """Whether one of the ticked signs is by itself a reason to tell a supervisor."""
        return any(sign.weight == "danger" and sign.key in signs for sign in self.screening)

    def keys(self, field: FormField) -> frozenset[str] | None:
        """The answers a field accepts; None where words are free."""
        if field.options is not None:
            return frozenset(option.key for option in field.options)
        if field.options_from is not None:
            return frozenset(self.list_keys(field.options_from))
        return None

    def to_json(self) -> dict[str, object]:
        """The body of GET /api/forms/consultation."""
        return {
            "version": self.version,
            "kinds": _dumped(self.kinds),
            "sections": _dumped(self.sections),
            "fields": _dumped(self.fields),
            "lists": {
                "topics": _dumped(self.topics),
                "countries": _dumped(self.countries),
                "regions": _dumped(self.regions),
                "screening": _dumped(self.screening),
            },
        }

    def list_keys(self, name: ListName) -> list[str]:
        """Every key of a list, both levels of the topics."""
        if name == "topics":
            return [key for one in self.topics for key in (one.key, *_sub_keys(one))]
        lists: dict[str, tuple[Option, ...]] = {
            "kinds": self.kinds,
            "countries": self.countries,
            "regions": self.regions,
            "screening": self.screening,
        }
        return [option.key for option in lists[name]]


def _sub_keys(topic: Topic) -> list[str]:
    return [sub.key for sub in topic.children]


def load(config: Path) -> Form:
    """The form of a configuration folder; raises FormProblems."""
    return Form.load(config)


def validate_fields(
    form: Form, fields: Mapping[str, object], *, complete: bool = True
) -> dict[str, str]:
    """What does not fit: field id -> code, whose text is `error-<code>`; empty when all is well.

    A draft (`complete=False`) may have gaps, but no wrong values. Fields that are not shown for
    this kind of contact are neither asked nor refused.
    """
    problems = {name: "unknown-field" for name in fields if form.field(name) is None}
    for field in form.fields:
        value = fields.get(field.id)
        if _is_empty(value):
            if complete and field.required and _shown(field, fields):
                problems[field.id] = "required"
        elif (code := _misfit(form, field, value)) is not None:
            problems[field.id] = code
    return problems


def _shown(field: FormField, fields: Mapping[str, object]) -> bool:
    return field.when is None or fields.get(field.when.field) in field.when.values


def _is_empty(value: object) -> bool:
    return value is None or value in ("", [], ()) or (isinstance(value, str) and not value.strip())


def _misfit(form: Form, field: FormField, value: object) -> str | None:
    if field.type == "bool":
        return None if isinstance(value, bool) else "wrong-type"
    if field.type == "multi":
        return _misfit_many(form, field, value)
    if not isinstance(value, str):
        return "wrong-type"
    keys = form.keys(field)
    if keys is not None:
        return None if value in keys else "not-an-option"
    return "too-long" if len(value) > field.limit else None


def _misfit_many(form: Form, field: FormField, value: object) -> str | None:
    if not isinstance(value, list | tuple) or not all(isinstance(one, str) for one in value):
        return "wrong-type"
    keys = form.keys(field) or frozenset()
    return None if len(set(value)) == len(value) and keys.issuperset(value) else "not-an-option"


def _misfits(form: Form) -> Iterator[str]:
    """What the parts say about each other."""
    for name in get_args(ListName):
        yield from _twice(name, form.list_keys(name))
    yield from _twice("fields", [field.id for field in form.fields])
    for field in form.fields:
        yield from _field_misfits(form, field)
    firsts = {topic.key for topic in form.topics}
    for chosen, topic in form.intake_topics.items():
        if topic is not None and topic not in firsts:
            yield f"intake_topics.{chosen}: there is no first-level topic {topic!r}"
    for first in form.topics:
        for sub in first.children:
            if sub.key.partition(".")[0] != first.key:
                yield f"topics.{sub.key}: the key must begin with {first.key}."


def _field_misfits(form: Form, field: FormField) -> Iterator[str]:
    where = f"fields.{field.id}"
    if field.section not in {section.key for section in form.sections}:
        yield f"{where}: there is no section {field.section!r}"
    offers = (field.options is not None) + (field.options_from is not None)
    if offers != (field.type in {"radio", "select", "search", "multi"}):
        yield f"{where}: a {field.type} field has options exactly when it chooses"
    if field.when is not None:
        other = form.field(field.when.field)
        known = form.keys(other) if other is not None else None
        if known is None or not known.issuperset(field.when.values):
            yield f"{where}.when: {field.when.field} never has these values"


def _twice(name: str, keys: list[str]) -> Iterator[str]:
    for key in dict.fromkeys(key for key in keys if keys.count(key) > 1):
        yield f"{name}: {key!r} stands there twice"


def _dumped(parts: tuple[BaseModel, ...]) -> list[dict[str, object]]:
    return [part.model_dump(mode="json", by_alias=True) for part in parts]


def _version(number: int, parts: tuple[BaseModel, ...]) -> str:
    text = json.dumps([part.model_dump(mode="json") for part in parts], sort_keys=True)
    return f"{number}-{hashlib.sha256(text.encode()).hexdigest()[:8]}"
