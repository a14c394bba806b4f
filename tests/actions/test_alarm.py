"""Danger step by step: what each message changes, and what ends it."""

import pytest

from actions.alarm import Alarm, Step

EMERGENCY, CRISIS = Alarm("emergency"), Alarm("crisis")


@pytest.mark.parametrize(
    ("alarm", "does", "alarmed", "says", "lasts"),
    [
        (EMERGENCY, ["what_to_do"], None, "what_to_do", True),
        (EMERGENCY, ["what_to_do"], "emergency", "what_to_do", True),
        (EMERGENCY, ["else"], "emergency", "worse", True),
        (EMERGENCY, ["else"], None, "else", True),
        (EMERGENCY, ["go_on"], None, "else", True),
        (EMERGENCY, ["over"], None, "over", False),
        (EMERGENCY, ["false_alarm", "go_on"], None, "false_alarm", False),
        # "the shaking stopped, but now she is blue"
        (EMERGENCY, ["over", "worse"], None, "worse", True),
        (EMERGENCY, ["no"], None, "no", True),
        (EMERGENCY, ["yes"], None, "ok", True),
        (Alarm("emergency", asked="safe"), ["yes"], None, "over", False),
        (Alarm("emergency", asked="safe"), ["no"], None, "no", True),
        (Alarm("emergency", asked="help"), ["yes"], None, "help_coming", True),
        (Alarm("emergency", helped=True), ["else"], None, "waiting", True),
        (Alarm("emergency", helped=True, asked="there"), ["yes"], None, "over", False),
        # A doubtful alarm asks once if everyone is safe; who speaks of something else again is let be, unless it was confirmed.
        (Alarm("emergency", doubtful=True), ["else"], None, "else", True),
        (Alarm("emergency", doubtful=True, asked="safe"), ["else"], None, "let_be", False),
        (Alarm("emergency", doubtful=True, asked="safe"), ["else"], "emergency", "worse", True),
        (Alarm("emergency", doubtful=True, asked="safe"), ["what_to_do"], None, "what_to_do", True),
        (Alarm("emergency", asked="safe"), ["else"], None, "else", True),
        # What was swallowed may harm later: that somebody looks well ends nothing, that it was none does.
        (Alarm("emergency", taken=True), ["over"], None, "refuse", True),
        (Alarm("emergency", taken=True, helped=True), ["over"], None, "over", False),
        (Alarm("emergency", taken=True), ["false_alarm"], None, "false_alarm", False),
        (CRISIS, ["mean_it"], "crisis", "mean_it", True),
        (Alarm("crisis", asked="company"), ["yes"], None, "help_coming", True),
        (Alarm("crisis", asked="company"), ["no"], None, "alone", True),
        (Alarm("crisis", asked="taken"), ["yes"], None, "worse", True),
    ],
)
def test_what_a_message_changes(alarm: Alarm, does: list[str], alarmed: str | None, says: str, lasts: bool) -> None:
    step = alarm.take(does, alarmed)
    assert (step.says, step.alarm is not None) == (says, lasts)


@pytest.mark.parametrize(
    ("alarm", "does", "lasts"),
    [
        (Alarm("emergency", doubtful=True), ["else"], False),
        (Alarm("emergency", doubtful=True), ["ok"], False),
        (Alarm("emergency", doubtful=True), ["worse"], True),
        (Alarm("emergency"), ["else"], True),
        # A crisis is asked about first.
        (Alarm("crisis", doubtful=True), ["else"], True),
        (Alarm("crisis", doubtful=True, asked="safe"), ["ok"], False),
    ],
)
def test_who_asks_about_the_study_after_a_doubtful_alarm_is_let_be(alarm: Alarm, does: list[str], lasts: bool) -> None:
    step = alarm.take(does, asks_on=True)
    assert (step.alarm is not None, step.says == "let_be") == (lasts, not lasts)


def test_help_that_is_coming_and_the_wish_to_go_on_end_danger() -> None:
    assert EMERGENCY.take(["help_coming", "go_on"]) == Step(None, "emergency", "over", goes_on=True)


def test_another_danger_is_told_whole_and_a_crisis_stays_one() -> None:
    hurt = CRISIS.take(["else"], "emergency")
    assert (hurt.says, hurt.danger) == ("alarm", "emergency")
    assert hurt.alarm is not None
    assert hurt.alarm.danger == "crisis"
    assert EMERGENCY.take(["else"], "crisis").alarm == CRISIS


def test_an_alarm_that_something_confirmed_is_no_longer_doubtful() -> None:
    doubtful = Alarm("crisis", doubtful=True)
    assert [doubtful.take([does]).alarm for does in ("else", "feeling", "worse")] == [
        Alarm("crisis", asked="safe", doubtful=True),
        Alarm("crisis", doubtful=True),
        Alarm("crisis"),
    ]


def test_an_alarm_is_kept_as_plain_data() -> None:
    alarm = Alarm("crisis", helped=True, asked="there")
    assert Alarm.from_json(alarm.to_json()) == alarm
    assert Alarm.from_json(None) is None
