import datetime

import pytest

from trialog.content.model import Library, Source
from trialog.content.replies.reply import payload_of, source_data, topic_button


@pytest.mark.parametrize(
    ("topic", "title", "payload"),
    [
        ("cost", "Costs", '/ask{"topic": "cost"}'),
        ("term:cd22", "CD22", '/term{"word": "cd22"}'),
        ("elig_start", "See if the study might fit", "/elig_start"),
        ("unheard_of", "unheard_of", '/ask{"topic": "unheard_of"}'),
        ("term:unheard_of", "term:unheard_of", '/term{"word": "unheard_of"}'),
    ],
)
def test_a_button_for_a_topic(topic: str, title: str, payload: str, library: Library) -> None:
    assert payload_of(library, topic) == payload
    assert topic_button(library, library.studies["itcc-059"], topic) == {"title": title, "payload": payload}


def test_a_source_has_only_what_is_known() -> None:
    page = Source("Page", "Goal", datetime.date(2024, 9, 16))
    assert source_data(page) == {"title": "Page", "section": "Goal", "last_reviewed": "2024-09-16"}
    assert source_data(Source("Dictionary", url="https://example.org")) == {"title": "Dictionary", "url": "https://example.org"}
