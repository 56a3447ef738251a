"""The program's own files, read and parsed once for all tests about its shape."""

import ast
import gc
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
PRODUCT: Final = ("hotline", "bots")
EVERYTHING: Final = (*PRODUCT, "tests", "deploy")
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Source:
    """One Python file."""

    path: Path
    text: str
    tree: ast.Module

    @property
    def name(self) -> str:
        """The path as a person would write it."""
        return self.path.relative_to(ROOT).as_posix()

    @property
    def module(self) -> str:
        """The dotted name."""
        parts = self.path.relative_to(ROOT).with_suffix("").parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        """Everything in it, whatever is outside before whatever is inside."""
        return tuple(ast.walk(self.tree))


@cache
def sources(*folders: str) -> tuple[Source, ...]:
    """Every Python file of these folders, in order of their paths."""
    paths = [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]
    # Millions of nodes that stay: a collector that goes through them takes longer than the parser.
    gc.disable()
    try:
        return tuple(map(_source, paths))
    finally:
        gc.freeze()
        gc.enable()


@cache
def _source(path: Path) -> Source:
    text = path.read_text(encoding="utf-8")
    return Source(path, text, ast.parse(text, str(path)))


def functions(nodes: Iterable[ast.AST]) -> Iterator[Function]:
    """The functions and methods among these, nested ones too."""
    for node in nodes:
        if isinstance(node, Function):
            yield node
