"""The Fluent catalogues: one folder per language, one file per area, one function to ask."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, Self

from fluent.runtime import FluentBundle
from fluent.runtime.types import FluentType
from fluent.syntax import FluentParser, ast
from fluent.syntax.visitor import Visitor

from hotline.i18n.formats import FUNCTIONS
from hotline.kernel.errors import Problems
from hotline.kernel.languages import FALLBACK, LANGS, SOURCE, Lang

Argument = str | int | float
# Plurals come from the first that is known, numbers from both; the browser gets the same pairs.
_LOCALES: Final[dict[Lang, list[str]]] = {
    "ky": ["ky", "ru"],
    "ru": ["ru"],
    "uz": ["uz", "ru"],
    "en": ["en"],
}


class CatalogueProblems(Problems):
    """The catalogues cannot be read; `problems` names every place."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """A message as it stands in one file."""

    area: str
    message: ast.Message


class Catalogue:
    """All texts of the house. Immutable after `load`; safe to share between tasks."""

    def __init__(self, texts: Mapping[Lang, Mapping[str, str]]) -> None:
        self._texts = texts
        self._bundles: dict[Lang, FluentBundle] = {}
        self._entries: dict[Lang, Mapping[str, _Entry]] = {}
        problems: list[str] = []
        for lang in LANGS:
            read = _read(lang, tuple(texts.get(lang, {}).items()))
            self._bundles[lang], self._entries[lang] = read[:2]
            problems.extend(read[2])
        if problems:
            raise CatalogueProblems(problems)

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Read `folder/{ky,ru,uz,en}/*.ftl`; raises CatalogueProblems naming all of them."""
        texts = {
            lang: {
                path.stem: path.read_text(encoding="utf-8")
                for path in sorted((folder / lang).glob("*.ftl"))
            }
            for lang in LANGS
        }
        empty = [f"{lang}: no catalogue files" for lang in LANGS if not texts[lang]]
        if empty:
            raise CatalogueProblems(empty)
        return cls(texts)

    def t(self, lang: Lang, text_id: str, /, **args: Argument) -> str:
        """The text in this language, else in its fallback, else the id itself. Never raises.

        `text_id` may name an attribute: `ivr-wait.sms`. A missing argument is
        said by its name: odd words are better than a dropped call.
        """
        for tried in (lang, FALLBACK[lang], SOURCE):
            if self.has(tried, text_id):
                return self._format(tried, text_id, args)
        return text_id

    def has(self, lang: Lang, text_id: str) -> bool:
        """Whether this very language has the text; fallbacks do not count."""
        name, _, attribute = text_id.partition(".")
        entry = self._entries[lang].get(name)
        if entry is None:
            return False
        if not attribute:
            return entry.message.value is not None
        return any(one.id.name == attribute for one in entry.message.attributes)

    def ids(self, area: str, lang: Lang = SOURCE) -> tuple[str, ...]:
        """Message ids of one file (`common`, `ivr`, `bot`, `console`), in the order written."""
        return tuple(name for name, entry in self._entries[lang].items() if entry.area == area)

    def areas(self, lang: Lang = SOURCE) -> tuple[str, ...]:
        """Names of the files of a language."""
        return tuple(self._texts.get(lang, {}))

    def attributes(self, lang: Lang, text_id: str) -> tuple[str, ...]:
        """Names of the attributes of a message of this language, fallbacks aside."""
        entry = self._entries[lang].get(text_id)
        return tuple(one.id.name for one in entry.message.attributes) if entry else ()

    def variables(self, lang: Lang, text_id: str) -> frozenset[str]:
        """Names of the arguments a message and its attributes take in this language."""
        entry = self._entries[lang].get(text_id)
        if entry is None:
            return frozenset()
        found = _Variables()
        found.visit(entry.message)
        return frozenset(found.names)

    def selectors(self, lang: Lang, text_id: str) -> tuple[frozenset[str], ...]:
        """The variant keys of every selection in a message: what a plural check looks at."""
        entry = self._entries[lang].get(text_id)
        if entry is None:
            return ()
        found = _Selections()
        found.visit(entry.message)
        return tuple(found.keys)

    def source(self, lang: Lang, files: Iterable[str]) -> str:
        """The raw Fluent text of some files, for a browser that formats by itself."""
        own = self._texts.get(lang, {})
        return "\n".join(own[name].strip() + "\n" for name in files if name in own)

    def _format(self, lang: Lang, text_id: str, args: Mapping[str, Argument]) -> str:
        name, _, attribute = text_id.partition(".")
        bundle = self._bundles[lang]
        message = bundle.get_message(name)
        pattern = message.attributes[attribute] if attribute else message.value
        if pattern is None:
            return text_id
        said, _ = bundle.format_pattern(pattern, dict(args))
        return str(said)


class _Variables(Visitor):
    """Collects the arguments of a message."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: ast.VariableReference) -> None:  # noqa: N802 - Fluent's
        """One argument."""
        self.names.add(node.id.name)


class _Selections(Visitor):
    """Collects the variant keys of each selection."""

    def __init__(self) -> None:
        self.keys: list[frozenset[str]] = []

    def visit_SelectExpression(self, node: ast.SelectExpression) -> None:  # noqa: N802 - Fluent's
        """One selection, and those inside it."""
        self.keys.append(frozenset(_key(variant) for variant in node.variants))
        self.generic_visit(node)


def _key(variant: ast.Variant) -> str:
    key = variant.key
    return key.name if isinstance(key, ast.Identifier) else str(key.value)


@cache
def _read(
    lang: Lang, texts: tuple[tuple[str, str], ...]
) -> tuple[FluentBundle, Mapping[str, _Entry], tuple[str, ...]]:
    """What the files of a language say, and what is wrong with them.

    Kept by their text: reading all of them takes most of a second. Nobody changes what is read.
    """
    functions: dict[str, Callable[..., FluentType]] = FUNCTIONS[lang]
    bundle = FluentBundle(_LOCALES[lang], functions=functions, use_isolating=False)
    entries: dict[str, _Entry] = {}
    problems: list[str] = []
    for area, text in texts:
        resource = FluentParser().parse(text)
        bundle.add_resource(resource)
        problems.extend(f"{lang}/{area}.ftl: {why}" for why in _junk(resource, text))
        for message in resource.body:
            if not isinstance(message, ast.Message):
                continue
            if message.id.name in entries:
                problems.append(f"{lang}/{area}.ftl: {message.id.name} is written twice")
            entries[message.id.name] = _Entry(area, message)
    return bundle, entries, tuple(problems)


def _junk(resource: ast.Resource, text: str) -> Iterator[str]:
    for entry in resource.body:
        if isinstance(entry, ast.Junk) and entry.span is not None:
            line = text.count("\n", 0, entry.span.start) + 1
            yield f"line {line} is not Fluent"
