"""How two opinions on danger are weighed, and what else evidence does to a ranking."""

import math

import pytest

from trialog.nlu.ranking import danger_first, danger_share, only, with_opinion, without, without_danger

CRISIS, EMERGENCY, COST, RIGHTS = "safety/crisis", "safety/emergency", "ask/cost", "ask/rights"


def odds(share: float) -> float:
    return share / (1 - share)


def test_the_odds_of_danger_are_the_geometric_mean_of_both() -> None:
    weighed = dict(with_opinion([(COST, 0.8), (EMERGENCY, 0.2)], {EMERGENCY: 0.9, CRISIS: 0.05}))
    assert odds(weighed[EMERGENCY]) == pytest.approx(math.sqrt(odds(0.2) * odds(0.95)))
    assert sum(weighed.values()) == pytest.approx(1)


def test_two_that_agree_change_nothing() -> None:
    ranking = [(COST, 0.5), (RIGHTS, 0.3), (EMERGENCY, 0.15), (CRISIS, 0.05)]
    assert dict(with_opinion(ranking, {EMERGENCY: 0.15, CRISIS: 0.05})) == pytest.approx(dict(ranking))


def test_the_kind_of_danger_is_the_one_both_think_likelier() -> None:
    weighed = dict(with_opinion([(EMERGENCY, 0.5), (CRISIS, 0.3), (COST, 0.2)], {EMERGENCY: 0.1, CRISIS: 0.8}))
    assert weighed[CRISIS] > weighed[EMERGENCY]


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_a_share_of_nothing_or_all_can_be_outweighed(share: float) -> None:
    weighed = dict(with_opinion([(COST, 1 - share), (EMERGENCY, share)], {EMERGENCY: 0.5, CRISIS: 0.0}))
    assert 0 < weighed[EMERGENCY] < 1
    assert all(math.isfinite(value) for value in weighed.values())


def test_the_likeliest_comes_first_when_both_are_weighed() -> None:
    weighed = with_opinion([(COST, 0.6), (EMERGENCY, 0.3), (RIGHTS, 0.1)], {EMERGENCY: 0.95, CRISIS: 0.0})
    assert [name for name, _ in weighed] == [EMERGENCY, COST, RIGHTS]


def test_the_likelier_danger_comes_first_when_both_kinds_together_reach_the_threshold() -> None:
    ranking = [(COST, 0.6), (CRISIS, 0.25), (EMERGENCY, 0.15)]
    assert danger_share(ranking) == pytest.approx(0.4)
    assert [name for name, _ in danger_first(ranking, 0.4)] == [CRISIS, COST, EMERGENCY]
    assert danger_first(ranking, 0.41) == ranking


def test_without_danger_the_rest_adds_up_to_one() -> None:
    rest = without_danger([(EMERGENCY, 0.5), (COST, 0.4), (RIGHTS, 0.1)])
    assert dict(rest) == pytest.approx({COST: 0.8, RIGHTS: 0.2})


def test_what_is_certain_leaves_nothing_for_the_others() -> None:
    assert only(RIGHTS, [(COST, 0.7), (RIGHTS, 0.3)]) == [(RIGHTS, 1.0), (COST, 0.0)]
    assert only("safety/pii", [(COST, 1.0)]) == [("safety/pii", 1.0), (COST, 0.0)]


def test_without_some_topics_the_rest_adds_up_to_one() -> None:
    assert dict(without([(CRISIS, 0.5), (COST, 0.4), (RIGHTS, 0.1)], (CRISIS,))) == pytest.approx({COST: 0.8, RIGHTS: 0.2})
    assert without([(COST, 1.0)], (COST,)) == [(COST, 1.0)], "where nothing else is left, it stays"
