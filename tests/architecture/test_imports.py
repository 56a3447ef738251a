"""What the import contract cannot say: whose tables are whose, and who knows the messengers."""

from functools import cache

import grimp
import pytest

from tests.architecture.sources import PRODUCT, sources

# The tables of these floors are the house's own tools; rooms use them through their functions.
_GROUND = ("hotline.infra", "hotline.kernel", "hotline.settings", "hotline.access", "hotline.i18n")


@cache
def graph() -> grimp.ImportGraph:
    return grimp.build_graph(*PRODUCT, include_external_packages=True)


def room_of(module: str) -> str:
    """`hotline.routing` of `hotline.routing.store`; the same for `bots.sms`."""
    return ".".join(module.split(".")[:2])


def importers(module: str) -> set[str]:
    return graph().find_modules_that_directly_import(module)


def private_modules() -> list[str]:
    """Tables and statements of every room."""
    return sorted(
        module
        for module in graph().modules
        if module.startswith("hotline.")
        and module.rsplit(".", 1)[-1].endswith(("store", "tables"))
        and not module.startswith(_GROUND)
    )


def test_there_are_rooms_with_tables() -> None:
    rooms = {room_of(module) for module in private_modules()}
    assert {"hotline.contacts", "hotline.routing", "hotline.chat", "hotline.telephony"} <= rooms


@pytest.mark.parametrize("module", private_modules())
def test_tables_and_statements_belong_to_one_room(module: str) -> None:
    own = room_of(module)
    strangers = {
        importer
        for importer in importers(module)
        if room_of(importer) != own and not importer.startswith("hotline.migrations")
    }
    assert strangers == set()


def test_messengers_do_not_know_each_other() -> None:
    crossing = {
        (importer, module)
        for module in graph().modules
        if module.count(".") >= 2 and module.startswith("bots.")
        for importer in importers(module)
        if importer.count(".") >= 2
        and importer.startswith("bots.")
        and room_of(importer) != room_of(module)
    }
    assert crossing == set()


def test_only_the_list_of_messengers_names_them() -> None:
    named = {
        importer
        for module in graph().modules
        if module.count(".") >= 2 and module.startswith("bots.")
        for importer in importers(module)
        if not importer.startswith("bots.")
    }
    assert named == set()


@pytest.mark.parametrize(
    ("package", "owner"),
    [
        ("twilio", {"hotline.carrier.twilio"}),
        ("argon2", {"hotline.staff.passwords"}),
        ("cryptography", {"hotline.infra.crypto"}),
        ("prometheus_client", {"hotline.infra.metrics"}),
        ("fluent", {"hotline.i18n.catalogue", "hotline.i18n.formats"}),
    ],
)
def test_one_file_speaks_to_each_vendor(package: str, owner: set[str]) -> None:
    assert importers(package) == owner


def test_only_the_telegram_bot_speaks_telegram() -> None:
    assert all(module.startswith("bots.telegram.") for module in importers("telegram"))
    assert importers("telegram")


def test_nothing_of_the_tests_is_in_the_product() -> None:
    names = {"tests", "pytest", "hypothesis", "playwright", "deploy"}
    assert names & {module.split(".")[0] for module in graph().modules} == set()


def test_the_look_is_complete() -> None:
    """Every file is in the graph, so that no import can hide."""
    known = graph().modules
    files = {s.module for s in sources(*PRODUCT) if "versions" not in s.path.parts}
    assert files <= known
