"""``trialog evaluate``: measure how well the served pipeline understands voices held out and the banks."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from itertools import chain
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from trialog.content.load import load_library
from trialog.nlu.decider import Decider
from trialog.nlu.thresholds import Thresholds
from trialog.operation import progress
from trialog.settings import Settings
from trialog.training.evaluation.banks import (
    DANGER_BANKS,
    PERSONAL_BANKS,
    ablation,
    danger_banks,
    danger_curve,
    personal_data,
    read_bank,
    understood,
)
from trialog.training.evaluation.folds import FOLDS
from trialog.training.evaluation.measures import got_worse, measure
from trialog.training.evaluation.public_sets import NoSetError, read_sets, what_became
from trialog.training.evaluation.readings import Pipeline
from trialog.training.evaluation.report import PUBLIC, draw, report, summary
from trialog.training.examples import Example, read_examples


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the verb."""
    parser.add_argument("--data", type=Path, default=Path("data/nlu"), help="the training examples, with those of acts beside (data/nlu)")
    parser.add_argument("--banks", type=Path, default=Path("tests"), help="the folder of the banks (tests)")
    parser.add_argument("--sets", type=Path, metavar="FOLDER", help="measure public sets of this folder alone, and keep all other figures")
    parser.add_argument("--out", type=Path, default=Path("docs"), help="where evaluation.md, .json and .png go (docs)")


def run(arguments: argparse.Namespace) -> int:
    """Write the report and say what got worse; 0, because a figure is no fault, or 2 where there is nothing to measure."""
    try:
        return _run(arguments)
    except NoSetError as error:
        print(f"Nothing was measured: {error}.", file=sys.stderr)
        return 2


def _run(arguments: argparse.Namespace) -> int:
    settings, thresholds = Settings.from_environment(), thresholds_in(Path("config.yml"))
    pipeline = Pipeline(settings, load_library(settings.content), read_examples(arguments.data.with_name("acts")))
    last = arguments.out / "evaluation.json"
    before = json.loads(last.read_text(encoding="utf-8")) if last.is_file() else {}
    examples = read_examples(arguments.data)
    with progress.shown_on(sys.stdout):
        if arguments.sets:
            figures = {**before, PUBLIC: _of_public_sets(pipeline, examples, arguments.sets, thresholds)}
        else:
            figures = {**_measured(pipeline, examples, arguments.banks, thresholds), PUBLIC: before.get(PUBLIC, {})}
    worse = got_worse(figures, before) if before else []
    arguments.out.mkdir(parents=True, exist_ok=True)
    last.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    (arguments.out / "evaluation.md").write_text(report(figures), encoding="utf-8")
    draw(figures, arguments.out / "evaluation.png")
    print(*summary(figures), sep="\n")
    print("Worse than the last result:" if worse else "No topic got worse.", *worse, sep="\n  ")
    return 0


def thresholds_in(config: Path) -> Thresholds:
    """The thresholds of the decider in Rasa's configuration."""
    pipeline = YAML(typ="safe").load(config.read_text(encoding="utf-8"))["pipeline"]
    (ours,) = [component for component in pipeline if component["name"].endswith(Decider.__name__)]
    return Thresholds(**{name: value for name, value in ours.items() if name != "name"})


def _measured(pipeline: Pipeline, examples: list[Example], banks: Path, thresholds: Thresholds) -> dict[str, Any]:
    return {
        **measure(pipeline.read_held_out(examples, FOLDS), thresholds),
        **_of_banks(pipeline, examples, banks, thresholds),
        "thresholds": asdict(thresholds),
        "folds": FOLDS,
    }


def _of_public_sets(pipeline: Pipeline, examples: list[Example], folder: Path, thresholds: Thresholds) -> dict[str, Any]:
    sets = read_sets(folder)
    progress.begins("All lines, as served, and the public sets")
    learned = pipeline.learn(examples)
    return {name: what_became(pipeline.read(messages, learned), thresholds) for name, messages in sets.items()}


def _of_banks(pipeline: Pipeline, examples: list[Example], folder: Path, thresholds: Thresholds) -> dict[str, Any]:
    progress.begins("All lines, as served, and the banks")
    learned = pipeline.learn(examples)
    banks = {name: pipeline.read(read_bank(folder / name), learned) for name in (*DANGER_BANKS, *PERSONAL_BANKS)}
    of_danger = list(chain.from_iterable(banks[name] for name in DANGER_BANKS))
    return {
        "questions of strangers understood": understood(banks["held_out/questions.yml"], thresholds),
        "danger banks": danger_banks({name: banks[name] for name in DANGER_BANKS}, thresholds),
        "ablation": ablation(of_danger, thresholds),
        "danger curve": danger_curve(of_danger, thresholds),
        "personal data": {name: personal_data(banks[name]) for name in PERSONAL_BANKS},
    }
