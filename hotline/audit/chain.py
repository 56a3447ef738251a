"""How entries are tied together, and how a touched one shows. Pure."""

import json
from collections.abc import Callable, Iterable
from datetime import UTC

from hotline.audit.model import GENESIS, Broken, Entry, Head, Linked

Mac = Callable[[bytes], bytes]

START = Head(number=0, mac=GENESIS)


def canonical(entry: Entry, number: int) -> bytes:
    """The one way to write an entry down: every field, fixed order, UTC to the microsecond."""
    fields = [
        number,
        entry.id,
        entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        str(entry.actor_id) if entry.actor_id is not None else None,
        entry.tag,
        entry.object_type,
        entry.object_id,
        list(entry.groups),
        entry.outcome,
    ]
    return json.dumps(fields, ensure_ascii=True, separators=(",", ":")).encode()


def link(entry: Entry, head: Head, mac: Mac) -> Linked:
    """Tie an entry to the end of the chain."""
    number = head.number + 1
    return Linked(entry, number, head.mac, mac(head.mac + canonical(entry, number)))


def head_of(linked: Linked) -> Head:
    """The chain's end after this link."""
    return Head(linked.number, linked.mac)


def fault(linked: Linked, head: Head, mac: Mac) -> Broken | None:
    """Why this is not the link after `head`, or None."""
    if linked.number != head.number + 1:
        return "gap"
    if linked.prev != head.mac:
        return "order"
    if linked.mac != mac(linked.prev + canonical(linked.entry, linked.number)):
        return "changed"
    return None


def follow(rows: Iterable[Linked], head: Head, mac: Mac) -> tuple[Head, Broken | None]:
    """Walk on from `head`: the last good link, and why the next one is not (None: all are)."""
    for row in rows:
        why = fault(row, head, mac)
        if why is not None:
            return head, why
        head = head_of(row)
    return head, None
