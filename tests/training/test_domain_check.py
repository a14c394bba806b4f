"""Names of rules that lead nowhere are found, each with its line."""

from pathlib import Path

from tests.conftest import ROOT
from trialog.training.domain_check import domain_faults

RULES = """\
rules:
- rule: Names of all kinds
  condition:
  - active_loop: no_form
  - slot_was_set:
    - no_slot: true
    - requested_slot: null
  steps:
  - or:
    - intent: no_intent
    - intent: ask/cost
  - action: no_action
  - action: utter_welcome
"""


def test_the_rules_name_what_there_is() -> None:
    assert domain_faults(ROOT / "domain.yml", ROOT / "data" / "rules") == []


def test_every_name_that_leads_nowhere_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text(RULES, encoding="utf-8")
    (tmp_path / "b.yml").write_text("rules: [", encoding="utf-8")
    told = [fault.removeprefix(f"{tmp_path}/") for fault in domain_faults(ROOT / "domain.yml", tmp_path)]
    assert told == [
        "a.yml:4: the domain has no 'no_form' among its forms.",
        "a.yml:5: the domain has no 'no_slot' among its slots.",
        "a.yml:10: the domain has no 'no_intent' among its intents.",
        "a.yml:12: the domain has no 'no_action' among its actions.",
        "b.yml: this is no list of rules in valid YAML.",
    ]
