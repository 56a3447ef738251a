"""Why a contact waited, in the mock server."""

from aiohttp import web

from tests.console.world import Json, ago


def _line(at: str, what: str, **more: object) -> Json:
    names = ("name", "asks", "until", "state", "reason", "by")
    return {"at": at, "what": what} | dict.fromkeys(names) | more


def _asks(language: str | None, topic: str | None) -> Json:
    return {"language": language, "topic": topic, "senior": False, "reserve": False}


def _operator(number: int, name: str, main: str, *totals: tuple[str, str | None, int]) -> Json:
    return {
        "id": str(number),
        "name": name,
        "main": main,
        "totals": [{"what": w, "detail": d, "seconds": s} for w, d, s in totals],
        "segments": [
            {"what": w, "detail": d, "from": ago(160), "until": ago(160 - s)} for w, d, s in totals
        ],
    }


WHY: Json = {
    "from": ago(160),
    "until": ago(0),
    "waited_s": 160,
    "waits": False,
    "cut": False,
    "on_shift": 3,
    "lines": [
        _line(ago(160), "came", asks=_asks("ky:2", "wages:1")),
        _line(ago(100), "relaxed", asks=_asks("ky:1", None)),
        _line(ago(99), "offered", name="Борис", until=ago(79), state="expired"),
        _line(ago(60), "assigned", name="Айгуль", until=ago(50), state="passed", by="Вера"),
        _line(ago(0), "taken", name="Вера"),
        _line(ago(0), "left"),
    ],
    "operators": [
        _operator(1, "Айгуль", "language", ("language", "ky:2", 100), ("break", "meal", 60)),
        _operator(2, "Борис", "not_answering", ("not_answering", None, 140), ("asked", None, 20)),
        _operator(3, "Вера", "call_in_hand", ("call_in_hand", None, 160)),
    ],
}


async def why(_request: web.Request) -> web.StreamResponse:
    return web.json_response({"why": WHY})
