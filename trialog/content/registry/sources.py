"""Records as registers give them away: JSON of ClinicalTrials.gov's API (version 2) and XML of the ISRCTN registry's."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from datetime import date
from typing import Any
from xml.etree import ElementTree

from msgspec import ValidationError
from msgspec.structs import asdict

from trialog.content.registry.record import Record
from trialog.content.shape import fitted

_ISRCTN = "{http://www.67bricks.com/isrctn}"
_NO_NUMBER = ("nil known", "not applicable", "n/a", "none")


class RegistryError(Exception):
    """The file is no record that can be read; the message says why."""


def read_record(text: str) -> Record:
    """The one record in ``text``; raises RegistryError."""
    try:
        record = _isrctn(text) if text.lstrip().startswith("<") else _clinical_trials(_one_study(json.loads(text)))
        # What a file holds in the place of a text may be anything.
        read: Record = fitted(asdict(record), Record)
    except (ValueError, KeyError, TypeError, AttributeError, ElementTree.ParseError, ValidationError) as error:
        kinds = "one study of ClinicalTrials.gov (JSON, API version 2) or one trial of ISRCTN (XML)"
        raise RegistryError(f"it is no record of {kinds}. Records of other registers, CTIS among them, are not read.") from error
    return read


def _one_study(data: Any) -> Any:
    studies = data.get("studies", [data])
    if len(studies) != 1:
        raise RegistryError(f"it holds {len(studies)} studies: save the one you mean by itself.")
    return studies[0]["protocolSection"]


def _clinical_trials(study: Any) -> Record:
    """The modules of a protocol section, by their names in the API's data structure."""
    named, status = study["identificationModule"], study["statusModule"]
    sponsor_number = named.get("orgStudyIdInfo", {}).get("id")
    eligibility = study.get("eligibilityModule", {})
    return Record(
        register="ClinicalTrials.gov",
        number=named["nctId"],
        updated=date.fromisoformat(status["lastUpdatePostDateStruct"]["date"]),
        names=_texts([named.get("acronym"), named.get("briefTitle"), named.get("officialTitle")]),
        numbers=_texts([named["nctId"], sponsor_number, *(other.get("id") for other in named.get("secondaryIdInfos", []))]),
        state=status.get("overallStatus"),
        state_verified=status.get("statusVerifiedDate"),
        start=status.get("startDateStruct", {}).get("date"),
        end=status.get("completionDateStruct", {}).get("date"),
        least_age=eligibility.get("minimumAge"),
        most_age=eligibility.get("maximumAge"),
        tested=_texts(one.get("name") for one in study.get("armsInterventionsModule", {}).get("interventions", [])),
        conditions=_texts(study.get("conditionsModule", {}).get("conditions", [])),
        sites=_texts(_site(one, "facility") for one in study.get("contactsLocationsModule", {}).get("locations", [])),
    )


def _isrctn(text: str) -> Record:
    """A trial in the form of the registry's API; it has no field for the state of recruitment, and none is made up from its days."""
    if re.search(r"<!(?!--|\[CDATA\[)", text):
        raise ValueError("a record declares no document type and no entities")
    root = ElementTree.fromstring(text)  # noqa: S314 - nothing is declared in it, see above
    trials = [root] if root.tag == f"{_ISRCTN}trial" else root.findall(f".//{_ISRCTN}trial")
    if len(trials) != 1:
        raise RegistryError(f"it holds {len(trials)} trials: save the one you mean by itself.")
    (trial,) = trials
    number = f"ISRCTN{_text(trial, 'isrctn') or ''}"
    if not re.fullmatch(r"ISRCTN\d{8}", number):
        raise ValueError("a trial has a number of eight digits")
    others = (f"externalRefs/{name}" for name in ("clinicalTrialsGovNumber", "eudraCTNumber", "irasNumber", "protocolSerialNumber"))
    centres = _all(trial, "participants/trialCentres/trialCentre")
    return Record(
        register="ISRCTN",
        number=number,
        updated=date.fromisoformat(trial.attrib["lastUpdated"][:10]),
        names=_texts(_text(trial, f"trialDescription/{name}") for name in ("acronym", "title", "scientificTitle")),
        numbers=_texts([number, *(_text(trial, other) for other in others)]),
        start=_day(_text(trial, "participants/recruitmentStart")),
        end=_day(_text(trial, "trialDesign/overallEndDate")),
        least_age=_text(trial, "participants/lowerAgeLimit"),
        most_age=_text(trial, "participants/upperAgeLimit"),
        tested=_texts(_text(one, "drugNames") for one in _all(trial, "interventions/intervention")),
        conditions=_texts(_text(one, "description") for one in _all(trial, "conditions/condition")),
        sites=_texts(_site({part: _text(one, part) for part in ("name", "city", "country")}, "name") for one in centres),
    )


def _all(element: ElementTree.Element, path: str) -> list[ElementTree.Element]:
    return element.findall("/".join(f"{_ISRCTN}{part}" for part in path.split("/")))


def _text(element: ElementTree.Element, path: str) -> str | None:
    found = _all(element, path)
    return (found[0].text or "").strip() or None if found else None


def _day(moment: str | None) -> str | None:
    return moment[:10] if moment else None


def _site(one: dict[str, str | None], name: str) -> str:
    return ", ".join(part for part in (one.get(name), one.get("city"), one.get("country")) if part)


def _texts(found: Iterable[str | None]) -> tuple[str, ...]:
    """Each once, and only what says something."""
    return tuple(dict.fromkeys(text.strip() for text in found if text and text.strip().lower() not in ("", *_NO_NUMBER)))
