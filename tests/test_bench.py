"""The pages of figures are made from the figures, and the simulation of queues does what queues do."""

import shutil
import statistics

import pytest

from bench import figures, scaling
from bench.page import page
from bench.processes import memory, processor_seconds
from bench.scaling import Costs, simulate, size
from bench.stock.project import intent_of, write_project
from tests.conftest import ROOT
from tests.server import Server
from trialog.training.examples import read_examples

COSTS = Costs([10.0, 20.0, 30.0], 0.5)


def test_the_page_of_performance_is_made_from_the_figures() -> None:
    assert figures.PAGE.read_text(encoding="utf-8") == page(figures.read()), "run `make bench`"


def test_the_page_of_scaling_is_made_from_the_same(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    written = tmp_path_factory.mktemp("docs") / "scaling.md"
    kept = scaling.PAGE.read_text(encoding="utf-8")
    monkeypatch.setattr(scaling, "PAGE", written)
    monkeypatch.setattr("sys.argv", ["scaling"])
    scaling.main()
    assert written.read_text(encoding="utf-8") == kept, "run `make scaling`"


def test_messages_wait_the_longer_the_busier_their_workers_are() -> None:
    waits = [statistics.mean(simulate(rate, 10, COSTS)) for rate in (1, 250, 450)]
    assert waits[0] == pytest.approx(COSTS.mean + COSTS.store, rel=0.2)
    assert waits == sorted(waits)
    assert simulate(250, 10, COSTS) == simulate(250, 10, COSTS)


def test_sizes_leave_workers_and_stores_room() -> None:
    for families in scaling.FAMILIES:
        needed = size(families, COSTS)
        assert needed.messages_a_second * COSTS.mean / 1000 / needed.workers <= scaling.BUSY_WORKER + 1e-9
        assert needed.messages_a_second * COSTS.store / 1000 / needed.cells <= scaling.BUSY_STORE + 1e-9
        assert families / needed.cells <= scaling.FAMILIES_OF_A_CELL


def test_stock_rasa_gets_every_line_and_a_name_for_each_topic(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder, given = tmp_path_factory.mktemp("stock") / "project", tmp_path_factory.mktemp("lines")
    # Of two kinds and one without parts; all lines take a minute to write and to read.
    for name in ("cost", "cd22", "thanks", "elig_start"):
        shutil.copy(next((ROOT / "data" / "nlu").rglob(f"{name}.yml")), given)
    examples = read_examples(given)
    labels = {example.label for example in examples}
    assert write_project(given, folder) == len(labels) == len({intent_of(label) for label in labels}) == 4
    assert (folder / "data" / "nlu.yml").read_text(encoding="utf-8").count("- text: ") == len(examples)


def test_memory_and_processor_of_a_server_are_seen(server: Server) -> None:
    assert memory(server.process.pid) > 100
    assert processor_seconds(server.process.pid) > 1
