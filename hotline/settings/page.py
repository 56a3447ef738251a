"""Every setting on one page, and what each may hold. Defaults live in config/default.toml alone."""

from pathlib import Path
from typing import Annotated, Final, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from hotline.kernel import phone as phones
from hotline.kernel.secret import Secret

LogLevel = Literal["debug", "info", "warning", "error"]
Profile = Literal["development", "demo", "test", "production"]
PROFILES: Final[tuple[Profile, ...]] = ("development", "demo", "test", "production")

LOOPBACK: Final = {"127.0.0.1", "::1", "localhost"}


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


def _database_url(value: Secret) -> Secret:
    """Read as the database's driver reads it; the message must not repeat it, it holds a word."""
    try:
        url = make_url(value.reveal() or "postgresql://embedded")
        good = url.get_backend_name() in {"postgresql", "postgres"}
        good = good and bool(url.host or url.query.get("host"))
    except (ArgumentError, ValueError):
        good = False
    if not good:
        raise ValueError("must be postgresql://user:password@host:port/name, or empty")
    return value


def _redis_url(value: Secret) -> Secret:
    try:
        parts = urlsplit(value.reveal() or "redis://embedded")
        good = bool(parts.path if parts.scheme == "unix" else parts.hostname)
        good = good and parts.scheme in {"redis", "rediss", "unix"} and parts.port != 0
    except ValueError:
        good = False
    if not good:
        raise ValueError("must be redis://host:port/0, rediss:// or unix://, or empty")
    return value


def _pairs(value: tuple[str, ...]) -> tuple[str, ...]:
    for pair in value:
        name, equals, theirs = pair.partition("=")
        if not (equals and name and theirs):
            raise ValueError(f"{pair!r} must be two words with = between them, such as id=id")
    names = [pair.partition("=")[0] for pair in value]
    if len(set(names)) < len(names):
        raise ValueError("names something twice")
    return value


def pairs(value: tuple[str, ...]) -> dict[str, str]:
    """A checked list of `one=other` as what it means."""
    return {name: other for name, _, other in (pair.partition("=") for pair in value)}


Pairs = Annotated[tuple[str, ...], AfterValidator(_pairs)]
HeaderName = Annotated[str, Field(pattern=r"^[A-Za-z0-9-]{1,64}$")]
DatabaseUrl = Annotated[Secret, AfterValidator(_database_url)]
RedisUrl = Annotated[Secret, AfterValidator(_redis_url)]
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

    url: DatabaseUrl
    pool: int = Field(ge=2, le=200)


class Redis(Section):
    """Redis or Valkey; an empty url means the embedded one."""

    url: RedisUrl


class Carrier(Section):
    """The telephone company's API and the keys to it."""

    dialect: Literal["twilio", "signalwire", "somleng"]
    api_base_url: Url
    account_sid: str
    auth_token: Secret
    auth_token_secondary: Secret
    caller_id: str
    sms_from: str
    byoc_trunk_sid: str
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
    """Short messages: whether at all, and who carries them."""

    enabled: bool
    transport: Literal["carrier", "aggregator"]


class Aggregator(Section):
    """A local SMS provider that speaks HTTP; docs/sms-aggregator.md. Lists say `ours=theirs`."""

    send_url: str
    lookup_url: str
    wire: Literal["json", "form"]
    auth: Literal["header", "hmac"]
    auth_header: HeaderName
    auth_secret: Secret
    sender: str
    send_fields: Pairs
    send_fixed: Pairs
    reply_fields: Pairs
    callback_auth: Literal["header", "hmac"]
    callback_header: HeaderName
    callback_secret: Secret
    inbound_fields: Pairs
    status_fields: Pairs
    status_words: Pairs
    error_words: Pairs


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
    recordings: str


class Routing(Section):
    """How long offers, a lost desk, records to be finished, and pauses may take."""

    offer_s: int = Field(ge=5, le=300)
    grace_s: int = Field(ge=1, le=300)
    wrap_up_h: int = Field(ge=1, le=168)
    wrap_up_s: int = Field(ge=10, le=3600)
    wrap_up_more_s: int = Field(ge=10, le=3600)
    hard_call_s: int = Field(ge=60, le=3600)


class Telephony(Section):
    """How long two may take to meet, and how long a call may be silent before it is asked about."""

    join_s: int = Field(ge=1, le=300)
    silent_s: int = Field(ge=0, le=3600)
    silent_talking_s: int = Field(ge=1, le=3600)


class Sessions(Section):
    """How long a member of staff stays signed in."""

    idle_min: int = Field(ge=1)
    absolute_h: int = Field(ge=1, le=24)


class Callbacks(Section):
    """Whom we call back, how often, and what that may cost."""

    missed_lines: tuple[str, ...]
    caller_id: Annotated[str, AfterValidator(_number)]
    prefixes: tuple[Annotated[str, Field(pattern=r"^\+[1-9][0-9]{0,6}$")], ...] = Field(
        min_length=1
    )
    calls_per_day: int = Field(ge=0, le=100_000)
    minutes_per_day: int = Field(ge=0, le=1_000_000)
    calls_per_number: int = Field(ge=1, le=50)
    pauses_min: tuple[Annotated[int, Field(ge=1, le=10_080)], ...]
    keep_h: int = Field(ge=1, le=168)


class Floods(Section):
    """How many calls at once one number, or the numbers of one prefix, may have; 0 is no limit."""

    per_number: int = Field(ge=0, le=10_000)
    per_prefix: int = Field(ge=0, le=100_000)
    per_hidden: int = Field(ge=0, le=100_000)
    danger_per_number: int = Field(ge=0, le=10_000)
    danger_per_prefix: int = Field(ge=0, le=100_000)
    lasts_min: int = Field(ge=1, le=1440)
    set_back_s: int = Field(ge=0, le=7200)
    silent: Literal["flood", "always", "never"]
    silent_turns: int = Field(ge=1, le=60)


class Recording(Section):
    """Whether talks may be recorded at all, and how long a recording is kept."""

    allowed: bool
    keep_days: int = Field(ge=1, le=365)


class Messages(Section):
    """How long a caller may speak after the tone, and how long that is kept."""

    longest_s: int = Field(ge=10, le=600)
    keep_days: int = Field(ge=1, le=365)


class Chats(Section):
    """How long a caller may wait for a word, and what chats do by themselves."""

    amber_s: int = Field(ge=1, le=3600)
    red_s: int = Field(ge=1, le=3600)
    unattended_s: int = Field(ge=0, le=86_400)
    return_h: int = Field(ge=0, le=168)
    forget_after_h: int = Field(ge=0, le=47)
    verify_after_min: int = Field(ge=0, le=1440)
    remind_after_min: tuple[Annotated[int, Field(ge=1, le=1440)], ...] = Field(max_length=2)
    quiet: str = Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]-([01][0-9]|2[0-3]):[0-5][0-9]$")

    @property
    def quiet_minutes(self) -> tuple[int, int]:
        """Begin and end of the quiet hours, minutes after midnight."""
        begin, end = (int(text[:2]) * 60 + int(text[3:]) for text in self.quiet.split("-"))
        return begin, end


class Phone(Section):
    """Which telephones the desk may use; `sim` and `fake` are for training only."""

    modes: tuple[Literal["browser", "own", "sim", "fake"], ...] = Field(min_length=1)
    own_prefixes: tuple[str, ...] = Field(min_length=1)


class Log(Section):
    """How much is logged and in which shape."""

    level: LogLevel
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
    aggregator: Aggregator
    keys: Keys
    duty: Duty
    hotline: Hotline
    routing: Routing
    telephony: Telephony
    sessions: Sessions
    callbacks: Callbacks
    floods: Floods
    recording: Recording
    messages: Messages
    chats: Chats
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
    def simulator(self) -> str | None:
        """The simulator's address where it carries the voices of the training room."""
        return self.carrier.api_base_url.rstrip("/") if "sim" in self.phone.modes else None

    @property
    def loopback(self) -> bool:
        """Whether only this machine can reach the service under its public address."""
        return is_loopback(self.public_base_url)


def is_loopback(url: str) -> bool:
    """Whether an address leads to this machine only."""
    return urlsplit(url).hostname in LOOPBACK
