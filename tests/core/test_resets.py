"""Forgetting: only what a reset names, and only what came before it."""

from datetime import UTC, datetime, timedelta

import pytest

from core.learning import Reset, outcomes, without

NOW = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
ROW = {"play": "training", "segment": "smb", "owner": "ana", "outcome": 1.0, "kind": "completed"}
OLD, RECENT = ROW | {"at": NOW - timedelta(days=90)}, ROW | {"at": NOW}
SINCE = NOW - timedelta(days=30)


def test_what_came_before_is_forgotten_and_what_came_after_counts() -> None:
    kept = without(outcomes([OLD, RECENT]), [Reset(SINCE)])

    assert kept["at"].to_list() == [NOW]


@pytest.mark.parametrize("scope", [{"play": "other"}, {"segment": "mid"}, {"owner": "ben"}])
def test_another_scope_is_left_alone(scope: dict[str, str]) -> None:
    assert without(outcomes([OLD]), [Reset(SINCE, **scope)]).height == 1
    assert without(outcomes([OLD | scope]), [Reset(SINCE, **scope)]).height == 0


def test_an_account_without_a_segment_is_in_none() -> None:
    unknown = OLD | {"segment": None}

    assert without(outcomes([unknown]), [Reset(SINCE, segment="smb")]).height == 1
    assert without(outcomes([unknown]), [Reset(SINCE)]).height == 0


def test_without_resets_nothing_is_forgotten() -> None:
    assert without(outcomes([OLD, RECENT]), []).height == 2
