"""Work under way: stopped where that leaves nothing half done, finished where it would."""

import asyncio
from collections.abc import Callable

import pytest

from bot.work import Work, bind, is_bound


class Bench:
    """Work that waits to be let go on, and remembers how far it came."""

    def __init__(self) -> None:
        self.began = asyncio.Event()
        self.may_go_on = asyncio.Event()
        self.done: list[str] = []

    async def read(self) -> None:
        self.began.set()
        await self.may_go_on.wait()
        self.done.append("read")

    async def change(self) -> None:
        await asyncio.gather(self._write(), return_exceptions=False)
        self.done.append(f"told: {is_bound()}")

    async def _write(self) -> None:
        bind()
        await self.read()


@pytest.mark.parametrize(
    ("what", "done"), [(Bench.read, []), (Bench.change, ["read", "told: True"])]
)
async def test_reading_is_stopped_and_a_change_is_finished_and_told(
    what: Callable[[Bench], asyncio.Future[None]], done: list[str]
) -> None:
    work, bench = Work(), Bench()
    work.start(what(bench), name="mine")  # type: ignore[arg-type]  # a coroutine of either kind
    await bench.began.wait()

    stopping = asyncio.ensure_future(work.stop("mine"))
    await asyncio.wait({stopping}, timeout=0)
    bench.may_go_on.set()
    await stopping

    assert bench.done == done


async def test_what_has_another_name_goes_on() -> None:
    work, bench = Work(), Bench()
    work.start(bench.read(), name="mine")
    await bench.began.wait()

    await work.stop("another")
    bench.may_go_on.set()
    await work.settle()

    assert bench.done == ["read"]
    assert is_bound() is False


async def test_work_goes_on_when_who_waited_for_it_is_cancelled() -> None:
    work, bench = Work(), Bench()
    waiting = asyncio.create_task(work.through(bench.read()))
    await bench.began.wait()

    waiting.cancel()
    bench.may_go_on.set()
    await work.settle()

    assert bench.done == ["read"]
