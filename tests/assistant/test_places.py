"""Places are shared out fairly among networks, and whoever stops waiting takes none away."""

import asyncio
import contextlib

from trialog.assistant.places import Places


async def waiting(places: Places, network: str) -> asyncio.Task[None]:
    task = asyncio.create_task(places.take(network))
    await asyncio.sleep(0)
    return task


async def test_one_network_has_no_more_than_its_share() -> None:
    places = Places(4, share=2)
    for _ in range(2):
        await places.take("crowd")
    third = await waiting(places, "crowd")
    await places.take("family")
    assert not third.done()
    assert places.has_room("family")
    assert not places.has_room("crowd")
    places.give("crowd")
    await third


async def test_the_networks_that_wait_are_served_in_turn() -> None:
    places, served = Places(1, share=1), []
    await places.take("first")

    async def work(network: str) -> None:
        await places.take(network)
        served.append(network)
        places.give(network)

    tasks = [asyncio.create_task(work(network)) for network in ("crowd", "crowd", "crowd", "family", "school")]
    await asyncio.sleep(0)
    places.give("first")
    await asyncio.gather(*tasks)
    assert served == ["crowd", "family", "school", "crowd", "crowd"]


async def test_who_cannot_be_placed_has_no_share() -> None:
    places = Places(3, share=1)
    for _ in range(3):
        await places.take()
    assert not places.has_room()


async def test_whoever_stops_waiting_takes_no_place() -> None:
    places = Places(1, share=1)
    await places.take("one")
    gone, stays = await waiting(places, "two"), await waiting(places, "three")
    gone.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await gone
    places.give("one")
    await stays
    places.give("three")
    assert places.has_room("two")


async def test_a_place_that_came_too_late_is_given_back() -> None:
    places = Places(1, share=1)
    await places.take("one")
    late = await waiting(places, "two")
    places.give("one")
    late.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await late
    assert places.has_room("three")
