"""Write docs/permissions.md and docs/machines.md from the code, or say with --check what differs.

Usage: python deploy/make_docs.py [--check]
"""

import sys
import textwrap
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Final, TypeVar

from hotline.access.permissions import Permission
from hotline.access.roles import GRANTS, Role
from hotline.cases import machine as cases
from hotline.cases.model import CaseState
from hotline.chat import machine as messages
from hotline.chat.model import MessageState
from hotline.consultations import machine as records
from hotline.consultations.model import RecordState
from hotline.contacts import machine as contacts
from hotline.contacts.model import ContactState
from hotline.telephony import machine as legs
from hotline.telephony.model import LegState

DOCS: Final = Path(__file__).resolve().parent.parent / "docs"
MADE: Final = (
    "<!-- Made by deploy/make_docs.py from the code. Change the code, then run it again. -->"
)
YES: Final = "●"
NO: Final = "·"
WIDTH: Final = 110

S = TypeVar("S", bound=StrEnum)


def main() -> int:
    """Write the files; with --check only name those that are not what the code says."""
    check = "--check" in sys.argv[1:]
    stale = [name for name, text in pages().items() if _read(name) != text]
    for name in stale:
        if not check:
            (DOCS / name).write_text(pages()[name], encoding="utf-8")
        print(f"docs/{name}: {'differs from the code' if check else 'written'}")
    return 1 if check and stale else 0


def pages() -> dict[str, str]:
    """What each generated file should hold."""
    return {"permissions.md": _permissions(), "machines.md": _machines()}


def _read(name: str) -> str:
    path = DOCS / name
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def _permissions() -> str:
    rows = [
        [f"`{right}`", *(YES if right in GRANTS[role] else NO for role in Role)]
        for right in Permission
    ]
    return _page(
        "Who may do what",
        _words(
            "A route asks for exactly one right, roles grant rights, a person may hold several"
            " roles and rights add up. Whoever lacks a right is told that there is no such address."
            " The lists are in `hotline/access/permissions.py` and `hotline/access/roles.py`."
        ),
        table(["right", *Role], rows),
    )


def _machines() -> str:
    return _page(
        "State machines",
        _words(
            "From the state of a row to the state of a column. What is not marked does not happen:"
            " a late or repeated event that asks for it is stale and changes nothing."
        ),
        _section(
            "Contact",
            "`hotline/contacts/machine.py`. Back to *waiting*: the operator never arrived, or was"
            " lost in mid-talk.",
            moves(ContactState, contacts.may),
        ),
        _left(),
        _section(
            "Call leg",
            "`hotline/telephony/machine.py`. Reports of the carrier have a rank and only rise; the"
            " first end stays the end.",
            moves(LegState, lambda now, then: legs.advance(now, then) == legs.Moved(then)),
        ),
        _section(
            "Message",
            "`hotline/chat/machine.py`. What callers write is `received` and stays so. *Unknown*"
            " means: nobody can say whether the person got it, so it is not sent again by itself.",
            moves([s for s in MessageState if s is not MessageState.RECEIVED], messages.may),
        ),
        _decisions(),
        _section(
            "Record",
            "`hotline/consultations/machine.py`. What is finished stays as it is.",
            moves(RecordState, records.may),
        ),
        _section(
            "Case",
            "`hotline/cases/machine.py`. A case is closed only by somebody who took it.",
            moves(CaseState, cases.may),
        ),
    )


def _left() -> str:
    rows = []
    for state in ContactState:
        after = contacts.after_caller_left(state)
        rows.append(
            [f"`{state}`", *(f"`{one}`" for one in after)] if after else [f"`{state}`", "", ""]
        )
    head = ["when the caller leaves in", "the contact goes to", "with the outcome"]
    return table(head, rows)


def _decisions() -> str:
    now, then = messages.RETURNED
    rows = [
        [f"`{action}`", ", ".join(f"`{one}`" for one in MessageState if one in allowed)]
        for action, allowed in messages.DECIDABLE.items()
    ]
    rows.append(["refused, to be tried again", f"`{now}` (back to `{then}`)"])
    return table(["moves that are no report", "from"], rows)


def moves(states: Iterable[S], may: Callable[[S, S], bool]) -> str:
    """A square table: which state may follow which."""
    states = list(states)
    rows = [[f"`{now}`", *(YES if may(now, then) else NO for then in states)] for now in states]
    return table(["from \\ to", *(f"`{then}`" for then in states)], rows)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _section(title: str, words: str, body: str) -> str:
    return f"## {title}\n\n{_words(words)}\n\n{body}"


def _words(text: str) -> str:
    return textwrap.fill(text, WIDTH, break_long_words=False, break_on_hyphens=False)


def _page(title: str, *parts: str) -> str:
    return "\n\n".join((MADE, f"# {title}", *parts)) + "\n"


if __name__ == "__main__":
    sys.exit(main())
