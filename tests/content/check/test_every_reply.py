"""The check reads whatever a family can read."""

import pytest

from tests.conftest import ROOT
from tests.studies import all_three
from trialog.content.check.every_reply import Said, every_reply
from trialog.content.groups import told_points
from trialog.content.model import Library
from trialog.content.placeholders import placeholders_in
from trialog.content.wording import Wording
from trialog.nlu.elsewhere.language import REPLIES


@pytest.fixture(scope="module")
def library(library: Library) -> Library:
    """With a study that has amounts, and points that are told together."""
    return all_three(library)


@pytest.fixture(scope="module")
def wording() -> Wording:
    return Wording.read(ROOT / "data" / "responses")


@pytest.fixture(scope="module")
def replies(library: Library, wording: Wording) -> list[Said]:
    return every_reply(library, ROOT / "content", wording)


def test_no_placeholder_is_left(replies: list[Said]) -> None:
    assert [reply for reply in replies if placeholders_in(reply.text)] == []


def test_each_text_is_read_once(replies: list[Said]) -> None:
    assert len(set(replies)) == len(replies)


def test_every_response_is_read_with_all_its_variations(replies: list[Said], wording: Wording) -> None:
    """The first words of a variation, up to its first placeholder, stand in some reply."""
    texts = "\n".join(reply.text for reply in replies)
    for name, variations in wording.responses.items():
        for variation in variations:
            whole = [line for line in variation["text"].splitlines() if line and "{" not in line]
            assert [line for line in whole if line not in texts] == [], name


def test_every_text_of_a_study_is_read(replies: list[Said], library: Library) -> None:
    texts = "\n".join(reply.text for reply in replies)
    for study in library.studies.values():
        answers = study.answers.values()
        told = [part for answer in answers for part in (answer.text, answer.doctor, answer.more) if part]
        told += [follow_up.text for answer in answers for follow_up in answer.all_follow_ups() if follow_up.text]
        told += [text for answer in answers if (missing := answer.not_on_page) for text in (missing.says, missing.ask)]
        told += [text for answer in answers for matter in answer.matters for text in (matter.says, matter.ask)]
        told += [text for word in study.words.values() for text in (word.text, word.doctor)]
        for criterion in study.criteria.values():
            told += [text for choice in criterion.choices.values() for text in (choice.title, choice.reason) if text]
            personal = (criterion.question, criterion.hint, criterion.why, criterion.meaning)
            for person in library.interview.people.values():
                told += [library.interview.speak_of(person, text) for text in personal]
        for point in told_points(study.criteria, study.groups).values():
            results = (point.fits, point.does_not_fit, point.not_known, point.ask, point.ask_misfit)
            told += [text for text in results if text]
        assert [text for text in told if text not in texts] == []


def test_every_word_of_the_questionnaire_is_read(replies: list[Said], library: Library) -> None:
    texts = "\n".join(reply.text for reply in replies)
    interview = library.interview
    said = [*interview.notes.values(), *interview.repeated.values()]
    assert [text for text in said if text.partition("{")[0] not in texts] == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("cd22, CD22 was not found", "• CD22: CD22 was not found. This does not match. The page asks for CD22-positive leukemia."),
        (
            "utter_crisis_line",
            "Please talk to someone now. You can call 113 (113 Suicide Prevention), day and night. If nobody answers, call 112.",
        ),
        ("utter_no_hospital_line", "Use the number that the team gave you."),
    ],
)
def test_what_stands_inside_a_reply_is_read_by_itself_too(name: str, text: str, replies: list[Said]) -> None:
    assert (name, text) in [(reply.name, reply.text) for reply in replies]


def test_other_languages_are_among_them_but_not_measured(replies: list[Said]) -> None:
    foreign = [reply for reply in replies if not reply.english]
    names = {reply.name for reply in foreign}
    assert names == {"utter_out_of_scope/other_language", "utter_answer_in_english", "utter_safety/emergency", "utter_safety/crisis"}
    assert len({reply.text for reply in foreign if reply.name == "utter_answer_in_english"}) == len(REPLIES)
