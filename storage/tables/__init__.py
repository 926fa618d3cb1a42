"""The tables, under the names that the seeds give; nothing else in Steward names a column."""

from storage.tables.access import ApiToken
from storage.tables.accounts import Contact, Csm, Customer
from storage.tables.audit import ActivityLog, AuditHead
from storage.tables.base import Base, Imported, UtcDateTime, table
from storage.tables.commerce import AccountPlan, Contract, Opportunity, Renewal
from storage.tables.conversations import ConversationTurn
from storage.tables.delivery import JobRun, OutboxLetter
from storage.tables.digests import AbsenceRow, DigestDelivery, DigestSubscription
from storage.tables.history import Activity, Health, Meeting, RiskSignal, Ticket, Usage
from storage.tables.intake import Import, ImportChange, InboxItem
from storage.tables.learning import LearningReset
from storage.tables.model_usage import ModelUsage
from storage.tables.recommendations import (
    DecisionRow,
    FactFlag,
    OutcomeRow,
    RecommendationMessage,
    RecommendationRow,
)
from storage.tables.workspaces import InstallState, WorkspaceRow
from storage.tables.writing import WritingSample

__all__ = [
    "AbsenceRow",
    "AccountPlan",
    "Activity",
    "ActivityLog",
    "ApiToken",
    "AuditHead",
    "Base",
    "Contact",
    "Contract",
    "ConversationTurn",
    "Csm",
    "Customer",
    "DecisionRow",
    "DigestDelivery",
    "DigestSubscription",
    "FactFlag",
    "Health",
    "Import",
    "ImportChange",
    "Imported",
    "InboxItem",
    "InstallState",
    "JobRun",
    "LearningReset",
    "Meeting",
    "ModelUsage",
    "Opportunity",
    "OutboxLetter",
    "OutcomeRow",
    "RecommendationMessage",
    "RecommendationRow",
    "Renewal",
    "RiskSignal",
    "Ticket",
    "Usage",
    "UtcDateTime",
    "WorkspaceRow",
    "WritingSample",
    "table",
]
