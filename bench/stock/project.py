"""A plain Rasa project of our own intents, for stock Rasa: the lines of data/nlu, an intent a topic, a reply and a rule each.

Kind to stock Rasa: it gets neither acts, danger's own lines nor a questionnaire, and says one fixed sentence a topic.
"""

from __future__ import annotations

import argparse
import shutil
from collections import defaultdict
from pathlib import Path

from ruamel.yaml import YAML

from trialog.training.examples import read_examples

_CONFIG = Path(__file__).with_name("config.yml")
_VERSION = {"version": "3.1"}


def intent_of(label: str) -> str:
    """The name of a topic as an intent without parts: stock Rasa would learn a second model for these."""
    return label.replace("/", "_")


def write_project(lines: Path, folder: Path) -> int:
    """Write the project into ``folder``; gives the number of its intents."""
    texts: dict[str, list[str]] = defaultdict(list)
    for example in read_examples(lines):
        texts[intent_of(example.label)].append(example.text)
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "data").mkdir(parents=True)
    shutil.copy(_CONFIG, folder)
    blocks = [{"intent": name, "examples": [{"text": text} for text in said]} for name, said in texts.items()]
    _write(folder / "data" / "nlu.yml", {"nlu": blocks})
    rules = [{"rule": name, "steps": [{"intent": name}, {"action": f"utter_{name}"}]} for name in texts]
    _write(folder / "data" / "rules.yml", {"rules": rules})
    responses = {f"utter_{name}": [{"text": f"This is what there is to say about {name}."}] for name in texts}
    _write(folder / "domain.yml", {"intents": list(texts), "responses": responses, "session_config": {"session_expiration_time": 60}})
    (folder / "credentials.yml").write_text("rest:\n", encoding="utf-8")
    return len(texts)


def _write(file: Path, content: dict[str, object]) -> None:
    yaml = YAML(typ="safe")
    yaml.default_flow_style = False
    with file.open("w", encoding="utf-8") as out:
        yaml.dump(_VERSION | content, out)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    print(write_project(Path("data/nlu"), parser.parse_args().folder), "intents")
