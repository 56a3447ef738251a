"""Logs that cannot tell on anybody: only known field names with harmless values pass.

A log line is an event name and fields. Names not on the list, and values that are not an id, an
enum, a number, a time or a short code, are left out and named under `dropped`. Messages of
libraries are reduced to who said it and where; exceptions to type and place.
"""

import logging
import re
import sys
import traceback
from collections.abc import Callable, Iterable, Mapping, MutableMapping
from datetime import date, timedelta
from enum import Enum
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Literal, TextIO
from uuid import UUID

import structlog
from structlog.typing import Processor
from typing_extensions import override

from hotline.kernel.errors import HotlineError

# Fields whose names end like this carry ids, measures and counts by house rule.
_ENDINGS: Final = ("_id", "_s", "_ms", "_count", "_bytes", "_at", "_version")
FIELDS: Final = frozenset(
    """
    action again attempt attempts audience bytes cause channel check checked checks code count
    country danger deadline dialect direction epoch error errors event exit fatal file form format
    from_state function head heard how id index job job_kind keys kind lane lang language left
    length level line lines listening live_kind logger loop loops max method migration missing mode
    module next outcome part parts pending permanent permission pid port priority problem problems
    profile prompt provider reason request requests rev role roles room route routes rows rule
    running scheme seq setting signal size source stage state status step steps stream system table
    tables task tasks to_state topic total tries turn version waiting way where why worker workers
    """.split()  # noqa: SIM905 - a paragraph of words stays readable
)
# Ids that are row numbers of ours. A number in any other id may be somebody's (a chat's, a user's).
_ROW_IDS: Final = frozenset({"event_id", "job_id", "message_id"})
_CODE: Final = re.compile(r"[A-Za-z/<][A-Za-z0-9_.:/{}<>-]{0,79}")
_EVENT: Final = re.compile(r"[a-z0-9]+([._-][a-z0-9]+)*")
_SID: Final = re.compile(r"[A-Z]{2}[0-9a-f]{32}")
_UUID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_HASH: Final = re.compile(r"[0-9a-f]{64}")
_DIGITS: Final = re.compile(r"\d{6}")
_INT_LIMIT: Final = 10**8  # a national number has nine digits
_ITEMS: Final = 30
_FRAMES: Final = 6
_CAUSES: Final = 4
_QUIET: Final = (
    "aiohttp.access", "aiohttp.client", "aiohttp.server", "aiohttp.web", "asyncio", "httpcore",
    "httpx", "sqlalchemy", "telegram", "twilio",
)  # fmt: skip
_ROOT: Final = Path(__file__).resolve().parents[2]

Event = MutableMapping[str, Any]
ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]


def configure(level: str, shape: Literal["json", "console"], stream: TextIO | None = None) -> None:
    """Set up structlog and the standard library once per process; later calls replace the setup."""
    renderer: Any = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if shape == "json"
        else structlog.dev.ConsoleRenderer(colors=False, pad_event_to=0)
    )
    chain: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="t"),
        exceptions,
        allow_list,
    ]
    structlog.configure(
        processors=[*chain, renderer],
        wrapper_class=structlog.make_filtering_bound_logger(_number(level)),
        logger_factory=structlog.PrintLoggerFactory(stream or sys.stderr),
        cache_logger_on_first_use=False,
    )
    _take_over_stdlib(level)


def allow_list(_logger: object, _method: str, event: Event) -> Event:
    """Let only known names with harmless values pass."""
    name = event.get("event")
    kept: dict[str, Any] = {"event": name if _is_event(name) else "unnamed"}
    dropped = []
    for key, value in event.items():
        if key in {"event", "t", "level", "at"}:
            kept.setdefault(key, value)
            continue
        shown = harmless(value) if _is_known(key, value) else None
        if shown is None and value is not None:
            dropped.append(key)
        else:
            kept[key] = shown
    if dropped:
        kept["dropped"] = sorted(dropped)
    return kept


def harmless(value: object) -> Any:  # noqa: ANN401 - whatever a renderer can show
    """The value as it may be shown, or None when it could say something about a person."""
    plain = value.value if isinstance(value, Enum) else value
    shown: Any = None
    match plain:
        case bool():
            shown = plain
        case UUID() | date():
            shown = str(plain)
        case timedelta():
            shown = round(plain.total_seconds(), 3)
        case int() if abs(plain) < _INT_LIMIT:
            shown = plain
        case float():
            shown = round(plain, 4)
        case str() if _is_code(plain):
            shown = plain
        case list() | tuple() | set() | frozenset():
            shown = _items(plain)
        case _:
            pass
    return shown


def exceptions(_logger: object, _method: str, event: Event) -> Event:
    """Turn exc_info into type and place: never arguments, locals or messages."""
    info = event.pop("exc_info", None)
    if info is True:
        info = sys.exc_info()
    if isinstance(info, BaseException):
        info = (type(info), info, info.__traceback__)
    if not isinstance(info, tuple) or info[0] is None:
        return event
    error: BaseException = info[1]
    event["error"] = type(error).__name__
    event["at"] = places(error)
    causes = _causes(error)
    if causes:
        event["cause"] = causes
    if isinstance(error, HotlineError):
        event.setdefault("code", error.code)
    return event


def places(error: BaseException) -> list[str]:
    """The innermost frames of the house, then the last one of all, as `file:line function`."""
    every = traceback.extract_tb(error.__traceback__)
    frames = [f for f in every if _ours(f.filename)][-_FRAMES:]
    if every and (not frames or frames[-1] is not every[-1]):
        frames.append(every[-1])
    return [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]


def _ours(filename: str) -> bool:
    path = Path(filename)
    return path.is_relative_to(_ROOT) and "site-packages" not in path.parts


def _short(filename: str) -> str:
    path = Path(filename)
    return str(path.relative_to(_ROOT)) if path.is_relative_to(_ROOT) else "/".join(path.parts[-2:])


def _causes(error: BaseException) -> list[str]:
    found: list[str] = []
    nested: BaseException | None = error
    while nested is not None and len(found) <= _CAUSES:
        if isinstance(nested, BaseExceptionGroup):
            found += [type(inner).__name__ for inner in nested.exceptions[:_CAUSES]]
        nested = nested.__cause__ or (None if nested.__suppress_context__ else nested.__context__)
        if nested is not None:
            found.append(type(nested).__name__)
    return found


def _is_known(key: str, value: object) -> bool:
    if key.endswith("_id") and isinstance(value, int):
        return key in _ROW_IDS
    return key in FIELDS or key.endswith(_ENDINGS)


def _items(values: Iterable[object]) -> list[Any] | None:
    shown = [harmless(value) for value in values]
    return None if None in shown else shown[:_ITEMS]


def _is_code(text: str) -> bool:
    if any(shape.fullmatch(text) for shape in (_UUID, _SID, _HASH)):
        return True
    return bool(_CODE.fullmatch(text)) and not _DIGITS.search(_UUID.sub("", text))


def _is_event(name: object) -> bool:
    return isinstance(name, str) and bool(_EVENT.fullmatch(name)) and not _DIGITS.search(name)


class _Bridge(logging.Handler):
    """What libraries say, without their words: those may hold numbers, addresses, tokens."""

    @override
    def emit(self, record: logging.LogRecord) -> None:
        fields: Mapping[str, Any] = {
            "logger": record.name,
            "function": record.funcName,
            "line": record.lineno,
        }
        logger: Callable[..., None] = getattr(structlog.get_logger(), _level(record.levelno))
        logger("library", **fields, exc_info=record.exc_info or None)


def _number(level: str) -> int:
    return logging.getLevelNamesMapping()[level.upper()]


def _level(number: int) -> str:
    if number >= logging.ERROR:
        return "error"
    return "warning" if number >= logging.WARNING else "info"


def _take_over_stdlib(level: str) -> None:
    root = logging.getLogger()
    for handler in [h for h in root.handlers if isinstance(h, _Bridge)]:
        root.removeHandler(handler)
    root.addHandler(_Bridge())
    root.setLevel(max(_number(level), logging.INFO))
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.captureWarnings(capture=True)
