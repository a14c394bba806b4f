"""Names that no training line speaks of are read as what the lines call such a thing; others stay."""

import pytest

from tests.studies import all_three
from trialog.content.model import Library
from trialog.nlu.topics.spoken import Spoken

KNOWN = frozenset(["inotuzumab", "itcc", "059", "leukemia", "all", "band", "device", "gene"])


@pytest.fixture(scope="module")
def three(library: Library) -> Library:
    return all_three(library)


@pytest.mark.parametrize(
    ("study", "said", "read"),
    [
        ("calm-band", "does the wrist band hurt", "does the drug hurt"),
        ("calm-band", "Can I order a CalmBand?", "Can I order a study?"),
        ("calm-band", "is wristband the right word", "is the drug the right word"),
        # Its kind and its short name are common words, and yet they mean what is tested.
        ("calm-band", "the band gets warm, is that device safe", "the drug gets warm, is that drug safe"),
        ("calm-band", "my raynauds is bad", "my leukemia is bad"),
        ("larotrectinib-scout", "side effects of larotrectinib", "side effects of the drug"),
        ("larotrectinib-scout", "is larotrektinob a pill", "is the drug a pill"),
        ("larotrectinib-scout", "the device and the band", "the device and the band"),
        ("itcc-059", "does inotuzumab hurt", "does inotuzumab hurt"),
        ("itcc-059", "does inotuzumap hurt", "does the drug hurt"),
        ("itcc-059", "she feels sick", "she feels sick"),
    ],
)
def test_a_name_is_read_as_the_lines_say_it(three: Library, study: str, said: str, read: str) -> None:
    assert Spoken(three.studies[study], KNOWN).as_lines_say(said) == read
