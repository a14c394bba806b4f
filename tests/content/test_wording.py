"""Responses are filled by us as Rasa fills them, so that what is checked is what families read."""

from pathlib import Path

import pytest
from rasa.core.nlg.interpolator import interpolate_text

from tests.conftest import ROOT
from trialog.content.check.every_question import every_question
from trialog.content.model import Library
from trialog.content.replies.reply import Reply
from trialog.content.replies.safety import safety
from trialog.content.wording import Wording


@pytest.fixture(scope="module")
def wording() -> Wording:
    return Wording.read(ROOT / "data" / "responses")


def test_a_reply_is_filled_as_rasa_fills_it(library: Library, wording: Wording) -> None:
    slots = {"emergency": "112"}
    replies = [reply for study in library.studies.values() for _, reply in every_question(library, study)]
    replies += [safety("crisis", lines, "") for lines in library.help_lines.values()]
    for reply in replies:
        values = {**slots, **wording.settled(reply).values}
        for variation, text in wording.texts(reply, slots):
            assert text == interpolate_text(variation["text"], values)


def test_what_stands_inside_a_reply_is_filled_first() -> None:
    wording = Wording({"utter_a": [{"text": "Call {who}. {line}"}], "utter_line": [{"text": "Or {number}."}]})
    reply = Reply("utter_a", {"who": "us", "line": Reply("utter_line", {"number": 5})})
    assert wording.settled(reply) == Reply("utter_a", {"who": "us", "line": "Or 5."})
    assert [text for _, text in wording.texts(reply)] == ["Call us. Or 5."]


def test_every_variation_is_told_and_the_replys_own_values_win() -> None:
    wording = Wording({"utter_a": [{"text": "One {x}", "condition": []}, {"text": "Two {x} {y}"}]})
    assert [text for _, text in wording.texts(Reply("utter_a", {"x": "1"}), {"x": "9", "y": "2"})] == ["One 1", "Two 1 2"]


def test_a_response_that_is_missing_says_its_values() -> None:
    assert [text for _, text in Wording({}).texts(Reply("utter_gone", {"a": "first", "b": "second"}))] == ["first\nsecond"]


def test_the_file_of_each_response_is_known(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text("responses:\n  utter_a:\n  - text: A\n", encoding="utf-8")
    (tmp_path / "b.yml").write_text("responses:\n", encoding="utf-8")
    wording = Wording.read(tmp_path)
    assert (wording.files, wording.responses) == ({"utter_a": tmp_path / "a.yml"}, {"utter_a": [{"text": "A"}]})
