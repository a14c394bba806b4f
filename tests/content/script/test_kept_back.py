"""What nobody approved is not in the content that families are told; what is always said is never kept back."""

import dataclasses
from collections.abc import Mapping
from datetime import date

import pytest
from msgspec import structs

from tests.conftest import ROOT
from trialog.content.model import Library
from trialog.content.replies.talk import START
from trialog.content.script.approvals import Approval, approved
from trialog.content.script.kept_back import approved_only, in_words, load_served, same_wording
from trialog.content.script.script import RESPONSES, Script, read_script
from trialog.content.wording import Wording
from trialog.settings import Settings, SettingsError

FIRST, SECOND = "itcc-059", "larotrectinib-scout"


@pytest.fixture(scope="module")
def library(library: Library) -> Library:
    """The two studies that these tests are about, however many there are."""
    return dataclasses.replace(library, studies={study: library.studies[study] for study in (FIRST, SECOND)})


@pytest.fixture(scope="module")
def script(library: Library) -> Script:
    return read_script(library, ROOT / "content", ROOT / "data" / "responses")


def all_but(script: Script, *keys: str) -> Mapping[str, Approval]:
    """Approvals of all pieces but ``keys``, each of which there is."""
    assert set(keys) <= {piece.key for piece in script.pieces}
    return approved((piece for piece in script.pieces if piece.key not in keys), "The committee", date(2026, 12, 1))


def test_where_all_is_approved_nothing_is_kept_back(library: Library, script: Script) -> None:
    served = approved_only(library, script, all_but(script))
    assert not any(served.kept_back.values())
    assert served.studies == library.studies


def test_what_is_not_approved_is_not_there_and_a_question_of_its_own_study_only(library: Library, script: Script) -> None:
    approvals = all_but(script, f"{FIRST}/answers/drug_how", f"{FIRST}/words/cd22", "general/words/remission", f"{FIRST}/criteria/age")
    served = approved_only(library, script, approvals)
    assert served.kept_back == {FIRST: {"drug_how", "term:cd22", "term:remission", START}, SECOND: {"term:remission"}}
    first, second = served.studies[FIRST], served.studies[SECOND]
    for told, kept in (
        (library.studies[FIRST].answers["drug_how"].text, first.answers["drug_how"]),
        (library.studies[FIRST].words["cd22"].text, first.words["cd22"]),
        (library.general_words["remission"].text, served.general_words["remission"]),
    ):
        assert str(told) not in repr(kept)
        assert "hospital is still checking" in repr(kept)
        assert not kept.rests_on
    assert first.answers["cost"] == library.studies[FIRST].answers["cost"]
    assert second == library.studies[SECOND]
    assert list(in_words(served.kept_back))[1] == f"{SECOND}: nobody approved the words of term:remission."


def test_a_study_that_explains_a_word_itself_does_not_wait_for_the_general_words(library: Library, script: Script) -> None:
    first = library.studies[FIRST]
    own = structs.replace(first, words={**first.words, "remission": library.general_words["remission"]})
    here = dataclasses.replace(library, studies={**library.studies, FIRST: own})
    served = approved_only(here, script, all_but(script, "general/words/remission"))
    assert served.kept_back == {FIRST: frozenset(), SECOND: {"term:remission"}}


@pytest.mark.parametrize("key", ["general/safety/emergency", "general/crisis_alone", "general/numbers/NL", "general/smalltalk/greet"])
def test_nothing_begins_where_what_is_always_said_is_not_approved(library: Library, script: Script, key: str) -> None:
    with pytest.raises(SettingsError, match=key):
        approved_only(library, script, all_but(script, key))


def test_words_around_the_questions_keep_back_those_of_every_study(library: Library, script: Script) -> None:
    (key, *_) = (piece.key for piece in script.pieces if piece.key == "general/questionnaire_intro")
    served = approved_only(library, script, all_but(script, key))
    assert served.kept_back == {FIRST: {START}, SECOND: {START}}


def test_only_the_setting_asks_for_approvals(settings: Settings) -> None:
    """Nothing of this repository is approved, so with the setting nothing begins."""
    assert not load_served(settings).kept_back
    with pytest.raises(SettingsError, match=r"TRIALOG_APPROVED_ONLY: .* never kept back are not approved"):
        load_served(dataclasses.replace(settings, approved_only="on"))


def test_a_model_with_other_fixed_replies_is_seen() -> None:
    responses = Wording.read(RESPONSES).responses
    assert same_wording(responses)
    assert not same_wording({**responses, "utter_offer": [{"text": "Shall we?"}]})
