"""Every setting, read once; whatever is wrong with them is said all at once.

Order, later wins: config/default.toml, config/<profile>.toml, the file named by HOTLINE_CONFIG,
variables HOTLINE__SECTION__KEY. Secrets may also come from HOTLINE__SECTION__KEY_FILE.
"""

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Final, get_origin

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from hotline.kernel.errors import Problems
from hotline.kernel.secret import Secret
from hotline.settings.page import (
    PROFILES,
    Aggregator,
    LogLevel,
    Profile,
    Section,
    Server,
    Settings,
    Telegram,
    is_loopback,
    pairs,
)
from hotline.settings.sense import senseless

__all__ = [
    "CONFIG_DIR",
    "PROFILES",
    "Aggregator",
    "LogLevel",
    "Profile",
    "Section",
    "Server",
    "Settings",
    "SettingsProblems",
    "Telegram",
    "is_loopback",
    "load",
    "load_process",
    "pairs",
]

CONFIG_DIR: Final = Path(__file__).resolve().parents[2] / "config"

_PREFIX: Final = "HOTLINE__"
_SWITCHES: Final = ("HOTLINE_CONFIG", "HOTLINE_CONFIG_DIR", "HOTLINE_PROFILE")


class SettingsProblems(Problems):
    """The settings cannot be used; `problems` says every reason, without values of secrets."""


def load_process(profile: str | None = None) -> Settings:
    """`load` with this process's variables; HOTLINE_PROFILE, HOTLINE_CONFIG_DIR choose files."""
    folder = Path(os.environ.get("HOTLINE_CONFIG_DIR", "") or CONFIG_DIR)
    return load(os.environ, folder, profile or os.environ.get("HOTLINE_PROFILE") or "production")


def load(environ: Mapping[str, str], config_dir: Path, profile: str) -> Settings:
    """Read all layers and prove them.

    Raises `SettingsProblems` with everything that is unknown, missing, unreadable or senseless.
    """
    problems: list[str] = []
    if profile not in PROFILES:
        problems.append(f"profile {profile!r} is not known; choose one of: {', '.join(PROFILES)}")
    names = ["default.toml", *([f"{profile}.toml"] if profile in PROFILES else [])]
    extra = environ.get("HOTLINE_CONFIG")
    names += [str(Path(extra).absolute())] if extra else []
    merged: dict[str, Any] = {}
    for layer in (_read_toml(config_dir / name, problems) for name in names):
        for key, value in layer.items():
            both = isinstance(value, dict) and isinstance(merged.get(key), dict)
            merged[key] = merged[key] | value if both else value
    _from_environ(environ, merged, problems)
    merged["config_dir"] = config_dir
    merged["profile"] = profile if profile in PROFILES else "production"
    good = _validated(merged, problems)
    problems += senseless(good)
    if problems:
        raise SettingsProblems(problems)
    return Settings.model_construct(**good)


def _text(who: str, path: str | Path, problems: list[str]) -> str | None:
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        problems.append(f"{who}: the file {path} cannot be read ({type(error).__name__})")
        return None


def _read_toml(path: Path, problems: list[str]) -> dict[str, Any]:
    try:
        return tomllib.loads(_text("settings", path, problems) or "")
    except tomllib.TOMLDecodeError as error:
        problems.append(f"{path}: is not valid TOML: {error}")
        return {}


def _from_environ(environ: Mapping[str, str], merged: dict[str, Any], problems: list[str]) -> None:
    known = _variables()
    for name in sorted(n for n in environ if n.startswith("HOTLINE_")):
        if name in _SWITCHES or name.startswith("HOTLINE_TEST_"):
            continue
        (section, key), kind = known.get(name, (("", ""), ""))
        twin = name.removesuffix("_FILE")
        place = merged.setdefault(section, {}) if section else merged
        if not kind:
            problems.append(f"{name}: there is no such setting (the form is {_PREFIX}SECTION__KEY)")
        elif kind == "file" and twin in environ:
            problems.append(f"{name}: is given together with {twin}; keep one")
        elif isinstance(place, dict):
            value = _text(name, environ[name], problems) if kind == "file" else environ[name]
            place[key] = (value.split(",") if value else []) if kind == "list" else value


def _variables() -> dict[str, tuple[tuple[str, str], str]]:
    """Every variable there is: name -> (path in the page, how its text is read)."""
    found: dict[str, tuple[tuple[str, str], str]] = {}
    for name, field in Settings.model_fields.items():
        kind = field.annotation
        if name in {"profile", "config_dir"}:
            continue
        if not (isinstance(kind, type) and issubclass(kind, Section)):
            found[f"{_PREFIX}{name}".upper()] = (("", name), "text")
            continue
        for key, inner in kind.model_fields.items():
            variable = f"{_PREFIX}{name}__{key}".upper()
            listed = get_origin(inner.annotation) is tuple
            found[variable] = ((name, key), "list" if listed else "text")
            if inner.annotation is Secret:
                found[f"{variable}_FILE"] = ((name, key), "file")
    return found


def _validated(merged: dict[str, Any], problems: list[str]) -> dict[str, Any]:
    """Section by section, so that one bad section does not hide what is wrong with another."""
    good: dict[str, Any] = {}
    unknown = merged.keys() - Settings.model_fields
    problems += [f"{key}: there is no such setting" for key in sorted(unknown)]
    for name, field in Settings.model_fields.items():
        if name not in merged:
            problems.append(f"{name}: is missing")
            continue
        shape: Any = Annotated[field.annotation, field]  # pydantic takes a field as its own rules
        try:
            good[name] = TypeAdapter(shape).validate_python(merged[name])
        except ValidationError as error:
            problems += [_in_words(name, item) for item in error.errors()]
    return good


def _in_words(name: str, error: ErrorDetails) -> str:
    words = {"extra_forbidden": "there is no such setting", "missing": "is missing"}
    message = words.get(error["type"], error["msg"].removeprefix("Value error, "))
    return f"{'.'.join([name, *map(str, error['loc'])])}: {message}"
