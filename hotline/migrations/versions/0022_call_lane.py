"""Counting the calls of a number and of its prefix in the statement that writes one down."""

from collections.abc import Sequence

from alembic import op

revision: str = "0022"
down_revision: str | None = "0021"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.execute(
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
        """
    )


def downgrade() -> None:
    op.execute("drop function if exists call_lane")
