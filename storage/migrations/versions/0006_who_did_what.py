"""Keep who did what, before and after, and from which message.

The log of activities becomes the audit log: what an entry says is kept with it, also when its
account is gone, and the database itself refuses to change or remove one.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

LOG = "agent_activity_log"
REFUSED = "the audit log is append-only"


def upgrade() -> None:
    with op.batch_alter_table(LOG) as batch_op:
        batch_op.add_column(sa.Column("actor_name", sa.String(length=300), nullable=True))
        batch_op.add_column(sa.Column("before", sa.JSON(none_as_null=True), nullable=True))
        batch_op.add_column(sa.Column("after", sa.JSON(none_as_null=True), nullable=True))
        batch_op.add_column(sa.Column("channel", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("ts", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("request_key", sa.String(length=120), nullable=True))
        batch_op.add_column(
            sa.Column("result", sa.String(length=10), nullable=False, server_default="done")
        )
        batch_op.add_column(sa.Column("number", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("prev_hash", sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column("hash", sa.String(length=64), nullable=True))
        # An entry outlives its account: emptying the column would change what was kept.
        batch_op.drop_constraint(op.f("fk_agent_activity_log_customer_id"), type_="foreignkey")
        batch_op.create_unique_constraint(
            op.f("uq_agent_activity_log_actor_number"), ["actor", "number"]
        )
    op.create_table(
        "audit_heads",
        sa.Column("actor", sa.String(length=320), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("actor", name=op.f("pk_audit_heads")),
    )
    op.add_column("csms", sa.Column("slack_checked_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("csms", sa.Column("slack_refused", sa.String(length=20), nullable=True))
    _refuse_changes()


def downgrade() -> None:
    _allow_changes()
    op.drop_column("csms", "slack_refused")
    op.drop_column("csms", "slack_checked_at")
    op.drop_table("audit_heads")
    op.execute(
        f"update {LOG} set customer_id = null where customer_id not in (select id from customers)"
    )
    with op.batch_alter_table(LOG) as batch_op:
        batch_op.drop_constraint(op.f("uq_agent_activity_log_actor_number"), type_="unique")
        batch_op.create_foreign_key(
            op.f("fk_agent_activity_log_customer_id"),
            "customers",
            ["customer_id"],
            ["id"],
            ondelete="SET NULL",
        )
        for name in (
            *("hash", "prev_hash", "number", "result", "request_key"),
            *("ts", "channel", "after", "before", "actor_name"),
        ):
            batch_op.drop_column(name)


def _refuse_changes() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("update", "delete"):
            op.execute(
                f"create trigger {LOG}_no_{verb} before {verb} on {LOG} "
                f"begin select raise(abort, '{REFUSED}'); end"
            )
        return
    op.execute(
        "create function refuse_audit_change() returns trigger language plpgsql as "
        f"$$ begin raise exception '{REFUSED}'; end $$"
    )
    op.execute(
        f"create trigger {LOG}_no_change before update or delete on {LOG} "
        "for each row execute function refuse_audit_change()"
    )
    op.execute(
        f"create trigger {LOG}_no_truncate before truncate on {LOG} "
        "for each statement execute function refuse_audit_change()"
    )


def _allow_changes() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("update", "delete"):
            op.execute(f"drop trigger {LOG}_no_{verb}")
        return
    op.execute(f"drop trigger {LOG}_no_change on {LOG}")
    op.execute(f"drop trigger {LOG}_no_truncate on {LOG}")
    op.execute("drop function refuse_audit_change()")
