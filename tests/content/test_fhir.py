"""A study as FHIR R5: the structure of the specification, and facts of the folder alone."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest

from tests.studies import all_three
from trialog.content.fhir import bundle
from trialog.content.model import Library, Study
from trialog.content.registry.record import Kept
from trialog.content.registry.sources import read_record
from trialog.content.status import State, Status

HERE = Path(__file__).parent
SCHEMA = json.loads((HERE / "fhir_r5.schema.json").read_text(encoding="utf-8"))
RECORDS = [(HERE / "registry" / f"invented.{kind}").read_text(encoding="utf-8") for kind in ("json", "xml")]
NONE = Kept(())


@pytest.fixture(scope="module")
def library(library: Library) -> Library:
    return all_three(library)


@pytest.fixture(params=list(all_three().studies))
def study(request: pytest.FixtureRequest, library: Library) -> Study:
    return library.studies[request.param]


def resources(library: Library, study: Study, kept: Kept = NONE) -> tuple[dict[str, Any], dict[str, Any]]:
    exported = bundle(library, study, kept)
    jsonschema.validate(exported, SCHEMA, cls=jsonschema.Draft7Validator)
    first, second = (entry["resource"] for entry in exported["entry"])
    return first, second


def texts(value: Any, key: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield key, value
    for name, part in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from texts(part, name if isinstance(name, str) else key)


def test_the_schema_is_one() -> None:
    jsonschema.Draft7Validator.check_schema(SCHEMA)


def test_both_resources_fit_and_name_each_other(library: Library, study: Study) -> None:
    about, questions = resources(library, study)
    assert about["title"] == questions["title"] == study.title
    (artifact,) = about["relatedArtifact"]
    assert artifact["resourceReference"]["reference"] == f"Questionnaire/{questions['id']}"
    assert questions["lastReviewDate"] == study.last_reviewed.isoformat()


def test_every_sentence_stands_in_the_content(library: Library, study: Study) -> None:
    person = library.interview.people["someone"]
    known = {study.title, library.interview.sheet.not_a_decision, library.interview.buttons["unknown"]}
    known |= {str(study.answers[topic].text) for topic in ("study_overview", "study_goal")}
    for criterion in study.criteria.values():
        known |= {criterion.says, library.interview.speak_of(person, criterion.question)}
        known |= {choice.title for choice in criterion.choices.values()} | {unit.name for unit in criterion.units}
    told = {
        text
        for name, text in texts(bundle(library, study, NONE))
        if name in ("title", "text", "display", "description", "descriptionSummary")
    }
    assert told - known <= {"year", "Closed to Accrual", "Recruiting"}  # the names of codes


def test_every_point_is_asked_with_all_its_answers_and_not_knowing(library: Library, study: Study) -> None:
    _, questions = resources(library, study)
    assert [item["linkId"] for item in questions["item"]] == list(study.criteria)
    for item, criterion in zip(questions["item"], study.criteria.values(), strict=True):
        codes = [option["valueCoding"]["code"] for option in item.get("answerOption", [])]
        assert codes == ([*criterion.choices, "asked-unknown"] if criterion.choices else [])
        assert "{" not in item["text"]
    links = [name for key, name in texts(questions) if key == "linkId"]
    assert len(links) == len(set(links))


@pytest.mark.parametrize(
    ("state", "code"),
    [
        (State.RECRUITING, "recruiting"),
        (State.PAUSED, "temporarily-closed-to-accrual"),
        (State.CLOSED, "closed-to-accrual"),
        (State.COMPLETED, "completed"),
    ],
)
def test_the_state_is_told_with_its_day(library: Library, state: State, code: str) -> None:
    study = msgspec.structs.replace(library.studies["itcc-059"], status=Status(state, date(2026, 3, 5)))
    about, _ = resources(library, study)
    (progress,) = about["progressStatus"]
    assert progress["state"]["coding"][0]["code"] == code
    assert progress["period"] == {"start": "2026-03-05"}


def test_a_page_that_names_no_state_has_none(library: Library) -> None:
    about, _ = resources(library, library.studies["itcc-059"])
    assert "progressStatus" not in about
    assert "identifier" not in about


def test_of_a_register_only_the_number_is_told(library: Library) -> None:
    kept = Kept(tuple(map(read_record, RECORDS)))
    about, questions = resources(library, library.studies["itcc-059"], kept)
    assert about["identifier"] == [
        {"system": "http://clinicaltrials.gov", "value": "NCT00000000"},
        {"assigner": {"display": "ISRCTN"}, "value": "ISRCTN00000000"},
    ]
    assert "Moon" not in json.dumps([about, questions])


@pytest.mark.parametrize(
    ("resource", "broken"),
    [
        (0, {"status": "recruiting"}),  # the state of recruitment was the status in R4
        (0, {"progressStatus": []}),
        (0, {"note": ""}),
        (1, {"id": "a b"}),
        (1, {"lastReviewDate": "5 March"}),
    ],
)
def test_what_is_not_of_the_specification_is_noticed(library: Library, resource: int, broken: dict[str, Any]) -> None:
    exported = bundle(replace(library), library.studies["itcc-059"], NONE)
    exported["entry"][resource]["resource"] |= broken
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(exported, SCHEMA, cls=jsonschema.Draft7Validator)
