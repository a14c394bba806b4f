"""What is no fault is told: what is old, hard, not explained, not used, or has no words for a child."""

import re
from datetime import date
from pathlib import Path

import pytest

from tests.content.check.test_content import STUDY, change
from trialog.content.check.reminders import reminders
from trialog.content.load import load_library
from trialog.content.wording import Wording

pytestmark = pytest.mark.slow

YOUNG, OLD = date(2024, 12, 1), date(2040, 1, 1)


def told(content: Path, today: date = YOUNG) -> list[str]:
    found = reminders(load_library(content), content, Wording.read(content.parent / "responses"), today)
    return [line.replace(f"{content.parent}/", "") for line in found]


def test_old_pages_explanations_and_numbers_are_told(content: Path) -> None:
    old = set(told(content, OLD)) - set(told(content))
    assert f"content/{STUDY}/study.yml: the page was last reviewed on 2024-09-16; ask if it still holds." in old
    assert [line for line in old if line.startswith("content/general/words.yml: the explanations were last reviewed on")]
    assert [line for line in old if "last checked" in line]


def test_hard_sentences_long_words_and_answers_without_a_childs_words_are_told(content: Path) -> None:
    before = told(content)
    answer = content / STUDY / "answers" / "drug_how.yml"
    hard = "Intracellular internalization necessitates proteolytic calicheamicin mobilization within lysosomal compartments."
    text = answer.read_text(encoding="utf-8")
    assert "\nsimple:" in text
    text = re.sub(r"\nsimple:.*\n((  .*)?\n)*", "\n", text)
    answer.write_text(re.sub(r"\nshort:.*", f"\nshort: {hard}", text), encoding="utf-8")
    new = [line for line in told(content) if line not in before]
    (sentence,) = [line for line in new if "hard sentence" in line]
    assert sentence.startswith(f"content/{STUDY}/answers/drug_how.yml: 'drug_how, ")
    assert sentence.endswith(f"'{hard.rstrip('.')}'")
    (words,) = [line for line in new if "not explained" in line]
    assert "internalization" in words
    # What words.yml explains is none of them.
    assert "calicheamicin" not in words
    (simple,) = [line for line in new if "words for a child" in line]
    assert "drug_how" in simple


def test_a_response_that_nothing_says_is_told(content: Path) -> None:
    assert not [line for line in told(content) if "nothing says" in line]
    file = content.parent / "responses" / "answer.yml"
    change(file, "responses:\n", "responses:\n  utter_left_over:\n  - text: Hello there.\n")
    assert [line for line in told(content) if "nothing says" in line] == [
        "responses/answer.yml: nothing says the response 'utter_left_over'."
    ]
