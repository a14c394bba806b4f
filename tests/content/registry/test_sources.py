"""Records of registers are read as they are given away; the examples here are invented."""

import json
from pathlib import Path
from typing import Any

import pytest

from trialog.content.files import ContentReader
from trialog.content.registry.record import Kept, Record, as_data, drift, read_kept
from trialog.content.registry.sources import RegistryError, read_record
from trialog.content.status import State
from trialog.content.write import as_yaml

HERE = Path(__file__).parent
JSON, XML = ((HERE / f"invented.{kind}").read_text(encoding="utf-8") for kind in ("json", "xml"))


def changed(**modules: dict[str, Any]) -> str:
    """The record of ClinicalTrials.gov with other fields in some of its modules."""
    data = json.loads(JSON)
    for module, fields in modules.items():
        data["protocolSection"][module] |= fields
    return json.dumps(data)


def test_a_record_of_clinicaltrials_gov() -> None:
    record = read_record(JSON)
    assert (record.register, record.number, str(record.updated)) == ("ClinicalTrials.gov", "NCT00000000", "2026-05-01")
    assert record.names[0] == "MOON"
    assert record.numbers == ("NCT00000000", "MOON-1", "2020-000000-00")
    assert (record.state, record.our_state, record.state_verified) == ("RECRUITING", State.RECRUITING, "2026-04")
    assert (record.start, record.end) == ("2025-01-15", "2028-12")
    assert (record.least_age, record.most_age) == ("2 Years", "9 Years")
    assert record.sites == ("Crater Hospital, Copernicus, Moon", "Sea Hospital, Tranquility, Moon")
    assert (record.tested, record.conditions) == (("Moon dust",), ("Sneezing",))


def test_a_record_of_isrctn_has_no_state_and_none_is_made_up() -> None:
    record = read_record(XML)
    assert (record.register, record.number, str(record.updated)) == ("ISRCTN", "ISRCTN00000000", "2026-05-26")
    assert record.numbers == ("ISRCTN00000000", "000000", "MOON-1")  # "Nil known" is none
    assert (record.start, record.end) == ("2026-05-01", "2028-12-31")
    assert (record.least_age, record.most_age) == ("2 Years", "9 Years")
    assert record.sites == ("Crater Hospital, Copernicus, Moon",)
    assert (record.state, record.our_state) == (None, None)
    assert record.silent() == ["state", "state_verified"]


def test_what_a_record_leaves_out_is_left_out() -> None:
    data = json.loads(JSON)["protocolSection"]
    short = {name: data[name] for name in ("identificationModule", "statusModule")}
    record = read_record(json.dumps({"studies": [{"protocolSection": short}]}))
    assert (record.least_age, record.sites, record.tested) == (None, (), ())


@pytest.mark.parametrize(
    ("said", "ours"),
    [
        ("SUSPENDED", State.PAUSED),
        ("ACTIVE_NOT_RECRUITING", State.CLOSED),
        ("COMPLETED", State.COMPLETED),
        ("TERMINATED", State.COMPLETED),
        ("NOT_YET_RECRUITING", None),
        ("ENROLLING_BY_INVITATION", None),
        ("WITHDRAWN", None),
        ("UNKNOWN", None),
    ],
)
def test_a_state_is_ours_only_where_it_is_certain(said: str, ours: State | None) -> None:
    assert read_record(changed(statusModule={"overallStatus": said})).our_state == ours


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        "no record",
        '{"protocolSection": {}}',
        '{"ctNumber": "2022-500000-00-00", "authorizedApplication": {}}',
        changed(identificationModule={"nctId": ["NCT00000000"]}),
        changed(statusModule={"lastUpdatePostDateStruct": {"date": "soon"}}),
        "<trial>",
        "<allTrials/>".replace("<", "<!DOCTYPE a [<!ENTITY b 'c'>]><"),
        XML.replace("00000000</isrctn>", "</isrctn>"),
        XML.replace(' lastUpdated="2026-05-26T15:09:37.845816062Z"', ""),
    ],
)
def test_what_is_no_record_is_refused(text: str) -> None:
    with pytest.raises(RegistryError, match="Records of other registers, CTIS among them, are not read"):
        read_record(text)


def test_a_file_with_several_studies_is_refused() -> None:
    study = json.loads(JSON)
    with pytest.raises(RegistryError, match="it holds 2 studies: save the one you mean by itself"):
        read_record(json.dumps({"studies": [study, study]}))
    with pytest.raises(RegistryError, match="it holds 0 trials"):
        read_record('<allTrials xmlns="http://www.67bricks.com/isrctn"/>')


def test_what_is_kept_is_read_as_it_was(tmp_path: Path) -> None:
    kept = Kept((read_record(JSON),)).updated_by(read_record(XML))
    (tmp_path / "registry.yml").write_text(as_yaml(as_data(kept)), encoding="utf-8")
    reader = ContentReader(tmp_path)
    assert read_kept(reader, tmp_path) == kept
    assert reader.faults == []
    assert read_kept(reader, tmp_path / "elsewhere") == Kept(())


def test_drift_is_told_field_by_field() -> None:
    newer = changed(
        statusModule={"overallStatus": "SUSPENDED", "lastUpdatePostDateStruct": {"date": "2026-09-01"}},
        eligibilityModule={"maximumAge": None},
        conditionsModule={"conditions": ["Sneezing", "Coughing"]},
    )
    assert list(drift(read_record(JSON), read_record(newer))) == [
        "state: RECRUITING -> SUSPENDED",
        "most_age: 9 Years -> not said",
        "conditions: new: Coughing",
    ]
    assert list(drift(read_record(JSON), read_record(JSON))) == []
    turned = changed(conditionsModule={"conditions": ["B", "A"]})
    assert list(drift(read_record(changed(conditionsModule={"conditions": ["A", "B"]})), read_record(turned))) == [
        "conditions: in another order"
    ]


def test_each_register_has_one_record() -> None:
    first, second = read_record(JSON), read_record(XML)
    kept = Kept((first,)).updated_by(second).updated_by(first)
    assert kept.records == (second, first)
    assert kept.of("ISRCTN") == second
    assert Kept(()).of("ISRCTN") is None
    assert isinstance(first, Record)
