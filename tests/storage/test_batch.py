import asyncio
from collections.abc import Sequence

from storage.batch import Batch


async def test_a_pause_lasts_until_all_that_came_meanwhile_is_written() -> None:
    written: list[int] = []
    go_on = asyncio.Event()

    async def write(numbers: Sequence[int]) -> Sequence[int]:
        await go_on.wait()
        written.extend(numbers)
        return numbers

    batch = Batch(write)
    kept = [asyncio.create_task(batch.add(number)) for number in range(3)]
    await asyncio.sleep(0)
    seen = asyncio.create_task(_after_a_pause(batch, written))
    go_on.set()
    await asyncio.gather(*kept)

    assert await seen == [0, 1, 2]


async def test_a_pause_is_none_where_nothing_is_written() -> None:
    async def write(numbers: Sequence[int]) -> Sequence[int]:
        return numbers

    await Batch(write).pause(60)


async def _after_a_pause(batch: Batch[int, int], written: list[int]) -> list[int]:
    await batch.pause(60)
    return list(written)
