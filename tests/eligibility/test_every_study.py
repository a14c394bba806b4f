"""The questionnaire of every study, tested from its own content: what its folder says is understood is understood."""

from datetime import date

import pytest

from tests.conftest import ROOT
from trialog.content.criteria import Kind, Verdict
from trialog.content.load import load_library
from trialog.content.model import Study
from trialog.eligibility.reader import Reader
from trialog.eligibility.verdicts import age_answer, verdict_of

LIBRARY = load_library(ROOT / "content")
TODAY = date(2026, 11, 29)

# Phrases of the notation are no sentences to say.
_NOTATION = set("{}()[]|~\\^") | {"..."}


def said(phrase: str) -> bool:
    return not any(sign in phrase for sign in _NOTATION)


@pytest.fixture(params=list(LIBRARY.studies.values()), ids=list(LIBRARY.studies))
def study(request: pytest.FixtureRequest) -> Study:
    about: Study = request.param
    return about


def understood(reader: Reader, criterion: str, text: str) -> str | None:
    read = reader.read(reader.hear(text, criterion), TODAY).get(criterion)
    return read.answer if read else None


def test_every_phrase_of_a_choice_is_read_as_that_choice(study: Study) -> None:
    reader, wrong = Reader(study, LIBRARY.interview, LIBRARY.statements), []
    for criterion in study.criteria.values():
        for choice in criterion.choices.values():
            for phrase in filter(said, (*choice.words, *choice.short, *choice.exact)):
                read = understood(reader, criterion.id, phrase)
                # A longer phrase of another choice may hold this one; then the verdict must be the same.
                if read is None or verdict_of(criterion, read) != choice.verdict:
                    wrong.append((criterion.id, choice.id, phrase, read))
    assert wrong == []


def test_a_bare_yes_and_a_bare_no_are_read_where_the_question_has_them(study: Study) -> None:
    reader = Reader(study, LIBRARY.interview, LIBRARY.statements)
    for criterion in study.criteria.values():
        for word in ("yes", "no"):
            if meant := criterion.meaning_choice(word):
                assert understood(reader, criterion.id, word) == meant.id


def test_the_limits_of_an_age_are_those_of_the_page(study: Study) -> None:
    for criterion in study.criteria.values():
        if criterion.kind != Kind.AGE:
            continue
        least, most = criterion.years
        inside, outside = Verdict.FITS, Verdict.DOES_NOT_FIT
        # In months: the last month of the last year is inside, the next one is not.
        assert verdict_of(criterion, age_answer(least * 12, least * 12 + 11)) == inside
        assert verdict_of(criterion, age_answer(most * 12, most * 12 + 11)) == inside
        assert verdict_of(criterion, age_answer((most + 1) * 12, (most + 1) * 12 + 11)) == outside
        if least:
            assert verdict_of(criterion, age_answer(least * 12 - 1, least * 12 - 1)) == outside


def test_the_first_questions_and_the_names_of_a_study_are_its_own(study: Study) -> None:
    others = [other for other in LIBRARY.studies.values() if other.id != study.id]
    names = {name.lower() for other in others for name in (*other.called.study, *other.called.tested)}
    texts = [text for answer in study.answers.values() for text in (answer.text, answer.more) if text]
    assert [name for name in names for text in texts if len(name) > 4 and name in text.lower()] == []
