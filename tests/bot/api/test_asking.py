"""What to do next, over HTTP: the seed's model, whose accounts, filters, pages."""

import pytest

from core.recommendations import Category
from tests.bot.api.conftest import PATH, Front, id_of

SEED = {
    "id",
    "customerId",
    "customerName",
    "action",
    "category",
    "description",
    "urgency",
    "impactScore",
    "confidenceScore",
    "priorityScore",
    "reasoning",
    "signals",
    "expectedOutcome",
    "suggestedApproach",
    "talkingPoints",
    "resources",
    "status",
    "completedAt",
    "outcome",
}


async def test_an_accounts_best_action_has_every_field_of_the_seed(front: Front) -> None:
    best = await front.best("beta")

    assert set(best) > SEED
    assert (best["customerId"], best["customerName"]) == (id_of("beta"), "Beta Inc")
    assert best["status"] == "recommended"
    assert best["completedAt"] is best["outcome"] is None
    assert {"type", "value", "weight", "description"} <= set(best["signals"][0])
    assert best["owner"] == {"id": id_of("ana"), "name": "Ana Test"}
    assert best["version"] == 1


async def test_the_parts_add_up_to_the_score_and_the_pieces_to_the_parts(front: Front) -> None:
    best = await front.best("beta")

    parts = {part["name"]: part for part in best["score"]}
    assert set(parts) == {"impact", "urgency", "confidence", "account_value"}
    assert sum(part["points"] for part in parts.values()) == pytest.approx(
        best["priorityScore"], abs=1e-4
    )
    for part in parts.values():
        assert part["points"] == pytest.approx(part["value"] * part["weight"], abs=1e-4)
        assert sum(piece["points"] for piece in part["pieces"]) == pytest.approx(
            part["value"], abs=1e-4
        )
    assert parts["impact"]["value"] == best["impactScore"]
    assert parts["confidence"]["value"] == best["confidenceScore"]


async def test_a_portfolio_has_one_action_an_account_by_priority(front: Front) -> None:
    answer = (await front.get()).json

    assert {one["customerName"] for one in answer["items"]} == {"Alpha Inc", "Beta Inc"}
    scores = [one["priorityScore"] for one in answer["items"]]
    assert scores == sorted(scores, reverse=True)
    assert (answer["total"], answer["accounts"], answer["portfolio"]) == (2, 2, "Ana Test")
    assert answer["next"] is None


async def test_asking_twice_gives_the_same_ids(front: Front) -> None:
    first, second = (await front.get()).json, (await front.get()).json

    assert [one["id"] for one in first["items"]] == [one["id"] for one in second["items"]]


async def test_pages_follow_each_other_by_their_addresses(lite: Front) -> None:
    first = (await lite.get("?owner=team&limit=2&category=all", "ada")).json
    second = (await lite.get(first["next"], "ada")).json

    assert first["next"].startswith(f"{PATH}?")
    assert (len(first["items"]), len(second["items"])) == (2, first["total"] - 2)
    assert second["next"] is None
    ids = [one["id"] for one in (*first["items"], *second["items"])]
    assert len(set(ids)) == first["total"] == 4


async def test_a_page_behind_the_last_is_empty(lite: Front) -> None:
    answer = await lite.get("?offset=100000")

    assert (answer.status, answer.json["items"], answer.json["total"]) == (200, [], 2)


@pytest.mark.parametrize("category", ["engagement", "risk", "expansion", "lifecycle"])
async def test_a_category_filters_a_portfolio_and_an_account(
    lite: Front, category: Category
) -> None:
    of_all = (await lite.get(f"?category={category}")).json
    of_one = (await lite.get(f"?category={category}&customerId={id_of('beta')}")).json

    shown = [*of_all["items"], *of_one["items"]]
    assert all(one["category"] == category for one in shown)
    known = {one["customerName"]: one["id"] for one in of_all["items"]}
    assert [one["id"] for one in of_one["items"]] == [
        id for name, id in known.items() if name == "Beta Inc"
    ]


async def test_segment_urgency_and_horizon_filter(lite: Front) -> None:
    segment = (await lite.get("?segment=ENTERPRISE")).json["items"]
    month = (await lite.get("?urgency=this_month")).json["items"]
    today = (await lite.get("?horizon=today")).json["items"]

    assert [one["customerName"] for one in segment] == ["Beta Inc"]
    assert all(one["urgency"] == "this_month" for one in month)
    assert all(one["dueOn"] <= "2026-03-04" for one in today)


async def test_what_was_accepted_is_under_way_and_what_was_deferred_waits(front: Front) -> None:
    beta, alpha = await front.best("beta"), await front.best("alpha")
    await front.post(f"/{beta['id']}/accept")
    await front.post(f"/{alpha['id']}/defer", {"until": "2026-03-10"})

    of_beta = (await front.get(f"?customerId={id_of('beta')}")).json
    of_alpha = (await front.get(f"?customerId={id_of('alpha')}")).json
    of_all = (await front.get()).json

    assert [one["id"] for one in of_beta["underway"]] == [beta["id"]]
    assert [one["id"] for one in of_alpha["waiting"]] == [alpha["id"]]
    assert of_alpha["waiting"][0]["deferredUntil"] == "2026-03-10"
    assert [one["id"] for one in of_all["underway"]] == [beta["id"]]
    assert beta["id"] not in [one["id"] for one in (*of_beta["items"], *of_all["items"])]


async def test_one_action_is_read_with_its_version(front: Front) -> None:
    best = await front.best("beta")

    answer = await front.get(f"/{best['id']}")

    assert (answer.status, answer.headers["etag"]) == (200, '"1"')
    assert answer.json == best


async def test_resources_come_filled_for_the_account(lite: Front) -> None:
    best = await lite.best("beta")

    filled = (await lite.get(f"/{best['id']}/resources")).json

    assert [one["name"] for one in filled] == [one["name"] for one in best["resources"]]
    assert any("Beta Inc" in one["subject"] + one["text"] for one in filled)
    assert all("{" not in one["text"] for one in filled)


async def test_a_csm_sees_their_own_a_manager_the_teams_an_admin_all(front: Front) -> None:
    async def names(who: str) -> set[str]:
        items = (await front.get("?owner=team", who)).json["items"]
        return {one["customerName"] for one in items}

    assert await names("ana") == await names("mara") == {"Alpha Inc", "Beta Inc"}
    assert await names("ben") == {"Gamma Inc"}
    assert await names("ada") == {"Alpha Inc", "Beta Inc", "Gamma Inc", "Free Inc"}


async def test_what_may_not_be_seen_is_told_from_what_is_not_there(front: Front) -> None:
    foreign = await front.best("gamma", "ben")
    nowhere = id_of("nothing")

    for path, kind in (
        (f"?customerId={id_of('gamma')}", "not-allowed"),
        (f"?owner={id_of('ben')}", "not-allowed"),
        (f"/{foreign['id']}", "not-allowed"),
        (f"/{foreign['id']}/resources", "not-allowed"),
        (f"?customerId={nowhere}", "account-unknown"),
        (f"?owner={nowhere}", "person-unknown"),
        (f"/{nowhere}", "action-unknown"),
    ):
        answer = await front.get(path)
        assert answer.status == (403 if kind == "not-allowed" else 404), path
        assert answer.json["type"] == f"/docs/problems#{kind}"


async def test_a_portfolio_without_accounts_says_so(lite: Front) -> None:
    answer = await lite.get(f"?owner={id_of('mara')}", "mara")

    assert answer.status == 404
    assert "Mara Test owns no accounts" in answer.json["detail"]


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ("customerId=beta", "#/customerId"),
        ("customerId=", "#/customerId"),
        ("customerId=%00", "#/customerId"),
        (f"customerId={'x' * 5000}", "#/customerId"),
        ("category=fun", "#/category"),
        ("urgency=soon", "#/urgency"),
        ("horizon=never", "#/horizon"),
        ("owner=ben", "#/owner"),
        (f"segment={'x' * 101}", "#/segment"),
        ("limit=0", "#/limit"),
        ("limit=51", "#/limit"),
        ("limit=ten", "#/limit"),
        ("limit=99999999999999999999", "#/limit"),
        ("offset=-1", "#/offset"),
        ("customer=1", "#/customer"),
    ],
)
async def test_a_query_that_cannot_be_used_points_to_the_value(
    lite: Front, query: str, pointer: str
) -> None:
    answer = await lite.get(f"?{query}")

    assert answer.status == 422
    assert answer.headers["content-type"] == "application/problem+json"
    found = answer.json["errors"]
    assert {one["where"] for one in found} == {"query"}
    assert all(one["pointer"].startswith(pointer) for one in found)
    assert all(len(one["detail"]) <= 300 for one in found)


@pytest.mark.parametrize("id", ["beta", "1", "%00", "x" * 5000, "%F0%9F%92%A9"])
async def test_an_id_that_is_none_is_refused(lite: Front, id: str) -> None:
    read, decided = await lite.get(f"/{id}"), await lite.post(f"/{id}/accept")

    assert read.status == decided.status == 422
    assert read.json["errors"][0]["pointer"] == "#/actionId"
