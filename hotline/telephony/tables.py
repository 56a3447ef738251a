"""Legs, rooms, what rooms said, guests, transfers, and the calls we meant to make."""

from typing import Final

from sqlalchemy import (
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    Uuid,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from hotline.infra.metadata import metadata

call_leg = Table(
    "call_leg",
    metadata,
    Column("sid", Text, primary_key=True),
    Column("contact_id", Uuid, ForeignKey("contact.id"), nullable=False),
    Column("role", Text, nullable=False),
    Column("staff_id", Uuid),
    Column("state", Text, nullable=False),
    Column("room", Text),
    Column("in_room", Boolean, nullable=False, server_default=text("false")),
    Column("last_seen_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("opened_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("ended_at", DateTime(timezone=True)),
    # When the carrier was last asked whether a silent leg goes on.
    Column("looked_at", DateTime(timezone=True)),
    # The caller's call goes on at the carrier and asks us for nothing more.
    Column("adrift", Boolean, nullable=False, server_default=text("false")),
    Column("gated", Boolean, nullable=False, server_default=text("false")),
    # How the carrier was last told it should be in its room.
    Column("told", JSONB),
    # Of a caller: the keyed hash and the prefix of the number, and whether the call was taken.
    Column("address_key", LargeBinary),
    Column("prefix", Text),
    Column("lane", Text, nullable=False, server_default="open"),
    Index(
        "call_leg_address_key",
        "address_key",
        "lane",
        postgresql_where=text("ended_at is null and address_key is not null"),
    ),
    Index(
        "call_leg_prefix",
        "prefix",
        "lane",
        postgresql_where=text("ended_at is null and prefix is not null"),
    ),
    Index("call_leg_contact", "contact_id", "opened_at"),
    Index("call_leg_open", "last_seen_at", postgresql_where=text("ended_at is null")),
)

# Of calls that come in the same moment each must see those before it, in the very statement that
# writes it down: it waits for the others of its numbers, and what a function reads is fresh.
DDL: Final[list[str]] = [
    """
    create function call_lane(
      wanted text, number bytea, area text, per_number integer, per_area integer
    ) returns text language plpgsql as $$
    begin
      if wanted <> 'open' or per_number = 0 and per_area = 0 then
        return wanted;
      end if;
      perform pg_advisory_xact_lock(hashtext(coalesce(area, encode(number, 'hex'), '')));
      if per_number > 0 and per_number <= (
           select count(*) from (
             select from call_leg
             where address_key = number and lane = 'open' and ended_at is null
             limit per_number) n)
         or per_area > 0 and per_area <= (
           select count(*) from (
             select from call_leg where prefix = area and lane = 'open' and ended_at is null
             limit per_area) p) then
        raise exception 'as many calls as are taken' using errcode = 'exclusion_violation';
      end if;
      return wanted;
    end $$
    """,
]
DDL_DOWN: Final[list[str]] = ["drop function if exists call_lane"]

conference = Table(
    "conference",
    metadata,
    Column("name", Text, primary_key=True),
    Column("contact_id", Uuid, ForeignKey("contact.id"), nullable=False),
    Column("staff_id", Uuid, nullable=False),
    Column("opened_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("started_at", DateTime(timezone=True)),
    Column("ended_at", DateTime(timezone=True)),
    Column("held", Boolean, nullable=False, server_default=text("false")),
    Column("apart", Boolean, nullable=False, server_default=text("false")),
    # One room at a time: where the people of a contact meet is never ambiguous.
    Index(
        "conference_one_per_contact",
        "contact_id",
        unique=True,
        postgresql_where=text("ended_at is null"),
    ),
)

# What the carrier said of a room, once each; who is there is computed from these.
conference_fact = Table(
    "conference_fact",
    metadata,
    Column("name", Text, primary_key=True),
    Column("call_sid", Text, primary_key=True),
    Column("sequence", Integer, primary_key=True),
    Column("room_sid", Text, primary_key=True),
    Column("change", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False, server_default=func.now()),
)

# The intent to ring an operator, written before the carrier is asked.
outgoing_call = Table(
    "outgoing_call",
    metadata,
    Column("room", Text, primary_key=True),
    Column("planned_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("sid", Text),
)

# Whoever is asked into a room beside its caller and its operator; written before they are rung.
call_guest = Table(
    "call_guest",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("contact_id", Uuid, ForeignKey("contact.id"), nullable=False),
    Column("room", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("staff_id", Uuid),
    Column("mode", Text),
    Column("partner", Text),
    Column("number_sealed", LargeBinary),
    Column("label", Text, nullable=False),
    Column("sid", Text),
    Column("state", Text, nullable=False),
    Column("asked_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("rung_at", DateTime(timezone=True)),
    Column("ended_at", DateTime(timezone=True)),
    Index("call_guest_contact", "contact_id"),
    Index("call_guest_staff", "staff_id", postgresql_where=text("ended_at is null")),
)

call_transfer = Table(
    "call_transfer",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("contact_id", Uuid, ForeignKey("contact.id"), nullable=False),
    Column("from_staff", Uuid, nullable=False),
    Column("kind", Text, nullable=False),
    Column("to_staff", Uuid),
    Column("guest_id", Uuid, ForeignKey("call_guest.id")),
    Column("offer_id", Uuid),
    Column("warm", Boolean, nullable=False),
    Column("state", Text, nullable=False),
    Column("asked_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("ended_at", DateTime(timezone=True)),
    # One at a time: to whom a contact goes is never ambiguous.
    Index(
        "call_transfer_one_open",
        "contact_id",
        unique=True,
        postgresql_where=text("ended_at is null"),
    ),
)
