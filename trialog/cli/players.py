"""Dialogues played on all processors, by assistants each in a process of its own."""

from __future__ import annotations

import asyncio
import dataclasses
import os
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial
from multiprocessing import get_context

from trialog.assistant.dialogues.form import Dialogue
from trialog.assistant.dialogues.play import Played, in_new_conversation
from trialog.cli.patience import patient_engine
from trialog.cli.study import known_study
from trialog.content.load import load_library
from trialog.operation.progress import steps
from trialog.operation.workers import begin_beside
from trialog.settings import Settings

# So many turns one process has played by the time that another one is ready.
TURNS_A_PROCESS = 150

# Dialogues that a process takes at once.
_AT_ONCE = 4


class Player:
    """An assistant that plays one dialogue after the other."""

    def __init__(self, settings: Settings, study: str) -> None:
        """Raises ContentError, ModelError, SettingsError, StudyError."""
        self._engine, self._runner, self._study = patient_engine(settings), asyncio.Runner(), study
        known_study(study, self._engine.library.studies)

    def play(self, dialogue: Dialogue) -> Played:
        """``dialogue`` as it went, and how long that took."""
        began = time.perf_counter()
        played = self._runner.run(in_new_conversation(self._engine, dialogue, self._study))
        return dataclasses.replace(played, seconds=time.perf_counter() - began)

    def leave(self) -> None:
        """Let go of the loop."""
        self._runner.close()


def play_all(settings: Settings, dialogues: Sequence[Dialogue], study: str = "") -> list[Played]:
    """``dialogues`` as they went, in their order; raises what ``Player`` raises."""
    work, turns = f"Playing {len(dialogues):,} dialogues", sum(len(dialogue.turns) for dialogue in dialogues)
    processes = min(os.cpu_count() or 1, turns // TURNS_A_PROCESS)
    if processes < 2:
        player = Player(settings, study)
        try:
            return list(steps(work, map(player.play, dialogues), len(dialogues)))
        finally:
            player.leave()
    # What cannot be used is told here, once and not by each process.
    known_study(study, load_library(settings.content, settings.trial).studies)
    with ProcessPoolExecutor(processes, get_context("spawn"), begin_beside) as pool:
        found = pool.map(partial(_play, settings, study), dialogues, chunksize=_AT_ONCE)
        return list(steps(work, found, len(dialogues)))


def _play(settings: Settings, study: str, dialogue: Dialogue) -> Played:
    return _player(settings, study).play(dialogue)


@cache
def _player(settings: Settings, study: str) -> Player:
    return Player(settings, study)
