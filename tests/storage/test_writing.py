"""Examples of how a person writes: theirs alone, at most five, none too short to learn from."""

import pytest

from core.errors import Invalid
from storage.database import Database
from storage.writing import LONGEST, Samples
from tests.storage.book import NOW, begin

TEXT = "Hi Sarah, thanks for the chat today, it helped me a lot. Cheers, Ana"


async def test_examples_are_kept_in_order_for_one_person(database: Database) -> None:
    await begin(database)
    samples = Samples(database)

    kept = await samples.keep("ana", [TEXT, "  ", f"{TEXT} again", TEXT], now=NOW)

    assert kept == (TEXT, f"{TEXT} again") == await samples.of("ana")
    assert await samples.of("ben") == ()
    assert await samples.keep("ana", ["", ""], now=NOW) == () == await samples.of("ana")


@pytest.mark.parametrize(
    ("texts", "field"),
    [
        ([TEXT, "", "Too short"], "sample_3"),
        (["word " * LONGEST], "sample_1"),
        ([f"{TEXT} {n}" for n in range(6)], "sample_5"),
    ],
)
async def test_what_cannot_be_kept_names_its_field_and_changes_nothing(
    sqlite: Database, texts: list[str], field: str
) -> None:
    await begin(sqlite)
    samples = Samples(sqlite)
    await samples.keep("ana", [TEXT], now=NOW)

    with pytest.raises(Invalid) as refused:
        await samples.keep("ana", texts, now=NOW)

    assert refused.value.field == field
    assert await samples.of("ana") == (TEXT,)
