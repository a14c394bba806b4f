"""The phrases of content/general/personal_data.yml: what they find, and what is said of one that cannot be read."""

import msgspec
import pytest

from trialog.content.model import Library
from trialog.nlu.personal_data.phrases import PersonalPhrases


@pytest.mark.parametrize(("phrase", "fault"), [("i am Nmae", "'Nmae' stands for nothing"), ("{uncle} Name", "no list 'uncle'")])
def test_a_phrase_that_cannot_be_read_is_refused(phrase: str, fault: str, library: Library) -> None:
    with pytest.raises(ValueError, match=fault):
        PersonalPhrases(msgspec.structs.replace(library.personal, names=[phrase]), ())


def test_a_phrase_added_by_staff_is_found(library: Library) -> None:
    phrases = PersonalPhrases(msgspec.structs.replace(library.personal, names=["greetings from Full"]), ["pasta"])
    assert list(phrases.find("Oh, greetings from Piet van der Berg!")) == [("name", 4, 36)]
    assert list(phrases.find("greetings from Pasta Berg")) == []
