"""All that can be said stands in the script; a changed word is found, and ends an approval."""

import dataclasses
import io
import shutil
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.conftest import ROOT
from trialog.content.check import reading
from trialog.content.files import ContentReader
from trialog.content.load import load_library
from trialog.content.model import Library
from trialog.content.script.approvals import approved, read_approvals, standing, to_approve, unapproved, write_approvals
from trialog.content.script.changes import Change, changes, sentences_of
from trialog.content.script.paper import around, as_html, page_says
from trialog.content.script.pdf import as_pdf
from trialog.content.script.script import SAFETY, Script, read_script

RESPONSES = ROOT / "data" / "responses"
DAY = date(2026, 11, 29)


@pytest.fixture(scope="module")
def script() -> Script:
    return read_script(load_library(ROOT / "content"), ROOT / "content", RESPONSES)


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "content", tmp_path / "content"))


def test_every_answer_word_and_criterion_is_a_piece(script: Script, library: Library) -> None:
    keys = {piece.key for piece in script.pieces}
    for study in library.studies.values():
        assert {f"{study.id}/answers/{topic}" for topic in study.answers} <= keys
        assert {f"{study.id}/words/{word}" for word in study.words} <= keys
        assert {f"{study.id}/criteria/{criterion}" for criterion in study.criteria} <= keys
    assert {f"general/words/{word}" for word in library.general_words} <= keys
    assert {f"general/{topic.kind}/{topic.id}" for topic in library.topics.values() if topic.kind in ("safety", "smalltalk")} <= keys


def test_danger_is_read_first(script: Script) -> None:
    assert next(script.chapters())[0] == SAFETY


def test_each_sentence_is_printed_and_none_of_a_country_again_and_again(script: Script) -> None:
    printed = {line for piece in script.pieces for words in piece.shown for line in reading.lines(words.text)}
    in_trials = [piece for piece in script.pieces if not piece.key.startswith("general/")]
    assert {line for piece in in_trials for line in piece.sentences} <= printed
    assert all(piece.shown for piece in script.pieces)
    (emergency,) = (piece for piece in script.pieces if piece.key == "general/safety/emergency")
    assert len(emergency.shown) < len(emergency.words) / 2


def test_an_answer_a_word_and_a_point_are_printed_with_the_sentences_they_rest_on(script: Script, library: Library) -> None:
    pieces = {piece.key: piece for piece in script.pieces}
    study = library.studies["itcc-059"]
    assert page_says(pieces["itcc-059/answers/age_limits"]).startswith("The page says: “Age: 1-18 years” “In Europe")
    assert pieces["itcc-059/words/cd22"].rests_on == study.words["cd22"].rests_on
    assert pieces["itcc-059/criteria/age"].rests_on == ("Age: 1-18 years",)
    assert page_says(pieces["itcc-059/answers/ask_doctor"]) == ""
    printed = as_html(script, library, {}, DAY)
    assert "“More than 80% of these children achieved complete remission.”" in printed


def test_what_a_piece_rests_on_ends_no_approval(script: Script) -> None:
    piece = next(piece for piece in script.pieces if piece.rests_on)
    assert dataclasses.replace(piece, rests_on=()).hash == piece.hash


def test_the_conditions_and_the_source_stand_with_a_wording(script: Script) -> None:
    pieces = {piece.key: [around(words) for words in piece.words] for piece in script.pieces}
    assert any("from: Background" in line and "grade" in line for line in pieces["itcc-059/answers/drug_how"])
    assert any("when language: nl" in line for line in pieces["general/safety/emergency"])


def test_one_changed_word_changes_its_piece_and_the_whole_and_nothing_else(script: Script, content: Path) -> None:
    file = content / "trials" / "itcc-059" / "answers" / "location.yml"
    file.write_text(file.read_text(encoding="utf-8").replace("hospital", "clinic", 1), encoding="utf-8")
    other = read_script(load_library(content), content, RESPONSES)
    assert other.hash != script.hash
    found = list(changes(sentences_of(script), sentences_of(other)))
    assert [change.key for change in found] == ["itcc-059/answers/location"]
    assert "hospital" in found[0].gone[0]
    assert found[0].new[0] == found[0].gone[0].replace("hospital", "clinic", 1)


def test_the_same_content_has_the_same_hash_wherever_it_lies(script: Script, content: Path) -> None:
    assert read_script(load_library(content), content, RESPONSES).hash == script.hash


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ({"a": ["One.", "Two."]}, {"a": ["One.", "Two."]}, []),
        ({"a": ["One.", "Two."]}, {"a": ["One.", "Three."]}, [Change("a", ("Two.",), ("Three.",))]),
        ({}, {"b": ["New."]}, [Change("b", (), ("New.",))]),
        ({"b": ["Old."]}, {}, [Change("b", ("Old.",), ())]),
        ({"a": ["One.", "Two."]}, {"a": ["Two."]}, [Change("a", ("One.",), ())]),
    ],
)
def test_changes_are_told_sentence_by_sentence(before: dict[str, list[str]], after: dict[str, list[str]], expected: list[Change]) -> None:
    assert list(changes(before, after)) == expected


def test_an_approval_is_written_read_and_ended_by_a_changed_word(script: Script, content: Path) -> None:
    pieces = script.pieces[:2]
    write_approvals(content, approved(pieces, "Zoë de Vries: nurse", DAY))
    reader = ContentReader(content)
    approvals = read_approvals(reader)
    assert reader.faults == []
    assert [str(standing(piece, approvals)) for piece in pieces] == ["approved by Zoë de Vries: nurse on 2026-11-29"] * 2
    assert len(to_approve(script, approvals)) == len(script.pieces) - 2
    words = dataclasses.replace(pieces[0].words[0], text="Something else.")
    changed = Script((dataclasses.replace(pieces[0], words=(words,)), pieces[1]))
    first, count = unapproved(changed, approvals)
    assert first.startswith(f"{pieces[0].key}: the words have CHANGED since they were approved by Zoë de Vries")
    assert count.startswith("1 of 2 pieces")


def test_what_is_wholly_approved_reminds_of_nothing(script: Script) -> None:
    assert unapproved(script, approved(script.pieces, "The committee", DAY)) == []


def test_a_fault_in_the_approvals_has_its_line(content: Path) -> None:
    (content / "approvals.yml").write_text("approvals:\n- {what: a/b, hash: xyz, by: me, on: 2026-11-29}\n", encoding="utf-8")
    reader = ContentReader(content)
    assert read_approvals(reader) == {}
    (fault,) = reader.faults
    assert (fault.path, fault.line) == ("content/approvals.yml", 2)


@pytest.mark.slow  # makes a PDF of all that can be said
def test_both_prints_name_the_hash_the_approval_and_have_room_to_sign(script: Script, library: Library) -> None:
    approvals = approved(script.pieces[:1], "The <committee>", DAY)
    page = as_html(script, library, approvals, DAY)
    assert page.count("signature:") == len(script.pieces)
    assert "approved by The &lt;committee&gt; on 2026-11-29" in page
    paper = PdfReader(io.BytesIO(as_pdf(script, library, approvals, DAY)))
    text = "\n".join(leaf.extract_text() for leaf in paper.pages)
    assert text.count("signature:") == len(script.pieces)
    assert text.count(f"Script {script.hash}") == len(paper.pages) + 1
    assert "approved by The <committee> on 2026-11-29" in " ".join(text.split())
    assert "Przepraszam, rozumiem" in text
