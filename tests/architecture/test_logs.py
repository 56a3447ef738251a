"""No log call can tell on anybody: constant names, known fields, no words of errors or people."""

import ast
import re
from collections.abc import Iterator

import pytest

from hotline.infra.logging import _ENDINGS, FIELDS
from tests.architecture.sources import PRODUCT, Source, sources

METHODS = {"debug", "info", "warning", "error", "exception", "critical", "log"}
NAME = re.compile(r"[a-z0-9]+([._-][a-z0-9]+)*")
# `where` is built two lines above from the same list of fields.
SPREAD = {"hotline/infra/tasks.py"}


def ours() -> list[Source]:
    """The simulator is a stranger with a log of its own, and knows invented people only."""
    return [s for s in sources(*PRODUCT) if not s.name.startswith("hotline/simulator/")]


def log_calls(source: Source) -> Iterator[ast.Call]:
    for node in source.nodes:
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in METHODS
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id in {"log", "logger", "_log"}
        ):
            yield node


def wrongs(source: Source) -> Iterator[str]:
    for call in log_calls(source):
        where = f"{source.name}:{call.lineno}"
        event = call.args[0] if len(call.args) == 1 else None
        if not (
            isinstance(event, ast.Constant)
            and isinstance(event.value, str)
            and NAME.fullmatch(event.value)
        ):
            yield f"{where}: the event is not one constant name"
        for keyword in call.keywords:
            yield from (f"{where}: {problem}" for problem in field(source, keyword))


def field(source: Source, keyword: ast.keyword) -> Iterator[str]:
    name = keyword.arg
    if name is None:
        if source.name not in SPREAD:
            yield "fields are not written out"
        return
    if name != "exc_info" and name not in FIELDS and not name.endswith(_ENDINGS):
        yield f"the field {name} is not on the list and would be dropped"
    for node in ast.walk(keyword.value):
        if isinstance(node, ast.JoinedStr | ast.FormattedValue):
            yield f"{name} is put together from text"
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"repr", "format", "vars"}:
            yield f"{name} shows the inside of something"
        if isinstance(node, ast.Call) and ast.unparse(node) in {"str(error)", "str(exc)", "str(e)"}:
            yield f"{name} shows the words of an error"


def test_log_calls_say_codes_only() -> None:
    assert [wrong for source in ours() for wrong in wrongs(source)] == []


def test_there_are_log_calls_to_look_at() -> None:
    assert sum(1 for source in ours() for _ in log_calls(source)) > 25


@pytest.mark.parametrize(
    "line",
    [
        'log.info(f"call from {number}")',
        'log.info("call %s", number)',
        'log.info("call.from", number=number)',
        'log.info("call.failed", reason=f"{number} hung up")',
        'log.info("call.failed", reason=str(error))',
        'log.info("call.failed", reason=repr(form))',
        'log.info("call.failed", **fields)',
    ],
)
def test_the_look_finds_a_careless_call(line: str) -> None:
    source = Source(sources("hotline")[0].path, line, ast.parse(line))
    assert list(wrongs(source))


def test_only_one_file_sets_up_logging() -> None:
    users = {
        source.name
        for source in ours()
        for node in source.nodes
        if isinstance(node, ast.Import) and any(alias.name == "logging" for alias in node.names)
    }
    assert users == {"hotline/infra/logging.py"}


def test_nothing_is_printed() -> None:
    printing = {
        source.name
        for source in ours()
        for node in source.nodes
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "print"
    }
    assert printing == set()
