from pathlib import Path

from trialog.training.examples import Example, read_examples


def test_examples_are_read_with_their_voice(tmp_path: Path) -> None:
    (tmp_path / "cost.yml").write_text(
        'version: "3.1"\nnlu:\n- intent: ask/cost\n  metadata: {voice: uncle}\n  examples: |\n    - who pays\n    - is it free\n',
        encoding="utf-8",
    )
    assert read_examples(tmp_path) == [Example("who pays", "ask/cost", "uncle"), Example("is it free", "ask/cost", "uncle")]
