"""The telephones of staff themselves."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0014"
down_revision: str | None = "0013"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_NAME = "staff_phone_mode_check"


def upgrade() -> None:
    op.add_column("staff", sa.Column("phone", sa.LargeBinary(), nullable=True))
    op.drop_constraint(op.f(_NAME), "staff", type_="check")
    op.create_check_constraint(op.f(_NAME), "staff", "phone_mode in ('fake', 'browser', 'own')")


def downgrade() -> None:
    op.execute("update staff set phone_mode = 'browser' where phone_mode = 'own'")
    op.drop_constraint(op.f(_NAME), "staff", type_="check")
    op.create_check_constraint(op.f(_NAME), "staff", "phone_mode in ('fake', 'browser')")
    op.drop_column("staff", "phone")
