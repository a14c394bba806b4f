"""The phrases of content/general/personal_data.yml, as staff may add to them."""

import msgspec

from trialog.content.model import Library
from trialog.nlu.personal_data.phrases import PersonalPhrases


def test_a_phrase_added_by_staff_is_found(library: Library) -> None:
    phrases = PersonalPhrases(msgspec.structs.replace(library.personal, names=("greetings from {full_name}",)), ["pasta"])
    assert list(phrases.find("Oh, greetings from Piet van der Berg!")) == [("name", 4, 36)]
    assert list(phrases.find("greetings from Pasta Berg")) == []
