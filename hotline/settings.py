"""Every setting on one page, read once; whatever is wrong with them is said all at once.

Order, later wins: config/default.toml, config/<profile>.toml, the file named by HOTLINE_CONFIG,
variables HOTLINE__SECTION__KEY. Secrets may also come from HOTLINE__SECTION__KEY_FILE.
"""

import os
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from operator import attrgetter
from pathlib import Path
from typing import Annotated, Any, Final, Literal, get_origin
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from hotline.kernel import phone as phones
from hotline.kernel.secret import Secret

Profile = Literal["development", "demo", "test", "production"]
PROFILES: Final[tuple[Profile, ...]] = ("development", "demo", "test", "production")
CONFIG_DIR: Final = Path(__file__).resolve().parent.parent / "config"

_PREFIX: Final = "HOTLINE__"
_SWITCHES: Final = ("HOTLINE_CONFIG", "HOTLINE_CONFIG_DIR", "HOTLINE_PROFILE")
_TOKEN_MIN: Final = 32
_PHONE_KEYS: Final = ["twiml_app_sid", "api_key_sid", "api_key_secret"]
_HOOK_SECRET: Final = re.compile(r"[A-Za-z0-9_-]{32,256}")
_LOOPBACK: Final = {"127.0.0.1", "::1", "localhost"}
# The simulators' keys carry this word, so that they can never guard a real line.
_INSECURE: Final = "insecure"


class SettingsProblems(Exception):  # noqa: N818 - it names what it carries
    """The settings cannot be used; `problems` says every reason, without values of secrets."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def _base_url(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.port == 0:
        raise ValueError("must be an address that starts with https:// (or http:// on loopback)")
    if parts.query or parts.fragment or parts.username or value.endswith("/"):
        raise ValueError("must be a bare address: no user, query, fragment or closing slash")
    return value


def _timezone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError):
        raise ValueError("must be a time zone name such as Asia/Bishkek") from None
    return value


def _number(value: str) -> str:
    if value and (not value.startswith("+") or phones.parse(value).e164 != value):
        raise ValueError("must be a full number such as +996312000000, or empty")
    return value


Url = Annotated[str, AfterValidator(_base_url)]
Seconds = Annotated[float, Field(gt=0)]


class Section(BaseModel):
    """Frozen; an unknown key is an error. Defaults live in config/default.toml alone."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class Server(Section):
    """Where the web side listens, and how long it waits for a slow client."""

    host: str = Field(min_length=1)
    port: int = Field(ge=0, le=65535)
    head_deadline_s: Seconds
    body_deadline_s: Seconds
    max_body_bytes: int = Field(ge=1024)
    metrics_token: Secret


class Database(Section):
    """PostgreSQL; an empty url means the embedded one."""

    url: Secret
    pool: int = Field(ge=2, le=200)


class Redis(Section):
    """Redis or Valkey; an empty url means the embedded one."""

    url: Secret


class Carrier(Section):
    """The telephone company's API and the keys to it."""

    dialect: Literal["twilio", "signalwire", "somleng"]
    api_base_url: Url
    account_sid: str
    auth_token: Secret
    auth_token_secondary: Secret
    caller_id: str
    sms_from: str
    twiml_app_sid: str
    api_key_sid: str
    api_key_secret: Secret


class Telegram(Section):
    """The bot."""

    enabled: bool
    token: Secret
    api_base_url: Url
    mode: Literal["webhook", "polling"]
    webhook_secret: Secret


class Sms(Section):
    """Short messages through the carrier."""

    enabled: bool


class Keys(Section):
    """The folder with the encryption keys; empty means `keys` in the data folder."""

    folder: str


class Duty(Section):
    """The phone that an escalation nobody acknowledged goes to."""

    phone: Annotated[str, AfterValidator(_number)]


class Hotline(Section):
    """What the line is called and when it is open."""

    line: str = Field(min_length=1)
    name: str = Field(min_length=1)
    timezone: Annotated[str, AfterValidator(_timezone)]
    hours_file: str = Field(min_length=1)


class Routing(Section):
    """How long offers, waiting for the right person, and records to be finished may take."""

    offer_s: int = Field(ge=5, le=300)
    grace_s: int = Field(ge=1, le=300)
    relax_topic_s: int = Field(ge=0, le=3600)
    relax_language_s: int = Field(ge=0, le=3600)
    wrap_up_h: int = Field(ge=1, le=168)


class Sessions(Section):
    """How long a member of staff stays signed in."""

    idle_min: int = Field(ge=1)
    absolute_h: int = Field(ge=1, le=24)


class Phone(Section):
    """Which telephones the desk may use; `fake` is for training only."""

    modes: tuple[Literal["fake", "browser"], ...] = Field(min_length=1)


class Log(Section):
    """How much is logged and in which shape."""

    level: Literal["debug", "info", "warning", "error"]
    format: Literal["json", "console"]


class Settings(Section):
    """The whole page. Made only by `load`."""

    profile: Profile
    config_dir: Path
    public_base_url: Url
    data_dir: Path
    server: Server
    database: Database
    redis: Redis
    carrier: Carrier
    telegram: Telegram
    sms: Sms
    keys: Keys
    duty: Duty
    hotline: Hotline
    routing: Routing
    sessions: Sessions
    phone: Phone
    log: Log

    @property
    def origin(self) -> str:
        """Scheme, host and port as a browser sends them in `Origin`."""
        parts = urlsplit(self.public_base_url.lower())
        usual = ":443" if parts.scheme == "https" else ":80"
        return f"{parts.scheme}://{parts.netloc.removesuffix(usual)}"

    @property
    def keys_dir(self) -> Path:
        """Where the encryption keys lie."""
        return Path(self.keys.folder) if self.keys.folder else self.data_dir / "keys"

    @property
    def loopback(self) -> bool:
        """Whether only this machine can reach the service under its public address."""
        return is_loopback(self.public_base_url)


def is_loopback(url: str) -> bool:
    """Whether an address leads to this machine only."""
    return urlsplit(url).hostname in _LOOPBACK


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
    problems += _senseless(good)
    if problems:
        raise SettingsProblems(tuple(problems))
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
            place[key] = value.split(",") if value and kind == "list" else value


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


def _senseless(good: dict[str, Any]) -> Iterator[str]:
    """What fits one by one and would leave a door open together; sees only what is valid."""
    page = Settings.model_construct(**good)
    for needs, check in _CHECKS:
        if needs <= good.keys():
            yield from check(page)


def _encrypted(page: Settings) -> Iterator[str]:
    for where in ("public_base_url", "carrier.api_base_url", "telegram.api_base_url"):
        url = attrgetter(where)(page)
        if url.startswith("http://") and not is_loopback(url):
            yield f"{where}: must start with https:// unless it is a loopback address"


def _carrier(page: Settings) -> Iterator[str]:
    carrier = page.carrier
    # An empty key would make every forged signature valid.
    for key, value in carrier:
        if key.startswith("auth_token") and value and len(value) < _TOKEN_MIN:
            yield f"carrier.{key}: needs at least {_TOKEN_MIN} characters"
    needed = dict.fromkeys(("account_sid", "auth_token", "caller_id"), "")
    if page.sms.enabled:
        needed["sms_from"] = " while sms.enabled is on"
    if "browser" in page.phone.modes:
        needed |= dict.fromkeys(_PHONE_KEYS, " while phone.modes has browser")
    for key, when in needed.items():
        if not getattr(carrier, key):
            yield f"carrier.{key}: is missing{when}"


def _telegram(page: Settings) -> Iterator[str]:
    bot = page.telegram
    if not bot.enabled:
        return
    if not bot.token:
        yield "telegram.token: is missing while telegram.enabled is on"
    if bot.mode == "webhook" and not _HOOK_SECRET.fullmatch(bot.webhook_secret.reveal()):
        yield "telegram.webhook_secret: needs 32 to 256 characters of A-Z a-z 0-9 _ -"


def _no_toys(page: Settings) -> Iterator[str]:
    """Keys and telephones of the simulators are for this machine only."""
    real = page.profile == "production" or not page.loopback
    for name in ("carrier", "telegram", "server") if real else ():
        for key, value in getattr(page, name):
            if isinstance(value, Secret) and _INSECURE in value.reveal().lower():
                yield f"{name}.{key}: is the key of a simulator; it must not guard a real line"
    if real and "fake" in page.phone.modes:
        yield "phone.modes: fake is for training on one machine; a real line needs browser"


def _site(page: Settings) -> Iterator[str]:
    if page.profile == "production" and not page.duty.phone:
        yield "duty.phone: is missing; an escalation that nobody takes must ring somewhere"
    if not (page.config_dir / page.hotline.hours_file).is_file():
        yield f"hotline.hours_file: {page.hotline.hours_file} is not in {page.config_dir}"


_CHECKS: Final[tuple[tuple[set[str], Callable[[Settings], Iterator[str]]], ...]] = (
    ({"public_base_url", "carrier", "telegram"}, _encrypted),
    ({"carrier", "sms", "phone"}, _carrier),
    ({"telegram"}, _telegram),
    ({"public_base_url", "profile", "carrier", "telegram", "server", "phone"}, _no_toys),
    ({"profile", "config_dir", "duty", "hotline"}, _site),
)
