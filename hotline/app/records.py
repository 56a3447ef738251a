"""What is written about contacts: consultations, cases and the supervisor's log, put together."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from hotline.app.chats import Chats
from hotline.app.core import Core
from hotline.app.ground import Ground
from hotline.app.outside import Outside
from hotline.app.voice import Voice
from hotline.cases import rules
from hotline.cases import wiring as cases_room
from hotline.cases.board import Board
from hotline.cases.climbing import Climbing
from hotline.cases.duty import Duty
from hotline.cases.handlers import Handlers as CaseHandlers
from hotline.cases.history import History
from hotline.cases.jobs import Jobs
from hotline.cases.model import DutyLine
from hotline.cases.numbers import Numbers
from hotline.cases.sealing import Sealing
from hotline.cases.service import Cases
from hotline.cases.views import Views as CaseViews
from hotline.cases.webhook import STATUS_PATH
from hotline.cases.webhook import Webhook as DutyReports
from hotline.chat.model import message_json
from hotline.chat.service import Chat
from hotline.consultations import wiring as consultations_room
from hotline.consultations.contactpage import ContactPage
from hotline.consultations.handlers import Handlers as RecordHandlers
from hotline.consultations.records import Records
from hotline.consultations.service import Consultations
from hotline.consultations.views import Views as RecordViews
from hotline.infra.db import Uow
from hotline.infra.house import Room
from hotline.recordings.listening import Listening
from hotline.review import wiring as review_room
from hotline.review.deadletters import DeadLetters
from hotline.review.handlers import Handlers as ReviewHandlers
from hotline.review.service import Review, Sources
from hotline.review.views import Views as ReviewViews
from hotline.routing.desk import Desk
from hotline.routing.explaining import Explaining
from hotline.routing.seals import Seals


@dataclass(frozen=True)
class Written:
    """The rooms, and the board that the snapshot shows."""

    rooms: list[Room]
    board: Board


class _Transcript:
    """The log's view of a chat."""

    def __init__(self, chat: Chat) -> None:
        self._chat = chat

    async def messages(self, uow: Uow, contact_id: UUID) -> tuple[list[dict[str, Any]], bool]:
        """The newest messages, oldest first, and whether there is more above them."""
        newest, more = await self._chat.transcript(uow, contact_id)
        return [message_json(m) for m in newest], more


def records_of(
    ground: Ground,
    outside: Outside,
    core: Core,
    *,
    desk: Desk,
    voice: Voice,
    chats: Chats,
    recordings: Listening,
) -> Written:
    """Build the three rooms. Raises what is wrong with the ladder's configuration."""
    db, settings = ground.db, ground.settings
    history = History(ground.vault)
    ladder = rules.load(settings.config_dir)
    climbing = Climbing(db, core.audit, core.staff, core.shifts, history, ladder)
    sealing = Sealing(db, core.contacts, core.audit, Seals(core.routing), history, climbing)
    core.routing.sealed = sealing
    board = Board(db, core.contacts, core.audit, core.staff, history, sealing)
    records = Records(core.contacts, ground.vault, core.form)
    cases = Cases(db, core.contacts, core.audit, records, history, climbing)
    status_url = settings.public_base_url.rstrip("/") + STATUS_PATH
    duty_line = DutyLine(settings.duty.phone, status_url)
    duty = Duty(db, outside.carrier, ground.texts, history, duty_line)
    consultations = Consultations(db, core.contacts, core.audit, records, core.form, cases)
    page = ContactPage(db, core.contacts, core.audit, core.staff, desk, core.safe)
    sources = Sources(
        consultations,
        page,
        board,
        _Transcript(chats.chat),
        voice.calls,
        recordings,
        Explaining(db),
    )
    review = Review(db, core.audit, core.staff, sources)
    letters = DeadLetters(db, core.audit)
    zone = ZoneInfo(settings.hotline.timezone)
    return Written(
        rooms=[
            consultations_room.room(
                RecordViews(consultations, page),
                RecordHandlers(db, core.contacts, consultations, ground.live),
            ),
            cases_room.room(
                CaseViews(cases, sealing, board),
                CaseHandlers(cases, sealing, ground.live),
                Jobs(climbing, duty, sealing),
                board,
                DutyReports(duty, outside.gate),
                Numbers(db, ground.metrics),
            ),
            review_room.room(ReviewViews(review, letters, zone), ReviewHandlers(ground.live)),
        ],
        board=board,
    )
