"""Amounts, ages at a date and groups, read in the third study's own questions."""

from datetime import date

import msgspec
import pytest

from tests.studies import all_three
from trialog.content.criteria import Kind, Unit, Verdict
from trialog.eligibility.questionnaire import Questionnaire
from trialog.eligibility.reader import Reader
from trialog.eligibility.verdicts import amount_answer, repeated, verdict_of

LIBRARY = all_three()
STUDY = LIBRARY.studies["calm-band"]
READER = Reader(STUDY, LIBRARY.interview, LIBRARY.statements)
TODAY = date(2026, 11, 30)


# "In the last 6 months", counted in months.
MONTHS = msgspec.structs.replace(STUDY.criteria["operation_days"], at_least=None, at_most=6.0, units=(Unit("months", one="month"),))
IN_MONTHS = Reader(
    msgspec.structs.replace(STUDY, criteria={**STUDY.criteria, "operation_days": MONTHS}), LIBRARY.interview, LIBRARY.statements
)


def heard(criterion: str | None, text: str, of: str | None = None) -> tuple[str | None, bool]:
    """What ``text`` says of the criterion ``of`` while ``criterion`` is asked, and whether that is sure."""
    read = READER.read(READER.hear(text, criterion, "self"), TODAY).get(of or criterion or "")
    return (read.answer, read.sure) if read else (None, False)


def test_every_spelling_of_every_unit_is_read_as_its_amount() -> None:
    for criterion in STUDY.criteria.values():
        for unit in criterion.units if criterion.kind == Kind.AMOUNT else ():
            for spelling in unit.spellings:
                most = 7 * unit.times + (unit.times - 1 if criterion.since and unit.times > 1 else 0)
                assert heard(criterion.id, f"7 {spelling}") == (amount_answer(7 * unit.times, most), True), (criterion.id, spelling)


@pytest.mark.parametrize(
    ("criterion", "text", "verdict", "sure"),
    [
        ("weight", "62 kg", Verdict.FITS, True),
        ("weight", "62", Verdict.FITS, True),
        ("weight", "I weigh about 62 kilos", Verdict.FITS, True),
        ("weight", "45 kg", Verdict.FITS, True),
        ("weight", "44.9 kg", Verdict.DOES_NOT_FIT, True),
        ("weight", "less than 45 kg", Verdict.DOES_NOT_FIT, True),
        ("weight", "around 47 kg", Verdict.NOT_KNOWN, True),
        ("weight", "not 40, sorry, 54 kg", Verdict.FITS, True),
        ("weight", "I think 62 kg", Verdict.FITS, False),
        ("weight", "last year it was 62 kg", Verdict.FITS, False),
        ("weight", "I am 44 and weigh 62 kg", Verdict.FITS, True),
        ("attacks", "two a day", Verdict.FITS, True),
        ("attacks", "3", Verdict.FITS, True),
        ("attacks", "one or two a week", Verdict.DOES_NOT_FIT, True),
        ("operation_days", "six weeks ago", Verdict.FITS, True),
        ("operation_days", "five weeks ago", Verdict.DOES_NOT_FIT, True),
        ("operation_days", "on 19 October 2026", Verdict.FITS, True),
        ("operation_days", "on 20 October 2026", Verdict.DOES_NOT_FIT, True),
        ("operation_days", "in October", Verdict.NOT_KNOWN, True),
        # 18 on the day itself, and a day later.
        ("age", "born on 1 January 2009", Verdict.FITS, True),
        ("age", "born on 2 January 2009", Verdict.DOES_NOT_FIT, True),
        ("age", "I am 17", Verdict.NOT_KNOWN, True),
        ("age", "I am 16", Verdict.DOES_NOT_FIT, True),
        ("age", "I'm 99", Verdict.FITS, True),
    ],
)
def test_an_answer_is_held_against_the_limits(criterion: str, text: str, verdict: Verdict, sure: bool) -> None:
    answer, is_sure = heard(criterion, text)
    assert answer is not None
    assert (verdict_of(STUDY.criteria[criterion], answer), is_sure) == (verdict, sure)


@pytest.mark.parametrize(
    ("text", "answer", "verdict", "sure"),
    [
        ("on 15 June 2026", "5.5-5.5", Verdict.FITS, True),
        ("31 May 2026", "6-6", Verdict.FITS, True),
        ("30 May 2026", "6-6", Verdict.FITS, True),
        ("29 May 2026", "6.1-6.1", Verdict.DOES_NOT_FIT, True),
        ("7 months ago", "7-7", Verdict.DOES_NOT_FIT, True),
        ("25 weeks ago", "5.7-5.7", Verdict.FITS, True),
        ("100 days", "3.3-3.3", Verdict.FITS, True),
        ("since September", "2-2.9", Verdict.FITS, True),
        ("last year", "11-22.9", Verdict.DOES_NOT_FIT, True),
        ("half a year ago", "5.4-6.6", Verdict.NOT_KNOWN, True),
        ("in summer", "2.2-5.9", Verdict.FITS, False),
        ("12", "12-12", Verdict.DOES_NOT_FIT, False),
    ],
)
def test_a_time_since_can_be_counted_in_months(text: str, answer: str, verdict: Verdict, sure: bool) -> None:
    read = IN_MONTHS.read(IN_MONTHS.hear(text, "operation_days", "self"), TODAY)["operation_days"]
    assert (read.answer, read.sure) == (answer, sure)
    assert verdict_of(MONTHS, answer) == verdict


@pytest.mark.parametrize("text", ["since she was twelve", "since I was 12 years old", "I was twelve then", "at 12", "a few months ago"])
def test_an_age_and_what_is_vague_is_no_time_since_something(text: str) -> None:
    for reader in (READER, IN_MONTHS):
        assert "operation_days" not in reader.read(reader.hear(text, "operation_days", "self"), TODAY)


@pytest.mark.parametrize(("criterion", "text"), [("weight", "my brother weighs 62 kg"), ("weight", "62 cm tall"), ("attacks", "no idea")])
def test_what_is_no_answer_is_noted_as_none(criterion: str, text: str) -> None:
    assert heard(criterion, text)[0] in (None, "unknown")


def test_an_amount_is_heard_unasked_only_by_its_name() -> None:
    assert heard("pacemaker", "no, and I weigh 62 kg", of="weight")[0] == "62-62"
    assert heard("pacemaker", "no, and I lost 3 kg", of="weight") == (None, False)


@pytest.mark.parametrize(
    ("criterion", "answer", "words"),
    [
        ("weight", "62-62", "62 kg"),
        ("weight", "54-66", "54 to 66 kg"),
        ("weight", "45.000001-", "45 kg or more"),
        ("weight", "0-45", "45 kg or less"),
        ("operation_days", "1-1", "1 day ago"),
        ("age", "204-216", "17 to 18 years on 1 January 2027"),
    ],
)
def test_it_is_repeated_in_plain_words(criterion: str, answer: str, words: str) -> None:
    assert repeated(STUDY.criteria[criterion], answer, LIBRARY.interview) == words


def test_a_group_is_asked_as_far_as_it_is_needed_and_told_as_one_point() -> None:
    begun = Questionnaire(person="self", answers={"pacemaker": "has_none", "age": "500-511", "raynaud": "found", "attacks": "5-5"})
    begun = begun.with_answers({"weight": "62-62", "operation": "had_one"})
    assert begun.open_question(STUDY) == "operation_days"
    asked = begun.with_answer("operation_days", "10-10").with_answer("smartphone", "no_phone")
    assert asked.open_question(STUDY) == "tablet"
    ended = asked.with_answer("tablet", "no_tablet")
    assert ended.open_question(STUDY) is None
    assert ended.progress(STUDY)["of"] == 9
    told = {point.criterion.id: (point.answer, point.verdict) for point in ended.told(STUDY, LIBRARY.interview)}
    assert list(told) == ["pacemaker", "age", "raynaud", "attacks", "weight", "hand_operation", "screen"]
    assert told["hand_operation"] == ("Had a hand operation: yes; How long ago: 10 days ago", Verdict.DOES_NOT_FIT)
    assert told["screen"] == ("Smartphone: no; Tablet: no", Verdict.DOES_NOT_FIT)
    assert [point.id for point in ended.open_points(STUDY)] == ["hand_operation", "screen"]
    # What was left out is asked after all when an answer before it changes.
    assert ended.with_answer("tablet", "has_tablet").open_question(STUDY) == "helper"
    assert ended.with_answer("operation", "had_none").told(STUDY, LIBRARY.interview)[5].verdict == Verdict.FITS


def test_adults_are_asked_about_as_adults() -> None:
    assert READER.phrases.person("it is for my husband") == "partner"
    assert READER.phrases.is_person("for my husband")
    assert not READER.phrases.is_person("my husband is dying")
    children = Reader(LIBRARY.study_of(), LIBRARY.interview, LIBRARY.statements)
    assert children.phrases.person("it is for my husband") is None
