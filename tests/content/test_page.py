"""The study page as text: what is a heading, what is a sentence, and what stands on it."""

from trialog.content.page import SUMMARY, read_page

PAGE = """\
Moon dust MOON-1 (invented for tests)

A study of moon dust in children who sneeze when there is none.
Who can enter
  • Children who sneeze
  • Age: 2-9 years

Goal

The first part looked for a dose. It was found.

Phone lines

Ask your doctor, who knows the way to the study and to all the people who work in it,
and who can “call” them.

Last reviewed

May 4, 2026
"""


def test_headings_stand_apart_or_above_a_list() -> None:
    assert [section.heading for section in read_page(PAGE).sections] == [SUMMARY, "Who can enter", "Goal", "Phone lines", "Last reviewed"]


def test_a_known_heading_needs_no_room_around_it() -> None:
    text = "Moon\n\nIt is about dust.\nthe goal:\nTo find out.\n"
    assert [section.heading for section in read_page(text).sections] == [SUMMARY]
    assert [section.heading for section in read_page(text, {"the goal"}).sections] == [SUMMARY, "the goal"]


def test_points_of_a_list_and_sentences_are_taken_apart_and_broken_lines_put_together() -> None:
    page = read_page(PAGE)
    told = {section.heading: section.sentences for section in page.sections}
    assert told["Who can enter"] == ("Children who sneeze", "Age: 2-9 years")
    assert told["Goal"] == ("The first part looked for a dose.", "It was found.")
    assert len(told["Phone lines"]) == 1
    assert told["Phone lines"][0].endswith("who work in it, and who can “call” them.")


def test_a_sentence_is_found_whole_and_whatever_its_spaces_and_quotation_marks() -> None:
    page = read_page(PAGE)
    assert page.says("The first part   looked\nfor a dose.")
    assert page.says('Ask your doctor, who knows the way to the study and to all the people who work in it, and who can "call" them.')
    assert page.says("Moon dust MOON-1 (invented for tests)")
    assert not page.says("The first part looked")
    assert not page.says("The first part looked for a dose. It was found.")


def test_a_full_stop_inside_a_sentence_does_not_end_it() -> None:
    told = (
        "It is led by Northmere Hospital (Dr. Ilse Varga), together with St. Mary's.",
        "Ask Prof. J. Moon, who knows approx. ten others, e.g. A. Sun.",
        "It is for adults (see below. It is long) and takes 5 weeks.",
        "Not in part B!",
        "Nobody may have hepatitis B.",
        "Nobody pays for it.",
        "That is all.",
    )
    (section,) = read_page("Moon\n\n" + " ".join(told)).sections
    assert section.sentences == told
    assert read_page("Moon\n\n" + " ".join(told)).says(told[0])


def test_of_a_changed_sentence_the_nearest_is_known() -> None:
    page = read_page(PAGE)
    assert page.nearest("The first part had looked for a safe dose.") == "The first part looked for a dose."
    assert page.nearest("Zebras") is None


def test_a_heading_may_ask() -> None:
    text = "Moon\n\nIt is about dust.\nWho can take part?\nEverybody.\n"
    assert [section.heading for section in read_page(text, {"who can take part"}).sections] == [SUMMARY, "Who can take part?"]


def test_an_empty_page_says_nothing() -> None:
    assert read_page("\n\n").sections == ()
