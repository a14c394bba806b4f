"""The picture of the house is drawn from the code, and the one in docs/ is of today's."""

from collections import Counter
from xml.etree import ElementTree

import pytest

from tests.conftest import ROOT
from trialog.training.architecture import House, draw, read_house

SVG = "{http://www.w3.org/2000/svg}"
SMALL = House(
    floors=[["cellar", "attic"], ["ground"]],
    from_anywhere=["tools"],
    modules=Counter(cellar=1, attic=2, ground=3, tools=4),
    purposes={"cellar": "Wine", "attic": "Old <things>", "ground": "Living", "tools": "Hammers"},
    imports=Counter({("attic", "ground"): 5, ("cellar", "tools"): 6}),
)


@pytest.fixture(scope="module")
def house() -> House:
    return read_house(ROOT)


def read(picture: str) -> ElementTree.Element:
    return ElementTree.fromstring(picture)  # noqa: S314 (our own picture)


def texts(picture: str) -> list[str]:
    return [element.text or "" for element in read(picture).iter(f"{SVG}text")]


def test_the_committed_picture_is_of_todays_code(house: House) -> None:
    assert (ROOT / "docs" / "architecture.svg").read_text(encoding="utf-8") == draw(house), "run `trialog architecture`"


def test_every_package_has_its_box_with_what_it_is_for(house: House) -> None:
    packages = {folder.parent.name for folder in (ROOT / "trialog").glob("*/__init__.py")} | {"actions", "settings"}
    assert set(house.modules) == packages
    assert {name: purpose for name, purpose in house.purposes.items() if not 0 < len(purpose) < 78} == {}, "fits no box"


def test_arrows_have_the_number_of_imports_and_lead_to_floors_only() -> None:
    picture = draw(SMALL)
    assert picture.count('class="arrow"') == 1
    assert "5" in texts(picture)
    assert "from any floor, 6 imports" in texts(picture)
    assert "Old <things>" in texts(picture)


def test_a_screen_reader_is_told_what_it_is() -> None:
    root = read(draw(SMALL))
    assert (root.get("role"), root.get("aria-labelledby")) == ("img", "title about")
    assert [root.findtext(f"{SVG}title"), root.find(f"{SVG}desc") is not None] == ["The house of Trialog", True]


def test_the_same_house_gives_the_same_picture(house: House) -> None:
    assert draw(house) == draw(read_house(ROOT))
