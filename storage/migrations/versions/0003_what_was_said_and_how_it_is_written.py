"""Keep what was said, what models cost, and how each CSM writes."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "model_usage",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("user_id", sa.String(length=64), nullable=False),
        sa.Column("model", sa.String(length=100), nullable=False),
        sa.Column("calls", sa.Integer(), nullable=False),
        sa.Column("input_tokens", sa.Integer(), nullable=False),
        sa.Column("output_tokens", sa.Integer(), nullable=False),
        sa.Column("cache_read_tokens", sa.Integer(), nullable=False),
        sa.Column("cache_write_tokens", sa.Integer(), nullable=False),
        sa.Column("cost_usd", sa.Float(), nullable=False),
        sa.Column("milliseconds", sa.Integer(), nullable=False),
        sa.Column("trouble", sa.String(length=40), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_model_usage")),
    )
    with op.batch_alter_table("model_usage", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_model_usage_at"), ["at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_model_usage_day_user_id"), ["day", "user_id"], unique=False
        )

    op.create_table(
        "conversation_turns",
        sa.Column("request_key", sa.String(length=120), nullable=False),
        sa.Column("csm_id", sa.String(length=36), nullable=False),
        sa.Column("channel", sa.String(length=120), nullable=False),
        sa.Column("thread", sa.String(length=120), nullable=False),
        sa.Column("alone", sa.Boolean(), nullable=False),
        sa.Column("answer_channel", sa.String(length=120), nullable=True),
        sa.Column("answer_thread", sa.String(length=120), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("asks", sa.Text(), nullable=False),
        sa.Column("calls", sa.JSON(), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("shown", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["csm_id"], ["csms.id"], name=op.f("fk_conversation_turns_csm_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("request_key", name=op.f("pk_conversation_turns")),
    )
    with op.batch_alter_table("conversation_turns", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_conversation_turns_at"), ["at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_conversation_turns_csm_id_answer_channel_answer_thread"),
            ["csm_id", "answer_channel", "answer_thread"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_conversation_turns_csm_id_channel_thread"),
            ["csm_id", "channel", "thread"],
            unique=False,
        )

    op.create_table(
        "writing_samples",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("csm_id", sa.String(length=36), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["csm_id"], ["csms.id"], name=op.f("fk_writing_samples_csm_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_writing_samples")),
    )
    with op.batch_alter_table("writing_samples", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_writing_samples_csm_id"), ["csm_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("writing_samples", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_writing_samples_csm_id"))

    op.drop_table("writing_samples")
    with op.batch_alter_table("conversation_turns", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_conversation_turns_csm_id_channel_thread"))
        batch_op.drop_index(batch_op.f("ix_conversation_turns_csm_id_answer_channel_answer_thread"))
        batch_op.drop_index(batch_op.f("ix_conversation_turns_at"))

    op.drop_table("conversation_turns")
    with op.batch_alter_table("model_usage", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_model_usage_day_user_id"))
        batch_op.drop_index(batch_op.f("ix_model_usage_at"))

    op.drop_table("model_usage")
