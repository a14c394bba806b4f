"""How many questions of strangers, which neither has learned from, Trialog and stock Rasa take for what they are."""

from __future__ import annotations

import json
import tarfile
import tempfile
import urllib.request
from pathlib import Path

from rasa.model import get_latest_model

from bench.servers import ROOT
from bench.stock.project import intent_of
from trialog.cli.evaluate import thresholds_in
from trialog.content.load import load_library
from trialog.nlu.encoder.encoder import Encoder
from trialog.nlu.topics.model import TopicModel
from trialog.settings import Settings
from trialog.training.evaluation.banks import read_bank, understood
from trialog.training.evaluation.readings import Learned, Pipeline
from trialog.training.examples import Example, read_examples

BANK = ROOT / "tests" / "held_out" / "questions.yml"


def of_trialog(settings: Settings) -> float:
    """In percent, decided as the assistant does."""
    pipeline = Pipeline(settings, load_library(settings.content))
    readings = pipeline.read(read_bank(BANK), Learned(_trained(settings), acts=None))
    return understood(readings, thresholds_in(ROOT / "config.yml"))


def _trained(settings: Settings) -> TopicModel:
    newest = get_latest_model(settings.models)
    if newest is None:
        raise SystemExit("there is no trained model: run `make train` first")
    with tempfile.TemporaryDirectory() as folder, tarfile.open(newest) as archive:
        archive.extractall(folder, filter="data")
        # The acts have such files, too, each in a folder of its moment.
        (file,) = Path(folder).glob("components/*TopicClassifier*/topic_model.npz")
        return TopicModel.load(file.parent, Encoder.from_settings(settings))


def of_stock(base: str) -> float:
    """In percent, by the intent that stock Rasa finds likeliest after its fallback."""
    labels = {intent_of(example.label): example.label for example in read_examples(ROOT / "data" / "nlu")}
    bank = read_bank(BANK)
    right = sum(_is_right(labels.get(_intent(base, example.text), ""), example) for example in bank)
    return round(100 * right / len(bank), 2)


def _is_right(label: str, example: Example) -> bool:
    return label == example.label or label.endswith(f"/{example.label}")


def _intent(base: str, text: str) -> str:
    body = json.dumps({"text": text}).encode()
    request = urllib.request.Request(f"{base}/model/parse", body, {"content-type": "application/json"})  # noqa: S310  our own server
    with urllib.request.urlopen(request, timeout=60) as response:  # noqa: S310
        return str(json.load(response)["intent"]["name"])
