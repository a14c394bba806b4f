"""A study as FHIR R5 resources: ResearchStudy and Questionnaire in one Bundle, with what its folder holds and nothing beside it.

Elements, cardinalities and code systems: https://hl7.org/fhir/R5/researchstudy.html, questionnaire.html and bundle.html.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from trialog.content.criteria import MEASURED, UNKNOWN, Criterion, Kind
from trialog.content.interview import Interview, Person
from trialog.content.model import Library, Study
from trialog.content.registry.record import Kept
from trialog.content.status import State

# How the state of a study is called in http://hl7.org/fhir/research-study-status.
_STATES: Mapping[State, tuple[str, str]] = {
    State.RECRUITING: ("recruiting", "Recruiting"),
    State.PAUSED: ("temporarily-closed-to-accrual", "Temporarily Closed to Accrual"),
    State.CLOSED: ("closed-to-accrual", "Closed to Accrual"),
    State.COMPLETED: ("completed", "Completed"),
}

# The identifier systems of registers (https://terminology.hl7.org/NamingSystem-NCTN.html); another register is named in words.
_SYSTEMS = {"ClinicalTrials.gov": "http://clinicaltrials.gov"}

_UNIT = "http://hl7.org/fhir/StructureDefinition/questionnaire-unit"
_YEARS = {"system": "http://unitsofmeasure.org", "code": "a", "display": "year"}
_NOT_KNOWN = {"system": "http://terminology.hl7.org/CodeSystem/data-absent-reason", "code": "asked-unknown"}

# Whom the questions are about when nobody is there.
_ANYBODY = "someone"

Resource = dict[str, Any]


def bundle(library: Library, study: Study, kept: Kept) -> Resource:
    """Both resources; ``kept`` is what registers say of the study, of which only their numbers are told."""
    resources = (_research_study(study, kept), _questionnaire(library, study))
    return {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": resource} for resource in resources]}


def _research_study(study: Study, kept: Kept) -> Resource:
    overview, goal = study.answers.get("study_overview"), study.answers.get("study_goal")
    status, code = study.status, _STATES.get(study.status.state) if study.status else None
    progress = {"state": _concept("http://hl7.org/fhir/research-study-status", *code)} if code else None
    if progress and status and status.since:
        progress["period"] = {"start": status.since.isoformat()}
    return _filled(
        {
            "resourceType": "ResearchStudy",
            "id": study.id,
            "url": study.url,
            "identifier": [_identifier(record.register, record.number) for record in kept.records],
            "title": study.title,
            "status": "active",
            "relatedArtifact": [{"type": "documentation", "resourceReference": {"reference": f"Questionnaire/{_questions_id(study)}"}}],
            "descriptionSummary": overview.text if overview else None,
            "objective": [{"description": goal.text}] if goal and goal.text else [],
            "progressStatus": [progress] if progress else [],
        }
    )


def _questionnaire(library: Library, study: Study) -> Resource:
    interview = library.interview
    person = interview.people[_ANYBODY]
    return {
        "resourceType": "Questionnaire",
        "id": _questions_id(study),
        "title": study.title,
        "status": "active",
        "subjectType": ["Patient"],
        "lastReviewDate": study.last_reviewed.isoformat(),
        "description": interview.sheet.not_a_decision,
        "item": [_item(criterion, interview, person) for criterion in study.criteria.values()],
    }


def _item(criterion: Criterion, interview: Interview, person: Person) -> Resource:
    """The question with its answers, and below it the point of entry as the page has it."""
    question = {
        "linkId": criterion.id,
        "text": interview.speak_of(person, criterion.question),
        "required": False,
    }
    point = {"linkId": f"{criterion.id}.says", "text": criterion.says, "type": "display"}
    if criterion.kind in MEASURED:
        unit = _YEARS if criterion.kind == Kind.AGE else {"display": criterion.units[0].name}
        return {"extension": [{"url": _UNIT, "valueCoding": unit}], **question, "type": "decimal", "item": [point]}
    answers = [{"code": choice.id, "display": choice.title} for choice in criterion.choices.values()]
    answers.append({**_NOT_KNOWN, "display": interview.buttons[UNKNOWN]})
    options = [{"valueCoding": answer} for answer in answers]
    return {**question, "type": "coding", "answerConstraint": "optionsOnly", "answerOption": options, "item": [point]}


def _questions_id(study: Study) -> str:
    return f"{study.id}-questions"


def _identifier(register: str, number: str) -> Resource:
    system = {"system": _SYSTEMS[register]} if register in _SYSTEMS else {"assigner": {"display": register}}
    return {**system, "value": number}


def _concept(system: str, code: str, display: str) -> Resource:
    return {"coding": [{"system": system, "code": code, "display": display}]}


def _filled(resource: Resource) -> Resource:
    """Without the elements that hold nothing, which FHIR does not allow."""
    return {name: value for name, value in resource.items() if value not in (None, [])}
