"""Tunes the encoder that reads every language, as ``tuning`` does the other one: ``scripts/tune-encoder languages`` runs it."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from trialog.nlu.elsewhere.model import HEADS, KEPT
from trialog.nlu.encoder.base import LAYERS, BaseModel
from trialog.nlu.encoder.multilingual import PREFIX, MultilingualEncoder, write_encoder
from trialog.nlu.encoder.tuned import LINES
from trialog.nlu.encoder.tuned_languages import FILE, FIRST_TUNED, as_stored, in_order
from trialog.training.lessons import language_lessons_of, marks_of_languages
from trialog.training.tuning import Course, parameters, states_below, train

COURSE = Course(language_lessons_of, passes=2, learning_rate=1.5e-4, smoothing=0.05)


def tune(without: Sequence[str]) -> int:
    """Tune the layers on all lines but those of the voices ``without`` and write them; gives how many lines these were."""
    base = BaseModel()
    with np.load(HEADS, allow_pickle=False) as arrays:
        kept = arrays[KEPT].astype(np.int64)
    lessons = language_lessons_of(Path("data"), without)
    with tempfile.TemporaryDirectory() as folder:
        write_encoder(Path(folder), base, kept, [base.layer(number) for number in range(FIRST_TUNED)])
        states = states_below(MultilingualEncoder(Path(folder)), [PREFIX + lesson.text for lesson in lessons])
    reader = train(COURSE, [in_order(base.layer(number)) for number in range(FIRST_TUNED, LAYERS)], states, lessons)
    tuned = {
        name: array
        for number, layer in enumerate(reader.layers, FIRST_TUNED)
        for name, array in as_stored(number, [parameter.detach().numpy() for parameter in parameters(layer)]).items()
    }
    np.savez_compressed(FILE, **tuned, **{LINES: marks_of_languages(Path("data"))})
    return len(lessons)


def main() -> None:
    """Tune; voices that the command line names are left out, to measure with them."""
    print(f"learned all languages from {tune(sys.argv[1:]):,} lines")


if __name__ == "__main__":
    main()
