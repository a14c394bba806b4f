import datetime
import re
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from tests.conftest import ROOT
from trialog.content.files import ContentError, _Resolver, parsed
from trialog.content.load import load_library
from trialog.content.model import Library, Source

PAGE_FACTS = {  # from the study page, by topic
    "age_limits": ["1 to 18"],
    "phase1_results": ["40 children", "80%", "94%"],
    "phase2_results": ["30 children", "not give a better result"],
    "approval_status": ["Europe", "adults", "North America", "Japan", "children"],
    "last_reviewed": ["16 September 2024"],
    "who_runs": ["ITCC", "Europe"],
    "drug_how": ["CD22", "calicheamicin"],
}


@pytest.mark.parametrize("topic", PAGE_FACTS)
def test_answers_hold_the_facts_of_the_page(library: Library, topic: str) -> None:
    text = library.studies["itcc-059"].answers[topic].text or ""
    assert [fact for fact in PAGE_FACTS[topic] if fact not in text] == []


def test_missing_content_is_an_error_that_names_the_files(tmp_path: Path) -> None:
    with pytest.raises(ContentError) as error:
        load_library(tmp_path / "nothing")
    assert "nothing/topics.yml: this file is missing." in str(error.value)
    assert "nothing/trials: there is no study in this folder." in str(error.value)


def test_a_studys_own_word_wins_over_the_general_one(library: Library) -> None:
    study = library.studies["itcc-059"]
    assert library.words(study)["mrd"] is study.words["mrd"]
    assert library.words(study)["relapsed"] is library.general_words["relapsed"]


@pytest.mark.parametrize(("days", "stale"), [(364, False), (365, False), (366, True)])
def test_a_page_is_stale_after_twelve_months(library: Library, days: int, stale: bool) -> None:
    study = library.studies["itcc-059"]
    assert study.is_stale(study.last_reviewed + datetime.timedelta(days=days)) is stale


def test_source_of_an_answer(library: Library) -> None:
    study = library.studies["itcc-059"]
    assert study.source("Background") == Source("Inotuzumab ITCC-059", "Background", datetime.date(2024, 9, 16))


def test_every_topic_of_the_questions_is_known(library: Library) -> None:
    assert len(library.topics) == 74
    assert {topic.kind for topic in library.topics.values()} == {"study", "questionnaire", "safety", "smalltalk", "out_of_scope"}


def test_no_general_file_names_a_study(library: Library) -> None:
    names = [name.lower() for study in library.studies.values() for name in (*study.called.study, *study.called.tested) if len(name) > 5]
    for file in [
        *(ROOT / "content" / "general").glob("*.yml"),
        *(ROOT / "data" / "responses").glob("*.yml"),
        ROOT / "content" / "topics.yml",
    ]:
        text = file.read_text(encoding="utf-8").lower()
        assert [name for name in [*names, "itcc", "cd22", "calicheamicin"] if re.search(rf"\b{re.escape(name)}", text)] == [], file.name


def test_yaml_is_read_as_it_always_was() -> None:
    """Our resolver only looks nothing up twice; it neither reads otherwise nor gathers anything."""
    text = "a: [yes, no, 1, 1.5, 0x1F, 2024-03-02, ~, null, true, 1e3, 0o7, '1', text]\nb:\n"
    before = {letter: len(found) for letter, found in _Resolver.versioned_resolver.items()}
    assert repr(parsed(text)) == repr(YAML(typ="safe").load(text))
    assert {letter: len(found) for letter, found in _Resolver.versioned_resolver.items()} == before
