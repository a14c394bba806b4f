"""``trialog train``: train the model if anything it is made from has changed."""

from __future__ import annotations

import argparse
import hashlib
import sys
import time
from pathlib import Path

from trialog.operation import progress
from trialog.settings import Settings
from trialog.training.language_lines import digest
from trialog.training.rasa_training import TrainingError, train_model

# What the model is made from; the content is read when the model is loaded.
INGREDIENTS = ("config.yml", "domain.yml", "data", "trialog/nlu", "trialog/training/importer.py", "requirements.lock")

STAMP = "trained-from"

# A few new lines are learned well by the topics alone; tuning takes half an hour.
MANY_NEW_LINES = 0.15

DATA, LANGUAGES = Path("data"), Path("data/languages")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the verb."""
    parser.add_argument("--force", action="store_true", help="train even if nothing has changed")


def run(arguments: argparse.Namespace) -> int:
    """Train as ``rasa train`` does unless the newest model was made from just these files; its exit status."""
    models = Settings.from_environment().models
    _say_what_is_stale()
    stamp, now = models / STAMP, fingerprint(Path())
    made_from = stamp.read_text(encoding="utf-8") if stamp.is_file() and any(models.glob("*.tar.gz")) else ""
    if made_from == now and not arguments.force:
        print("The model is up to date.")
        return 0
    return _train(models, stamp, now)


def _say_what_is_stale() -> None:
    """What was learned from older lines still works, so this is no fault."""
    # Importing the model imports the encoder, too.
    from trialog.nlu.elsewhere.model import trained_from
    from trialog.nlu.encoder import tuned, tuned_languages
    from trialog.training.lessons import marks_of, marks_of_languages, share_unknown

    if LANGUAGES.is_dir() and trained_from() != digest(LANGUAGES):
        print("The lines in other languages have changed since they were learned: run scripts/train-languages.", file=sys.stderr)
    if not (DATA / "danger").is_dir():
        return
    for course, marks, known in (("topics", marks_of, tuned), ("languages", marks_of_languages, tuned_languages)):
        new = share_unknown(marks(DATA), known.tuned_from())
        if new > MANY_NEW_LINES:
            print(f"{new:.0%} of the lines are new since an encoder was tuned on them: run scripts/tune-encoder {course}.", file=sys.stderr)


def _train(models: Path, stamp: Path, now: str) -> int:
    print("Training the model, which takes about 3 minutes the first time.", flush=True)
    began = time.monotonic()
    try:
        with progress.shown_on(sys.stdout):
            model = train_model(models)
    except TrainingError as error:
        print(f"trialog cannot train: {error}", file=sys.stderr)
        return 1
    stamp.write_text(now, encoding="utf-8")
    print(f"Trained {model} in {time.monotonic() - began:.0f} s.")
    return 0


def fingerprint(root: Path) -> str:
    """One hash over every file the model is made from."""
    digest = hashlib.sha256()
    for ingredient in INGREDIENTS:
        path = root / ingredient
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file() and file.suffix != ".pyc":
                digest.update(file.relative_to(root).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()
