"""What a rehearsal measures, and how it is told."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from statistics import fmean, quantiles
from uuid import UUID

from hotline.contacts.model import Contact, Outcome
from hotline.rehearsal.agenda import Agenda
from hotline.rehearsal.plan import span
from hotline.rehearsal.virtual import START

_HOUR_S = 3600.0
_TENTHS = 10
_FEW = 2


@dataclass(slots=True)
class _Time:
    """Somebody's time: at work, and with something in hand; and how many contacts they took."""

    on_since: datetime | None = None
    busy_since: datetime | None = None
    on_s: float = 0.0
    busy_s: float = 0.0
    taken: int = 0


@dataclass
class Figures:
    """Counts of one run; `history` is the digest of all that happened, the same for a seed."""

    agenda: Agenda
    offers: int = 0
    waits: dict[str, list[float]] = field(default_factory=dict)
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    violations: list[str] = field(default_factory=list)
    waited: dict[UUID, float] = field(default_factory=dict)
    keep_each: bool = False

    def __post_init__(self) -> None:
        self._digest = sha256()
        self._times: dict[UUID, _Time] = {}

    @property
    def history(self) -> str:
        """The digest."""
        return self._digest.hexdigest()

    def moment(self, at_s: float) -> datetime:
        """So many seconds from the beginning."""
        return START + span(at_s)

    def happened(self, what: str, *whom: UUID) -> None:
        """A line of the history."""
        line = f"{self.agenda.now.timestamp():.6f} {what} {' '.join(map(str, whom))}\n"
        self._digest.update(line.encode())

    def report(self, problem: str) -> None:
        """Something that must not be."""
        self.violations.append(f"step {self.agenda.steps}: {problem}")

    def offered(self) -> None:
        """Somebody was asked."""
        self.offers += 1

    def taken(self, contact: Contact, staff_id: UUID) -> None:
        """The wait is over; only the first one counts for who came back to the queue."""
        self.happened("taken", contact.id, staff_id)
        self._times[staff_id].taken += 1
        if contact.waiting_since is not None and contact.id not in self.waited:
            waited_s = (self.agenda.now - contact.waiting_since).total_seconds()
            self.waits.setdefault(contact.language or "?", []).append(waited_s)
            self.waited[contact.id] = waited_s

    def over(self, contact: Contact) -> None:
        """A contact came to its end."""
        self.happened(f"over {contact.outcome}", contact.id)
        if contact.outcome is not None:
            self.outcomes[contact.outcome] += 1
        if not self.keep_each:
            self.waited.pop(contact.id, None)

    def on(self, staff_id: UUID) -> None:
        """At work from now."""
        self._times.setdefault(staff_id, _Time()).on_since = self.agenda.now

    def off(self, staff_id: UUID) -> None:
        """Gone home."""
        its = self._times[staff_id]
        if its.on_since is not None:
            its.on_s += (self.agenda.now - its.on_since).total_seconds()
            its.on_since = None

    def busy(self, staff_id: UUID) -> None:
        """Something in hand from now."""
        self._times[staff_id].busy_since = self.agenda.now

    def idle(self, staff_id: UUID) -> None:
        """Nothing in hand any more."""
        its = self._times[staff_id]
        if its.busy_since is not None:
            its.busy_s += (self.agenda.now - its.busy_since).total_seconds()
            its.busy_since = None

    def end(self) -> None:
        """Count what is under way."""
        for staff_id in self._times:
            self.off(staff_id)
            self.idle(staff_id)

    # ------------------------------------------------------------------------------ told

    @property
    def served(self) -> int:
        """How many were answered."""
        return self.outcomes[Outcome.ANSWERED]

    @property
    def occupancy(self) -> float:
        """The share of the time at work in which operators have something in hand."""
        on_s = sum(one.on_s for one in self._times.values())
        return sum(one.busy_s for one in self._times.values()) / on_s if on_s else 0.0

    @property
    def all_waits(self) -> list[float]:
        """Seconds that those who were answered had waited."""
        return [one for waits in self.waits.values() for one in waits]

    @property
    def mean_wait_s(self) -> float:
        """Their mean."""
        waits = self.all_waits
        return fmean(waits) if waits else 0.0

    @property
    def fair(self) -> tuple[float, float]:
        """Contacts in an hour of work: of the tenth that takes fewest, and that takes most."""
        rates = [one.taken / (one.on_s / _HOUR_S) for one in self._times.values() if one.on_s]
        if len(rates) < _FEW:
            return (0.0, 0.0)
        tenths = quantiles(rates, n=_TENTHS, method="inclusive")
        return tenths[0], tenths[-1]

    def lines(self) -> Iterator[str]:
        """The whole, in words."""
        total = sum(self.outcomes.values())
        days = (self.agenda.now - START).total_seconds() / 86_400
        yield f"{total} contacts in {days:.1f} days of virtual time, {self.agenda.steps} steps"
        for outcome, number in sorted(self.outcomes.items()):
            yield f"  {outcome:14}{number:8}  {number / max(1, total):6.1%}"
        yield f"  {'language':14}{'answered':>8}{'mean wait':>12}{'nine in ten':>14}"
        for language, waits in sorted(self.waits.items()):
            ninth = quantiles(waits, n=_TENTHS)[-1] if len(waits) >= _FEW else waits[0]
            yield f"  {language:14}{len(waits):8}{fmean(waits):10.0f} s{ninth:12.0f} s"
        few, most = self.fair
        yield (
            f"operators busy {self.occupancy:.1%} of their time; {self.offers / max(1, total):.2f} "
            f"offers for each contact; between {few:.1f} and {most:.1f} contacts in an hour of work"
        )
        yield f"history {self.history[:16]}"
