"""A plugin of pytest that tells which lines and branches of trialog and actions no test runs: ``pytest -p tests.watching``.

SlipCover watches each line until it has run a few times, and then takes itself out of it; a tracer doubles what the tests take that
read content. Its own command is not used: it prepares the modules of plugins, too, of which one (schemathesis)
breaks by that, and where a floor is set it prints what the first process saw.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from typing import Any

import pytest
import slipcover

SOURCES = ["trialog", "actions"]
# What only training and measuring run, in processes and environments of their own.
OMITTED = ["trialog/training/tuning.py"]

# Percent of lines and branches that tests run, at least.
FLOOR = 93.0

_WORKER = "PYTEST_XDIST_WORKER"
# What a process of pytest-xdist hands over when it ends.
_SEEN = "seen"

Seen = dict[str, Any]

_watcher = slipcover.Slipcover(branch=True, source=SOURCES, omit=OMITTED)
# Before any module of ours is imported.
slipcover.ImportManager(_watcher, slipcover.FileMatcher(sources=SOURCES, omit=OMITTED)).__enter__()


class Watching:
    """Gathers what all processes saw."""

    def __init__(self) -> None:
        self._seen: Seen | None = None

    def pytest_testnodedown(self, node: Any) -> None:
        """A process has ended; one that broke down hands nothing over."""
        if seen := json.loads(getattr(node, "workeroutput", {}).get(_SEEN, "{}")):
            self._seen = slipcover.merge_coverage(self._seen, seen) if self._seen else seen

    @pytest.hookimpl(wrapper=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> Iterator[None]:
        """Have the tests fail where too little was run, when all processes have ended."""
        yield
        self._seen = self._seen or _watcher.get_coverage()
        if session.exitstatus == pytest.ExitCode.OK and _percent(self._seen) < FLOOR:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Show what was not run."""
        if self._seen:
            slipcover.print_coverage(self._seen, outfile=terminalreporter, skip_covered=True)
            terminalreporter.write_line(f"Run by tests: {_percent(self._seen):.2f} % of lines and branches; {FLOOR} % are wanted")


class Worker:
    """Hands over what one process of pytest-xdist saw."""

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Before it ends."""
        session.config.workeroutput[_SEEN] = json.dumps(_watcher.get_coverage())  # type: ignore[attr-defined]


def pytest_configure(config: pytest.Config) -> None:
    """Take part in the session."""
    config.pluginmanager.register(Worker() if _WORKER in os.environ else Watching())


def _percent(seen: Seen) -> float:
    return float(seen["summary"]["percent_covered"])
