"""Training as ``rasa train`` does it, in this process: quiet, with its progress shown."""

from __future__ import annotations

import sys
from pathlib import Path

from trialog.operation import progress

CONFIG, DOMAIN, DATA = "config.yml", "domain.yml", "data"


class TrainingError(Exception):
    """There is no new model; the message says why."""


def train_model(models: Path) -> Path:
    """Check the data and the rules as Rasa does, train, and return the new model below ``models``; raises TrainingError."""
    # Importing Rasa takes seconds, in which somebody should be told already what happens.
    progress.begins("Checking the data and the rules")
    import rasa
    from rasa.cli.utils import validate_files
    from rasa.shared.exceptions import RasaException
    from rasa.shared.importers.importer import TrainingDataImporter

    # Rasa's own commands find an extension of the project by this.
    sys.path.insert(1, str(Path.cwd()))
    try:
        validate_files(False, None, TrainingDataImporter.load_from_config(CONFIG, DOMAIN, [DATA]))
        result = rasa.train(DOMAIN, CONFIG, [DATA], output=str(models))
    except RasaException as error:
        raise TrainingError(f"{type(error).__name__}: {error}") from error
    if result.code or result.model is None:
        raise TrainingError("Rasa trained no model; the reason is above")
    return Path(result.model)
