"""Static files: the address changes with the content, preloads are complete, answers cache."""

import gzip
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from hotline.console.assets import Assets, closure, imports, read_tree, tree_hash
from hotline.console.csp import headers, policy
from hotline.kernel.languages import LANGS

FILES = {
    "desk/desk.js": b"import { a } from '../core/a.js';\nimport './b.js';\nimport('./late.js');\n",
    "core/a.js": b"import {\n  b,\n} from '../desk/b.js';\nexport const a = b;\n"
    + b"// pad\n" * 99,
    "desk/b.js": b"export const b = 1; // import { x } from './not.js'\n",
    "desk/late.js": b"export const late = 1;\n",
    "ftl/ru.ftl": b"a = A\n",
}


def test_hash_follows_content_and_names() -> None:
    renamed = {("x.js" if name == "desk/b.js" else name): body for name, body in FILES.items()}

    assert tree_hash(FILES) == tree_hash(dict(reversed(FILES.items())))
    assert tree_hash(FILES) != tree_hash({**FILES, "desk/b.js": b""})
    assert tree_hash(FILES) != tree_hash(renamed)
    assert tree_hash({"ab": b"c"}) != tree_hash({"a": b"bc"})


def test_imports_are_the_static_ones() -> None:
    source = "import x from './x.js';\nexport { y } from './y.js';\nconst z = import('./z.js');\n"

    assert imports(source) == ["./x.js", "./y.js"]


def test_closure_is_complete_and_without_late_modules() -> None:
    assert closure(FILES, "desk/desk.js") == ["desk/desk.js", "core/a.js", "desk/b.js"]


def test_missing_module_is_noticed_at_start() -> None:
    with pytest.raises(FileNotFoundError, match=r"desk/gone\.js"):
        closure({"desk/desk.js": b"import './gone.js';"}, "desk/desk.js")


def test_own_tree_is_whole() -> None:
    assets = Assets.read()
    preload = assets.preload("desk/desk.js")

    assert preload[0] == f"/console/{assets.tree}/desk/desk.js"
    assert not any("/super/" in address or "twilio" in address for address in preload)
    assert all("login-title" in assets.catalogue(lang) for lang in LANGS)
    assert not any(name.endswith(".d.ts") for name in assets.names())


def test_catalogues_join_what_is_there(tmp_path: Path) -> None:
    for lang in LANGS:
        (tmp_path / lang).mkdir()
    (tmp_path / "ky" / "console.ftl").write_text("a = Б\n", encoding="utf-8")
    files = read_tree(tmp_path / "none", tmp_path)

    assert files["ftl/ky.ftl"].decode() == "a = Б\n"
    assert files["ftl/en.ftl"] == b""


async def _client(assets: Assets) -> TestClient[web.Request, web.Application]:
    app = web.Application()
    app.router.add_get("/console/{tree}/{path:.+}", assets.handle)
    return TestClient(TestServer(app), auto_decompress=False)


async def test_files_are_immutable_and_compressed() -> None:
    assets = Assets(FILES)
    async with await _client(assets) as client:
        plain = await client.get(f"{assets.base}core/a.js", headers={"Accept-Encoding": ""})
        packed = await client.get(f"{assets.base}core/a.js", headers={"Accept-Encoding": "gzip"})
        small = await client.get(f"{assets.base}desk/b.js", headers={"Accept-Encoding": "gzip"})

        assert "immutable" in plain.headers["Cache-Control"]
        assert plain.content_type == "text/javascript"
        assert await plain.read() == FILES["core/a.js"]
        assert packed.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(await packed.read()) == FILES["core/a.js"]
        assert "Content-Encoding" not in small.headers


@pytest.mark.parametrize("path", ["gone.js", "../../secret", "%2e%2e/%2e%2e/pyproject.toml"])
async def test_nothing_outside_the_tree_is_served(path: str) -> None:
    assets = Assets(FILES)
    async with await _client(assets) as client:
        assert (await client.get(f"{assets.base}{path}")).status == 404


async def test_another_build_is_gone() -> None:
    async with await _client(Assets(FILES)) as client:
        assert (await client.get("/console/0000000000000000/core/a.js")).status == 404


def test_policy_is_strict() -> None:
    strict = policy(browser_phone=False)

    assert "unsafe" not in strict
    assert "http" not in strict
    assert "require-trusted-types-for 'script'" in strict
    assert "connect-src 'self';" in strict
    assert headers(browser_phone=False)["Content-Security-Policy"] == strict


def test_browser_phone_opens_two_hosts_and_no_more() -> None:
    assert policy(browser_phone=True).count("twilio.com") == 2


def test_the_training_room_opens_the_simulators_address_and_no_more() -> None:
    opened = policy(browser_phone=False, simulator="http://127.0.0.1:8190")

    assert "connect-src 'self' http://127.0.0.1:8190 ws://127.0.0.1:8190;" in opened
    assert opened.count("127.0.0.1") == 2


def test_a_guest_is_served_beside_the_own_files(tmp_path: Path) -> None:
    script = tmp_path / "voice.js"
    script.write_text("// A voice.", encoding="utf-8")

    assert "vendor/guest.js" in Assets.read({"vendor/guest.js": script}).names()
    assert "vendor/guest.js" not in Assets.read().names()
