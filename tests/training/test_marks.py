"""Marked places of a page are written by a command, and nothing else of it is touched."""

from pathlib import Path

import pytest

from trialog.training.marks import MarkError, fill_pages, filled, named

PAGE = "There are <!-- figure: lines -->2<!-- /figure --> lines.\n\n<!-- figure: table -->old<!-- /figure -->\n"
FIGURES = {"lines": "31", "table": "| a |\n|---|\n| 1 |"}


def test_a_number_stands_in_its_line_and_a_table_by_itself() -> None:
    assert filled(PAGE, FIGURES) == (
        "There are <!-- figure: lines -->31<!-- /figure --> lines.\n\n<!-- figure: table -->\n\n| a |\n|---|\n| 1 |\n\n<!-- /figure -->\n"
    )


def test_filled_once_more_it_stays_as_it_is() -> None:
    once = filled(PAGE, FIGURES)
    assert filled(once, FIGURES) == once
    assert named(once) == {"lines", "table"}


@pytest.mark.parametrize(
    ("page", "told"),
    [
        ("<!-- figure: colour -->1<!-- /figure -->", "nothing counts the figure 'colour'; there are lines, table"),
        ("<!-- figure: lines -->1", "needs one"),
        ("1<!-- /figure -->", "needs one"),
        ("<!-- figure: lines -->1 <!-- figure: table -->2<!-- /figure -->", "needs one"),
    ],
    ids=["unknown", "not closed", "not opened", "one in another"],
)
def test_a_mark_that_cannot_be_filled_is_told(page: str, told: str) -> None:
    with pytest.raises(MarkError, match=told):
        filled(page, FIGURES)


def test_only_stale_pages_are_written_and_none_where_one_has_a_fault(tmp_path: Path) -> None:
    stale, current, broken = (tmp_path / name for name in ("a.md", "b.md", "c.md"))
    stale.write_text(PAGE, encoding="utf-8")
    current.write_text(filled(PAGE, FIGURES), encoding="utf-8")
    broken.write_text("<!-- figure: colour -->1<!-- /figure -->", encoding="utf-8")
    with pytest.raises(MarkError, match=r"c\.md: nothing counts"):
        fill_pages(tmp_path, FIGURES)
    assert stale.read_text(encoding="utf-8") == PAGE
    broken.unlink()
    assert fill_pages(tmp_path, FIGURES) == [stale]
    assert stale.read_text(encoding="utf-8") == current.read_text(encoding="utf-8")
