"""Only patterns whose rarest word stands in a text are tried, and all that could match are."""

import random

import pytest
import spacy
from spacy.matcher import Matcher

from tests.conftest import ROOT
from trialog.content.model import Library
from trialog.language.manner import ANSWERS, SIGNS, Manner
from trialog.language.patterns import PatternMaker
from trialog.language.phrases import PhraseMatcher
from trialog.language.sieve import Sieve
from trialog.training.danger_lines import danger_lines


def tried(phrase: str, text: str, manner: Manner = SIGNS) -> bool:
    nlp = spacy.blank(manner.language)
    sieve = Sieve(nlp.vocab, {"sign": PatternMaker(manner).patterns(phrase)})
    return any(sieve.matchers_for(manner.doc(nlp, text)))


@pytest.mark.parametrize(
    ("phrase", "looked_at", "passed_over"),
    [
        ("not breathing", "breathing well", "she is not"),
        ("is [very] pale", "pale, it is", "is very"),
        ("(cant|cannot) breathe", "breathe she can", "cannot"),
        ("not ... breathing", "breathing", "not"),
        ("(he|she) fell", "it fell", "he falls"),
        ("^ does it", "does he", "it bleeds"),
    ],
)
def test_a_pattern_is_tried_where_its_rarest_word_is(phrase: str, looked_at: str, passed_over: str) -> None:
    assert tried(phrase, looked_at)
    assert not tried(phrase, passed_over)


def test_a_word_that_may_be_misspelt_is_looked_for_in_any_text() -> None:
    assert tried("refractory", "nothing of the kind", ANSWERS)


def test_one_word_of_a_pattern_may_stand_in_capitals() -> None:
    assert [span.text for span in PhraseMatcher({"all": []}, ANSWERS, exact={"all": ["ALL"]}).find("it is ALL")] == ["ALL"]


def test_signs_of_danger_are_found_as_spacy_alone_finds_them(library: Library) -> None:
    danger, chance = library.danger, random.Random(7)
    phrases = {f"{kind} {group}": texts for kind in ("emergency", "crisis") for group, texts in danger.groups(kind).items()}
    maker, nlp = PatternMaker(SIGNS, danger.lists), spacy.blank("xx")
    plain = Matcher(nlp.vocab, validate=False)
    for label, texts in phrases.items():
        plain.add(label, [way for text in texts for way in maker.patterns(text)])
    lines = [line.text for line in danger_lines(ROOT / "data" / "danger")]
    sieve = PhraseMatcher(phrases, SIGNS, danger.lists)
    found = {text: sieve.labels_in(text) for text in chance.sample(lines, 300)}
    assert found == {text: frozenset(nlp.vocab.strings[label] for label, _, _ in plain(SIGNS.doc(nlp, text))) for text in found}
    assert sum(map(bool, found.values())) > 20


def test_of_two_labels_for_the_same_words_the_first_one_counts() -> None:
    twice = PhraseMatcher({"second": ["came home", "it came back"], "first": ["it came back"]}, ANSWERS)
    assert [span.label_ for span in twice.find("yes it came back")] == ["second"]


def test_the_phrase_that_names_more_words_counts() -> None:
    markers = PhraseMatcher({"found": ["cd22 ... positive"], "weak": ["cd22 weakly positive"]}, ANSWERS)
    assert [span.label_ for span in markers.find("cd22 weakly positive")] == ["weak"]
    assert [span.label_ for span in markers.find("cd22 strongly positive")] == ["found"]
