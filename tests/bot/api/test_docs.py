"""The pages about the API: complete, true, and without network."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from bot.api.kinds import kinds
from bot.playground.slack.loopback import loopback
from core.catalogue import Catalogue
from core.happenings import HAPPENINGS
from tests.bot.api.conftest import Front
from tests.bot.playground.browsing import CHROMIUM, QUIET, needs_chromium, playwright


@pytest.fixture
async def schema(lite: Front) -> dict[str, Any]:
    answer = await lite.get("/openapi.json", None)
    assert answer.status == 200
    return dict(answer.json)


def _operations(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for path in schema["paths"].values():
        yield from path.values()


def test_every_endpoint_of_the_seed_is_there(schema: dict[str, Any]) -> None:
    path = "/api/intelligence/next-best-action"

    assert {"customerId", "category", "limit"} <= {
        one["name"] for one in schema["paths"][path]["get"]["parameters"]
    }
    for verb in ("accept", "complete", "dismiss"):
        assert "post" in schema["paths"][f"{path}/{{actionId}}/{verb}"]


def test_everything_is_described(schema: dict[str, Any]) -> None:
    for operation in _operations(schema):
        assert operation["summary"]
        assert operation["description"]
        assert all(one["description"] for one in operation.get("parameters", []))
    for name, model in schema["components"]["schemas"].items():
        for field, said in model.get("properties", {}).items():
            assert said.get("description"), f"{name}.{field}"


def test_every_endpoint_needs_a_token_and_declares_its_problems(schema: dict[str, Any]) -> None:
    for operation in _operations(schema):
        assert operation["security"] == [{"token": []}]
        failing = {code: one for code, one in operation["responses"].items() if code >= "4"}
        assert {"401", "403", "404", "413", "422", "429", "500"} <= set(failing)
        for one in failing.values():
            assert list(one["content"]) == ["application/problem+json"]
    assert schema["components"]["securitySchemes"]["token"]["scheme"] == "bearer"


def test_names_in_examples_exist(schema: dict[str, Any]) -> None:
    catalogue, models = Catalogue.shipped(), schema["components"]["schemas"]

    def example(model: str, field: str) -> str:
        return str(models[model]["properties"][field]["examples"][0])

    for model in ("NextBestAction", "Alternative"):
        play = catalogue.plays[example(model, "play")]
        assert example(model, "action") == play.title
    assert catalogue.signals[example("Signal", "type")].label == example("Signal", "label")
    resource = catalogue.resources[example("Resource", "name")]
    assert (resource.title, resource.kind) == (
        example("Resource", "title"),
        example("Resource", "kind"),
    )
    assert example("Deferral", "happening") in HAPPENINGS


async def test_every_problem_is_explained_where_its_type_points(lite: Front) -> None:
    page = await lite.get("/docs/problems", None)

    assert page.status == 200
    for kind in kinds():
        assert f'<tr id="{kind.name}">' in page.body


@pytest.mark.parametrize("path", ["/docs", "/docs/problems"])
async def test_a_page_loads_nothing_from_elsewhere(lite: Front, path: str) -> None:
    page = await lite.get(path, None)

    assert page.status == 200
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert "unsafe" not in page.headers["content-security-policy"]
    assert "//" not in "".join(re.findall(r'(?:src|href)="([^"]*)"', page.body))
    assert "<script>" not in page.body


async def test_the_viewers_files_are_served(lite: Front) -> None:
    page = await lite.get("/docs", None)
    links = re.findall(r'(?:src|href)="([^"]*)"', page.body)
    assert len(links) == 4
    for link in links:
        file = await lite.get(f"/{link}", None)
        assert file.status == 200, link
        assert file.body


@needs_chromium
async def test_the_viewer_shows_every_endpoint_within_its_policy(lite: Front) -> None:
    said: list[str] = []
    asked: list[str] = []
    async with loopback(lite.app) as served, playwright.async_playwright() as driver:
        browser = await driver.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        page = await browser.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("request", lambda request: asked.append(request.url))
        await page.goto(f"{served.address}/docs")
        await page.locator(".opblock").first.wait_for()
        shown = await page.locator(".opblock-summary-path").all_inner_texts()
        await page.locator(".opblock-summary-control").first.click()
        await page.locator(".parameters-container").first.wait_for()
        await browser.close()

    assert len(shown) == 8
    assert said == []
    assert all(url.startswith((served.address, "data:")) for url in asked)
