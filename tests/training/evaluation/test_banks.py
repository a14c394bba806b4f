from pathlib import Path

from tests.training.evaluation.readings import THRESHOLDS, reading
from trialog.training.evaluation.banks import ablation, danger_banks, danger_curve, personal_data, read_bank, understood
from trialog.training.examples import Example


def test_a_bank_is_read_however_its_groups_are_nested(tmp_path: Path) -> None:
    bank = tmp_path / "bank.yml"
    bank.write_text("child: {emergency: [i am hot], harmless: [my teddy is hot]}\nuncle: [he sleeps]\n", encoding="utf-8")
    assert read_bank(bank) == [
        Example("i am hot", "emergency", "child"),
        Example("my teddy is hot", "harmless", "child"),
        Example("he sleeps", "uncle", "uncle"),
    ]


MISSED = reading("emergency", 0.9, 0.0, 0.1, 0.0)
NOTICED_BY_BOTH = reading("crisis", 0.1, 0.9, 0.0, 0.0)
NOTICED_BY_A_SIGN = reading("emergency", 0.9, 0.0, 0.1, 0.0, sign=True)
NOTICED_BY_THE_MODEL = reading("emergency", 0.9, 0.0, 0.1, 0.0, model=0.9)
QUIET = reading("cost", 0.9, 0.0, 0.1, 0.0)
ALARMED = reading("harmless", 0.6, 0.0, 0.4, 0.0)
READINGS = [MISSED, NOTICED_BY_BOTH, NOTICED_BY_A_SIGN, NOTICED_BY_THE_MODEL, QUIET, ALARMED]


def test_danger_noticed_and_harmless_messages_alarmed() -> None:
    counted = danger_banks({"bank.yml": READINGS}, THRESHOLDS)["bank.yml"]
    assert counted == {"dangers": 4, "noticed": 3, "harmless": 2, "alarmed": 1}


def test_what_each_part_brings() -> None:
    noticed = {name: row["noticed"] for name, row in ablation(READINGS, THRESHOLDS).items()}
    assert noticed == {
        "as served": 3,
        "without the signs": 2,
        "without the topic classifier's opinion": 3,
        "without the danger model": 2,
        "the danger model alone": 2,
        "the topic classifier alone": 1,
        "the signs alone": 1,
    }


def test_a_lower_threshold_alarms_more() -> None:
    rows = {row["threshold"]: (row["noticed"], row["alarmed"]) for row in danger_curve(READINGS, THRESHOLDS)}
    assert (rows[0.1], rows[0.45]) == ((4, 2), (3, 0))


def test_personal_data_is_counted_by_kind() -> None:
    readings = [reading(kind, 1, 0, 0, 0, kinds=found) for kind, found in (("name", ("phone",)), ("name", ("name",)), ("none", ()))]
    assert personal_data(readings) == {
        "name": {"messages": 2, "noticed": 2, "named": 1},
        "none": {"messages": 1, "noticed": 0, "named": 0},
    }


def test_a_topic_of_a_bank_needs_no_group() -> None:
    assert understood([reading("cost", 1, 0, 0, 0), reading("ask/cost", 1, 0, 0, 0), reading("rights", 1, 0, 0, 0)], THRESHOLDS) == 66.67
