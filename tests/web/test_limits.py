"""Rates are counted by a clock that nobody sets back, and remember no more than they must."""

from trialog.web.limits import MOST_REMEMBERED, Rate


class Clock:
    now = 1_000.0

    def __call__(self) -> float:
        return self.now


def test_so_many_at_once_and_then_one_after_the_other() -> None:
    clock = Clock()
    rate = Rate(3, clock)
    assert [rate.wait("home") for _ in range(4)] == [0, 0, 0, 20]
    assert rate.wait("another") == 0
    clock.now += 20
    assert [rate.wait("home") for _ in range(2)] == [0, 20]
    clock.now += 60
    assert [rate.wait("home") for _ in range(4)] == [0, 0, 0, 20]


def test_a_refused_one_is_not_counted() -> None:
    clock = Clock()
    rate = Rate(1, clock)
    rate.wait("home")
    assert [rate.wait("home") for _ in range(10)] == [60] * 10


def test_those_who_may_send_again_are_forgotten() -> None:
    clock = Clock()
    rate = Rate(60, clock)
    for number in range(MOST_REMEMBERED):
        rate.wait(str(number))
    clock.now += 60
    rate.wait("one more")
    assert len(rate._made_up) == 1
