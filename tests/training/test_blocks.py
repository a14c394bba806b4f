"""Every fault of form in the training data is found, with the line it stands in."""

from pathlib import Path

import pytest

from tests.conftest import ROOT
from trialog.training.blocks import block_faults, examples_of, intents_of

HEAD = 'version: "3.1"\nnlu:\n'
INTENT, VOICE, EXAMPLES = "- intent: ask/cost\n", "  metadata: {voice: uncle}\n", "  examples: |\n    - who pays\n    - is it free\n"


def faults(folder: Path, text: str) -> list[str]:
    """The faults of one file with ``text``, without its path."""
    file = folder / "cost.yml"
    file.write_text(text, encoding="utf-8")
    return [fault.removeprefix(f"{file.as_posix()}:") for fault in block_faults(folder, {"ask"})]


def test_a_good_block_has_no_fault(tmp_path: Path) -> None:
    assert faults(tmp_path, HEAD + INTENT + VOICE + EXAMPLES) == []


def test_a_block_of_long_messages_has_no_fault(tmp_path: Path) -> None:
    assert faults(tmp_path, HEAD + INTENT + VOICE + "  examples:\n  - text: who\n      pays\n") == []


@pytest.mark.parametrize(
    ("block", "fault"),
    [
        (INTENT + VOICE + "  examples: |\n", "3: the block is empty: it has no examples."),
        (INTENT + VOICE, "3: the block is empty: it has no examples."),
        (INTENT + VOICE + "  examples: []\n", "3: the block is empty: it has no examples."),
        (INTENT + VOICE + EXAMPLES + "    - \n    - last\n", "8: the line is empty."),
        (INTENT + VOICE + EXAMPLES + "\n    - last\n", "8: the line is empty."),
        (INTENT + VOICE + EXAMPLES + "    the price\n", "8: an example begins with '- ', and this does not: 'the price'."),
        (INTENT + VOICE + "  examples:\n  - text: who pays\n  - text:\n", "7: the example has no text."),
        (INTENT + VOICE + "  examples:\n  - who pays\n", "6: the example has no text."),
        (INTENT + VOICE + "  examples:\n    text: who pays\n", "3: the examples are neither lines nor a list of texts."),
        ("- metadata: {voice: uncle}\n" + EXAMPLES, "3: the block has no intent."),
        ("- intent: buy/ticket\n" + VOICE + EXAMPLES, "3: the domain does not know the intent 'buy/ticket'."),
        (INTENT + EXAMPLES, "3: the block does not say whose voice it is (metadata: {voice: ...})."),
        (INTENT + "  metadata: {age: 70}\n" + EXAMPLES, "3: the block does not say whose voice it is (metadata: {voice: ...})."),
        ("- who pays\n", "3: this is no block; it must have 'intent', 'metadata' and 'examples'."),
    ],
)
def test_a_fault_of_a_block_is_found_with_its_line(tmp_path: Path, block: str, fault: str) -> None:
    assert faults(tmp_path, HEAD + block) == [fault]


def test_a_key_that_stands_twice_is_found_with_its_line(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, HEAD + INTENT + VOICE + VOICE + EXAMPLES)
    assert fault.startswith("5: this is not valid YAML: found duplicate key")


def test_broken_yaml_is_found_with_its_line(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, HEAD + "- intent: [ask\n" + VOICE)
    assert fault.startswith("4: this is not valid YAML")


def test_a_file_without_blocks_is_found(tmp_path: Path) -> None:
    assert faults(tmp_path, 'version: "3.1"\n') == ["1: the file has no list of blocks under 'nlu'."]


def test_every_fault_of_every_file_is_reported(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text(HEAD + "- examples: |\n", encoding="utf-8")
    (tmp_path / "b.yml").write_text("", encoding="utf-8")
    found = [fault.removeprefix(f"{tmp_path.as_posix()}/").partition(": ")[0] for fault in block_faults(tmp_path, ())]
    assert found == ["a.yml:3", "a.yml:3", "a.yml:3", "b.yml:1"]


def test_both_forms_give_the_same_messages() -> None:
    assert examples_of({"examples": "- who pays\n- is it free\n"}) == ["who pays", "is it free"]
    assert examples_of({"examples": [{"text": "who pays"}, {"text": "is it free"}]}) == ["who pays", "is it free"]


def test_the_intents_of_a_domain_may_have_options(tmp_path: Path) -> None:
    (tmp_path / "domain.yml").write_text("intents:\n- ask\n- safety: {use_entities: []}\n", encoding="utf-8")
    assert intents_of(tmp_path / "domain.yml") == {"ask", "safety"}


def test_the_shipped_training_data_has_no_fault_of_form() -> None:
    assert block_faults(ROOT / "data" / "nlu", intents_of(ROOT / "domain.yml")) == []
