"""What is published is read, what is enqueued is done, and nothing waits for nobody."""

import ast
import sys
from collections import Counter
from collections.abc import Iterator
from importlib import import_module

from hotline.kernel.events import REGISTRY
from tests.architecture.conftest import Plan
from tests.architecture.sources import PRODUCT, Source, sources

# Published and read by nobody today, each with the reason why it is published all the same.
UNREAD = {
    "ContactWaiting": "whoever lets a contact wait puts it into the queue in the same transaction",
}
# Run by the job runner itself, not by a room.
OF_THE_HOUSE = {"event"}


def calls(source: Source, method: str) -> Iterator[ast.Call]:
    for node in source.nodes:
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == method
        ):
            yield node


def published(source: Source) -> Iterator[str]:
    """Names of event classes made anywhere in the file: some are made before they are published."""
    for node in source.nodes:
        if isinstance(node, ast.Call):
            made = node.func.attr if isinstance(node.func, ast.Attribute) else None
            made = node.func.id if isinstance(node.func, ast.Name) else made
            if made in REGISTRY:
                yield made


def enqueued(source: Source) -> Iterator[str]:
    """Kinds given to `enqueue`, as a literal or as a name that the module knows.

    Where a helper passes on what it was given, all kinds that the file gives to anybody count.
    """
    for call in calls(source, "enqueue"):
        kind = call.args[0] if call.args else None
        if isinstance(kind, ast.Constant) and isinstance(kind.value, str):
            yield kind.value
        elif isinstance(kind, ast.Name) and kind.id.islower():
            yield from handed_on(source)
        elif isinstance(kind, ast.Name | ast.Attribute):
            yield from known(source, kind)


def handed_on(source: Source) -> Iterator[str]:
    for node in source.nodes:
        for argument in node.args if isinstance(node, ast.Call) else ():
            if isinstance(argument, ast.Name) and argument.id.isupper():
                yield from known(source, argument)


def known(source: Source, name: ast.Name | ast.Attribute) -> Iterator[str]:
    found: object = import_module(source.module)
    for part in ast.unparse(name).split("."):
        found = getattr(found, part, None)
    if isinstance(found, str):
        yield found


def all_kinds() -> set[str]:
    return {kind for source in sources(*PRODUCT) for kind in enqueued(source)}


def test_every_event_is_told_by_somebody() -> None:
    told = {name for source in sources(*PRODUCT) for name in published(source)}
    assert set(_product_events()) - told == set()


def test_every_event_has_a_reader_or_a_reason(plan: Plan) -> None:
    read = {event.__name__ for event in plan.read}
    assert set(_product_events()) - read == set(UNREAD)


def test_every_kind_of_job_has_one_handler(plan: Plan) -> None:
    kinds = all_kinds()
    assert kinds, "the look finds no job at all"
    assert kinds - OF_THE_HOUSE - set(plan.jobs) == set()
    assert [kind for kind, count in Counter(plan.jobs).items() if count > 1] == []


def test_no_handler_waits_for_a_kind_nobody_enqueues(plan: Plan) -> None:
    assert set(plan.jobs) - all_kinds() == set()


def test_loops_have_names_of_their_own(plan: Plan) -> None:
    names = [
        loop
        for room in plan.rooms
        for loops in (room.loops, room.edge_loops, room.console_loops)
        for loop in loops
    ]
    assert [name for name, count in Counter(names).items() if count > 1] == []


def test_live_bodies_are_filled_in_by_one_room(plan: Plan) -> None:
    kinds = [kind for room in plan.rooms for kind in room.live_bodies]
    assert [kind for kind, count in Counter(kinds).items() if count > 1] == []


def _product_events() -> dict[str, str]:
    """Event classes of the product; tests define some of their own."""
    return {
        name: event.__module__
        for name, event in REGISTRY.items()
        if event.__module__.startswith("hotline.") and event.__module__ in sys.modules
    }
