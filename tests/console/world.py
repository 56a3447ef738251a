"""The invented hotline behind the mock server: people, contacts, messages, and the live socket."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from aiohttp import web

from hotline.access.permissions import Permission
from hotline.consultations.forms import load
from hotline.infra.web.http import iso
from hotline.kernel.clock import SystemClock

ROOT = Path(__file__).resolve().parents[2]
Json = dict[str, Any]
OPERATOR = {"id": str(uuid.UUID(int=1)), "name": "Айгүл Токтогулова"}
OTHER = {"id": str(uuid.UUID(int=2)), "name": "Бакыт Асанов"}


def ident(number: int) -> str:
    """A stable id."""
    return str(uuid.UUID(int=number, version=4))


def ago(seconds: float) -> str:
    """A moment in the past (negative: in the future) as the API writes it."""
    return iso(SystemClock().now() - timedelta(seconds=seconds))


def talk(**more: Any) -> Json:  # noqa: ANN401 - any field of the call
    """The call of a card: two people, both heard, on a carrier that can everything."""
    parties = [
        {"leg": ident(801), "role": "caller", "label": None, "state": "here"},
        {"leg": ident(802), "role": "operator", "label": OPERATOR["name"], "state": "here"},
    ]
    verbs = ("hold", "third", "transfer", "warm", "listen")
    return {
        "state": "live",
        "held": False,
        "can": dict.fromkeys(verbs, True),
        "parties": parties,
        "transfer": None,
        "watched": False,
        "recording": {"state": "off", "why": "line"},
        **more,
    }


CALL, CHAT, SMS, WRAP = ident(101), ident(102), ident(103), ident(104)


def card(contact: str, channel: str, **more: Any) -> Json:  # noqa: ANN401 - any field of the card
    """An own contact."""
    kind = "call" if channel == "voice" else "chat"
    return {
        "id": contact,
        "channel": channel,
        "kind": kind,
        "state": "talking",
        "language": "ky",
        "topic": "wages",
        "danger": False,
        "masked": "+996 555 ··· ·56" if kind == "call" else "Telegram ··56",
        "since": ago(252),
        "left_at": None,
        "unread": 0,
        "call": talk() if kind == "call" else None,
        "finished": False,
        **more,
    }


def offer(number: int, *, kind: str = "call", danger: bool = False) -> Json:
    """An offer with twenty seconds to answer."""
    return {
        "id": ident(number),
        "contact_id": ident(number + 1000),
        "kind": kind,
        "channel": "voice" if kind == "call" else "telegram",
        "language": "ky",
        "topic": "abroad",
        "danger": danger,
        "masked": "+996 700 ··· ·12" if kind == "call" else "Telegram ··12",
        "until": ago(-20),
        "waiting_since": ago(64),
        "history_count": 2,
    }


def message(number: int, contact: str, text: str, **more: Any) -> Json:  # noqa: ANN401 - as above
    """A message of a conversation, from the caller unless told otherwise."""
    return {
        "id": number,
        "contact_id": contact,
        "from": "caller",
        "kind": "text",
        "text": text,
        "state": "received",
        "error": None,
        "at": ago(max(1, 600 - number * 20)),
        "client_id": None,
        "staff": None,
        **more,
    }


def conversation() -> list[Json]:
    """A short chat with every state a message can have."""
    mine = {"from": "operator", "staff": OPERATOR["name"]}
    return [
        message(1, CHAT, "Саламатсызбы! Тилди тандаңыз.", **{"from": "bot", "state": "read"}),
        message(2, CHAT, "Салам, мени укту. Россияда иштеп жатам, үч айдан бери айлык жок."),
        message(3, CHAT, "Паспортумду жумуш берүүчү алып койду, кетем десем бербей жатат."),
        message(4, CHAT, "Саламатсызбы. Азыр коопсуз жердесизби?", state="read", **mine),
        message(5, CHAT, "Ооба, азыр жатаканада жалгызмын", kind="text"),
        message(6, CHAT, "<img src=x onerror=alert(1)> javascript:alert(1) https://example.org/a"),
        message(7, CHAT, "Кайсы шаардасыз?", state="delivered", **mine),
        message(8, CHAT, "Екатеринбург", kind="text"),
        message(9, CHAT, "Дарегиңизди жазып жибериңиз", state="unknown", **mine),
    ]


def case(number: int, **more: Any) -> Json:  # noqa: ANN401 - as above
    """An escalation."""
    return {
        "id": ident(number),
        "code": f"K7Q2M9{number}",
        "kind": "trafficking",
        "level": "urgent",
        "state": "open",
        "contact_id": CHAT,
        "raised_at": ago(200),
        "deadline_at": ago(-700),
        "owner": OTHER,
        "acked_at": None,
        "acked_by": None,
        "overdue": False,
        "step": 0,
        **more,
    }


def record(contact: str, **more: Any) -> Json:  # noqa: ANN401 - as above
    """A draft as it is when a contact begins."""
    return {
        "contact_id": contact,
        "rev": 1,
        "state": "draft",
        "kind": None,
        "topic": "labour",
        "country": None,
        "region": None,
        "screening": [],
        "danger_now": None,
        "summary": None,
        "advice": None,
        "form_version": "mock",
        "fields": {},
        "saved_at": None,
        "author": OPERATOR,
        **more,
    }


def log_row(number: int) -> Json:
    """A line of the contact log; every seventh is in danger."""
    channel = ("voice", "telegram", "sms")[number % 3]
    return {
        "id": ident(5000 + number),
        "opened_at": ago(number * 1700),
        "channel": channel,
        "masked": f"+996 555 ··· ·{number % 90 + 10}"
        if channel != "telegram"
        else f"Telegram ··{number % 90 + 10}",
        "language": ("ky", "ru", "uz")[number % 3],
        "topic": ("wages", "ban", "documents", None)[number % 4],
        "operator": OPERATOR["name"] if number % 2 else OTHER["name"],
        "length_s": 60 + number * 7 % 900,
        "wait_s": number * 3 % 120,
        "kind": "consultation" if number % 5 else "silent",
        "outcome": "answered" if number % 6 else "abandoned",
        "state": "closed",
        "danger": number % 7 == 0,
        "risk": ("none", "none", "raised", "high")[number % 4],
        "case": {"id": ident(71), "code": "K7Q2M971", "state": "open"} if number == 7 else None,
    }


# Rights of rooms that this desk is ready for, whether or not the server has them yet.
READY_FOR = {"call:line:watch", "callback:promise:manage", "line:settings:manage"}


def fits(row: Json, wanted: Any) -> bool:  # noqa: ANN401 - a query
    """Whether a row of the log is one that was asked for."""
    if wanted.get("risk") == "danger" and not row["danger"]:
        return False
    names = ("channel", "language", "topic", "state")
    if any(wanted.get(n) and row[n] != wanted[n] for n in names):
        return False
    return not (wanted.get("from") and row["opened_at"] < wanted["from"])


def rights() -> list[str]:
    """Everything, so that every screen is offered."""
    return sorted({p.value for p in Permission} | READY_FOR)


@dataclass
class World:
    """What the mock server knows; tests change it and push events."""

    lang: str = "ru"
    permissions: list[str] = field(default_factory=rights)
    presence: Json = field(default_factory=dict)
    offers: list[Json] = field(default_factory=list)
    mine: list[Json] = field(default_factory=list)
    queue: list[Json] = field(default_factory=list)
    cases: list[Json] = field(default_factory=list)
    records: dict[str, Json] = field(default_factory=dict)
    messages: dict[str, list[Json]] = field(default_factory=dict)
    log: list[Json] = field(default_factory=list)
    staff: list[Json] = field(default_factory=list)  # on shift
    form: Json = field(default_factory=dict)
    calls: list[tuple[str, str, Json]] = field(default_factory=list)
    records_refused: set[str] = field(default_factory=set)  # not in hand yet
    fail_sends: bool = False
    taken: set[str] = field(default_factory=set)  # by a colleague, a moment before
    asked: str | None = None  # an offer that a take withdraws from whoever takes
    asked_to_stop: bool = False  # by the person, on the channel of the chat
    wrote_before: bool = False  # there is an earlier conversation by SMS
    links: list[Json] = field(default_factory=list)  # of the caller who writes
    safe_from: str | None = None  # no call may be promised for an earlier time
    unsafe_channels: bool = False  # nobody said that writing is safe
    deaf: bool = False  # refuses sockets, as if the line were cut
    phones: list[str] = field(default_factory=lambda: ["fake"])
    own_phone: str | None = None  # masked
    build: str = ""  # of the server, when it is newer than the page
    signed_out: bool = False  # the session is over: every action is refused
    frames: list[Json] = field(default_factory=list)
    sockets: list[web.WebSocketResponse] = field(default_factory=list)

    @property
    def seq(self) -> int:
        """The number of the newest frame."""
        return len(self.frames)

    def snapshot(self) -> Json:
        """What a desk starts from."""
        by_channel = {
            c: sum(q["channel"] == c for q in self.queue) for c in ("voice", "telegram", "sms")
        }
        longest = min((q["since"] for q in self.queue), default=None)
        return {
            "epoch": "mock",
            "seq": self.seq,
            "server_time": ago(0),
            "presence": self.presence,
            "offers": self.offers,
            "mine": self.mine,
            "queue": self.queue,
            "queue_stats": {
                "waiting": len(self.queue),
                "longest_since": longest,
                "by_channel": by_channel,
            },
            "escalations": self.cases,
            "messages": 1,
            "online": 4,
        }

    def own(self, contact: str) -> Json:
        """An own contact, or 404."""
        for one in self.mine:
            if one["id"] == contact:
                return one
        raise web.HTTPNotFound

    async def push(self, *events: Json) -> None:
        """Tells every open desk at once; a desk that is away gets it when it resumes."""
        frame = {"e": "mock", "s": self.seq + 1, "t": ago(0), "ev": list(events)}
        self.frames.append(frame)
        for socket in list(self.sockets):
            await socket.send_json(frame)

    async def make_offer(self, one: Json) -> None:
        """Offers a contact."""
        self.offers.append(one)
        await self.push({"k": f"{one['kind']}.offer", **one})

    async def say(self, one: Json) -> None:
        """A message appears in a conversation."""
        self.messages.setdefault(one["contact_id"], []).append(one)
        await self.push({"k": "chat.message", **one})

    async def aside(self, event: Json) -> None:
        """Tells every open desk something outside the numbered frames."""
        for socket in list(self.sockets):
            await socket.send_json({"e": "mock", "s": self.seq, "t": ago(0), "ev": [event]})

    async def cut(self) -> None:
        """The line breaks, and stays broken until `deaf` is taken away."""
        self.deaf = True
        for socket in list(self.sockets):
            await socket.close()


def presence(state: str) -> Json:
    """The own state of an operator."""
    return {
        "state": state,
        "reason": None,
        "since": ago(4360),
        "until": None,
        "calls": 0,
        "chats": 0,
        "max_chats": 3,
    }


def waiting(count: int) -> Iterable[Json]:
    """A queue of that many."""
    for n in range(count):
        yield {
            "id": ident(900 + n),
            "channel": ("voice", "telegram", "sms")[n % 3],
            "language": ("ky", "uz", "ru")[n % 3],
            "topic": ("wages", "documents", "ban", None)[n % 4],
            "danger": n == 0,
            "since": ago(222 - n * 31),
            "effective_at": ago(222 - n * 31 + (3600 if n == 0 else 0)),
        }


def busy_world(lang: str = "ru") -> World:
    """A desk in the middle of a shift: one call, two chats, a queue, one escalation."""
    world = World(lang=lang, presence=presence("busy"))
    world.form = load(ROOT / "config").to_json()
    world.mine = [
        card(CALL, "voice"),
        card(CHAT, "telegram", unread=2, since=ago(40), masked="Telegram ··90"),
        card(
            SMS, "sms", language="uz", topic="documents", since=ago(900), masked="+996 770 ··· ·90"
        ),
    ]
    world.queue = list(waiting(6))
    world.cases = [case(71)]
    world.messages = {
        CHAT: conversation(),
        SMS: [message(30, SMS, "Patent muddati tugadi, nima qilay?")],
    }
    world.records = {one["id"]: record(one["id"]) for one in world.mine}
    world.log = [log_row(n) for n in range(1, 181)]
    return world


def quiet_world(lang: str = "ru") -> World:
    """Before the shift: nobody here yet."""
    world = World(lang=lang, presence=presence("offline"))
    world.form = load(ROOT / "config").to_json()
    world.log = [log_row(n) for n in range(1, 30)]
    return world
