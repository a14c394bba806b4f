"""``trialog train``: train the model if anything it is made from has changed."""

from __future__ import annotations

import argparse
import hashlib
import subprocess
import sys
from pathlib import Path

from trialog.settings import Settings

# What the model is made from; the content is read when the model is loaded.
INGREDIENTS = ("config.yml", "domain.yml", "data", "trialog/nlu", "trialog/training/importer.py", "requirements.lock")

STAMP = "trained-from"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the verb."""
    parser.add_argument("--force", action="store_true", help="train even if nothing has changed")


def run(arguments: argparse.Namespace) -> int:
    """Run ``rasa train`` unless the newest model was made from just these files; its exit status."""
    models = Settings.from_environment().models
    stamp, now = models / STAMP, fingerprint(Path())
    made_from = stamp.read_text(encoding="utf-8") if stamp.is_file() and any(models.glob("*.tar.gz")) else ""
    if made_from == now and not arguments.force:
        print("The model is up to date.")
        return 0
    command = [sys.executable, "-W", "ignore", "-m", "rasa", "train", "--out", str(models)]
    status = subprocess.run(command, check=False).returncode
    if status == 0:
        stamp.write_text(now, encoding="utf-8")
    return status


def fingerprint(root: Path) -> str:
    """One hash over every file the model is made from."""
    digest = hashlib.sha256()
    for ingredient in INGREDIENTS:
        path = root / ingredient
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file() and file.suffix != ".pyc":
                digest.update(file.relative_to(root).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()
