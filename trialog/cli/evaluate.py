"""``trialog evaluate``: measure how well questions are understood, on voices held out."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import matplotlib as mpl
from ruamel.yaml import YAML

from trialog.nlu.decider import Thresholds
from trialog.nlu.encoder.encoder import Encoder
from trialog.settings import Settings
from trialog.training.evaluation import MOST_ASKED_BACK, best_refusal, got_worse, measure, predict_held_out, read_examples

FOLDS = 4


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the verb."""
    parser.add_argument("--data", type=Path, default=Path("data/nlu"), help="the training examples (data/nlu)")
    parser.add_argument("--out", type=Path, default=Path("docs"), help="where evaluation.md, .json and .png go (docs)")


def run(arguments: argparse.Namespace) -> int:
    """Write the report and say what got worse; always 0, because a figure is no fault."""
    settings = Settings.from_environment()
    encoder = Encoder.from_settings(settings)
    predictions = predict_held_out(read_examples(arguments.data), encoder, FOLDS, lambda line: print(line, flush=True))
    figures = measure(predictions, _thresholds(Path("config.yml")))
    last = arguments.out / "evaluation.json"
    worse = got_worse(figures, json.loads(last.read_text(encoding="utf-8"))) if last.is_file() else []
    arguments.out.mkdir(parents=True, exist_ok=True)
    last.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    (arguments.out / "evaluation.md").write_text(_report(figures), encoding="utf-8")
    _draw(figures, arguments.out / "evaluation.png")
    print(*_summary(figures), sep="\n")
    print("Worse than the last result:" if worse else "No topic got worse.", *worse, sep="\n  ")
    return 0


def _thresholds(config: Path) -> Thresholds:
    pipeline = YAML(typ="safe").load(config.read_text(encoding="utf-8"))["pipeline"]
    (ours,) = [component for component in pipeline if component["name"].endswith("TopicClassifier")]
    return Thresholds(ours["threshold"], ours["danger_threshold"])


def _summary(figures: dict[str, Any]) -> list[str]:
    names = [name for name, value in figures.items() if isinstance(value, float)]
    lines = [f"{name:28s} {figures[name]:6.2f} %" for name in names]
    return [*lines, f"{'calibration error':28s} {figures['calibration']['expected error']:6.2f} points"]


def _report(figures: dict[str, Any]) -> str:
    parts = [
        "# How well questions are understood",
        "Written by `make evaluate`; do not edit. Each voice is read by a model that was trained on the other voices only "
        f"({figures['examples']} examples, {figures['voices']} voices, {FOLDS} folds).",
        "```\n" + "\n".join(_summary(figures)) + "\n```",
        "![Calibration and thresholds](evaluation.png)",
        f"The refusal threshold in use is {figures['thresholds']['refusal']}; the highest one that asks back at most "
        f"{MOST_ASKED_BACK:.0f} % of the study's questions is {best_refusal(figures)}.",
        "## By voice\n" + _table(["voice", "examples", "understood %"], figures["voice"]),
        "## By group\n" + _table(["group", "examples", "understood %"], figures["group"]),
        "## By topic\n" + _table(["topic", "examples", "recall %", "precision %"], figures["topic"]),
        "## Commonest confusions\n" + _lines(["meant", "understood as", "times"], figures["confusions"]),
        "## Refusal threshold\n"
        + _lines(
            ["threshold", "right %", "wrong %", "asked back %", "study asked back %"], [row.values() for row in figures["refusal curve"]]
        ),
        "## Danger threshold\n" + _lines(["threshold", "noticed %", "false alarms %"], [row.values() for row in figures["danger curve"]]),
        "## Calibration\n" + _lines(["from", "examples", "confidence", "right"], [row.values() for row in figures["calibration"]["steps"]]),
    ]
    return "\n\n".join(parts) + "\n"


def _table(head: list[str], rows: dict[str, dict[str, float]]) -> str:
    return _lines(head, [[name, *values.values()] for name, values in rows.items()])


def _lines(head: list[str], rows: Any) -> str:
    body = [f"| {' | '.join(str(cell) for cell in row)} |" for row in rows]
    return "\n".join(["", f"| {' | '.join(head)} |", f"|{'---|' * len(head)}", *body])


def _draw(figures: dict[str, Any], file: Path) -> None:
    mpl.use("Agg")
    from matplotlib import pyplot

    picture, (left, right) = pyplot.subplots(1, 2, figsize=(11, 4.5), constrained_layout=True)
    steps = figures["calibration"]["steps"]
    left.plot([0, 1], [0, 1], color="#768692", linestyle="--", label="perfect")
    left.plot([row["confidence"] for row in steps], [row["right"] for row in steps], marker="o", color="#005eb8", label="measured")
    left.set(xlabel="confidence of the model", ylabel="share that is right", title="Calibration")
    curve = figures["refusal curve"]
    for name, colour in (("right", "#006747"), ("wrong", "#d5281b"), ("asked back", "#005eb8")):
        right.plot([row["threshold"] for row in curve], [row[name] for row in curve], color=colour, label=name)
    right.axvline(figures["thresholds"]["refusal"], color="#768692", linestyle="--", label="in use")
    right.set(xlabel="refusal threshold", ylabel="% of messages", title="What a threshold costs")
    for axes in (left, right):
        axes.legend()
        axes.grid(alpha=0.3)
    picture.savefig(file, dpi=110)
    pyplot.close(picture)
