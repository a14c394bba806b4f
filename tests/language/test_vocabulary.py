"""Families' words do not stay in spaCy's vocabulary, and what looks for phrases goes on finding them."""

import gc
import threading
import weakref

import pytest

from trialog.language import vocabulary
from trialog.language.manner import ANSWERS
from trialog.language.phrases import PhraseMatcher


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vocabulary, "_vocabularies", {})
    monkeypatch.setattr(vocabulary, "WORDS_REMEMBERED", 200)


def test_words_that_were_read_are_forgotten_and_phrases_are_found_as_before() -> None:
    reader, idle = PhraseMatcher({"relapsed": ["came back"]}, ANSWERS), PhraseMatcher({"cd22": ["cd22"]}, ANSWERS)
    for number in range(400):
        assert [span.label_ for span in reader.find(f"zebrafink{number} it came back")] == ["relapsed"]
    for matcher in (reader, idle):
        nlp, _ = matcher._sieve.pair()
        assert "zebrafink1" not in nlp.vocab.strings, "also not by a matcher that nobody used meanwhile"
    assert [span.label_ for span in idle.find("is it cd22?")] == ["cd22"]


def test_matchers_of_a_language_share_one_vocabulary() -> None:
    first, second = PhraseMatcher({"a": ["first"]}, ANSWERS), PhraseMatcher({"b": ["second"]}, ANSWERS)
    assert first._sieve.pair()[0] is second._sieve.pair()[0]


def test_a_matcher_that_nobody_needs_is_not_kept() -> None:
    matcher = PhraseMatcher({"a": ["first"]}, ANSWERS)
    gone = weakref.ref(matcher._sieve)
    del matcher
    gc.collect()
    assert gone() is None


def test_several_messages_at_once_are_read_rightly_while_words_are_forgotten() -> None:
    reader = PhraseMatcher({"relapsed": ["came back"]}, ANSWERS)
    wrong: list[str] = []

    def read(name: str) -> None:
        for number in range(100):
            text = f"{name}{number} it came back"
            if [(span.label_, span.text) for span in reader.find(text)] != [("relapsed", "came back")]:
                wrong.append(text)

    threads = [threading.Thread(target=read, args=(f"zebrafink{thread}x",)) for thread in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
