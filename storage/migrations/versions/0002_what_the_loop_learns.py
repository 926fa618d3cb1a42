"""Add what the loop learns from: choices, effects, flags, events, tokens."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:

    op.create_table(
        "api_tokens",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("csm_id", sa.String(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("prefix", sa.String(length=12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=320), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["csm_id"], ["csms.id"], name=op.f("fk_api_tokens_csm_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_tokens")),
        sa.UniqueConstraint("hash", name=op.f("uq_api_tokens_hash")),
    )
    with op.batch_alter_table("api_tokens", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_api_tokens_csm_id"), ["csm_id"], unique=False)

    op.create_table(
        "learning_resets",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("play", sa.String(length=60), nullable=True),
        sa.Column("segment", sa.String(length=60), nullable=True),
        sa.Column("owner", sa.String(length=36), nullable=True),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=320), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by", sa.String(length=320), nullable=True),
        sa.ForeignKeyConstraint(["owner"], ["csms.id"], name=op.f("fk_learning_resets_owner")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learning_resets")),
    )
    op.create_table(
        "fact_flags",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("customer_id", sa.String(), nullable=False),
        sa.Column("fact", sa.String(length=60), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("seen_on", sa.Date(), nullable=False),
        sa.Column("says", sa.String(length=300), nullable=False),
        sa.Column("by_id", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("decision_id", sa.String(), nullable=False),
        sa.Column("cleared_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["csms.id"], name=op.f("fk_fact_flags_by_id")),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customers.id"],
            name=op.f("fk_fact_flags_customer_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"],
            ["decisions.id"],
            name=op.f("fk_fact_flags_decision_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fact_flags")),
    )
    with op.batch_alter_table("fact_flags", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_fact_flags_customer_id"), ["customer_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_fact_flags_decision_id"), ["decision_id"], unique=False
        )

    with op.batch_alter_table("activities", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_activities_contact_id"))
        batch_op.drop_index(batch_op.f("ix_activities_occurred_at"))
        batch_op.drop_index(batch_op.f("ix_activities_account_time"))
        batch_op.create_index(
            "ix_activities_account_time",
            ["customer_id", "kind", "occurred_at", "source"],
            unique=False,
        )
        batch_op.create_index(
            "ix_activities_contact_time", ["contact_id", "kind", "occurred_at"], unique=False
        )
        batch_op.create_index(
            "ix_activities_kind_time",
            ["kind", "occurred_at", "customer_id", "source"],
            unique=False,
        )

    with op.batch_alter_table("contacts", schema=None) as batch_op:
        batch_op.add_column(sa.Column("department", sa.String(length=200), nullable=True))

    with op.batch_alter_table("decisions", schema=None) as batch_op:
        batch_op.add_column(sa.Column("happening", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("doubts", sa.JSON(), nullable=True))

    with op.batch_alter_table("expansion_opportunities", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_expansion_opportunities_closed_on"), ["closed_on"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_expansion_opportunities_opened_on"), ["opened_on"], unique=False
        )

    with op.batch_alter_table("health_score_history", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_health_score_history_recorded_on"))
        batch_op.drop_index(batch_op.f("ix_health_score_history_account_day"))
        batch_op.create_index(
            "ix_health_score_history_account_day",
            ["customer_id", "recorded_on", "source", "score"],
            unique=False,
        )

    with op.batch_alter_table("outcomes", schema=None) as batch_op:
        batch_op.add_column(sa.Column("health_14", sa.Float(), nullable=True))
        batch_op.add_column(sa.Column("health_30", sa.Float(), nullable=True))
        batch_op.add_column(sa.Column("usage_14", sa.Float(), nullable=True))
        batch_op.add_column(sa.Column("usage_30", sa.Float(), nullable=True))
        batch_op.add_column(sa.Column("measured_at", sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table("recommendations", schema=None) as batch_op:
        batch_op.add_column(sa.Column("rules", sa.String(length=60), nullable=True))
        batch_op.add_column(sa.Column("propensity", sa.Float(), nullable=True))
        batch_op.add_column(sa.Column("fulfilled_by", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("fulfilled_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table("support_tickets", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_support_tickets_account_opened"))
        batch_op.create_index(
            "ix_support_tickets_account_opened",
            ["customer_id", "opened_at", "closed_at", "priority", "source"],
            unique=False,
        )

    with op.batch_alter_table("usage_metrics", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_usage_metrics_recorded_on"))
        batch_op.drop_index(batch_op.f("ix_usage_metrics_account_day"))
        batch_op.create_index(
            "ix_usage_metrics_account_day",
            ["customer_id", "recorded_on", "metric", "source", "value"],
            unique=False,
        )
        batch_op.create_index(
            "ix_usage_metrics_account_metric",
            ["customer_id", "metric", "recorded_on", "licensed", "value", "source"],
            unique=False,
        )


def downgrade() -> None:

    with op.batch_alter_table("usage_metrics", schema=None) as batch_op:
        batch_op.drop_index("ix_usage_metrics_account_metric")
        batch_op.drop_index("ix_usage_metrics_account_day")
        batch_op.create_index(
            batch_op.f("ix_usage_metrics_account_day"),
            ["customer_id", "metric", "recorded_on"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_usage_metrics_recorded_on"), ["recorded_on"], unique=False
        )

    with op.batch_alter_table("support_tickets", schema=None) as batch_op:
        batch_op.drop_index("ix_support_tickets_account_opened")
        batch_op.create_index(
            batch_op.f("ix_support_tickets_account_opened"),
            ["customer_id", "opened_at"],
            unique=False,
        )

    with op.batch_alter_table("recommendations", schema=None) as batch_op:
        batch_op.drop_column("reminded_at")
        batch_op.drop_column("proposed_at")
        batch_op.drop_column("fulfilled_on")
        batch_op.drop_column("fulfilled_by")
        batch_op.drop_column("propensity")
        batch_op.drop_column("rules")

    with op.batch_alter_table("outcomes", schema=None) as batch_op:
        batch_op.drop_column("measured_at")
        batch_op.drop_column("usage_30")
        batch_op.drop_column("usage_14")
        batch_op.drop_column("health_30")
        batch_op.drop_column("health_14")

    with op.batch_alter_table("health_score_history", schema=None) as batch_op:
        batch_op.drop_index("ix_health_score_history_account_day")
        batch_op.create_index(
            batch_op.f("ix_health_score_history_account_day"),
            ["customer_id", "recorded_on"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_health_score_history_recorded_on"), ["recorded_on"], unique=False
        )

    with op.batch_alter_table("expansion_opportunities", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_expansion_opportunities_opened_on"))
        batch_op.drop_index(batch_op.f("ix_expansion_opportunities_closed_on"))

    with op.batch_alter_table("decisions", schema=None) as batch_op:
        batch_op.drop_column("doubts")
        batch_op.drop_column("happening")

    with op.batch_alter_table("contacts", schema=None) as batch_op:
        batch_op.drop_column("department")

    with op.batch_alter_table("activities", schema=None) as batch_op:
        batch_op.drop_index("ix_activities_kind_time")
        batch_op.drop_index("ix_activities_contact_time")
        batch_op.drop_index("ix_activities_account_time")
        batch_op.create_index(
            batch_op.f("ix_activities_account_time"),
            ["customer_id", "kind", "occurred_at"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_activities_occurred_at"), ["occurred_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_activities_contact_id"), ["contact_id"], unique=False)

    with op.batch_alter_table("fact_flags", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_fact_flags_decision_id"))
        batch_op.drop_index(batch_op.f("ix_fact_flags_customer_id"))

    op.drop_table("fact_flags")
    op.drop_table("learning_resets")
    with op.batch_alter_table("api_tokens", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_api_tokens_csm_id"))

    op.drop_table("api_tokens")
