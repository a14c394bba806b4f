"""A study that is begun holds what its page says, and blanks: nothing else, and it is not served."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from trialog.content.files import ContentReader
from trialog.content.headings import Heading, read_headings
from trialog.content.load import is_draft
from trialog.content.marks import DRAFT, blank, draft, marks_in
from trialog.content.misfits import texts_in
from trialog.content.model import Library
from trialog.content.new_study import DraftStudy, begin_study
from trialog.content.page import PageText, read_page
from trialog.content.silent import Silent, read_silent

PAGES = sorted((ROOT / "content" / "trials").glob("*/page.txt"))

MOON = """\
Moon dust MOON-1 (invented for tests)

A study of moon dust in children who sneeze.
Who can enter
  • Children who sneeze every day
  • Age: 2-9 years

Phone lines

Nobody answers at night.

Last reviewed

{reviewed}
"""


@pytest.fixture
def headings(library: Library) -> Mapping[str, Heading]:
    reader = ContentReader(ROOT / "content")
    found = read_headings(reader, library.topics)
    assert reader.faults == []
    return found


@pytest.fixture
def silent(library: Library) -> Mapping[str, Silent]:
    reader = ContentReader(ROOT / "content")
    found = read_silent(reader, library.topics)
    assert reader.faults == []
    return found


def files_of(study: DraftStudy) -> dict[str, Mapping[str, Any]]:
    return {file.path: file.data for file in study.files}


def begun(text: str, library: Library, headings: Mapping[str, Heading], silent: Mapping[str, Silent] | None = None) -> DraftStudy:
    return begin_study("moon-1", read_page(text, headings), library.topics, headings, silent or {})


def invented(page: PageText, data: Mapping[str, Any], ours: set[str]) -> list[str]:
    """The texts of ``data`` that neither the page says, nor stand for what is missing, nor are names of ours."""
    headings = {section.heading for section in page.sections}
    found = []
    for _, text in texts_in(data):
        if text.startswith("[[to write: "):
            continue
        rest = text.removeprefix(DRAFT).replace("• ", "").strip()
        for sentence in sorted(page.quotable, key=len, reverse=True):
            rest = rest.replace(sentence, "")
        if rest.strip() and text not in headings and text not in ours:
            found.append(text)
    return found


@pytest.mark.parametrize("file", PAGES, ids=lambda file: file.parent.name)
def test_nothing_is_invented(file: Path, library: Library, headings: Mapping[str, Heading], silent: Mapping[str, Silent]) -> None:
    page = read_page(file.read_text(encoding="utf-8"), headings)
    study = begin_study("moon-1", page, library.topics, headings, silent)
    ours = {"moon-1", "age", "yes", "no", *library.topics, *(f"point_{number}" for number in range(1, 9))}
    ours |= {text for one in silent.values() for text in (draft(one.says), one.ask)}
    # A word that the page explains has its name and spellings from there.
    explained = [word for word in files_of(study)["words.yml"]["words"] if any(word["name"] in sentence for sentence in page.quotable)]
    ours |= {text for word in explained for text in (word["id"], word["name"], *word["spellings"])}
    assert {name: found for name, data in files_of(study).items() if (found := invented(page, data, ours))} == {}
    assert study.unplaced == ()


def test_sections_go_where_their_headings_lead(library: Library, headings: Mapping[str, Heading]) -> None:
    study = begun(MOON.format(reviewed="May 4, 2026"), library, headings)
    files = files_of(study)
    entry = files["answers/who_can_enter.yml"]
    assert entry["section"] == "Who can enter"
    assert entry["text"] == draft("• Children who sneeze every day • Age: 2-9 years")
    assert entry["rests_on"] == ["Children who sneeze every day", "Age: 2-9 years"]
    assert files["answers/age_limits.yml"]["section"] == "Who can enter"
    assert "text" not in files["answers/age_limits.yml"]
    assert study.placed["Who can enter"] == ("answers/who_can_enter.yml", "criteria.yml")
    assert study.unplaced == ("Phone lines",)


def test_a_notice_above_the_title_is_text_and_words_are_drafted_where_the_page_explains_them(
    library: Library, headings: Mapping[str, Heading]
) -> None:
    told = """
Safety

There were no risks.

Side effects

Some sneezed. A sneeze means that air comes out quickly. This means nothing.

Taking part is your choice

You may stop.

What the words mean

  • Moon dust, lunar dust (LD): what lies on the moon
  • Usual care: the care of today
"""
    text = "Invented for tests - nothing of it exists.\n\n" + MOON.format(reviewed="May 4, 2026") + told
    page = read_page(text, headings)
    assert page.title == "Moon dust MOON-1 (invented for tests)"
    assert page.sections[0].sentences[0] == "Invented for tests - nothing of it exists."
    study = begin_study("moon-1", page, library.topics, headings, {})
    assert study.unplaced == ("Phone lines",)
    assert study.placed["What the words mean"] == ("words.yml",)
    files = files_of(study)
    safety = files["answers/side_effects.yml"]
    assert (safety["section"], safety["rests_on"][:2]) == ("Safety", ["There were no risks.", "Some sneezed."])
    words = [(word["id"], word["spellings"], word["section"]) for word in files["words.yml"]["words"]]
    assert words == [
        ("moon_dust", ["moon dust", "lunar dust", "ld"], "What the words mean"),
        ("usual_care", ["usual care"], "What the words mean"),
        ("sneeze", ["sneeze"], "Side effects"),
    ]
    assert files["words.yml"]["words"][1]["text"] == draft("Usual care: the care of today")


def test_where_the_page_is_silent_that_is_drafted_and_marked(
    library: Library, headings: Mapping[str, Heading], silent: Mapping[str, Silent]
) -> None:
    files = files_of(begun(MOON.format(reviewed="May 4, 2026"), library, headings, silent))
    assert files["answers/cost.yml"]["not_on_page"] == {"says": draft(silent["cost"].says), "ask": silent["cost"].ask}
    asked = {name for name, data in files.items() if blank("what the page does not say") in str(data)}
    assert asked == set(), "each topic that a page may leave open has its words"


def test_points_of_entry_are_those_of_the_page(library: Library, headings: Mapping[str, Heading]) -> None:
    first, age = files_of(begun(MOON.format(reviewed="May 4, 2026"), library, headings))["criteria.yml"]["criteria"]
    assert first["says"] == draft("Children who sneeze every day")
    assert first["kind"] == blank("age, amount, yes_no or choice")
    assert (age["id"], age["kind"], age["from_years"], age["to_years"]) == ("age", "age", 2, 9)


@pytest.mark.parametrize(
    ("reviewed", "day"),
    [("May 4, 2026", "2026-05-04"), ("16 September 2024", "2024-09-16"), ("04/05/2026", None), ("May 4", None), ("some day", None)],
)
def test_a_day_is_taken_over_only_where_it_can_be_read_in_one_way(
    reviewed: str, day: str | None, library: Library, headings: Mapping[str, Heading]
) -> None:
    found = files_of(begun(MOON.format(reviewed=reviewed), library, headings))["study.yml"]["last_reviewed"]
    assert str(found) == (day or blank("the day the page was reviewed, like 2024-09-16"))


def test_every_topic_that_must_be_answered_has_a_file_and_a_question(library: Library, headings: Mapping[str, Heading]) -> None:
    files = files_of(begun(MOON.format(reviewed="May 4, 2026"), library, headings))
    required = {topic.id for topic in library.topics.values() if topic.kind == "study" and topic.required}
    assert {name.removeprefix("answers/").removesuffix(".yml") for name in files if name.startswith("answers/")} == required
    assert {one["topic"] for one in files["questions.yml"]["questions"]} == required


def test_what_is_missing_is_found_with_its_place() -> None:
    data = {"a": blank("a name"), "b": [{"c": draft("as it was")}], "d": "all is said"}
    assert list(marks_in(data)) == [
        (("a",), "to write: a name."),
        (("b", 0, "c"), "this is a draft: make it plain, hold it against the page, and take '[[draft]]' away."),
    ]


@pytest.mark.parametrize(("text", "told"), [("draft: true\n", True), ("draft: false\n", False), ("title: [", False), ("- draft\n", False)])
def test_a_draft_is_known_whatever_else_is_wrong(tmp_path: Path, text: str, told: bool) -> None:
    assert not is_draft(tmp_path)
    (tmp_path / "study.yml").write_text(text, encoding="utf-8")
    assert is_draft(tmp_path) is told


def test_headings_that_lead_nowhere_or_twice_are_faults(tmp_path: Path, library: Library) -> None:
    (tmp_path / "general").mkdir()
    text = "headings:\n- {words: [goal], topic: moon}\n- {words: [goal], topic: study_goal}\n"
    (tmp_path / "general" / "headings.yml").write_text(text, encoding="utf-8")
    reader = ContentReader(tmp_path)
    read_headings(reader, library.topics)
    nowhere, twice = (str(fault).split("/", 1)[1] for fault in reader.faults)
    assert nowhere == "general/headings.yml:2: there is no topic 'moon' in topics.yml."
    assert twice == "general/headings.yml:3: the heading 'goal' stands here twice."


def test_a_heading_leads_to_a_topic_or_to_the_words(tmp_path: Path, library: Library) -> None:
    (tmp_path / "general").mkdir()
    (tmp_path / "general" / "headings.yml").write_text(
        "headings:\n- {words: [goal], topic: study_goal, explains: true}\n", encoding="utf-8"
    )
    reader = ContentReader(tmp_path)
    read_headings(reader, library.topics)
    (fault,) = reader.faults
    assert "exactly one of these must be given: 'topic' or 'explains: true'." in str(fault)
