"""The names that a dialogue expects: of topics, kinds, criteria and outcomes. A wrong one is found without playing it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from trialog.assistant.dialogues.form import Dialogue, Turn
from trialog.content.criteria import WHO, Outcome
from trialog.content.model import WORD_PREFIX, Library

# As the API has them (DESIGN.md, HTTP contract).
KINDS = ("answer", "not_on_page", "safety", "smalltalk", "fallback", "welcome", "question", "review", "result", "cancelled")


def unknown_names(dialogues: Iterable[Dialogue], library: Library) -> Iterator[str]:
    """Each name that there is not, as ``path:line: sentence`` with the line of its dialogue."""
    known = _known(library)
    for dialogue in dialogues:
        for turn in dialogue.turns:
            for what, name in _named(turn):
                if name not in known[what]:
                    yield f"{dialogue.path.as_posix()}:{dialogue.line}: there is no {what} '{name}' (“{turn.text}”)."


def _known(library: Library) -> dict[str, set[str]]:
    studies = library.studies.values()
    words = {f"{WORD_PREFIX}{word}" for study in studies for word in library.words(study)}
    return {
        "topic": {*library.topics, *words},
        "kind": set(KINDS),
        "criterion": {WHO, *(criterion for study in studies for criterion in study.criteria)},
        "outcome": set(Outcome),
    }


def _named(turn: Turn) -> Iterator[tuple[str, str]]:
    given = (("topic", turn.topic), ("kind", turn.kind), ("criterion", turn.criterion), ("outcome", turn.outcome))
    yield from ((what, name) for what, name in given if name is not None)
    yield from (("kind", name) for name in turn.not_kinds)
