"""Keep which days a digest comes, what it holds, and who is away."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

OPEN = "state IN ('claimed', 'queued')"
UNTOLD = "state = 'missed' AND reported_at IS NULL"
UNCLEAR = "Steward stopped while it was posting; the digest may have arrived."


def upgrade() -> None:
    op.create_table(
        "absences",
        sa.Column("csm_id", sa.String(length=36), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("back_on", sa.Date(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["csm_id"], ["csms.id"], name=op.f("fk_absences_csm_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("csm_id", name=op.f("pk_absences")),
    )
    # With defaults, so that a replica of the version before can go on writing.
    subscriptions = "digest_subscriptions"
    op.add_column(
        subscriptions,
        sa.Column("weekdays", sa.String(length=7), nullable=False, server_default="12345"),
    )
    op.add_column(
        subscriptions,
        sa.Column("holidays", sa.String(length=10), nullable=False, server_default="auto"),
    )
    op.add_column(subscriptions, sa.Column("holds", sa.JSON(), nullable=True))
    op.add_column(subscriptions, sa.Column("begins_on", sa.Date(), nullable=True))

    deliveries = "digest_deliveries"
    op.add_column(deliveries, sa.Column("content", sa.JSON(), nullable=True))
    op.add_column(deliveries, sa.Column("reported_at", sa.DateTime(timezone=True), nullable=True))
    # What was being posted without the outbox may have arrived; what was missed is known of.
    rows = sa.table(
        deliveries, *(sa.column(name) for name in ("state", "problem", "reported_at", "claimed_at"))
    )
    being_posted = rows.c.state == "sending"
    op.execute(rows.update().where(being_posted).values(state="missed", problem=UNCLEAR))
    op.execute(rows.update().where(rows.c.state == "missed").values(reported_at=rows.c.claimed_at))
    for name, column, where in (("open", "state", OPEN), ("untold", "subscription_id", UNTOLD)):
        op.create_index(
            op.f(f"ix_digest_deliveries_{name}"),
            deliveries,
            [column],
            sqlite_where=sa.text(where),
            postgresql_where=sa.text(where),
        )


def downgrade() -> None:
    deliveries, subscriptions = "digest_deliveries", "digest_subscriptions"
    for name in ("untold", "open"):
        op.drop_index(op.f(f"ix_digest_deliveries_{name}"), deliveries)
    for name in ("reported_at", "content"):
        op.drop_column(deliveries, name)
    for name in ("begins_on", "holds", "holidays", "weekdays"):
        op.drop_column(subscriptions, name)
    op.drop_table("absences")
