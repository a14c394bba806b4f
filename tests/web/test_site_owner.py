"""What docs/site-owner.md names is what the chat has, and the other way round."""

import re

from tests.conftest import ROOT

CHAT = ROOT / "trialog" / "web" / "static" / "chat"
PAGE = (ROOT / "docs" / "site-owner.md").read_text(encoding="utf-8")
SOURCE = "".join(file.read_text(encoding="utf-8") for file in sorted(CHAT.glob("*.js")))
STYLE = (CHAT / "style.css").read_text(encoding="utf-8")

# The kiosk page alone sets these (chat/README.md).
OF_THE_KIOSK = {"channel", "printing"}


def _first_cells(header: str) -> set[str]:
    """What stands between backticks in the first column of the table with this ``header``."""
    rows = PAGE.split(header, 1)[1].split("\n\n", 1)[0].splitlines()
    return {name for row in rows if row.startswith("| `") for name in re.findall(r"`([^`]+)`", row.split("|")[1])}


def parts() -> set[str]:
    """The parts that the page names; ``tests/browser/test_at_hand.py`` looks for them in a browser."""
    return set(re.findall(r"`([a-z]+)`", PAGE.split("Parts for `::part(...)`:", 1)[1].split(".", 1)[0]))


def test_every_slot_is_named_and_there() -> None:
    assert re.findall(r"`slot=\"(\w+)\"`", PAGE) == re.findall(r"make\('slot', \{ name: '(\w+)' \}\)", SOURCE)


def test_every_event_is_named_and_there() -> None:
    told = set(re.findall(r"(?:this|panel)\.#?tell\('(\w+)'", SOURCE))
    assert _first_cells("| event | when |") == {f"trialog-{name}" for name in told}


def test_every_attribute_is_named_and_read() -> None:
    fields = re.search(r"const FIELDS = \[(.*?)\]", SOURCE)
    assert fields
    contact = {f"contact-{field}" for field in re.findall(r"'(\w+)'", fields[1])}
    opening = set(re.findall(r"'(\w+)'", SOURCE.split(".map((name) => this.getAttribute(name)", 1)[0].rsplit("[", 1)[1]))
    read = set(re.findall(r"this\.(?:get|has)Attribute\('([a-z]+)'\)", SOURCE))
    assert _first_cells("| attribute | what |") == contact | opening | read - OF_THE_KIOSK


def test_every_property_is_named_and_used() -> None:
    assert _first_cells("| property | what |") == set(re.findall(r"var\((--trialog-[a-z-]+)", STYLE))


def test_what_a_page_may_call_is_named_and_there() -> None:
    called = set(re.findall(r"^chat\.(\w+)\(", PAGE, re.MULTILINE)) - {"addEventListener"}
    there = {name for name in called if re.search(rf"^  (?:async )?{name}\(", SOURCE, re.MULTILINE)}
    assert called == there == {"open", "close", "ask"}
