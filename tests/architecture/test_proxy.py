"""The proxy sends every address to the role that has it, and speaks for a service that is away.

The rules are read by a small reader of our own; where nginx is on the machine it is asked, too.
"""

import os
import re
import shutil
import socket
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from hotline import settings
from tests.architecture.conftest import Plan
from tests.architecture.sources import ROOT

PROXY = ROOT / "deploy" / "proxy"
FALLBACK = ROOT / "deploy" / "fallback"
_TOKEN = re.compile(r"""\s*(?:\#[^\n]*\n|("[^"]*"|[{};]|[^\s{};"\#]+))""")


@dataclass
class Block:
    """A directive with its words, and what stands inside its braces."""

    words: list[str]
    inside: list["Block"] = field(default_factory=list)

    def all(self, name: str) -> list["Block"]:
        """Directives of that name, at this level."""
        return [block for block in self.inside if block.words[0] == name]

    def value(self, name: str) -> str | None:
        """The words of a directive that stands here once."""
        found = self.all(name)
        return " ".join(found[0].words[1:]) if found else None


def read(text: str) -> Block:
    """nginx's language: words, semicolons, braces. Raises ValueError when they do not match."""
    tokens = [m[1] for m in _TOKEN.finditer(text + "\n") if m[1]]
    top = Block(["top"])
    open_, words = [top], list[str]()
    for token in tokens:
        if token == "{":
            open_[-1].inside.append(Block(words))
            open_.append(open_[-1].inside[-1])
            words = []
        elif token == "}":
            if words or len(open_) == 1:
                raise ValueError("a brace or a semicolon is missing")
            open_.pop()
        elif token == ";":
            open_[-1].inside.append(Block(words))
            words = []
        else:
            words.append(token.strip('"'))
    if words or len(open_) != 1:
        raise ValueError("a brace or a semicolon is missing")
    return top


def page(name: str) -> Block:
    return read((PROXY / name).read_text(encoding="utf-8"))


def location(path: str) -> Block:
    """nginx's choice: exact, then the first pattern, then the longest beginning."""
    places = page("locations.conf").all("location")
    exact = [b for b in places if b.words[1:] == ["=", path]]
    patterns = [b for b in places if b.words[1] == "~" and re.search(b.words[2], path)]
    starts = [b for b in places if len(b.words) == 2 and path.startswith(b.words[1])]
    return [*exact, *patterns, *sorted(starts, key=lambda b: -len(b.words[1]))][0]


def target(path: str) -> str | None:
    return location(path).value("proxy_pass")


def filled(path: str) -> str:
    return re.sub(r"\{[^}]*\}", "x", path)


def test_every_address_of_the_outside_goes_to_edge(plan: Plan) -> None:
    lost = [r.path for r in plan.edge if target(filled(r.path)) != "http://$edge"]
    assert lost == []


def test_every_address_of_staff_goes_to_console(plan: Plan) -> None:
    lost = [r.path for r in plan.console if target(filled(r.path)) != "http://$console"]
    assert lost == []


def test_what_machines_ask_is_not_for_the_outside(plan: Plan) -> None:
    assert {location(r.path).value("return") for r in plan.probes} == {"404"}


def test_addresses_pass_untouched() -> None:
    """The carrier signs the address it called; a path behind proxy_pass would change it."""
    passes = [b.value("proxy_pass") for b in page("locations.conf").all("location")]
    assert {one for one in passes if one} == {"http://$edge", "http://$console"}


def test_a_new_call_is_never_left_alone() -> None:
    place = location("/voice/in")
    assert place.value("error_page") == "502 504 =200 /fallback/voice.xml"
    assert float(str(place.value("proxy_read_timeout")).removesuffix("s")) < 15


@pytest.mark.parametrize("name", ["step", "hold", "hold-key", "bridge", "after"])
def test_a_call_in_hand_gets_another_try(name: str) -> None:
    assert location(f"/voice/{name}").value("error_page") == "502 504 =200 $call_in_hand"


@pytest.mark.parametrize("name", ["compose.conf", "host.conf"])
def test_the_second_failure_rings_the_duty_telephone(name: str) -> None:
    top = page(name)
    http = top.all("http")[0] if top.all("http") else top
    (map_,) = [b for b in http.all("map") if b.words[1:] == ["$arg_again", "$call_in_hand"]]
    ways = {b.words[0]: b.words[1] for b in map_.inside}

    assert ways == {"default": "/fallback/wait.xml", "1": "/fallback/voice.xml"}
    for document in ways.values():
        assert (FALLBACK / document.rsplit("/", 1)[-1]).is_file()


def test_what_we_refuse_ourselves_passes_through() -> None:
    """503 asks the carrier to come again: the proxy must not hide it."""
    text = (PROXY / "locations.conf").read_text(encoding="utf-8")
    assert "proxy_intercept_errors" not in text
    assert not re.search(r"error_page[^;]*503", text)


def test_limits_are_those_of_the_service() -> None:
    server = settings.load({}, settings.CONFIG_DIR, "demo").server
    rules = page("locations.conf")

    assert rules.value("client_max_body_size") == f"{server.max_body_bytes // 1024 // 1024}m"
    assert rules.value("client_header_timeout") == f"{server.head_deadline_s:g}s"
    assert rules.value("client_body_timeout") == f"{server.body_deadline_s:g}s"


def test_nobody_is_written_down() -> None:
    rules = page("locations.conf")
    assert rules.value("access_log") == "off"
    assert rules.value("client_body_buffer_size") == rules.value("client_max_body_size")
    assert rules.value("proxy_max_temp_file_size") == "0"
    assert page("compose.conf").value("error_log") == "/dev/stderr crit"


def test_the_live_socket_may_be_silent_for_a_while() -> None:
    place = location("/ws/desk")
    given = [" ".join(b.words[1:]) for b in place.all("proxy_set_header")]
    assert {"Upgrade $http_upgrade", "Connection upgrade", "Host $http_host"} <= set(given)
    assert place.value("proxy_read_timeout") == "120s"


@pytest.mark.parametrize("name", ["compose.conf", "host.conf"])
def test_everything_is_encrypted_but_the_signpost(name: str) -> None:
    top = page(name)
    servers = (top.all("http")[0] if top.all("http") else top).all("server")
    plain = [s for s in servers if "ssl" not in str(s.value("listen"))]
    secure = [s for s in servers if s not in plain]

    assert len(plain) == len(secure) == 1
    assert "return" in str(plain[0]).replace("'", "")
    assert "http2" in str(secure[0].value("listen"))
    assert page("locations.conf").value("ssl_protocols") == "TLSv1.2 TLSv1.3"


@pytest.mark.parametrize("text", ["a {", "a }", "a", "a { b }"])
def test_the_reader_refuses_what_is_not_the_language(text: str) -> None:
    with pytest.raises(ValueError, match="missing"):
        read(text)


# -------------------------------------------------------------------------------- nginx itself


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number: int = probe.getsockname()[1]
        return number


@pytest.fixture
def nginx(tmp_path: Path) -> Iterator[tuple[int, Path] | None]:
    """The proxy as in compose.yaml, in a folder of its own, with nobody behind it; None without."""
    program, openssl = shutil.which("nginx"), shutil.which("openssl")
    if program is None or openssl is None:
        yield None
        return
    for folder in ("tls", "fallback"):
        (tmp_path / folder).mkdir()
    for document in FALLBACK.glob("*.xml"):
        shutil.copy(document, tmp_path / "fallback")
    subject = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2"
    files = "-keyout tls/privkey.pem -out tls/fullchain.pem -subj /CN=localhost"
    command = [openssl, *subject.split(), *files.split()]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    port = free_port()
    arrange(tmp_path, port)
    start = [program, "-p", str(tmp_path), "-c", str(tmp_path / "nginx.conf")]
    # It goes into the background once it listens.
    subprocess.run(start, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    yield port, tmp_path
    subprocess.run([*start, "-s", "stop"], check=True, capture_output=True)


def arrange(folder: Path, port: int) -> None:
    """The files of deploy/proxy, with the places of this test in them."""
    text = (PROXY / "compose.conf").read_text(encoding="utf-8")
    for old, new in {
        "/tmp/": f"{folder}/",  # noqa: S108 - the place inside the container
        "/etc/nginx/hotline/": f"{folder}/",
        "/etc/nginx/": f"{folder}/",
        "/etc/hotline": str(folder),
        "/dev/stderr": str(folder / "error.log"),
        "8080": str(free_port()),
        "8443": str(port),
        "resolver 127.0.0.11 valid=5s": "resolver 127.0.0.1:1",
        "edge:8189": f"127.0.0.1:{free_port()}",
        "console:8189": f"127.0.0.1:{free_port()}",
        "worker_processes auto": "worker_processes 1",
    }.items():
        text = text.replace(old, new)
    who = "user root;\n" if os.geteuid() == 0 else ""  # nobody may enter the folder of a test
    (folder / "nginx.conf").write_text(who + text, encoding="utf-8")
    (folder / "mime.types").write_text("types { text/html html; }\n", encoding="utf-8")
    shutil.copy(PROXY / "locations.conf", folder)


def ask(port: int, path: str, method: str = "POST") -> tuple[int, str, str]:
    """Status, kind and body, as a carrier that trusts any certificate gets them."""
    import http.client  # noqa: PLC0415 - only where nginx is
    import ssl  # noqa: PLC0415 - the same

    trusting = ssl._create_unverified_context()  # noqa: S323 - a certificate of this test
    line = http.client.HTTPSConnection("127.0.0.1", port, timeout=10, context=trusting)
    line.request(method, path, body="a=1" if method == "POST" else None)
    answer = line.getresponse()
    found = answer.status, answer.headers.get_content_type(), answer.read().decode()
    line.close()
    return found


def test_nginx_speaks_for_a_service_that_is_away(nginx: tuple[int, Path] | None) -> None:
    voice = (FALLBACK / "voice.xml").read_text(encoding="utf-8")
    wait = (FALLBACK / "wait.xml").read_text(encoding="utf-8")
    if nginx is None:
        # Without nginx the rules are still read above; here the documents are held apart.
        assert "<Dial" in voice
        assert "<Dial" not in wait
        return
    port, folder = nginx

    assert ask(port, "/voice/in") == (200, "text/xml", voice)
    assert ask(port, "/voice/hold?n=3") == (200, "text/xml", wait)
    assert ask(port, "/voice/bridge?again=1") == (200, "text/xml", voice)
    assert ask(port, "/fallback/voice.xml") == (200, "text/xml", voice)
    assert ask(port, "/fallback/voice.xml", "GET") == (200, "text/xml", voice)
    assert ask(port, "/sms/in")[0] == 502
    assert ask(port, "/metrics", "GET")[0] == 404
    assert "127.0.0.1" not in (folder / "error.log").read_text(encoding="utf-8")
