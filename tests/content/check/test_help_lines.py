from datetime import date, timedelta

from trialog.content.check.help_lines import numbers_to_call_again
from trialog.content.model import Library


def test_numbers_that_nobody_has_called_for_a_year_are_named(library: Library) -> None:
    checked = library.help_lines["NL"].checked
    assert not [reminder for reminder in numbers_to_call_again(library, checked + timedelta(days=365)) if "'NL'" in reminder]
    (reminder,) = (reminder for reminder in numbers_to_call_again(library, checked + timedelta(days=366)) if "'NL'" in reminder)
    assert str(checked) in reminder
    assert "https://www.113.nl" in reminder


def test_on_the_day_of_the_check_nothing_is_to_be_done(library: Library) -> None:
    latest = max(lines.checked for lines in library.help_lines.values())
    assert list(numbers_to_call_again(library, latest)) == []
    assert len(list(numbers_to_call_again(library, date(2100, 1, 1)))) == len(library.help_lines)
