"""One person must be able to hold it: no file over 400 lines, no function over 60."""

import ast

from tests.architecture.sources import EVERYTHING, ROOT, Function, functions, sources

FILE_LINES = 400
FUNCTION_LINES = 60
# Written by programs, not by people.
_MADE = ("hotline/migrations/versions/", "hotline/console/static/vendor/")
_OTHER = ("*.js", "*.mjs", "*.css", "*.sh")


def length(function: Function) -> int:
    """Lines from `def` to the end; decorators do not count."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


def test_no_file_is_too_long() -> None:
    paths = [source.path for source in sources(*EVERYTHING)]
    for folder in ("hotline", "bots", "deploy"):
        paths += [path for kind in _OTHER for path in (ROOT / folder).rglob(kind)]
    found = {path.relative_to(ROOT).as_posix(): path for path in paths}
    long = {
        name: lines
        for name, path in found.items()
        if not name.startswith(_MADE)
        and "node_modules" not in name
        and (lines := len(path.read_text(encoding="utf-8").splitlines())) > FILE_LINES
    }
    assert long == {}


def test_no_function_is_too_long() -> None:
    long = {
        f"{source.name}: {function.name}": length(function)
        for source in sources(*EVERYTHING)
        if not source.name.startswith(_MADE)
        for function in functions(source.nodes)
        if length(function) > FUNCTION_LINES
    }
    assert long == {}


def test_length_is_counted_from_def_to_end() -> None:
    tree = ast.parse("@decorated\nasync def f():\n    a = 1\n\n    return a\n")
    assert [length(function) for function in functions(ast.walk(tree))] == [4]
