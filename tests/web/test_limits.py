"""Rates are counted by a clock that nobody sets back, or bear it, and remember no more than they must; alone or with other processes."""

from collections.abc import AsyncIterator, Callable

import pytest

from tests.stores import Store
from trialog.operation.stores import Script, connect
from trialog.web.limits import MOST_REMEMBERED, Rate, RateInMemory
from trialog.web.shared_rate import _LUA, SharedRate


class Clock:
    now = 1_000.0

    def __call__(self) -> float:
        return self.now


Make = Callable[[int, Clock], Rate]


@pytest.fixture(params=["memory", pytest.param("redis", marks=pytest.mark.slow)])
async def make(request: pytest.FixtureRequest) -> AsyncIterator[Make]:
    if request.param == "memory":
        yield RateInMemory
        return
    store: Store = request.getfixturevalue("redis_store")
    redis = connect(store.url)
    await redis.flushdb()
    yield lambda a_minute, clock: SharedRate(Script(redis, _LUA), "address", a_minute, clock)
    await redis.close(close_connection_pool=True)


async def test_so_many_at_once_and_then_one_after_the_other(make: Make) -> None:
    clock = Clock()
    rate = make(3, clock)
    assert [await rate.wait("home") for _ in range(4)] == [0, 0, 0, 20]
    assert await rate.wait("another") == 0
    clock.now += 20
    assert [await rate.wait("home") for _ in range(2)] == [0, 20]
    clock.now += 60
    assert [await rate.wait("home") for _ in range(4)] == [0, 0, 0, 20]


async def test_a_refused_one_is_not_counted(make: Make) -> None:
    clock = Clock()
    rate = make(1, clock)
    await rate.wait("home")
    assert [await rate.wait("home") for _ in range(10)] == [60] * 10


async def test_two_processes_count_together(make: Make) -> None:
    clock = Clock()
    one, other = make(2, clock), make(2, clock)
    waits = [await rate.wait("home") for rate in (one, other, one)]
    assert waits == ([0, 0, 30] if isinstance(one, SharedRate) else [0, 0, 0])


async def test_those_who_may_send_again_are_forgotten() -> None:
    clock = Clock()
    rate = RateInMemory(60, clock)
    for number in range(MOST_REMEMBERED):
        await rate.wait(str(number))
    clock.now += 60
    await rate.wait("one more")
    assert len(rate._made_up) == 1


async def test_a_clock_that_is_set_back_by_an_hour_refuses_nobody_for_an_hour(make: Make) -> None:
    clock = Clock()
    rate = make(1, clock)
    await rate.wait("home")
    clock.now -= 3_600
    # The clock of one process is never set back, that of Redis is.
    assert await rate.wait("home") == (0 if isinstance(rate, SharedRate) else 3_660)
