"""The middle floors: people, contacts and routing, which both calls and chats stand on."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from hotline.app.ground import LOCALES, Ground
from hotline.app.outside import Outside
from hotline.audit.service import Audit
from hotline.callbacks.listening import Listening
from hotline.callbacks.messages import Messages
from hotline.callbacks.model import MessageRules
from hotline.callbacks.model import Rules as CallbackRules
from hotline.callbacks.service import Callbacks
from hotline.carrier.capabilities import Capabilities
from hotline.consultations import forms
from hotline.contacts import zones
from hotline.contacts.links import Links
from hotline.contacts.safecontact import SafeContact
from hotline.contacts.service import Contacts
from hotline.i18n.catalogue import Catalogue
from hotline.infra.sounds import Sounds
from hotline.intake import flows as intake_flows
from hotline.intake import queuefile
from hotline.intake.flows import Flows
from hotline.intake.queues import Queues
from hotline.kernel.errors import Problems
from hotline.kernel.languages import LANGS
from hotline.knowledge.library import Library
from hotline.line.reader import LineReader
from hotline.recordings.service import Recordings
from hotline.routing import relaxations
from hotline.routing.colleagues import Colleagues
from hotline.routing.counts import QueueCounts
from hotline.routing.endings import Endings
from hotline.routing.picking import Picking
from hotline.routing.service import Routing, Rules
from hotline.routing.shifts import Shifts
from hotline.settings import Settings
from hotline.staff import wiring as staff_room
from hotline.staff.model import SessionRules
from hotline.staff.phones import PhoneRules, Phones
from hotline.staff.service import Staff
from hotline.telephony.dialing import Partners
from hotline.telephony.prompts import PromptProblems, Prompts


@dataclass(frozen=True)
class Core:
    """What calls, chats and records have in common."""

    audit: Audit
    staff: Staff
    phones: Phones
    contacts: Contacts
    routing: Routing
    callbacks: Callbacks
    messages: Messages
    listening: Listening
    safe: SafeContact
    links: Links
    shifts: Shifts
    colleagues: Colleagues
    endings: Endings
    picking: Picking
    prompts: Prompts
    partners: Partners
    flows: Flows
    form: forms.Form
    line: LineReader
    recordings: Recordings
    library: Library


def core_of(ground: Ground, outside: Outside) -> Core:
    """Build it. Raises what is wrong with flows, forms and sounds."""
    settings, db, able = ground.settings, ground.db, outside.capabilities
    audit = Audit(db, ground.vault.audit_mac)
    contacts = Contacts(ground.vault)
    form = forms.load(settings.config_dir)
    rules = rules_of(settings, form)
    routing = Routing(db, contacts, audit, rules)
    staff = staff_of(ground, audit)
    endings = Endings(db, contacts, staff.names)
    prompts = prompts_of(settings)
    flows = intake_flows.load_all(
        settings.config_dir,
        ground.texts,
        sounds=prompts,
        hours_file=settings.hotline.hours_file,
    )
    phones = phones_of(ground, able, audit)
    partners = Partners.load(settings.config_dir)
    queues = queuefile.load(
        settings.config_dir,
        ground.texts,
        flows,
        topics=form.intake_topics,
        partners=partners.numbers,
    )
    bar = _recording_bar(settings, able)
    line = LineReader(flows.hours, ground.clock, bar, queues, QueueCounts())
    safe = SafeContact(db, ground.vault, contacts, audit, zones.load(settings.config_dir))
    callbacks = Callbacks(
        db, ground.vault, contacts, routing, callback_rules_of(settings), safe, line
    )
    sounds = Sounds(db, ground.vault)
    spoken = message_rules_of(settings, able)
    return Core(
        audit=audit,
        staff=staff,
        phones=phones,
        contacts=contacts,
        routing=routing,
        callbacks=callbacks,
        messages=Messages(db, sounds, contacts, routing, callbacks, outside.carrier, spoken),
        listening=Listening(db, ground.vault, sounds, contacts, callbacks, audit),
        safe=safe,
        links=Links(db, ground.vault, contacts, audit),
        shifts=Shifts(db, contacts, routing, phones, rules, phone_modes=settings.phone.modes),
        colleagues=Colleagues(db, contacts, routing, rules, staff),
        endings=endings,
        picking=Picking(db, contacts, routing, audit, rules, endings),
        prompts=prompts,
        partners=partners,
        flows=flows,
        form=form,
        line=line,
        recordings=Recordings(db, contacts, audit, line),
        library=Library.load(settings.config_dir, ground.texts, form.intake_topics),
    )


def _recording_bar(settings: Settings, able: Capabilities) -> str | None:
    """What rules out recording here, whatever staff set for the line."""
    if not settings.recording.allowed:
        return "site"
    return None if able.records else "carrier"


def staff_of(ground: Ground, audit: Audit | None = None) -> Staff:
    """The accounts alone, for a command; the caller closes it."""
    sessions = ground.settings.sessions
    return staff_room.build(
        ground.db,
        ground.vault,
        audit or Audit(ground.db, ground.vault.audit_mac),
        clock=ground.clock,
        profile=ground.settings.profile,
        rules=SessionRules.of(idle_min=sessions.idle_min, absolute_h=sessions.absolute_h),
    )


def phones_of(ground: Ground, able: Capabilities, audit: Audit | None = None) -> Phones:
    """The telephones of staff themselves."""
    rules = PhoneRules(ground.settings.phone.own_prefixes, numbers=able.asks_first)
    return Phones(ground.db, ground.vault, audit or Audit(ground.db, ground.vault.audit_mac), rules)


def rules_of(settings: Settings, form: forms.Form) -> Rules:
    """Routing's deadlines, and its table of relaxations. Raises RelaxingProblems."""
    return Rules(
        offer_for=timedelta(seconds=settings.routing.offer_s),
        relaxing=relaxations.load(settings.config_dir, LANGS, form.intake_topics),
        wrap_up_for=timedelta(hours=settings.routing.wrap_up_h),
        write_up=timedelta(seconds=settings.routing.wrap_up_s),
        more=timedelta(seconds=settings.routing.wrap_up_more_s),
        pause_for=timedelta(seconds=settings.routing.hard_call_s),
        set_back=timedelta(seconds=settings.floods.set_back_s),
        zone=settings.hotline.timezone,
    )


def callback_rules_of(settings: Settings) -> CallbackRules:
    """What callbacks may cost, and how often somebody is tried."""
    page = settings.callbacks
    return CallbackRules(
        prefixes=page.prefixes,
        calls_per_day=page.calls_per_day,
        minutes_per_day=page.minutes_per_day,
        calls_per_number=page.calls_per_number,
        pauses=tuple(timedelta(minutes=minutes) for minutes in page.pauses_min),
        keep_for=timedelta(hours=page.keep_h),
    )


def message_rules_of(settings: Settings, able: Capabilities) -> MessageRules:
    """How long a caller may speak, and how long that is kept, here and at the carrier."""
    page = settings.messages
    longest, keep_for = timedelta(seconds=page.longest_s), timedelta(days=page.keep_days)
    return MessageRules(longest, keep_for, able.deletes)


def prompts_of(settings: Settings) -> Prompts:
    """All sounds, one's own recordings over the shipped ones. Raises PromptProblems."""
    folder = settings.hotline.recordings
    return Prompts.load(replacements=Path(folder) if folder else None)


def flow_problems(settings: Settings) -> list[str]:
    """Everything wrong with flows, hours, danger words, sounds and articles; empty when proved."""
    texts = Catalogue.load(LOCALES)
    try:
        sounds = prompts_of(settings)
    except PromptProblems as error:
        return error.problems
    config = settings.config_dir
    hours_file = settings.hotline.hours_file
    problems = intake_flows.check(config, texts, sounds=sounds, hours_file=hours_file)
    try:
        topics = forms.load(config).intake_topics
        Library.load(config, texts, topics)
        if not problems:
            queues_of(settings, texts)
    except Problems as error:
        problems += error.problems
    return problems


def queues_of(settings: Settings, texts: Catalogue) -> Queues:
    """The queues alone, for a command. Raises what is wrong with them, or with flows and forms."""
    config = settings.config_dir
    flows = intake_flows.load_all(
        config, texts, sounds=None, hours_file=settings.hotline.hours_file
    )
    return queuefile.load(
        config,
        texts,
        flows,
        topics=forms.load(config).intake_topics,
        partners=Partners.load(config).numbers,
    )


async def intake_topics(settings: Settings) -> tuple[str, ...]:
    """The topics that intake may set: what operators can have as skills."""
    form = await asyncio.to_thread(forms.load, settings.config_dir)
    return tuple(form.intake_topics)
