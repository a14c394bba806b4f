"""The report of an evaluation: figures as Markdown, and a picture of two curves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import matplotlib as mpl

from trialog.training.evaluation.measures import MOST_ASKED_BACK, best_refusal

Figures = Mapping[str, Any]

# What of the figures is of public sets.
PUBLIC = "public sets"


def summary(figures: Figures) -> list[str]:
    """The figures of the whole, a line each."""
    names = [name for name, value in figures.items() if isinstance(value, float)]
    width = max(map(len, names))
    return [*(f"{name:{width}s} {figures[name]:6.2f} %" for name in names), _calibration(figures, width)]


def report(figures: Figures) -> str:
    """The page docs/evaluation.md."""
    return "\n\n".join([_head(figures), *_danger(figures), *_public_sets(figures), _personal_data(figures), *_held_out(figures)]) + "\n"


def draw(figures: Figures, file: Path) -> None:
    """Write the picture of the calibration and of what a refusal threshold costs."""
    mpl.use("Agg")
    from matplotlib import pyplot

    picture, (left, right) = pyplot.subplots(1, 2, figsize=(11, 4.5), constrained_layout=True)
    steps = figures["calibration"]["steps"]
    left.plot([0, 1], [0, 1], color="#768692", linestyle="--", label="perfect")
    left.plot([row["confidence"] for row in steps], [row["right"] for row in steps], marker="o", color="#005eb8", label="measured")
    left.set(xlabel="confidence of the decision", ylabel="share that is right", title="Calibration")
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


def _calibration(figures: Figures, width: int) -> str:
    return f"{'calibration error':{width}s} {figures['calibration']['expected error']:6.2f} points"


def _head(figures: Figures) -> str:
    return "\n\n".join(
        [
            "# How well messages are understood",
            "Written by `make evaluate`; do not edit. Measured is the whole served pipeline: all components and the decision.",
            "```\n" + "\n".join(summary(figures)) + "\n```",
            f"The first lines are of training lines held out by voice: {figures['examples']} lines, {figures['voices']} voices, "
            f"{figures['folds']} folds; the topics of each voice come from a model that was trained on the other voices only. The danger "
            "model has learned these lines and the signs were widened on them, so how danger is noticed is measured on the banks below.",
            "![Calibration and thresholds](evaluation.png)",
            f"The refusal threshold in use is {figures['thresholds']['refusal']}; the highest one that asks back at most "
            f"{MOST_ASKED_BACK:.0f} % of the study's questions is {best_refusal(figures)}.",
        ]
    )


def _danger(figures: Figures) -> list[str]:
    return [
        "## Danger, by bank\n" + _noticed("bank in `tests/`", figures["danger banks"].items()),
        "## Danger: what each part brings\nThe same rules on all banks together, with less evidence.\n"
        + _noticed("evidence", figures["ablation"].items()),
        f"## Danger threshold\nOn all banks together; in use is {figures['thresholds']['danger']}.\n"
        + _noticed("threshold", ((row["threshold"], row) for row in figures["danger curve"])),
    ]


def _noticed(first: str, rows: Iterable[tuple[Any, Mapping[str, int]]]) -> str:
    cells = [[name, row["noticed"], row["dangers"], row["alarmed"], row["harmless"]] for name, row in rows]
    return _lines([first, "danger noticed", "of", "look-alikes alarmed", "of"], cells)


def _public_sets(figures: Figures) -> list[str]:
    sets: Mapping[str, Mapping[str, float]] = figures.get(PUBLIC) or {}
    if not sets:
        return []
    head = ["set", *(name if name == "messages" else f"{name} %" for name in next(iter(sets.values())))]
    about = "What becomes of their messages (`trialog evaluate --sets FOLDER`); the sets are not in the repository."
    return [f"## Public sets\n{about}\n" + _table(head, sets)]


def _personal_data(figures: Figures) -> str:
    rows = [[bank, kind, *row.values()] for bank, kinds in figures["personal data"].items() for kind, row in kinds.items()]
    return "## Personal data\n" + _lines(["bank in `tests/`", "kind", "messages", "noticed", "by its kind"], rows)


def _held_out(figures: Figures) -> list[str]:
    refusal = ["threshold", "right %", "wrong %", "asked back %", "study asked back %"]
    return [
        "## By rule that decided\n" + _table(["rule", "lines", "understood %"], figures["rule"]),
        "## By voice\n" + _table(["voice", "lines", "understood %"], figures["voice"]),
        "## By group\n" + _table(["group", "lines", "understood %"], figures["group"]),
        "## By topic\n" + _table(["topic", "lines", "recall %", "precision %"], figures["topic"]),
        "## Commonest confusions\n" + _lines(["meant", "understood as", "times"], figures["confusions"]),
        "## Refusal threshold\n" + _lines(refusal, [row.values() for row in figures["refusal curve"]]),
        "## Calibration\n" + _lines(["from", "lines", "confidence", "right"], [row.values() for row in figures["calibration"]["steps"]]),
    ]


def _table(head: list[str], rows: Mapping[str, Mapping[str, float]]) -> str:
    return _lines(head, [[name, *values.values()] for name, values in rows.items()])


def _lines(head: list[str], rows: Iterable[Iterable[Any]]) -> str:
    body = [f"| {' | '.join(str(cell) for cell in row)} |" for row in rows]
    return "\n".join(["", f"| {' | '.join(head)} |", f"|{'---|' * len(head)}", *body])
